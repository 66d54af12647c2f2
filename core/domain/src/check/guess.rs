//! The guess at what went wrong, of all slips that would explain a value.
//!
//! Tried in this order: a dial gone round (few values are so near its end), two meters' values swapped (both would
//! have to fit by chance), a lost comma (the commonest slip: the whole face is copied), the value of a meter still
//! without one, two digits swapped, a digit too many, a digit too few. A slip that leads to an ordinary use goes
//! before one that leads to a merely possible one, and both before one that leads to several values.
//!
//! A high value is mostly true: guests, a leak. A slip of single digits is guessed only where the use is far off, and
//! only where it leads to an ordinary one; otherwise the question stays a plain one.

use crate::{CheckRules, Dial, FractionPolicy, Typed, Volume};

use super::claim::end_of;
use super::digits::Copied;
use super::yardstick::Yardstick;
use super::{Cause, Claim, Doubt, Guess, Past, Sibling, Suggestion, Taken, siblings};

/// A rollover is guessed at only where the use is at most this part of the dial; on dials of few digits nearly any
/// lower value could otherwise be one.
const ROLLOVER_PART: i64 = 10;

/// In the order in which they are tried.
const SINGLE_DIGITS: [Cause; 3] = [Cause::DigitsSwapped, Cause::ExtraDigit, Cause::MissingDigit];

/// A value in question with all that it is judged by.
pub(super) struct Case<'a> {
    pub(super) value: Volume,
    pub(super) digits: Option<&'a Typed>,
    pub(super) dial: Dial,
    pub(super) policy: FractionPolicy,
    pub(super) claim: Claim,
    pub(super) previous: Volume,
    pub(super) yardstick: Yardstick<'a>,
}

impl<'a> Case<'a> {
    pub(super) fn new(taken: &Taken<'a>, previous: Volume, yardstick: Yardstick<'a>) -> Self {
        let Taken { value, digits, dial, policy, claim, .. } = *taken;
        Self { value, digits, dial, policy, claim, previous, yardstick }
    }

    pub(super) fn is_possible(&self, value: Volume) -> bool {
        self.used(value).is_some_and(|used| self.yardstick.is_possible(used))
    }

    pub(super) fn is_ordinary(&self, value: Volume) -> bool {
        self.used(value).is_some_and(|used| self.yardstick.is_ordinary(used))
    }

    /// The value in question is far above or below what it could be. Below needs less, as nothing explains it.
    pub(super) fn is_far_off(&self) -> bool {
        let far = |used: Volume| {
            let below = Volume::default().since(used);
            self.yardstick.is_far_off(used) || self.yardstick.is_unusual(below)
        };
        self.used(self.value).is_some_and(far)
    }

    fn used(&self, value: Volume) -> Option<Volume> {
        self.claim.used(value, self.previous, self.dial).ok()
    }
}

/// How much a slip explains; the least is the best.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Ordinary,
    Possible,
    Several,
}

/// What probably happened, if anything tells.
pub(super) fn guess(doubt: Doubt, case: &Case, siblings: &[Sibling]) -> Option<Guess> {
    match doubt {
        Doubt::NothingUsed => return None,
        Doubt::Lower if rolled_over(case) => return Some(cause_only(Cause::RolledOver)),
        Doubt::Lower | Doubt::Higher | Doubt::AboveLimit => {}
    }
    siblings::swapped(case, siblings).or_else(|| {
        let another = siblings::taken_for_another(case, siblings).map(|guess| (Rank::Ordinary, guess));
        let single_digits = doubt == Doubt::Lower || case.is_far_off();
        best(
            [weigh(case, Cause::CommaLost), another]
                .into_iter()
                .chain(SINGLE_DIGITS.map(|cause| single_digits.then(|| weigh(case, cause)).flatten())),
        )
    })
}

/// What was probably meant by a text with more black digits than the dial has, such as a whole face copied without
/// its comma. Nothing is known without a past.
#[must_use]
pub fn explain_misfit(
    digits: &Typed,
    dial: Dial,
    policy: FractionPolicy,
    past: &Past,
    rules: &CheckRules,
    limit: Option<Volume>,
) -> Option<Guess> {
    let case = Case {
        value: end_of(dial),
        digits: Some(digits),
        dial,
        policy,
        claim: Claim::None,
        previous: past.last?,
        yardstick: Yardstick::new(past, rules, limit),
    };
    best([Cause::CommaLost, Cause::ExtraDigit].map(|cause| weigh(&case, cause)).into_iter())
}

fn best(guesses: impl Iterator<Item = Option<(Rank, Guess)>>) -> Option<Guess> {
    guesses.flatten().min_by(|(one, _), (other, _)| one.cmp(other)).map(|(_, guess)| guess)
}

fn rolled_over(case: &Case) -> bool {
    let wrapped = Claim::RolledOver.used(case.value, case.previous, case.dial);
    case.claim == Claim::None
        && wrapped.is_ok_and(|used| {
            case.yardstick.is_possible(used) && used.times(ROLLOVER_PART) <= end_of(case.dial)
        })
}

fn weigh(case: &Case, cause: Cause) -> Option<(Rank, Guess)> {
    let candidates = candidates(case, cause);
    let ordinary: Vec<Suggestion> =
        candidates.iter().copied().filter(|s| case.is_ordinary(s.value)).collect();
    // One place for a comma, or a digit short, is seen at a glance on the dial, so that a possible use is enough.
    let possible_will_do = matches!(cause, Cause::CommaLost | Cause::MissingDigit);
    // "Two of these digits are swapped" helps nobody who is not told which.
    let several_will_do = cause != Cause::DigitsSwapped;
    let named = |suggestion| Guess { cause, suggestion: Some(suggestion), other_meter: None };
    match (ordinary.as_slice(), candidates.as_slice()) {
        (_, []) => None,
        ([one], _) => Some((Rank::Ordinary, named(*one))),
        ([], _) if !possible_will_do => None,
        ([], [one]) => Some((Rank::Possible, named(*one))),
        (_, _) => several_will_do.then(|| (Rank::Several, cause_only(cause))),
    }
}

const fn cause_only(cause: Cause) -> Guess {
    Guess { cause, suggestion: None, other_meter: None }
}

/// The possible values that a slip leads back to, each once.
fn candidates(case: &Case, cause: Cause) -> Vec<Suggestion> {
    let Some(copied) = case.digits.and_then(|digits| Copied::new(digits, case.dial)) else {
        return Vec::new();
    };
    let meant = match cause {
        Cause::CommaLost => copied.comma_lost(),
        Cause::DigitsSwapped => copied.neighbours_swapped(),
        Cause::ExtraDigit => copied.digit_too_many(),
        Cause::MissingDigit => copied.digit_too_few(),
        Cause::MetersSwapped | Cause::RolledOver => Vec::new(),
    };
    let mut found: Vec<Suggestion> = Vec::new();
    for digits in meant.into_iter().filter(|digits| digits.fits(case.dial).is_ok()) {
        let value = digits.keep(case.policy, case.dial).value;
        let face = digits.keep(FractionPolicy::Keep(4), case.dial).value;
        if value != case.value && case.is_possible(value) && found.iter().all(|s| s.value != value) {
            found.push(Suggestion { value, face });
        }
    }
    found
}
