//! All that is known at a moment, read once, and what it means: what is due, what waits, how each meter stands.

use std::collections::HashMap;

use chrono::TimeDelta;
use rusqlite::Connection;

use super::by_hand::is_to_be_told;
use super::cost::MissedInShort;
use super::home::{Balance, BalanceKind, Flat, Hero, MeterCard, Waiting};
use super::outbox::KEEP_MONTHS;
use super::status::{Status, status, status_at_the_utility};
use crate::domain::{Calendar, EarlyReadings, Instant, Period, Position, Volume, Window};
use crate::store::{self, AccountRow, Item, LoginRow, MeterRow, ReadingRow};
use crate::sync::is_number;

/// For so long after a window the screen speaks of what became of it; then of the next one.
const LOOKING_BACK: TimeDelta = TimeDelta::days(5);
/// So long before the end, what has not left is offered other ways.
const NEAR_THE_END: TimeDelta = TimeDelta::hours(24);

/// All that is known at a moment, read once.
pub(super) struct Snapshot {
    pub now: Instant,
    pub position: Position,
    /// The month that a reading taken now counts for.
    pub coming: Period,
    pub accounts: Vec<AccountRow>,
    pub meters: Vec<MeterRow>,
    logins: Vec<LoginRow>,
    items: Vec<Item>,
    readings: HashMap<String, Vec<ReadingRow>>,
    previous: Window,
    early: EarlyReadings,
}

impl Snapshot {
    pub(super) fn take(db: &Connection, calendar: &Calendar, now: Instant) -> rusqlite::Result<Self> {
        let position = calendar.position(now);
        let period = position.window().period;
        let meters = store::meters(db)?;
        let readings = meters
            .iter()
            .map(|m| Ok((m.id.clone(), store::actual_readings(db, &m.id, 3)?)))
            .collect::<rusqlite::Result<_>>()?;
        Ok(Self {
            now,
            position,
            coming: calendar.place(now).period,
            accounts: store::accounts(db)?,
            meters,
            logins: store::logins(db)?,
            items: store::entries(db, period.months_back(KEEP_MONTHS))?,
            readings,
            previous: calendar.window(period.previous()),
            early: calendar.early,
        })
    }

    /// The password is wanted by some login.
    pub(super) fn needs_sign_in(&self) -> bool {
        self.logins.iter().any(|l| l.needs_sign_in)
    }

    /// When the oldest of the data came.
    pub(super) fn as_of(&self) -> Option<Instant> {
        self.logins.iter().filter_map(|l| l.refreshed_at).min()
    }

    /// What is known of a meter for a period: the item taken here, or else the utility's reading.
    fn known(&self, meter_id: &str, period: Period) -> (Status, Option<Volume>, Option<&Item>) {
        let item = self.items.iter().find(|i| i.captured.meter_id == meter_id && i.counts_for() == period);
        if let Some(item) = item {
            return (status(item), Some(item.captured.value), Some(item));
        }
        let theirs = self.readings.get(meter_id).and_then(|all| all.iter().find(|r| r.period == period));
        match theirs {
            Some(reading) => (status_at_the_utility(reading), Some(reading.value), None),
            None => (Status::NotSubmitted, None, None),
        }
    }

    pub(super) fn missing(&self, period: Period) -> Vec<&MeterRow> {
        self.meters.iter().filter(|m| !self.known(&m.id, period).0.is_done()).collect()
    }

    /// The next meter without a reading for the coming window: of the same flat first, in the order of the screen.
    pub(super) fn next_missing(&self, after: Option<&str>) -> Option<&MeterRow> {
        let missing = self.missing(self.coming);
        let index = |id: &str| self.meters.iter().position(|m| m.id == id);
        let start = after.and_then(index);
        missing.iter().copied().find(|m| index(&m.id) > start).or_else(|| missing.first().copied())
    }

