//! A captured reading in the outbox: its evidence, its state, and what an attempt may come to.

use rusqlite::Row;

use super::codec;
use super::seal::sealed_part;
use crate::domain::{Captured, Instant, Period, Replacement, Resource};

/// How far an item has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// On the phone; surely not at the utility.
    Queued,
    /// A request left with it; without an answer it is in doubt, and the same key is replayed.
    Sending,
    /// The utility said that it has it.
    Received,
    /// A charge was made from it.
    Accounted,
    /// The utility asks the resident.
    NeedsAnswer,
    /// The utility does not want it; the reason is kept.
    Rejected,
    /// A later capture took its place.
    Superseded,
    /// The resident took it back.
    Withdrawn,
}

/// Another way to the utility.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// Text message.
    Sms,
    /// Letter.
    Email,
    /// Call.
    Phone,
}

/// The meter and the flat as the resident saw them at capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Factory number.
    pub serial: String,
    /// What it measures.
    pub resource: Resource,
    /// Where it hangs.
    pub place: String,
    /// The tariff zone, where the meter has several.
    pub zone: Option<String>,
    /// The account's number.
    pub account: String,
    /// Where the flat is.
    pub address: String,
}

/// A reading to be stored.
#[derive(Debug, Clone)]
pub struct NewCapture {
    /// The evidence.
    pub captured: Captured,
    /// Meter and flat.
    pub seen: Seen,
    /// The account of the meter.
    pub account_id: String,
    /// The version of the meter's record that the resident saw.
    pub meter_version: i64,
    /// Server − phone, milliseconds.
    pub skew: Option<i64>,
    /// When it was taken, by the phone's own clock.
    pub phone_at: Instant,
    /// Milliseconds since the phone's start.
    pub monotonic: i64,
    /// Which start of the phone that was.
    pub boot: i64,
    /// Codes of the doubts that were answered.
    pub confirmed: Vec<String>,
    /// The dial went over its end, by the resident's word.
    pub rollover: bool,
    /// The meter was replaced, by the resident's word.
    pub replacement: Option<Replacement>,
    /// The key of every replay.
    pub idempotency_key: String,
    /// No attempt before.
    pub not_before: Instant,
}

/// A captured reading with its state.
#[derive(Debug, Clone)]
pub struct Item {
    /// The evidence.
    pub captured: Captured,
    /// Meter and flat.
    pub seen: Seen,
    /// The account.
    pub account_id: String,
    /// The version of the meter's record.
    pub meter_version: i64,
    /// When it was taken, by the phone's own clock.
    pub phone_at: Instant,
    /// Server − phone at capture, milliseconds.
    pub skew: Option<i64>,
    /// Milliseconds since the phone's start, at capture.
    pub monotonic: i64,
    /// Which start of the phone that was; not known of captures of older versions.
    pub boot: Option<i64>,
    /// Codes of the doubts that were answered.
    pub confirmed: Vec<String>,
    /// The dial went over its end, by the resident's word.
    pub rollover: bool,
    /// The meter was replaced, by the resident's word.
    pub replacement: Option<Replacement>,
    /// The item that this one corrects; the utility's name of a reading, where that came to it by another way.
    pub supersedes: Option<String>,
    /// The key of every replay.
    pub idempotency_key: String,
    /// How far it has come.
    pub state: State,
    /// JSON as it went out.
    pub payload: Option<String>,
    /// Attempts so far.
    pub attempts: i64,
    /// No attempt before.
    pub not_before: Instant,
    /// What kept it, or the utility's code.
    pub reason: Option<String>,
    /// JSON of the code's parameters.
    pub params: Option<String>,
    /// The first attempt that may have arrived.
    pub sent_at: Option<Instant>,
    /// When the utility got it, by its clock.
    pub received_at: Option<Instant>,
    /// When we saw it in the utility's list.
    pub read_back_at: Option<Instant>,
    /// When a charge was seen that carries it.
    pub accounted_at: Option<Instant>,
    /// The server's id.
    pub reading_id: Option<String>,
    /// Receipt number.
    pub receipt: Option<String>,
    /// The month that the utility counts it for.
    pub effective_period: Option<Period>,
    /// Handed over besides.
    pub channel: Option<(Channel, Instant)>,
    /// The text that went that way.
    pub channel_text: Option<String>,
    /// Taken without a login: it never leaves by the app.
    pub apart: bool,
    /// Taken without a login for a meter that is the utility's now, since the owner has signed in.
    pub taken_over: bool,
}

impl Item {
    /// The month that it counts for: the utility's word, once it has said one.
    #[must_use]
    pub fn counts_for(&self) -> Period {
        self.effective_period.unwrap_or(self.captured.period)
    }
}

/// A letter as the utility holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldLetter {
    /// The server's id.
    pub id: String,
    /// `service_request, question, appeal`
    pub kind: String,
    /// Our id of it, where the server keeps it.
    pub item_id: Option<String>,
    /// The account; none for an appeal.
    pub account_id: Option<String>,
    /// What it says.
    pub text: String,
    /// The utility has turned it down.
    pub declined: bool,
    /// The number that it is registered under.
    pub receipt: Option<String>,
    /// When the utility got it.
    pub received_at: Instant,
}

