//! What the resident says of a value lower than the last one: the dial went round, or the meter is a new one.
//!
//! Never assumed: a claim is made by the resident, and only then the use is counted by it.

use crate::{Dial, Volume};

/// What the resident says happened to the meter since the last reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Claim {
    /// Nothing.
    #[default]
    None,
    /// The dial went over its end and began again at zero.
    RolledOver,
    /// The meter was replaced.
    Replaced {
        /// What the old meter showed when it was taken off.
        final_value: Volume,
        /// What the new one showed when it was put on.
        initial_value: Volume,
    },
}

/// Why a claim can't be true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClaimProblem {
    /// A dial that went round shows less than before; this one does not, or nothing is known of before.
    #[error("the dial shows no less than before: it did not go round")]
    NothingToRollOver,
    /// The last value has more digits than the dial: the meter's record is wrong, and no use can be told from it.
    #[error("the last value, {previous}, is not on this dial")]
    PreviousNotOnDial {
        /// The last actual value.
        previous: Volume,
    },
    /// The old meter can't have ended below what it showed before.
    #[error("the old meter's last value is below {previous}, which it showed before")]
    FinalBelowPrevious {
        /// The last actual value.
        previous: Volume,
    },
    /// The new meter can't show less than when it was put on.
    #[error("the value is below {initial}, which the new meter began with")]
    ValueBelowInitial {
        /// What the new meter began with.
        initial: Volume,
    },
}

/// The first value that a dial can't show.
pub(super) fn end_of(dial: Dial) -> Volume {
    Volume::from_units(10_i64.saturating_pow(u32::from(dial.whole())))
}

impl Claim {
    /// What was used since `previous`; below zero only where nothing is claimed.
    pub(super) fn used(self, value: Volume, previous: Volume, dial: Dial) -> Result<Volume, ClaimProblem> {
        match self {
            Self::None => Ok(value.since(previous)),
            Self::RolledOver if value >= previous => Err(ClaimProblem::NothingToRollOver),
            Self::RolledOver if previous >= end_of(dial) => Err(ClaimProblem::PreviousNotOnDial { previous }),
            Self::RolledOver => Ok(end_of(dial).since(previous).plus(value)),
            Self::Replaced { final_value, .. } if final_value < previous => {
                Err(ClaimProblem::FinalBelowPrevious { previous })
            }
            Self::Replaced { final_value, initial_value } => {
                self.of_a_meter_without_past(value)?;
                Ok(final_value.since(previous).plus(value.since(initial_value)))
            }
        }
    }

    /// Whether the claim can be true of a meter that nothing is known of.
    pub(super) fn of_a_meter_without_past(self, value: Volume) -> Result<(), ClaimProblem> {
        match self {
            Self::RolledOver => Err(ClaimProblem::NothingToRollOver),
            Self::Replaced { initial_value, .. } if value < initial_value => {
                Err(ClaimProblem::ValueBelowInitial { initial: initial_value })
            }
            Self::None | Self::Replaced { .. } => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(claim: Claim, value: i64, previous: i64) -> Result<i64, ClaimProblem> {
        let units = Volume::from_units;
        let used = claim.used(units(value), units(previous), Dial::new(5, 3).unwrap())?;
        assert_eq!(used.truncated(), used);
        Ok(used.ten_thousandths() / 10_000)
    }

    fn replaced(final_value: i64, initial_value: i64) -> Claim {
        Claim::Replaced {
            final_value: Volume::from_units(final_value),
            initial_value: Volume::from_units(initial_value),
        }
    }

    #[test]
    fn without_a_claim_the_use_is_the_difference() {
        assert_eq!(used(Claim::None, 127, 123), Ok(4));
        assert_eq!(used(Claim::None, 120, 123), Ok(-3));
    }

    #[test]
    fn a_dial_that_went_round_counts_on_from_its_end() {
        assert_eq!(used(Claim::RolledOver, 3, 99_998), Ok(5));
        assert_eq!(used(Claim::RolledOver, 0, 99_999), Ok(1));
        assert_eq!(used(Claim::RolledOver, 122, 123), Ok(99_999));
    }

    #[test]
    fn a_dial_that_shows_no_less_than_before_did_not_go_round() {
        assert_eq!(used(Claim::RolledOver, 123, 123), Err(ClaimProblem::NothingToRollOver));
        assert_eq!(used(Claim::RolledOver, 124, 123), Err(ClaimProblem::NothingToRollOver));
        let alone = Claim::RolledOver.of_a_meter_without_past(Volume::from_units(3));
        assert_eq!(alone, Err(ClaimProblem::NothingToRollOver));
    }

    #[test]
    fn a_last_value_that_the_dial_cannot_show_tells_no_use() {
        let previous = Volume::from_units(100_000);
        assert_eq!(used(Claim::RolledOver, 3, 100_000), Err(ClaimProblem::PreviousNotOnDial { previous }));
        assert_eq!(used(Claim::RolledOver, 3, 99_999), Ok(4));
    }

    #[test]
    fn of_a_replaced_meter_both_the_old_and_the_new_are_counted() {
        assert_eq!(used(replaced(125, 1), 3, 123), Ok(4));
        assert_eq!(used(replaced(123, 3), 3, 123), Ok(0));
    }

    #[test]
    fn neither_the_old_meter_nor_the_new_one_went_backwards() {
        let previous = Volume::from_units(123);
        assert_eq!(used(replaced(122, 0), 3, 123), Err(ClaimProblem::FinalBelowPrevious { previous }));
        let initial = Volume::from_units(4);
        assert_eq!(used(replaced(125, 4), 3, 123), Err(ClaimProblem::ValueBelowInitial { initial }));
        let alone = |value| replaced(125, 4).of_a_meter_without_past(Volume::from_units(value));
        assert_eq!(alone(3), Err(ClaimProblem::ValueBelowInitial { initial }));
        assert_eq!(alone(4), Ok(()));
        assert_eq!(Claim::None.of_a_meter_without_past(Volume::from_units(3)), Ok(()));
    }

    #[test]
    fn each_problem_says_what_is_wrong() {
        let volume = Volume::from_units(123);
        for (problem, text) in [
            (ClaimProblem::NothingToRollOver, "did not go round"),
            (ClaimProblem::PreviousNotOnDial { previous: volume }, "123, is not on this dial"),
            (ClaimProblem::FinalBelowPrevious { previous: volume }, "below 123, which it showed before"),
            (
                ClaimProblem::ValueBelowInitial { initial: volume },
                "below 123, which the new meter began with",
            ),
        ] {
            assert!(problem.to_string().ends_with(text), "{problem}");
        }
    }
}
