//! A zone's clock as a list of stretches between its jumps, and what follows from the definition of a day.

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;

use super::A_DAY;

/// 1 December 1899 and 1 February 2300.
const FROM: i64 = -2_211_667_200;
const UNTIL: i64 = 10_416_038_400;
/// No zone is known to have jumped there and back within this.
const STEP: i64 = A_DAY;

/// Stretches in the order of time: from this second on, the clock is so many seconds ahead of UTC.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Clock {
    stretches: Vec<(i64, i64)>,
}

impl Clock {
    pub fn of(zone: Tz) -> Self {
        let ahead = |second: i64| {
            let utc = DateTime::from_timestamp(second, 0).unwrap().naive_utc();
            i64::from(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc())
        };
        let mut stretches = vec![(i64::MIN, ahead(FROM))];
        for from in (FROM..UNTIL).step_by(usize::try_from(STEP).unwrap()) {
            let (mut before, mut after) = (from, from + STEP);
            let old = ahead(before);
            if ahead(after) == old {
                continue;
            }
            while after - before > 1 {
                let between = before + (after - before) / 2;
                if ahead(between) == old { before = between } else { after = between }
            }
            stretches.push((after, ahead(after)));
        }
        Self { stretches }
    }

    /// The first second at which the clock shows a local second, or a later one.
    pub fn first_second_showing(&self, local: i64) -> i64 {
        // Two days before, no clock of any zone shows it yet.
        let start = self.stretches.partition_point(|(from, _)| *from <= local - 2 * A_DAY) - 1;
        for (index, (from, ahead)) in self.stretches.iter().enumerate().skip(start) {
            let shown = (local - ahead).max(*from);
            let until = self.stretches.get(index + 1).map_or(i64::MAX, |next| next.0);
            if shown < until {
                return shown;
            }
        }
        unreachable!("the last stretch never ends")
    }

    /// The first second of a day, or of the next one that there was.
    pub fn first_second_of(&self, day: i64) -> i64 {
        self.first_second_showing(day * A_DAY)
    }

    /// The clock never showed this day.
    pub fn skips(&self, day: i64) -> bool {
        self.first_second_of(day) == self.first_second_of(day + 1)
    }

    /// Local seconds just before, in and just after every gap and every hour that came twice.
    pub fn edges(&self) -> Vec<i64> {
        let jumps = self.stretches.windows(2);
        jumps
            .flat_map(|pair| {
                let ((_, old), (jump, new)) = (pair[0], pair[1]);
                let (low, high) = (jump + old.min(new), jump + old.max(new));
                [low - 1, low, low + 1, i64::midpoint(low, high), high - 1, high, high + 1]
            })
            .collect()
    }
}
