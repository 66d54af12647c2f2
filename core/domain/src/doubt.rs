//! Checks of a value against the meter's past: they ask, and never forbid.
//!
//! Only actual readings count (the resident's own, the inspector's), never an estimate: one wrong estimate
//! would otherwise call every honest reading after it a mistake.

use super::{Dial, Volume};

/// A use of more than so many times the average is asked about (rules: "over 3 times the average", seen).
const UNUSUAL_TIMES: i64 = 3;
/// Below this use nobody is asked, however small the average: 1 m³ a day is not unusual (rules, seen).
const NEVER_UNUSUAL: Volume = Volume::from_units(10);
/// Without an average, a month of more than this is asked about (rules: "over 100 m³", seen).
const UNUSUAL_ALONE: Volume = Volume::from_units(100);

/// What is odd about a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Doubt {
    /// The same as last time: was no water used?
    NothingUsed,
    /// Lower than last time: a typo, a replaced meter, or a dial that went round.
    Lower,
    /// Much more than usual.
    Higher,
    /// Much more than usual, and usual with a comma put in.
    CommaLost,
}

impl Doubt {
    /// The name in the contract's `confirmed[]` and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NothingUsed => "equal",
            Self::Lower => "lower",
            Self::Higher | Self::CommaLost => "higher",
        }
    }
}

/// What is known of a meter's past.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// The last actual value.
    pub last: Option<Volume>,
    /// Months since then, at least 1 for a value of an earlier period.
    pub months: i32,
    /// Average use of a month, when at least three months are known.
    pub usual: Option<Volume>,
}

/// A doubt with the numbers that led to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What is odd.
    pub doubt: Doubt,
    /// The value in question.
    pub value: Volume,
    /// The last actual value.
    pub previous: Volume,
    /// `value − previous`.
    pub used: Volume,
    /// Average use of a month.
    pub usual: Option<Volume>,
    /// What was probably meant.
    pub suggestion: Option<Suggestion>,
}

/// A guess at what the dial shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The value that would be sent.
    pub value: Volume,
    /// The dial's whole face, to be compared with it.
    pub face: Volume,
}

/// The doubt about a value, if there is one. No past, no doubt.
#[must_use]
pub fn doubt_about(value: Volume, history: &History, dial: Dial) -> Option<Question> {
    let previous = history.last?;
    let used = value.since(previous);
    let (doubt, suggestion) = if used.is_negative() {
        (Doubt::Lower, None)
    } else if used.is_zero() {
        (Doubt::NothingUsed, None)
    } else if is_unusual(used, history) {
        let suggestion = comma_lost(value, history, dial);
        (if suggestion.is_some() { Doubt::CommaLost } else { Doubt::Higher }, suggestion)
    } else {
        return None;
    };
    Some(Question { doubt, value, previous, used, usual: history.usual, suggestion })
}

fn is_unusual(used: Volume, history: &History) -> bool {
    let months = i64::from(history.months.max(1));
    let limit = match history.usual {
        Some(usual) => usual.times(UNUSUAL_TIMES).max(NEVER_UNUSUAL),
        None => UNUSUAL_ALONE,
    };
    used > limit.times(months)
}

/// The red digits typed as black ones: the first place for a comma at which the use becomes usual.
fn comma_lost(value: Volume, history: &History, dial: Dial) -> Option<Suggestion> {
    let previous = history.last?;
    (1..=u32::from(dial.fraction())).find_map(|places| {
        let face = value.shifted_right(places);
        let used = face.truncated().since(previous);
        (!used.is_negative() && !is_unusual(used, history))
            .then_some(Suggestion { value: face.truncated(), face })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(value: i64, last: i64, usual: Option<i64>) -> Option<Question> {
        let history =
            History { last: Some(Volume::from_units(last)), months: 1, usual: usual.map(Volume::from_units) };
        doubt_about(Volume::from_units(value), &history, Dial::new(5, 3).unwrap())
    }

    #[test]
    fn a_usual_month_is_not_asked_about() {
        assert_eq!(asked(127, 123, Some(4)), None);
        assert_eq!(asked(133, 123, Some(2)), None, "ten cubic metres are never unusual");
    }

    #[test]
    fn the_same_value_asks_whether_no_water_was_used() {
        assert_eq!(asked(123, 123, Some(4)).unwrap().doubt, Doubt::NothingUsed);
    }

    #[test]
    fn a_lower_value_is_asked_about() {
        let question = asked(120, 123, Some(4)).unwrap();
        assert_eq!((question.doubt, question.used.to_string().as_str()), (Doubt::Lower, "-3"));
    }

    #[test]
    fn a_lost_comma_is_recognised_and_put_back() {
        let question = asked(12_735, 123, Some(4)).unwrap();
        let suggestion = question.suggestion.unwrap();
        assert_eq!(question.doubt, Doubt::CommaLost);
        assert_eq!(suggestion.value.to_string(), "127");
        assert_eq!(suggestion.face.to_string(), "127.35");
    }

    #[test]
    fn a_high_value_that_no_comma_explains_is_just_high() {
        let question = asked(223, 123, Some(4)).unwrap();
        assert_eq!((question.doubt, question.suggestion), (Doubt::Higher, None));
    }

    #[test]
    fn several_months_may_use_as_much_as_several_months_do() {
        let history =
            History { last: Some(Volume::from_units(100)), months: 5, usual: Some(Volume::from_units(4)) };
        let dial = Dial::new(5, 3).unwrap();
        assert_eq!(doubt_about(Volume::from_units(150), &history, dial), None);
    }

    #[test]
    fn a_meter_without_a_past_raises_no_doubt() {
        let dial = Dial::new(5, 3).unwrap();
        assert_eq!(doubt_about(Volume::from_units(99_999), &History::default(), dial), None);
    }
}
