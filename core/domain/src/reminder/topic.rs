//! One thing that a notification says.

use chrono::{NaiveDate, NaiveTime};

use super::super::{Instant, Period, Window};
use super::GATHER;

/// A reminder, with all that its words need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// The same at every planning of the same reminder: `2026-11/first-day`.
    pub id: String,
    /// When it is to be shown.
    pub at: Instant,
    /// When the occasion is over: from then on it is never shown, and taken away.
    pub until: Instant,
    /// What it is about.
    pub kind: TopicKind,
}

/// What a reminder is about. Days and hours left are counted from the moment of planning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TopicKind {
    /// Readings are to be submitted.
    Window {
        /// Which moment of the window.
        moment: ReminderKind,
        /// The window.
        window: Window,
        /// Whole hours until its end, rounded up.
        hours_left: i32,
        /// Ids of the meters without a reading.
        missing: Vec<String>,
        /// Readings taken that have not left the phone.
        unsent: i32,
    },
    /// Somebody of the utility comes.
    Visit {
        /// The visit.
        visit_id: String,
        /// The day.
        date: NaiveDate,
        /// Not before.
        from: Option<NaiveTime>,
        /// Not after.
        until: Option<NaiveTime>,
        /// 1 on the day before, 0 on the day.
        days_left: i32,
    },
    /// A bill is to be paid.
    Payment {
        /// The account.
        account_id: String,
        /// The month that is paid for.
        period: Period,
        /// The last day to pay.
        pay_by: NaiveDate,
        /// What is owed.
        kopecks: i64,
        /// 0 on the last day.
        days_left: i32,
    },
    /// A meter is to be verified.
    Verification {
        /// The meter.
        meter_id: String,
        /// The last day on which its readings count.
        verify_by: NaiveDate,
        /// 0 on the last day.
        days_left: i32,
    },
}

/// Which moment of the window a reminder belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReminderKind {
    /// The window has opened.
    FirstDay,
    /// The day after.
    SecondDay,
    /// The morning of the last day.
    LastDay,
    /// Three hours are left.
    LastHours,
}

impl ReminderKind {
    pub(super) const ALL: [Self; 4] = [Self::FirstDay, Self::SecondDay, Self::LastDay, Self::LastHours];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::FirstDay => "first-day",
            Self::SecondDay => "second-day",
            Self::LastDay => "last-day",
            Self::LastHours => "last-hours",
        }
    }

    /// The end is near: what has not left the phone is spoken of, and other ways are offered.
    #[must_use]
    pub const fn announces_the_end(self) -> bool {
        matches!(self, Self::LastDay | Self::LastHours)
    }
}

impl Topic {
    /// A ring at `now` may take it along.
    pub(super) fn is_close(&self, now: Instant) -> bool {
        let last_call = matches!(self.kind, TopicKind::Window { moment: ReminderKind::LastHours, .. });
        !last_call && self.at.signed_duration_since(now) <= GATHER
    }

    /// What is over first comes first; among equals, readings, visits, bills, verifications.
    pub(super) fn urgency(&self) -> (Instant, u8, String) {
        let rank = match self.kind {
            TopicKind::Window { .. } => 0,
            TopicKind::Visit { .. } => 1,
            TopicKind::Payment { .. } => 2,
            TopicKind::Verification { .. } => 3,
        };
        (self.until, rank, self.id.clone())
    }
}