    /// Items that wait for the network, or for the resident to hand them over, not for their window, and were not handed
    /// over otherwise.
    pub(super) fn unsent(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|i| {
            matches!(i.state, store::State::Queued | store::State::Sending)
                && i.channel.is_none()
                && self.window_has_opened(i.captured.period)
                && is_to_be_told(i, &self.items, self.position.window().period)
        })
    }

    fn window_has_opened(&self, period: Period) -> bool {
        period < self.position.window().period || self.position.is_open() || self.early == EarlyReadings::Send
    }

    pub(super) fn waiting(&self) -> Option<Waiting> {
        let count = count(self.unsent());
        let near = |i: &Item| {
            // There is no other way.
            i.apart
                || i.captured.period < self.position.window().period
                || self.position.window().closes_at - self.now <= NEAR_THE_END
        };
        (count > 0).then(|| Waiting { count, offer_channels: self.unsent().any(near) })
    }

    /// The month whose window has closed with something missing, as long as that is worth a word.
    pub(super) fn just_missed(&self) -> Option<Period> {
        let period = self.previous.period;
        (self.looks_back() && !self.missing(period).is_empty()).then_some(period)
    }

    /// Between windows, the last one is spoken of for a few days, and as long as the utility takes its late readings.
    fn looks_back(&self) -> bool {
        let just_closed = self.now - self.previous.closes_at < LOOKING_BACK;
        !self.position.is_open() && (just_closed || self.coming == self.previous.period)
    }

    pub(super) fn hero(&self, zone_phrase: &str, calendar: &Calendar, missed: Option<MissedInShort>) -> Hero {
        let window = self.position.window();
        let total = count(self.meters.iter());
        let next_meter = self.next_missing(None).map(|m| m.id.clone());
        let missing = count(self.missing(window.period).into_iter());
        if total == 0 {
            return Hero::NoMeters;
        }
        if !self.position.is_open() {
            return self.hero_between(total, missing, next_meter, missed);
        }
        let today = calendar.date(self.now);
        if missing == 0 {
            self.done(window.period, total, calendar.window(window.period.next()))
        } else if today == window.closes {
            let last = (window.closes_at - TimeDelta::minutes(1)).with_timezone(&calendar.zone);
            let (until, zone_phrase) = (last.format("%H:%M").to_string(), zone_phrase.to_owned());
            Hero::LastDay { until, zone_phrase, missing, total, next_meter }
        } else {
            let days_left = window.days_left(today);
            Hero::Open { closes: window.closes, days_left, missing, total, next_meter }
        }
    }

    fn hero_between(
        &self,
        total: i32,
        missing: i32,
        next_meter: Option<String>,
        missed: Option<MissedInShort>,
    ) -> Hero {
        let (window, period) = (self.position.window(), self.previous.period);
        match (self.looks_back(), missed) {
            (true, None) => self.done(period, total, window),
            (true, Some(MissedInShort { about, by_norm })) => {
                let (counts_for, missing) = (self.coming, count(self.missing(period).into_iter()));
                Hero::Missed { period, counts_for, about, by_norm, missing, total, next_meter }
            }
            (false, _) => {
                Hero::Before { opens: window.opens, closes: window.closes, missing, total, next_meter }
            }
        }
    }

    fn done(&self, period: Period, total: i32, next: Window) -> Hero {
        let accepted = count(self.meters.iter().filter(|m| self.known(&m.id, period).0.is_accepted()));
        Hero::Done { accepted, total, opens: next.opens, closes: next.closes }
    }

    fn card(&self, meter: &MeterRow) -> MeterCard {
        let coming = self.coming;
        // Between the windows a row tells of the last month, unless something is already taken for the next.
        let ahead = self.known(&meter.id, coming);
        let (period, (status, value, item)) = if self.position.is_open() || ahead.1.is_some() {
            (coming, ahead)
        } else {
            (self.previous.period, self.known(&meter.id, self.previous.period))
        };
        let theirs = self.readings.get(&meter.id);
        let previous = theirs.and_then(|all| all.iter().find(|r| r.period < period)).map(|r| r.value);
        MeterCard {
            meter_id: meter.id.clone(),
            resource: meter.resource,
            place: meter.place.clone(),
            zone: meter.zone.clone(),
            value,
            previous,
            status,
            item_id: item.map(|i| i.captured.item_id.clone()),
        }
    }

    /// The utility's account of the number that an account by hand has.
    fn same_as(&self, account: &AccountRow) -> Option<String> {
        let mut theirs = self.accounts.iter().filter(|a| account.login_id.is_none() && a.login_id.is_some());
        theirs.find(|a| is_number(&a.number, &account.number)).map(|a| a.id.clone())
    }

    pub(super) fn flat(&self, account: &AccountRow) -> Flat {
        let kopecks = account.balance_kopecks;
        let kind = match kopecks {
            0 => BalanceKind::Clear,
            1.. => BalanceKind::Debt,
            _ => BalanceKind::Overpaid,
        };
        let period = account.balance_period;
        Flat {
            account_id: account.id.clone(),
            number: account.number.clone(),
            address: account.address.clone(),
            meters: self.meters.iter().filter(|m| m.account_id == account.id).map(|m| self.card(m)).collect(),
            balance: account.login_id.as_ref().map(|_| Balance { kind, kopecks: kopecks.abs(), period }),
            by_hand: account.login_id.is_none(),
            same_as: self.same_as(account),
        }
    }
}

fn count<T>(of: impl Iterator<Item = T>) -> i32 {
    i32::try_from(of.count()).unwrap_or(i32::MAX)
}
