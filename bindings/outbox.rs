//! Records of the queue, of the proof, and of the other ways to the utility.

use vodomer_core::app::{
    AccountChannels, Channel, Letter, OutboxEntry, PhoneScript, Proof, Resource, Status, Timing,
    WithdrawalEntry,
};

use crate::values::{Period, UtcMillis, Volume};

/// One line of the queue.
#[uniffi::remote(Record)]
pub struct OutboxEntry {
    /// The item.
    pub item_id: String,
    /// Its meter.
    pub meter_id: String,
    /// What it measures.
    pub resource: Resource,
    /// Where it hangs.
    pub place: String,
    /// The tariff zone, where the meter has several.
    pub zone: Option<String>,
    /// The flat, by its address.
    pub flat: String,
    /// The value.
    pub value: Volume,
    /// The month it is meant for.
    pub period: Period,
    /// How far it has come.
    pub status: Status,
    /// When it was taken.
    pub taken_at: UtcMillis,
    /// What keeps it (`offline, not_the_utility, server, …`), or the utility's code.
    pub reason: Option<String>,
    /// The utility's parameters of that code, as JSON.
    pub params: Option<String>,
    /// The next attempt, when it waits for one.
    pub next_attempt: Option<UtcMillis>,
    /// When its window opens, while it waits for that.
    pub held_until: Option<UtcMillis>,
    /// The way that the resident has handed it over besides.
    pub channel: Option<Channel>,
    /// When that was.
    pub channel_at: Option<UtcMillis>,
    /// Its withdrawal, while that waits or after it was refused.
    pub withdrawal: Option<WithdrawalEntry>,
}

/// A withdrawal that is on its way, or that the utility has refused: the reading still counts.
#[uniffi::remote(Record)]
pub struct WithdrawalEntry {
    /// How far it has come.
    pub status: Status,
    /// What keeps it, or the utility's code.
    pub reason: Option<String>,
    /// The utility's parameters of that code, as JSON.
    pub params: Option<String>,
}

/// Proof of a reading, to be shown in a dispute.
#[uniffi::remote(Record)]
pub struct Proof {
    /// The reading.
    pub entry: OutboxEntry,
    /// Account number.
    pub account: String,
    /// Factory number of the meter.
    pub serial: String,
    /// What was typed.
    pub entered: String,
    /// The key under which it goes, however often.
    pub idempotency_key: String,
    /// When it was taken, by the phone's own clock, which anyone can set.
    pub phone_at: UtcMillis,
    /// The utility's clock was ahead of the phone's by so much, milliseconds; none when it had never been seen.
    pub skew_ms: Option<i64>,
    /// Milliseconds since the phone's start, when it was taken: nobody can set them.
    pub monotonic_ms: i64,
    /// When it left for the first time that it may have arrived; once it is accepted, as the utility has noted it.
    pub sent_at: Option<UtcMillis>,
    /// When the utility got it, by its own clock.
    pub received_at: Option<UtcMillis>,
    /// When it was seen in the utility's list.
    pub accepted_at: Option<UtcMillis>,
    /// When a charge was seen that carries it.
    pub accounted_at: Option<UtcMillis>,
    /// Receipt number.
    pub receipt: Option<String>,
    /// Whether it was in time.
    pub timing: Timing,
    /// The month that the utility counts it for.
    pub effective_period: Option<Period>,
    /// The text that went by SMS, letter or telephone.
    pub handed_over_text: Option<String>,
    /// Check code over all of it, in groups of four; the utility can confirm it together with the receipt number.
    pub code: String,
}

/// Whether a reading was in time, as far as the utility has said.
#[uniffi::remote(Enum)]
pub enum Timing {
    /// The utility has not said anything yet.
    NotKnown,
    /// It counts for its month.
    InTime,
    /// It came after the window, and counts for its month because it was taken within it.
    TakenInTimeSentLater,
    /// It was taken after the window, and the utility counts it for its month all the same.
    TakenLate,
    /// It counts for a later month.
    CountsLater,
}

/// Another way to the utility.
#[uniffi::remote(Enum)]
pub enum Channel {
    /// Text message.
    Sms,
    /// Letter.
    Email,
    /// Call.
    Phone,
}

/// The ready texts of one account.
#[uniffi::remote(Record)]
pub struct AccountChannels {
    /// The account.
    pub account_id: String,
    /// The flat, by its address.
    pub flat: String,
    /// How many readings the texts tell.
    pub readings: i32,
    /// Text message; none where the utility takes none.
    pub sms: Option<Letter>,
    /// Letter; none where the address is not known.
    pub email: Option<Letter>,
    /// Telephone; none where there is no line for readings.
    pub phone: Option<PhoneScript>,
}

/// A text with its addressee.
#[uniffi::remote(Record)]
pub struct Letter {
    /// Number or address.
    pub to: String,
    /// Subject of a letter; empty for a text message.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// What to say on the telephone.
#[uniffi::remote(Record)]
pub struct PhoneScript {
    /// For a `tel:` link.
    pub number: String,
    /// As people write it.
    pub display: String,
    /// Line by line, each digit apart.
    pub lines: Vec<String>,
    /// Whether somebody answers now; none where the hours are not known.
    pub answers_now: Option<bool>,
}
