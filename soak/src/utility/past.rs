//! A meter's past: what was read off the dial, and what is usual. Decree 354, item 59.

use vodomer_core::domain::{Dial, Period, Volume};

use super::books::{Books, Reading, Standing};

const AVERAGED_MONTHS: i32 = 6;
const LEAST_MONTHS: i32 = 3;

/// The readings of a meter that stand, before a month, the newest first.
pub struct Past<'a> {
    newest_first: Vec<&'a Reading>,
    dial_end: Volume,
}

/// The use of some months together.
#[derive(Debug, Clone, Copy)]
pub struct Mean {
    /// All of it.
    pub total: Volume,
    /// Over so many months.
    pub months: i64,
}

impl<'a> Past<'a> {
    /// What the books know before a month.
    #[must_use]
    pub fn before(books: &'a Books, meter: &str, dial: Dial, period: Period) -> Self {
        let stands = |r: &&Reading| matches!(r.standing, Standing::Received | Standing::Accounted);
        let of_it = |r: &&Reading| r.meter == meter && r.period < period;
        let mut newest_first: Vec<&Reading> = books.readings.iter().filter(stands).filter(of_it).collect();
        newest_first.sort_by_key(|r| std::cmp::Reverse(r.period));
        Self { newest_first, dial_end: dial_end(dial) }
    }

    /// The last value that was charged up to.
    #[must_use]
    pub fn last(&self) -> Option<&Reading> {
        self.newest_first.first().copied()
    }

    /// The last value read off the dial.
    #[must_use]
    pub fn last_actual(&self) -> Option<&Reading> {
        self.newest_first.iter().copied().find(|r| r.is_actual())
    }

    /// Months in a row without a reading.
    #[must_use]
    pub fn missed(&self) -> usize {
        self.newest_first.iter().take_while(|r| !r.is_actual()).count()
    }

    /// The use since the last charge.
    #[must_use]
    pub fn used_by(&self, reading: &Reading) -> Option<Volume> {
        let last = self.last()?;
        let estimated = self.shifts(self.newest_first[..self.missed()].iter().copied());
        Some(reading.value.since(last.value).plus(self.shifts([reading])).since(estimated))
    }

    /// What months take, from readings off the dial alone.
    #[must_use]
    pub fn mean(&self) -> Option<Mean> {
        let actual: Vec<&Reading> = self.newest_first.iter().copied().filter(|r| r.is_actual()).collect();
        let (newest, oldest) = (actual.first()?, actual.last()?);
        let far = |r: &&&Reading| newest.period.months_since(r.period) >= AVERAGED_MONTHS;
        let start = actual.iter().find(far).unwrap_or(oldest);
        let months = newest.period.months_since(start.period);
        let between = actual.iter().take_while(|r| r.period > start.period).copied();
        let total = newest.value.since(start.value).plus(self.shifts(between));
        (months >= LEAST_MONTHS).then_some(Mean { total, months: i64::from(months) })
    }

    /// What the difference of values lacks to be the use between them.
    fn shifts<'r>(&self, readings: impl IntoIterator<Item = &'r Reading>) -> Volume {
        readings.into_iter().fold(Volume::default(), |sum, r| {
            let turned = if r.rollover { self.dial_end } else { Volume::default() };
            let replaced = r.replacement.map(|it| it.final_value.since(it.initial_value)).unwrap_or_default();
            sum.plus(turned).plus(replaced)
        })
    }
}

/// Where a dial begins again.
#[must_use]
pub fn dial_end(dial: Dial) -> Volume {
    Volume::from_units(10_i64.pow(u32::from(dial.whole())))
}

/// `volume × times ÷ parts`, half up to whole units.
#[must_use]
pub fn share(volume: Volume, times: i64, parts: i64) -> Volume {
    let unit = i128::from(Volume::from_units(1).ten_thousandths());
    let (dividend, divisor) =
        (i128::from(volume.ten_thousandths()) * i128::from(times), i128::from(parts) * unit);
    let units = (2 * dividend + divisor).div_euclid(2 * divisor);
    Volume::from_units(i64::try_from(units).unwrap_or(i64::MAX))
}
