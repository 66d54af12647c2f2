//! A meter's past, as checks and charges see it: what stands, what was read off the dial, what is usual.

use crate::domain::{Period, Volume};
use crate::records::{Meter, Reading};
use crate::storage::{Result, Tx};

/// Decree 354, item 59: the average is taken over at least six months, or over the time that there is…
const AVERAGED_MONTHS: i32 = 6;
/// …if that is at least three.
const LEAST_MONTHS: i32 = 3;

/// The readings of a meter that stand, before a month.
pub struct History {
    newest_first: Vec<Reading>,
    dial_end: Volume,
}

/// A use of water over some months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeanUse {
    /// All of it.
    pub total: Volume,
    /// Over so many months.
    pub months: i32,
}

impl History {
    /// What the storage knows of a meter before a month.
    ///
    /// # Errors
    /// The storage's.
    pub fn before(tx: &Tx, meter: &Meter, period: Period) -> Result<Self> {
        let newest_first = tx.readings_before(&meter.id, period)?;
        Ok(Self { newest_first, dial_end: Volume::dial_end(meter.digits.whole) })
    }

    /// The last value that was charged up to, of whatever source.
    pub fn last(&self) -> Option<&Reading> {
        self.newest_first.first()
    }

    /// The last value that was read off the dial; only with such a value is a new one compared.
    pub fn last_actual(&self) -> Option<&Reading> {
        self.actual().next()
    }

    /// How many months running were charged without a reading.
    pub fn missed_in_a_row(&self) -> usize {
        self.newest_first.iter().take_while(|reading| !reading.source.is_actual()).count()
    }

    /// The use since the last value that was charged up to.
    ///
    /// Below zero when estimates were too high. A turned dial and a replaced meter are counted in; a turn that an
    /// estimate has made already is not made again.
    pub fn use_since_last(&self, reading: &Reading) -> Option<Volume> {
        let missed = &self.newest_first[..self.missed_in_a_row()];
        Some(reading.value - self.last()?.value + self.shifts([reading]) - self.shifts(missed))
    }

    /// What a month takes on average, from readings off the dial alone; `None` for too short a past.
    pub fn mean_use(&self) -> Option<MeanUse> {
        let actual: Vec<&Reading> = self.actual().collect();
        let (newest, oldest) = (actual.first()?, actual.last()?);
        let far_enough = |reading: &&&Reading| newest.period.since(reading.period) >= AVERAGED_MONTHS;
        let start = actual.iter().find(far_enough).unwrap_or(oldest);
        let months = newest.period.since(start.period);
        let between = actual.iter().take_while(|reading| reading.period > start.period);
        let total = newest.value - start.value + self.shifts(between.copied());
        (months >= LEAST_MONTHS).then_some(MeanUse { total, months })
    }

    fn actual(&self) -> impl Iterator<Item = &Reading> {
        self.newest_first.iter().filter(|reading| reading.source.is_actual())
    }

