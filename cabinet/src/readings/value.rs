//! Whether a value can be, and whether it is usual.

use super::Refusal;
use crate::config::ReadingRules;
use crate::domain::{Dial, Period, Volume};
use crate::history::History;
use crate::records::Meter;

/// The doubt that a resident may lift by `confirmed`.
const HIGHER: &str = "higher";
/// As many places as volumes have: nothing is rounded.
const EXACTLY: u32 = 4;

/// A value to be looked at.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// The value.
    pub value: Volume,
    /// The month that it counts for.
    pub period: Period,
    /// The resident says that the dial went over its end.
    pub rollover: bool,
    /// The doubts that the resident answered already.
    pub confirmed: &'a [String],
}

/// Digits: what the dial and the utility's rules allow.
pub fn check_digits(rules: &ReadingRules, value: Volume, dial: Dial) -> Result<(), Refusal> {
    if value >= Volume::dial_end(dial.whole) {
        return Err(Refusal::TooManyDigits { whole: dial.whole });
    }
    let places = rules.places.min(dial.fraction);
    if value.places() > places {
        return Err(Refusal::FractionNotAllowed { places });
    }
    Ok(())
}

/// Compares a value with the meter's past. Tells whether the dial has turned since the last actual reading.
pub fn check_use(
    rules: &ReadingRules,
    claim: Claim,
    meter: &Meter,
    history: &History,
) -> Result<bool, Refusal> {
    let dial = meter.digits;
    let Some(last) = history.last_actual() else {
        return Ok(false);
    };
    let turned = claim.value < last.value;
    if turned && !claim.rollover {
        return Err(Refusal::ValueLessThanPrevious { previous: last.value });
    }
    let end = if turned { Volume::dial_end(dial.whole) } else { Volume::ZERO };
    let used = claim.value - last.value + end;
    let months = i64::from(claim.period.since(last.period).max(1));
    let limit = meter.limit.unwrap_or(rules.refuse_over).scaled(months, 1, EXACTLY);
    if used > limit {
        return Err(Refusal::ExceedsHardLimit { limit });
    }
    let most = most_that_is_usual(rules, months, history);
    if used > most && !claim.confirmed.iter().any(|doubt| doubt == HIGHER) {
        let mean = history.mean_use();
        let expected =
            mean.map(|mean| last.value + mean.total.scaled(months, i64::from(mean.months), rules.places));
        let suggested = comma_lost(claim.value, dial, last.value, last.value + most);
        return Err(Refusal::NeedsConfirmation { reason: HIGHER, expected, suggested });
    }
    Ok(turned)
}

fn most_that_is_usual(rules: &ReadingRules, months: i64, history: &History) -> Volume {
    let anyway = rules.ask_over.scaled(months, 1, rules.places);
    let Some(mean) = history.mean_use() else { return anyway };
    let averages = mean.total.scaled(rules.ask_over_averages * months, i64::from(mean.months), rules.places);
    averages.max(rules.ask_from.scaled(months, 1, rules.places)).min(anyway)
}

/// Red digits typed as black ones: the value with its comma put where the use becomes usual.
fn comma_lost(value: Volume, dial: Dial, least: Volume, most: Volume) -> Option<Volume> {
    (1..=dial.fraction).find_map(|places| {
        let units = value.ten_thousandths() / Volume::whole(10_i64.pow(places)).ten_thousandths();
        let meant = Volume::whole(units);
        (least <= meant && meant <= most).then_some(meant)
    })
}
