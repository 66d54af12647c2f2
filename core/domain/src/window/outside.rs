//! Readings taken outside a window: what the utility does with them, and what that makes of one reading.

use serde::{Deserialize, Serialize};

use super::WindowEnd;
use crate::{Instant, Period};

/// What the utility does with readings that come before the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EarlyReadings {
    /// It refuses them: they wait on the phone until the window opens.
    #[default]
    Hold,
    /// It takes them.
    Send,
}

/// What becomes of a reading that is taken after its window has closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LateReadings {
    /// It counts for the next period, and waits for its window (Kursk; seen).
    #[default]
    NextPeriod,
    /// Up to and including this day it is sent for the period that has closed, and the utility decides.
    SendUntil(WindowEnd),
}

/// When a reading was taken, against the window of the period that it counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TakenWhen {
    /// Before the window opens.
    Early,
    /// While it is open.
    InTime,
    /// After it has closed.
    Late,
}

/// What a reading taken at a moment counts for, and whether it may leave at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placement {
    /// The period.
    pub period: Period,
    /// Where the moment lies against the period's window.
    pub taken: TakenWhen,
    /// Set when the utility takes nothing before the window opens: the moment at which it does.
    pub held_until: Option<Instant>,
}
