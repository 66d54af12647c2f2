//! The rules that are run, in the words of the test, and the days that they mean.

use chrono::NaiveDate;
use chrono_tz::Tz;
use vodomer_domain::{Calendar, Day, LastDay, LateReadings, Since, WindowEnd, WindowRule};

use super::civil::Month;

/// A day of a month, `LAST` for its last, and whether it is of the month after.
type End = (u8, bool);
const LAST: u8 = 99;

type Rule = (End, End);

/// Rules in the order of time, with the first day of each but the first; and the end of late readings.
#[derive(Debug)]
pub struct Case {
    first: Rule,
    changes: &'static [((i32, u32, u32), Rule)],
    late: Option<End>,
}

const fn this(day: u8) -> End {
    (day, false)
}

const fn next(day: u8) -> End {
    (day, true)
}

const CHANGES: &[((i32, u32, u32), Rule)] = &[
    ((1950, 7, 1), (this(15), next(3))),
    ((2011, 12, 2), (this(25), next(5))),
    ((2026, 3, 1), (this(6), this(LAST))),
    ((2250, 1, 31), (next(1), next(10))),
];

pub fn cases() -> Vec<Case> {
    let plain = |first| Case { first, changes: &[], late: None };
    vec![
        Case { first: (this(23), this(25)), changes: &[], late: Some(next(5)) },
        plain((this(15), next(3))),
        plain((this(25), next(5))),
        plain((this(28), next(1))),
        plain((this(1), this(LAST))),
        plain((this(31), next(27))),
        plain((this(30), this(31))),
        Case { first: (this(23), this(25)), changes: CHANGES, late: None },
    ]
}

fn end((day, next_month): End) -> WindowEnd {
    let day = if day == LAST { Day::Last(LastDay::Last) } else { Day::Number(day) };
    WindowEnd { day, next_month }
}

fn rule((opens, closes): Rule) -> WindowRule {
    WindowRule { opens: end(opens), closes: end(closes) }
}

fn days_to((year, month, day): (i32, u32, u32)) -> i64 {
    super::day_number(NaiveDate::from_ymd_opt(year, month, day).unwrap())
}

fn day_of((day, next_month): End, months: &[Month]) -> i64 {
    let month = months[usize::from(next_month)];
    month.first_day + i64::from(day).min(month.length) - 1
}

impl Case {
    pub fn calendar(&self, zone: Tz) -> Calendar {
        let since = |((year, month, day), changed): ((i32, u32, u32), Rule)| Since {
            from: NaiveDate::from_ymd_opt(year, month, day),
            rule: rule(changed),
        };
        Calendar {
            changes: self.changes.iter().copied().map(since).collect(),
            late: self.late.map_or(LateReadings::NextPeriod, |until| LateReadings::SendUntil(end(until))),
            ..Calendar::new(zone, rule(self.first))
        }
    }

    /// The first and the last day of the window of the first of two months.
    pub fn days(&self, months: &[Month]) -> (i64, i64) {
        let mut begun = self.changes.iter().filter(|(from, _)| days_to(*from) <= months[0].first_day);
        let (opens, closes) = begun.next_back().map_or(self.first, |(_, changed)| *changed);
        (day_of(opens, months), day_of(closes, months))
    }

    /// The last day on which late readings of the first of two months are sent.
    pub fn late_until(&self, months: &[Month]) -> Option<i64> {
        self.late.map(|until| day_of(until, months))
    }
}
