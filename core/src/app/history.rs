//! A meter's past, as far as it counts for what comes: actual readings only.

use rusqlite::Connection;

use crate::domain::{History, Period, Volume};
use crate::store::{self, Item, State};

/// Months that an average is made of (decree 354, item 59: at least 6, or 3 where there are no more).
const AVERAGE_MONTHS: i32 = 6;
const FEWEST_MONTHS: i32 = 3;

/// The last actual reading before a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Actual {
    pub period: Period,
    pub value: Volume,
}

/// Actual readings of a meter before a period, the newest first: the utility's list, and our own items that are not
/// in it yet.
pub(super) fn actuals_before(
    db: &Connection,
    meter_id: &str,
    period: Period,
    items: &[Item],
) -> rusqlite::Result<Vec<Actual>> {
    let own = items
        .iter()
        .filter(|i| i.captured.meter_id == meter_id && i.state != State::Rejected)
        .map(|i| Actual { period: i.captured.period, value: i.captured.value });
    let theirs = store::actual_readings(db, meter_id, i64::from(AVERAGE_MONTHS) + 2)?;
    let theirs = theirs.into_iter().map(|r| Actual { period: r.period, value: r.value });
    let mut all: Vec<Actual> = own.chain(theirs).filter(|a| a.period < period).collect();
    all.sort_by_key(|a| std::cmp::Reverse(a.period));
    all.dedup_by_key(|a| a.period);
    Ok(all)
}

/// What a new value is compared with.
pub(super) fn history(actuals: &[Actual], period: Period) -> History {
    let last = actuals.first();
    History {
        last: last.map(|a| a.value),
        months: last.map_or(0, |a| period.months_since(a.period)),
        usual: usual(actuals),
    }
}

/// Average use of a month over the known months, when there are enough of them.
fn usual(actuals: &[Actual]) -> Option<Volume> {
    let newest = actuals.first()?;
    let oldest = actuals.iter().rev().find(|a| newest.period.months_since(a.period) <= AVERAGE_MONTHS)?;
    let months = newest.period.months_since(oldest.period);
    let used = newest.value.since(oldest.value);
    (months >= FEWEST_MONTHS && !used.is_negative())
        .then(|| Volume::from_ten_thousandths(used.ten_thousandths() / i64::from(months)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actual(period: &str, value: i64) -> Actual {
        Actual { period: period.parse().unwrap(), value: Volume::from_units(value) }
    }

    #[test]
    fn the_average_needs_three_months_and_takes_six() {
        let november = "2026-11".parse().unwrap();
        let short = [actual("2026-10", 119), actual("2026-09", 115), actual("2026-08", 111)];
        assert_eq!(history(&short, november).usual, None, "two months only");
        let enough = [actual("2026-10", 119), actual("2026-07", 107), actual("2025-01", 0)];
        assert_eq!(history(&enough, november).usual, Some(Volume::from_units(4)));
    }

    #[test]
    fn months_without_a_reading_are_counted() {
        let history = history(&[actual("2026-08", 111)], "2026-11".parse().unwrap());
        assert_eq!((history.months, history.last), (3, Some(Volume::from_units(111))));
    }
}
