//! Records of the reminders.

use vodomer_core::app::{MeterName, Notice, Plan, ReminderKind, Resource};

use crate::values::{CivilDate, UtcMillis};

/// What the shell is to do about reminders. Asking changes nothing, so it may be asked at any time.
#[uniffi::remote(Record)]
pub struct Plan {
    /// To be shown now; after showing, tell [`App::reminder_shown`].
    pub notices: Vec<Notice>,
    /// Nothing is left to do: take away whatever reminder is still on show.
    pub take_away: bool,
    /// When to ask again.
    pub next_wake: UtcMillis,
}

/// One notification.
#[uniffi::remote(Record)]
pub struct Notice {
    /// The same at every planning.
    pub id: String,
    /// The moment of the window.
    pub kind: ReminderKind,
    /// First day of the window.
    pub opens: CivilDate,
    /// Last day of the window.
    pub closes: CivilDate,
    /// Whole hours until its end, rounded up.
    pub hours_left: i32,
    /// The last minute, as `HH:MM` of the utility's zone.
    pub until: String,
    /// How the zone is called: «по Москве».
    pub zone_phrase: String,
    /// Meters without a reading.
    pub missing: Vec<MeterName>,
    /// Readings that have not left the phone.
    pub unsent: i32,
    /// Offer SMS, letter and phone.
    pub offer_channels: bool,
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