    fn shifts<'a>(&self, readings: impl IntoIterator<Item = &'a Reading>) -> Volume {
        readings.into_iter().map(|reading| reading.shift(self.dial_end)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Replacement, Source, Status};
    use crate::records::Kept;

    /// Readings of months 1, 2, 3…: `(month, value, source)`, oldest first.
    fn history(readings: &[(i32, i64, Source)]) -> History {
        let january = Period::of(chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default());
        let mut last = 0;
        let mut newest_first: Vec<Reading> = readings
            .iter()
            .map(|&(month, value, source)| {
                let rollover = value < last;
                last = value;
                reading(january.plus(month - 1), value, source, rollover)
            })
            .collect();
        newest_first.reverse();
        History { newest_first, dial_end: Volume::whole(1000) }
    }

    fn reading(period: Period, value: i64, source: Source, rollover: bool) -> Reading {
        Reading {
            id: String::new(),
            meter_id: String::new(),
            period,
            value: Volume::whole(value),
            rollover,
            replacement: None,
            taken_at: None,
            received_at: chrono::DateTime::UNIX_EPOCH,
            source,
            status: Status::Accounted,
            receipt: None,
            client_item_id: None,
            sent_at: None,
            kept: Kept::without_evidence(String::new(), period),
        }
    }

    fn mean(total: i64, months: i32) -> Option<MeanUse> {
        Some(MeanUse { total: Volume::whole(total), months })
    }

    #[test]
    fn the_average_goes_back_six_months_and_not_further() {
        use Source::App;
        let eight: Vec<_> = (1..=8).map(|month| (month, i64::from(month) * i64::from(month), App)).collect();
        assert_eq!(history(&eight).mean_use(), mean(64 - 4, 6));
    }

    #[test]
    fn with_a_gap_in_it_the_average_goes_back_to_the_reading_before_the_six_months() {
        use Source::{App, Inspector};
        assert_eq!(history(&[(1, 10, App), (2, 12, Inspector), (9, 33, App)]).mean_use(), mean(21, 7));
    }

    #[test]
    fn three_months_are_enough_and_two_are_not() {
        use Source::App;
        assert_eq!(history(&[(1, 10, App), (4, 21, App)]).mean_use(), mean(11, 3));
        assert_eq!(history(&[(1, 10, App), (3, 21, App)]).mean_use(), None);
        assert_eq!(history(&[]).mean_use(), None);
    }

    #[test]
    fn an_estimate_never_enters_the_average() {
        use Source::{App, Estimated, Norm};
        let past = history(&[(1, 10, App), (4, 22, App), (5, 26, Estimated), (6, 90, Norm)]);
        assert_eq!(past.mean_use(), mean(12, 3));
        assert_eq!(past.missed_in_a_row(), 2);
        assert_eq!(past.last_actual().map(|reading| reading.value), Some(Volume::whole(22)));
    }

    #[test]
    fn a_turned_dial_counts_once_even_if_an_estimate_turned_it_first() {
        use Source::{App, Estimated};
        let past = history(&[(1, 980, App), (4, 995, App), (5, 0, Estimated)]);
        let july = reading(past.newest_first[0].period.plus(1), 7, App, true);
        assert_eq!(past.use_since_last(&july), Some(Volume::whole(7)));
        assert_eq!(history(&[(1, 980, App), (4, 5, App)]).mean_use(), mean(25, 3));
    }

    fn replaced(mut reading: Reading, final_value: i64, initial_value: i64) -> Reading {
        let (final_value, initial_value) = (Volume::whole(final_value), Volume::whole(initial_value));
        reading.replacement = Some(Replacement { final_value, initial_value, serial: None });
        reading
    }

    #[test]
    fn over_a_replacement_both_dials_are_counted_once_whatever_was_estimated_between() {
        use Source::{App, Estimated};
        let past = history(&[(1, 980, App), (4, 995, App), (5, 0, Estimated)]);
        let july = past.newest_first[0].period.plus(1);
        // 997 − 995 and 7 − 4, of which the estimate has charged 5.
        let reading = replaced(reading(july, 7, App, false), 997, 4);
        assert_eq!(past.use_since_last(&reading), Some(Volume::whole(0)));
    }

    #[test]
    fn the_average_counts_both_dials_of_a_replacement_inside_it_and_none_of_one_before_it() {
        use Source::App;
        let mut past = history(&[(1, 100, App), (4, 110, App), (5, 113, App)]);
        past.newest_first[0] = replaced(past.newest_first[0].clone(), 112, 109);
        assert_eq!(past.mean_use(), mean(16, 4));
        past.newest_first[2] = replaced(past.newest_first[2].clone(), 50, 0);
        assert_eq!(past.mean_use(), mean(16, 4));
    }

    #[test]
    fn an_estimate_that_was_too_high_is_given_back() {
        use Source::{App, Estimated};
        let past = history(&[(1, 100, App), (2, 110, Estimated)]);
        let march = reading(past.newest_first[0].period.plus(1), 107, App, false);
        assert_eq!(past.use_since_last(&march), Some(Volume::whole(-3)));
    }
}
