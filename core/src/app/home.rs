//! The first screen: what is due and until when, what waits, what is owed. One call, one read.

use chrono::NaiveDate;

use super::snapshot::Snapshot;
use super::status::Status;
use super::{App, Error};
use crate::domain::{Instant, Period, Resource, Volume};
use crate::sync::clock;

/// Everything that the first screen shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Home {
    /// The utility's name.
    pub utility: String,
    /// IANA name of the zone that every date on the screen is in.
    pub zone: String,
    /// What is due.
    pub hero: Hero,
    /// What waits to be sent; none when nothing does.
    pub waiting: Option<Waiting>,
    /// One card a flat.
    pub flats: Vec<Flat>,
    /// The utility wants the password again; readings are kept.
    pub needs_sign_in: bool,
    /// When the data came.
    pub as_of: Option<Instant>,
}

/// The first card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hero {
    /// No meters are known.
    NoMeters,
    /// The window is not open yet.
    Before {
        /// Its first day.
        opens: NaiveDate,
        /// Its last day.
        closes: NaiveDate,
        /// Meters without a reading.
        missing: i32,
        /// All meters.
        total: i32,
        /// The first of those without.
        next_meter: Option<String>,
    },
    /// The window is open.
    Open {
        /// Its last day.
        closes: NaiveDate,
        /// Whole days until then, at least 1.
        days_left: i32,
        /// Meters without a reading.
        missing: i32,
        /// All meters.
        total: i32,
        /// The first of those without.
        next_meter: Option<String>,
    },
    /// It is the window's last day.
    LastDay {
        /// The last minute, as `HH:MM` of the utility's zone.
        until: String,
        /// How the zone is called: «по Москве».
        zone_phrase: String,
        /// Meters without a reading.
        missing: i32,
        /// All meters.
        total: i32,
        /// The first of those without.
        next_meter: Option<String>,
    },
    /// All readings are taken.
    Done {
        /// Those that the utility is known to have.
        accepted: i32,
        /// All meters.
        total: i32,
        /// First day of the next window.
        opens: NaiveDate,
        /// Its last day.
        closes: NaiveDate,
    },
    /// The window is over, and some are missing.
    Missed {
        /// The month that goes by the average.
        period: Period,
        /// The month that a reading taken now counts for; the same where the utility still takes it.
        counts_for: Period,
        /// What will be charged for the missing ones, «около 4 м³», to whole units; none where that is not known.
        about: Option<Volume>,
        /// Some of it by the norm, not by the average.
        by_norm: bool,
        /// Meters without a reading.
        missing: i32,
        /// All meters.
        total: i32,
        /// The first of those without.
        next_meter: Option<String>,
    },
}

/// Readings that have not left the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// How many.
    pub count: i32,
    /// The end is near or past, or there is no other way: offer SMS, letter and telephone.
    pub offer_channels: bool,
}

/// One flat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flat {
    /// The account.
    pub account_id: String,
    /// The number on the bill.
    pub number: String,
    /// Where it is.
    pub address: String,
    /// Its meters.
    pub meters: Vec<MeterCard>,
    /// What is owed; none where nobody has signed in, since only the utility knows it.
    pub balance: Option<Balance>,
    /// It was typed in: its readings leave by SMS, letter or telephone only.
    pub by_hand: bool,
    /// Of an account by hand: the utility's account of the same number. Its meters on show are those of which it was not
    /// clear which of the utility's they are: ask, and tell `same_meter`.
    pub same_as: Option<String>,
}

/// What an account owes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Balance {
    /// Which of the three it is.
    pub kind: BalanceKind,
    /// Kopecks, never below zero.
    pub kopecks: i64,
    /// The last charged month in it.
    pub period: Option<Period>,
}

/// Debt or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BalanceKind {
    /// «К оплате».
    Debt,
    /// «Переплата».
    Overpaid,
    /// «Долгов нет».
    Clear,
}

/// One meter's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeterCard {
    /// The meter.
    pub meter_id: String,
    /// What it measures.
    pub resource: Resource,
    /// Where it hangs.
    pub place: String,
    /// The tariff zone, where the meter has several.
    pub zone: Option<String>,
    /// The value of the month on show.
    pub value: Option<Volume>,
    /// The last actual value before it.
    pub previous: Option<Volume>,
    /// How far the value has come.
    pub status: Status,
    /// The item behind it, if it was taken here.
    pub item_id: Option<String>,
}

impl App {
    /// Everything that the first screen shows.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn home(&self) -> Result<Home, Error> {
        let calendar = self.calendar();
        let (snapshot, missed) = self.store.read(|db| {
            let snapshot = Snapshot::take(db, &calendar, clock::now(db, &self.env)?)?;
            let missed = match snapshot.just_missed() {
                Some(period) => Some(self.missed_in_short(
                    db,
                    &snapshot.accounts,
                    &snapshot.meters,
                    period,
                    snapshot.now,
                )?),
                None => None,
            };
            Ok((snapshot, missed))
        })?;
        Ok(Home {
            utility: self.profile.name.clone(),
            zone: self.profile.zone.clone(),
            hero: snapshot.hero(&self.profile.zone_phrase, &calendar, missed),
            waiting: snapshot.waiting(),
            flats: snapshot.accounts.iter().map(|a| snapshot.flat(a)).collect(),
            needs_sign_in: snapshot.needs_sign_in(),
            as_of: snapshot.as_of(),
        })
    }
}

#[cfg(test)]
#[path = "home_tests.rs"]
mod tests;
