//! The queue as the resident sees it, and the proof of a single reading.

use super::status::{Status, errand_status, reason, status};
use super::{App, Error};
use crate::domain::{
    Calendar, Delivered, EarlyReadings, Instant, Period, PhoneClocks, Resource, Volume, check_code,
};
use crate::store::{self, Channel, Errand, Item};
use crate::sync::clock;

/// The queue shows items of so many months; older ones stay in the database.
pub(super) const KEEP_MONTHS: u32 = 3;

/// One line of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    pub taken_at: Instant,
    /// What keeps it (`offline, not_the_utility, server, …`), or the utility's code.
    pub reason: Option<String>,
    /// The utility's parameters of that code, as JSON.
    pub params: Option<String>,
    /// The next attempt, when it waits for one.
    pub next_attempt: Option<Instant>,
    /// When its window opens, while it waits for that.
    pub held_until: Option<Instant>,
    /// The way that the resident has handed it over besides.
    pub channel: Option<Channel>,
    /// When that was.
    pub channel_at: Option<Instant>,
    /// Its withdrawal, while that waits or after it was refused.
    pub withdrawal: Option<WithdrawalEntry>,
}

/// A withdrawal that is on its way, or that the utility has refused: the reading still counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawalEntry {
    /// How far it has come.
    pub status: Status,
    /// What keeps it, or the utility's code.
    pub reason: Option<String>,
    /// The utility's parameters of that code, as JSON.
    pub params: Option<String>,
}

/// Proof of a reading, to be shown in a dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    pub phone_at: Instant,
    /// The utility's clock was ahead of the phone's by so much, milliseconds; none when it had never been seen.
    pub skew_ms: Option<i64>,
    /// Milliseconds since the phone's start, when it was taken: nobody can set them.
    pub monotonic_ms: i64,
    /// When it left for the first time that it may have arrived; once it is accepted, as the utility has noted it.
    pub sent_at: Option<Instant>,
    /// When the utility got it, by its own clock.
    pub received_at: Option<Instant>,
    /// When it was seen in the utility's list.
    pub accepted_at: Option<Instant>,
    /// When a charge was seen that carries it.
    pub accounted_at: Option<Instant>,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

impl App {
    /// The queue: what needs the resident first, then what waits, then what has arrived; the newest first within.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn outbox(&self) -> Result<Vec<OutboxEntry>, Error> {
        let calendar = self.calendar();
        let mut entries = self.store.read(|db| {
            let now = clock::now(db, &self.env)?;
            let since = calendar.position(now).window().period.months_back(KEEP_MONTHS);
            let items = store::entries(db, since)?;
            let withdrawals = store::withdrawals(db)?;
            Ok(items.iter().map(|item| entry(item, &withdrawals, &calendar, now)).collect::<Vec<_>>())
        })?;
        entries.sort_by_key(|e| rank(e.status));
        Ok(entries)
    }

    /// Proof of one reading.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn proof(&self, item_id: &str) -> Result<Proof, Error> {
        let (item, withdrawals, now) = self.store.read(|db| {
            Ok((store::by_id(db, item_id)?, store::withdrawals(db)?, clock::now(db, &self.env)?))
        })?;
        let item = item.ok_or_else(|| Error::not_found("item"))?;
        Ok(Proof {
            entry: entry(&item, &withdrawals, &self.calendar(), now),
            timing: self.timing(&item),
            code: code(&item),
            phone_at: item.phone_at,
            skew_ms: item.skew,
            monotonic_ms: item.monotonic,
            handed_over_text: item.channel_text,
            account: item.seen.account,
            serial: item.seen.serial,
            entered: item.captured.entered,
            idempotency_key: item.idempotency_key,
            sent_at: item.sent_at,
            received_at: item.received_at,
            accepted_at: item.read_back_at,
            accounted_at: item.accounted_at,
            receipt: item.receipt,
            effective_period: item.effective_period,
        })
    }

    /// "It is so": answers the utility's question about an item, which then goes again.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the utility asks nothing about it.
    pub fn confirm(&self, item_id: &str) -> Result<(), Error> {
        let key = self.env.new_key();
        let confirmed = self.store.write(|db| {
            let Some(item) = store::by_id(db, item_id)? else {
                return Ok(false);
            };
            let params: serde_json::Value =
                item.params.and_then(|p| serde_json::from_str(&p).ok()).unwrap_or_default();
            let reason = params["reason"].as_str().unwrap_or(match item.reason.as_deref() {
                Some("VALUE_LESS_THAN_PREVIOUS") => "lower",
                Some(_) | None => "higher",
            });
            store::confirm(db, item_id, reason, &key)
        })?;
        if confirmed { Ok(()) } else { Err(Error::not_found("question")) }
    }

    fn timing(&self, item: &Item) -> Timing {
        let window = self.calendar().window(item.captured.period);
        match (item.effective_period, item.received_at) {
            (Some(effective), _) if effective > item.captured.period => Timing::CountsLater,
            (Some(_), Some(at)) if at < window.closes_at => Timing::InTime,
            (Some(_), Some(_)) if item.captured.taken_at < window.closes_at => Timing::TakenInTimeSentLater,
            (Some(_), Some(_)) => Timing::TakenLate,
            (None, _) | (_, None) => Timing::NotKnown,
        }
    }
}

fn code(item: &Item) -> String {
    let clocks = PhoneClocks { phone_at: item.phone_at, skew_ms: item.skew, monotonic_ms: item.monotonic };
    let delivered =
        Delivered { sent_at: item.sent_at, received_at: item.received_at, receipt: item.receipt.clone() };
    check_code(&item.captured, &clocks, &delivered)
}

fn rank(status: Status) -> u8 {
    match status {
        Status::NeedsAnswer => 0,
        Status::Rejected => 1,
        Status::Saved | Status::WaitingForNetwork | Status::SentElsewhere => 2,
        Status::Sent => 3,
        Status::Accepted => 4,
        Status::Accounted | Status::NotSubmitted => 5,
    }
}

pub(super) fn entry(item: &Item, withdrawals: &[Errand], calendar: &Calendar, now: Instant) -> OutboxEntry {
    let waits = matches!(item.state, store::State::Queued | store::State::Sending);
    let by_utility = matches!(item.state, store::State::NeedsAnswer | store::State::Rejected);
    let kept_by = reason(item).map(|r| r.name().to_owned());
    OutboxEntry {
        item_id: item.captured.item_id.clone(),
        meter_id: item.captured.meter_id.clone(),
        resource: item.seen.resource,
        place: item.seen.place.clone(),
        zone: item.seen.zone.clone(),
        flat: item.seen.address.clone(),
        value: item.captured.value,
        period: item.captured.period,
        status: status(item),
        taken_at: item.captured.taken_at,
        reason: if by_utility { item.reason.clone() } else { kept_by },
        params: item.params.clone(),
        next_attempt: waits.then_some(item.not_before),
        held_until: Some(calendar.window(item.captured.period).opens_at)
            .filter(|at| waits && *at > now && calendar.early == EarlyReadings::Hold),
        channel: item.channel.map(|(channel, _)| channel),
        channel_at: item.channel.map(|(_, at)| at),
        withdrawal: withdrawals
            .iter()
            .find(|w| w.target.as_deref() == Some(item.captured.item_id.as_str()))
            .map(|w| WithdrawalEntry {
                status: errand_status(w),
                reason: w.reason.clone(),
                params: w.params.clone(),
            }),
    }
}
