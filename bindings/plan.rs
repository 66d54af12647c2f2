//! Records of the reminders.

use vodomer_core::app::{MeterName, Notice, NoticeTopic, Plan, ReminderKind, Resource};

use crate::values::{CivilDate, Period, UtcMillis};

/// What the shell is to do about reminders. It may be asked at any time, any number of times.
#[uniffi::remote(Record)]
pub struct Plan {
    /// To be shown now; after showing, tell `reminderShown`.
    pub notice: Option<Notice>,
    /// Nothing is left to do: take away whatever reminder is still on show.
    pub take_away: bool,
    /// When to ask again; an alarm up to an hour late does no harm.
    pub next_wake: UtcMillis,
}

/// One notification: everything that is to be said at one moment.
#[uniffi::remote(Record)]
pub struct Notice {
    /// The same at every planning of the same topics.
    pub id: String,
    /// What it says, the most urgent first; at least one.
    pub topics: Vec<NoticeTopic>,
}

/// One thing that a notification says.
#[uniffi::remote(Enum)]
pub enum NoticeTopic {
    /// Readings are to be submitted.
    Window {
        /// The moment of the window.
        kind: ReminderKind,
        /// First day of the window.
        opens: CivilDate,
        /// Last day of the window.
        closes: CivilDate,
        /// Whole hours until its end, rounded up.
        hours_left: i32,
        /// The last minute, as `HH:MM` of the utility's zone.
        until: String,
        /// How the zone is called: «по Москве».
        zone_phrase: String,
        /// Meters without a reading.
        missing: Vec<MeterName>,
        /// Readings that have not left the phone.
        unsent: i32,
        /// Offer SMS, letter and phone.
        offer_channels: bool,
    },
    /// Somebody of the utility comes.
    Visit {
        /// The visit.
        visit_id: String,
        /// The flat, by its address.
        flat: String,
        /// The day.
        date: CivilDate,
        /// `HH:MM`, where a time was agreed.
        from: Option<String>,
        /// `HH:MM`, the end of the time agreed.
        until: Option<String>,
        /// Who comes and why.
        note: String,
        /// 1 on the day before, 0 on the day.
        days_left: i32,
    },
    /// A bill is to be paid.
    Payment {
        /// The account.
        account_id: String,
        /// The flat, by its address.
        flat: String,
        /// The month that is paid for.
        period: Period,
        /// The last day to pay.
        pay_by: CivilDate,
        /// What is owed, kopecks.
        kopecks: i64,
        /// 0 on the last day.
        days_left: i32,
    },
    /// A meter is to be verified.
    Verification {
        /// The meter.
        meter: MeterName,
        /// The last day on which its readings count.
        verify_by: CivilDate,
        /// 0 on the last day.
        days_left: i32,
    },
}

/// A meter, as it is called.
#[uniffi::remote(Record)]
pub struct MeterName {
    /// The meter.
    pub meter_id: String,
    /// What it measures.
    pub resource: Resource,
    /// Where it hangs.
    pub place: String,
    /// The tariff zone, where the meter has several.
    pub zone: Option<String>,
    /// The flat, by its address.
    pub flat: String,
}

/// Which moment of the window a reminder belongs to.
#[uniffi::remote(Enum)]
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
