//! One value of a meter's past.

use crate::{Instant, Period, Replacement, Source, Volume};

/// A value for a month, as the utility holds it or as the phone has taken it and not yet sent.
///
/// Values that were declined, withdrawn or superseded are no points. What a point claims (a turned dial, a replaced
/// meter) is a part of it: a correction says it anew, and a guess that no longer stands takes it along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The month that it counts for.
    pub period: Period,
    /// What the dial showed, as the utility counts it, or what the utility worked out.
    pub value: Volume,
    /// Who says so.
    pub source: Source,
    /// When it was read off the dial, as far as known.
    pub taken_at: Option<Instant>,
    /// When the utility got it or made it; `None` for what has not been sent yet.
    pub received_at: Option<Instant>,
    /// The dial went over its end since the reading before.
    pub rolled_over: bool,
    /// The meter was replaced since the reading before.
    pub replaced: Option<Replacement>,
}

impl Point {
    /// Whether it was read off the dial while the meter's verification held.
    ///
    /// `verified_until` is the first moment at which it no longer does. A reading of which nobody knows when it was
    /// taken goes by the moment at which it came.
    pub(crate) fn counts(&self, verified_until: Option<Instant>) -> bool {
        let in_time = |until: Instant| self.taken_at.or(self.received_at).is_none_or(|taken| taken < until);
        self.source.is_actual() && verified_until.is_none_or(in_time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::fixtures::{guess, instant, point};

    #[test]
    fn a_reading_taken_before_the_verification_ends_counts_and_one_at_its_end_does_not() {
        let end = instant("2026-06-01T00:00:00Z");
        let taken = |at: &str| Point { taken_at: Some(instant(at)), ..point("2026-05", 100) };
        assert!(taken("2026-05-31T23:59:59Z").counts(Some(end)));
        assert!(!taken("2026-06-01T00:00:00Z").counts(Some(end)));
        assert!(taken("2026-06-01T00:00:00Z").counts(None));
    }

    #[test]
    fn a_reading_of_unknown_age_goes_by_the_moment_it_came() {
        let end = Some(instant("2026-06-01T00:00:00Z"));
        let came =
            |at: &str| Point { received_at: Some(instant(at)), taken_at: None, ..point("2026-05", 100) };
        assert!(came("2026-05-31T23:59:59Z").counts(end));
        assert!(!came("2026-06-02T00:00:00Z").counts(end));
        assert!(Point { received_at: None, ..came("2026-06-02T00:00:00Z") }.counts(end));
    }

    #[test]
    fn a_guess_never_counts() {
        assert!(!guess("2026-05", 100).counts(None));
    }
}
