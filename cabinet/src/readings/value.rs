//! Whether a value can be, and whether it is usual.

use super::{PostedReading, Refusal};
use crate::config::ReadingRules;
use crate::domain::{Dial, Period, Volume};
use crate::history::{History, MeanUse};
use crate::records::Meter;

/// The doubt that a resident may lift by `confirmed`.
const HIGHER: &str = "higher";
/// As many places as volumes have: nothing is rounded.
const EXACTLY: u32 = 4;

/// The way from the last actual value to a new one, as the resident tells it.
#[derive(Clone, Copy, Debug)]
struct Way {
    /// The use between them.
    used: Volume,
    /// The least that the dial can show at its end.
    least: Volume,
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

/// Compares a posted value, and what is claimed about it, with the meter's past before the month that it counts for.
pub fn check_use(
    rules: &ReadingRules,
    posted: &PostedReading,
    period: Period,
    meter: &Meter,
    history: &History,
) -> Result<(), Refusal> {
    let last = history.last_actual();
    let dial_end = Volume::dial_end(meter.digits.whole);
    let way = way(posted, last.map(|last| last.value), dial_end)?;
    let (Some(last), Some(way)) = (last, way) else { return Ok(()) };
    let months = i64::from(period.since(last.period).max(1));
    let limit = meter.limit.unwrap_or(rules.refuse_over).scaled(months, 1, EXACTLY);
    if way.used > limit {
        return Err(Refusal::ExceedsHardLimit { limit });
    }
    let mean = history.mean_use();
    let most = most_that_is_usual(rules, months, mean);
    if way.used > most && !posted.confirmed.iter().any(|doubt| doubt == HIGHER) {
        let unused = posted.value - way.used;
        let expected = mean.map(|mean| {
            let usual = unused + mean.total.scaled(months, i64::from(mean.months), rules.places);
            let before_the_turn = if posted.rollover { usual + dial_end } else { way.least };
            if usual >= way.least { usual } else { before_the_turn }
        });
        let suggested = comma_lost(posted.value, meter.digits, way.least, unused + most);
        return Err(Refusal::NeedsConfirmation { reason: HIGHER, expected, suggested });
    }
    Ok(())
}

/// How a value follows from the one before; `None` where there is none before it and nothing speaks against it.
fn way(posted: &PostedReading, previous: Option<Volume>, dial_end: Volume) -> Result<Option<Way>, Refusal> {
    let value = posted.value;
    if let Some(replacement) = &posted.replacement {
        let (end, begin) = (replacement.final_value, replacement.initial_value);
        if value < begin || previous.is_some_and(|previous| end < previous) {
            return Err(Refusal::ReplacementDoesNotFit { previous });
        }
        let way = |previous| Way { used: (end - previous) + (value - begin), least: begin };
        return Ok(previous.map(way));
    }
    match previous {
        Some(previous) if posted.rollover && value < previous => {
            Ok(Some(Way { used: value + dial_end - previous, least: Volume::ZERO }))
        }
        _ if posted.rollover => Err(Refusal::RolloverNotPossible { previous }),
        Some(previous) if value < previous => Err(Refusal::ValueLessThanPrevious { previous }),
        Some(previous) => Ok(Some(Way { used: value - previous, least: previous })),
        None => Ok(None),
    }
}

fn most_that_is_usual(rules: &ReadingRules, months: i64, mean: Option<MeanUse>) -> Volume {
    let anyway = rules.ask_over.scaled(months, 1, rules.places);
    let Some(mean) = mean else { return anyway };
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
