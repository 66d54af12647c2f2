//! The way into the checks: one value, judged once at every key press and again when it is kept.

use crate::{CheckRules, Dial, FractionPolicy, Typed, Volume};

use super::guess::{Case, guess};
use super::yardstick::Yardstick;
use super::{Claim, ClaimProblem, Doubt, Past, Question, Sibling};

/// A value as it was taken.
#[derive(Debug, Clone, Copy)]
pub struct Taken<'a> {
    /// The value that would be sent.
    pub value: Volume,
    /// The digits that it was typed with; none for "same as last month".
    pub digits: Option<&'a Typed>,
    /// The meter's dial.
    pub dial: Dial,
    /// What the utility does with the fraction.
    pub policy: FractionPolicy,
    /// The most that the utility believes of a month at this meter, where it says so; otherwise the rules' own.
    pub limit: Option<Volume>,
    /// What the resident says happened to the meter.
    pub claim: Claim,
    /// The doubts about this value that the resident has answered "it is so".
    pub confirmed: &'a [Doubt],
}

/// What is thought of a value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Judgement {
    /// Use since the last actual reading, under the claim; below zero when the dial went back; none without a past.
    pub used: Option<Volume>,
    /// What to ask before the value is kept.
    pub question: Option<Question>,
    /// The doubts that hold and were answered: they go along with the reading.
    pub answered: Vec<Doubt>,
}

/// Judges a value by the meter's past and its siblings. Without a past there is nothing to compare with, not even
/// the limit.
///
/// The gravest doubt is asked about, and its answer is one to the lesser ones too: who confirms a use above the limit
/// has confirmed that it is high. Not the other way round.
///
/// # Errors
/// [`ClaimProblem`] when what the resident claims can't be.
pub fn judge(
    taken: &Taken,
    past: &Past,
    siblings: &[Sibling],
    rules: &CheckRules,
) -> Result<Judgement, ClaimProblem> {
    let Some(previous) = past.last else {
        taken.claim.of_a_meter_without_past(taken.value)?;
        return Ok(Judgement::default());
    };
    let used = taken.claim.used(taken.value, previous, taken.dial)?;
    let yardstick = Yardstick::new(past, rules, taken.limit);
    let doubts = gravest_first(used, &yardstick);
    let Some(doubt) = doubts.first().copied().filter(|doubt| !taken.confirmed.contains(doubt)) else {
        return Ok(Judgement { used: Some(used), question: None, answered: doubts });
    };
    // Whoever confirmed a lesser doubt has turned the guess down with it.
    let turned_down = doubts.iter().any(|doubt| taken.confirmed.contains(doubt));
    let question = Question {
        doubt,
        value: taken.value,
        previous,
        used,
        months: yardstick.months(),
        usual: past.usual.map(|usual| usual.rounded()),
        limit: if doubt == Doubt::AboveLimit { yardstick.limit() } else { None },
        guess: if turned_down {
            None
        } else {
            guess(doubt, &Case::new(taken, previous, yardstick), siblings)
        },
    };
    Ok(Judgement { used: Some(used), question: Some(question), answered: Vec::new() })
}

/// Only the last two can come together.
fn gravest_first(used: Volume, yardstick: &Yardstick) -> Vec<Doubt> {
    let doubts = [
        (used.is_negative(), Doubt::Lower),
        (used.is_zero(), Doubt::NothingUsed),
        (yardstick.is_above_limit(used), Doubt::AboveLimit),
        (yardstick.is_unusual(used), Doubt::Higher),
    ];
    doubts.into_iter().filter(|(holds, _)| *holds).map(|(_, doubt)| doubt).collect()
}
