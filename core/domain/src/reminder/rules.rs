//! When reminders ring, as data.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use super::super::profile::clock_time;

/// When reminders ring. The hour is the utility's, the quiet hours are the phone's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReminderRules {
    /// Reminders of a day come at this time: late enough to be awake, early enough to act (our choice).
    #[serde(with = "clock_time")]
    pub at: NaiveTime,
    /// Nobody is woken from this time on (rules: 22:00)
    #[serde(with = "clock_time")]
    pub quiet_from: NaiveTime,
    /// until this time (rules: 08:00).
    #[serde(with = "clock_time")]
    pub quiet_until: NaiveTime,
}

impl Default for ReminderRules {
    fn default() -> Self {
        Self { at: hour(10), quiet_from: hour(22), quiet_until: hour(8) }
    }
}

/// A full hour, below 24.
pub(super) const fn hour(hour: u32) -> NaiveTime {
    match NaiveTime::from_hms_opt(hour, 0, 0) {
        Some(time) => time,
        None => NaiveTime::MIN,
    }
}
