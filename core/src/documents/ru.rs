//! Months, sums and numbers as Russians write them.

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;

use crate::domain::{Instant, Period, Volume};

const NBSP: char = '\u{a0}';

const MONTHS: [&str; 12] = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
];

const OF_MONTHS: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];

/// `ноябрь 2026`.
pub(super) fn month(period: Period) -> String {
    let first = period.first_day();
    format!("{} {}", name(MONTHS, first), first.year())
}

/// `25 ноября 2026`.
pub(super) fn day(date: NaiveDate) -> String {
    format!("{}{NBSP}{} {}", date.day(), name(OF_MONTHS, date), date.year())
}

/// `25 ноября 2026, 23:58:10`, by the clocks of a zone.
pub(super) fn moment(at: Instant, zone: Tz) -> String {
    let local = at.with_timezone(&zone);
    format!("{}, {}", day(local.date_naive()), local.format("%H:%M:%S"))
}

fn name(names: [&'static str; 12], date: NaiveDate) -> &'static str {
    usize::try_from(date.month0()).ok().and_then(|i| names.get(i)).copied().unwrap_or_default()
}

/// `12 735,08 ₽`; the groups are parted from five digits on.
pub(super) fn rubles(kopecks: i64) -> String {
    let sign = if kopecks < 0 { "−" } else { "" };
    let whole = kopecks.unsigned_abs() / 100;
    format!("{sign}{},{:02}{NBSP}₽", grouped(&whole.to_string()), kopecks.unsigned_abs() % 100)
}

/// `127,5`.
pub(super) fn volume(volume: Volume) -> String {
    let text = volume.to_string();
    match text.split_once('.') {
        Some((whole, fraction)) => format!("{},{fraction}", grouped(whole)),
        None => grouped(&text),
    }
}

fn grouped(digits: &str) -> String {
    if digits.len() < 5 {
        return digits.to_owned();
    }
    let first = digits.len() % 3;
    let mut out = digits[..first].to_owned();
    for (index, digit) in digits[first..].chars().enumerate() {
        if index % 3 == 0 && !out.is_empty() {
            out.push(NBSP);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_have_a_comma_and_groups_from_five_digits_on() {
        assert_eq!(rubles(66_708), "667,08\u{a0}₽");
        assert_eq!(rubles(127_350_005), "1\u{a0}273\u{a0}500,05\u{a0}₽");
        assert_eq!(rubles(900_000), "9000,00\u{a0}₽");
        assert_eq!(rubles(-7), "−0,07\u{a0}₽");
    }

    #[test]
    fn months_and_days_are_in_the_right_case() {
        let period: Period = "2026-11".parse().unwrap();
        assert_eq!(month(period), "ноябрь 2026");
        assert_eq!(day(period.first_day()), "1\u{a0}ноября 2026");
        let late: Instant = "2026-11-25T21:58:10Z".parse().unwrap();
        assert_eq!(moment(late, Tz::Europe__Moscow), "26\u{a0}ноября 2026, 00:58:10");
    }

    #[test]
    fn volumes_have_a_comma() {
        assert_eq!(volume("127.5".parse().unwrap()), "127,5");
        assert_eq!(volume("12735".parse().unwrap()), "12\u{a0}735");
    }
}
