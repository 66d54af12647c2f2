//! Hot and cold mixed up: a value that fits another meter of the flat.

use crate::{Dial, Volume};

use super::claim::end_of;
use super::guess::Case;
use super::yardstick::Yardstick;
use super::{Cause, Guess, Past, Suggestion};

/// Another meter of the same account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sibling {
    /// The meter.
    pub meter_id: String,
    /// Its past.
    pub past: Past,
    /// Its value of the same period, if it has one already.
    pub value: Option<Volume>,
    /// Its dial.
    pub dial: Dial,
}

impl Sibling {
    fn use_at(&self, value: Volume) -> Option<Volume> {
        let last = self.past.last?;
        (value < end_of(self.dial)).then(|| value.since(last))
    }
}

/// Each of the two values fits the other meter. That both do so by chance is next to impossible where both uses are
/// ordinary, or where the other meter's value does not fit its own past either.
pub(super) fn swapped(case: &Case, siblings: &[Sibling]) -> Option<Guess> {
    only(siblings.iter().filter_map(|sibling| {
        let theirs = sibling.value.filter(|value| *value < end_of(case.dial))?;
        let yardstick = Yardstick::new(&sibling.past, case.yardstick.rules(), None);
        let (mine_there, theirs_there) = (sibling.use_at(case.value)?, sibling.use_at(theirs)?);
        let each_fits = yardstick.is_possible(mine_there) && case.is_possible(theirs);
        let both_ordinary = yardstick.is_ordinary(mine_there) && case.is_ordinary(theirs);
        let suggestion = Suggestion { value: theirs, face: theirs };
        (each_fits && (both_ordinary || !yardstick.is_possible(theirs_there)))
            .then(|| guess(sibling, Some(suggestion)))
    }))
}

/// The other meter has no value yet: the typed one must be ordinary there and far off here, above or below.
pub(super) fn taken_for_another(case: &Case, siblings: &[Sibling]) -> Option<Guess> {
    if !case.is_far_off() {
        return None;
    }
    only(siblings.iter().filter(|sibling| sibling.value.is_none()).filter_map(|sibling| {
        let yardstick = Yardstick::new(&sibling.past, case.yardstick.rules(), None);
        yardstick.is_ordinary(sibling.use_at(case.value)?).then(|| guess(sibling, None))
    }))
}

fn guess(sibling: &Sibling, suggestion: Option<Suggestion>) -> Guess {
    Guess { cause: Cause::MetersSwapped, suggestion, other_meter: Some(sibling.meter_id.clone()) }
}

/// With two meters that fit, none is named.
fn only(mut guesses: impl Iterator<Item = Guess>) -> Option<Guess> {
    guesses.next().filter(|_| guesses.next().is_none())
}
