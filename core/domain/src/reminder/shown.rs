//! What the resident has been shown, and which of these records to believe.

use chrono::TimeDelta;

use super::super::Instant;

/// People who mend their clock by hand, and clocks that are set by a server, move it by less than this.
const MENDED_BY: TimeDelta = TimeDelta::hours(1);

/// A topic was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The topic's id.
    pub id: String,
    /// When, by the clock of then.
    pub at: Instant,
}

impl Shown {
    /// A record from the future was made by a wrong clock: what it says was shown comes again at its real time.
    /// An hour of difference is believed all the same, so that a clock that is mended rings nobody twice.
    #[must_use]
    pub fn is_credible(&self, now: Instant) -> bool {
        self.at.signed_duration_since(now) <= MENDED_BY
    }
}