/// What an attempt came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The utility has it.
    Received {
        /// The server's id; none where it said only that it has the value.
        reading_id: Option<String>,
        /// Receipt number.
        receipt: Option<String>,
        /// The month it counts for.
        effective_period: Option<Period>,
        /// When the utility got it.
        received_at: Instant,
    },
    /// Surely not delivered: it waits.
    Queued {
        /// What kept it.
        reason: String,
        /// The next attempt.
        not_before: Instant,
    },
    /// Perhaps delivered: it waits, in doubt.
    InDoubt {
        /// What kept the answer.
        reason: String,
        /// The next attempt, with the same key.
        not_before: Instant,
    },
    /// Refused for the record of the meter that it was made from: goes again with a new payload and key.
    Renewed {
        /// What was wrong with it.
        reason: String,
        /// The next attempt.
        not_before: Instant,
        /// The new payload's key.
        idempotency_key: String,
    },
    /// The utility asks.
    NeedsAnswer {
        /// Its code.
        code: String,
        /// JSON of the code's parameters.
        params: String,
    },
    /// The utility refuses.
    Rejected {
        /// Its code.
        code: String,
        /// JSON of the code's parameters.
        params: String,
    },
}

impl State {
    /// The utility does not have it, or is not known to: wiped, it would be gone.
    #[must_use]
    pub const fn is_lost_by_wiping(self) -> bool {
        matches!(self, Self::Queued | Self::Sending | Self::NeedsAnswer | Self::Rejected)
    }

    const ALL: [Self; 8] = [
        Self::Queued,
        Self::Sending,
        Self::Received,
        Self::Accounted,
        Self::NeedsAnswer,
        Self::Rejected,
        Self::Superseded,
        Self::Withdrawn,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Received => "received",
            Self::Accounted => "accounted",
            Self::NeedsAnswer => "needs_answer",
            Self::Rejected => "rejected",
            Self::Superseded => "superseded",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let name: String = row.get("state")?;
        codec::parsed(row, "state", Self::ALL.into_iter().find(|s| s.name() == name))
    }
}

impl Channel {
    const ALL: [Self; 3] = [Self::Sms, Self::Email, Self::Phone];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Email => "email",
            Self::Phone => "phone",
        }
    }
}

// Names that both tables have are read from `capture`, which comes first.
pub(super) const ITEM: &str = "SELECT capture.*, NULL AS its_outbox, outbox.*, outbox.period AS counted_for,
        outbox.meter_id AS its_meter, outbox.account_id AS its_account
    FROM outbox JOIN capture ON capture.item_id = outbox.item_id";

pub(super) fn item_row(row: &Row<'_>) -> rusqlite::Result<Item> {
    let outbox = row.as_ref().column_index("its_outbox")?;
    sealed_part(row, 0..outbox)?;
    sealed_part(row, outbox + 1..row.as_ref().column_count() - 3)?;
    let channel: Option<String> = row.get("channel")?;
    let channel = channel.and_then(|name| Channel::ALL.into_iter().find(|c| c.name() == name));
    let confirmed: String = row.get("confirmed")?;
    let resource: String = row.get("resource")?;
    Ok(Item {
        captured: Captured {
            item_id: row.get("item_id")?,
            meter_id: row.get("its_meter")?,
            period: codec::period(row, "counted_for")?,
            value: codec::volume(row, "value")?,
            entered: row.get("entered")?,
            taken_at: match codec::maybe_instant(row, "redated_at")? {
                Some(redated) => redated,
                None => codec::instant(row, "taken_at")?,
            },
        },
        seen: Seen {
            serial: row.get("serial")?,
            resource: codec::parsed(row, "resource", Resource::from_code(&resource))?,
            place: row.get("place")?,
            zone: row.get("zone")?,
            account: row.get("account")?,
            address: row.get("address")?,
        },
        account_id: row.get("its_account")?,
        meter_version: row.get("meter_version")?,
        phone_at: codec::instant(row, "phone_at")?,
        skew: row.get("skew")?,
        monotonic: row.get("monotonic")?,
        boot: row.get("boot")?,
        confirmed: codec::parsed(row, "confirmed", serde_json::from_str(&confirmed).ok())?,
        rollover: row.get("rollover")?,
        replacement: codec::replacement(row)?,
        supersedes: row.get("supersedes")?,
        idempotency_key: row.get("idempotency_key")?,
        state: State::read(row)?,
        payload: row.get("payload")?,
        attempts: row.get("attempts")?,
        not_before: codec::instant(row, "not_before")?,
        reason: row.get("reason")?,
        params: row.get("params")?,
        sent_at: codec::maybe_instant(row, "sent_at")?,
        received_at: codec::maybe_instant(row, "received_at")?,
        read_back_at: codec::maybe_instant(row, "read_back_at")?,
        accounted_at: codec::maybe_instant(row, "accounted_at")?,
        reading_id: row.get("reading_id")?,
        receipt: row.get("receipt")?,
        effective_period: codec::maybe_period(row, "effective_period")?,
        channel: channel.zip(codec::maybe_instant(row, "channel_at")?),
        channel_text: row.get("channel_text")?,
        apart: row.get("apart")?,
        taken_over: row.get_ref("account_id")? != row.get_ref("its_account")?,
    })
}
