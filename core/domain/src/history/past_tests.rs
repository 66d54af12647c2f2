//! The decree's average at its borders.

use super::*;
use crate::Source;
use crate::history::fixtures::{dial, guess, instant, period, point, replaced, turned, units};

fn of(points: &[Point], month: &str) -> Past {
    past(points, dial(), period(month), &MissRules::default())
}

fn average(points: &[Point], month: &str) -> Option<(i64, i32)> {
    of(points, month).usual.map(|usual| (units(usual.total()), usual.months()))
}

#[test]
fn a_new_value_is_compared_with_the_last_reading_of_an_earlier_month() {
    let points = [point("2026-08", 111), guess("2026-09", 150), guess("2026-10", 190), point("2026-11", 120)];
    let past = of(&points, "2026-11");
    assert_eq!((past.last.map(units), past.months), (Some(111), 3));
    assert_eq!(of(&points, "2026-12").last.map(units), Some(120));
    assert_eq!(of(&points, "2026-08"), Past::default(), "nothing is known before the first reading");
}

#[test]
fn the_average_needs_three_months_and_two_are_too_few() {
    assert_eq!(average(&[point("2026-07", 107), point("2026-10", 118)], "2026-11"), Some((11, 3)));
    assert_eq!(average(&[point("2026-08", 107), point("2026-10", 118)], "2026-11"), None);
    assert_eq!(average(&[point("2026-10", 118)], "2026-11"), None);
    assert_eq!(average(&[], "2026-11"), None);
}

#[test]
fn of_a_long_past_the_average_takes_the_last_six_months() {
    let months = ["03", "04", "05", "06", "07", "08", "09", "10"];
    let squares: Vec<Point> =
        (1..).zip(months).map(|(i, month)| point(&format!("2026-{month}"), i * i)).collect();
    assert_eq!(average(&squares, "2026-11"), Some((64 - 4, 6)));
    assert_eq!(average(&squares[3..], "2026-11"), Some((64 - 16, 4)), "a shorter past is taken whole");
    assert_eq!(average(&squares[2..], "2026-11"), Some((64 - 9, 5)));
}

#[test]
fn where_the_sixth_month_has_no_reading_the_average_goes_back_to_the_one_before_it() {
    let points = [point("2026-01", 10), point("2026-02", 12), point("2026-05", 20), point("2026-09", 33)];
    assert_eq!(average(&points, "2026-11"), Some((21, 7)));
}

#[test]
fn the_average_ends_with_the_newest_reading_however_long_ago_that_was() {
    assert_eq!(average(&[point("2025-01", 10), point("2025-07", 22)], "2026-11"), Some((12, 6)));
}

#[test]
fn a_guess_never_enters_the_average() {
    let points = [guess("2026-01", 1), point("2026-04", 10), guess("2026-05", 90), point("2026-07", 22)];
    assert_eq!(average(&points, "2026-11"), Some((12, 3)));
}

#[test]
fn an_inspectors_reading_enters_it() {
    let inspected = Point { source: Source::Inspector, ..point("2026-07", 22) };
    assert_eq!(average(&[point("2026-04", 10), inspected], "2026-11"), Some((12, 3)));
}

#[test]
fn turns_and_replacements_within_the_span_are_counted_and_one_at_its_start_is_not() {
    let points = [
        turned(replaced(point("2026-01", 99_990), 5, 0)),
        turned(point("2026-04", 2)),
        replaced(point("2026-07", 4), 7, 1),
    ];
    assert_eq!(average(&points, "2026-11"), Some((12 + 8, 6)));
}

#[test]
fn nobody_uses_less_than_nothing_on_average_but_nothing_is_an_average() {
    assert_eq!(average(&[point("2026-01", 100), point("2026-07", 99)], "2026-11"), None);
    assert_eq!(average(&[point("2026-01", 100), point("2026-07", 100)], "2026-11"), Some((0, 6)));
}

#[test]
fn the_utilitys_own_numbers_hold() {
    let rules = MissRules { average_months: 2, fewest_months: 1, periods_by_average: 0 };
    let points = [point("2026-06", 10), point("2026-08", 18), point("2026-09", 20), point("2026-10", 30)];
    let usual = past(&points, dial(), period("2026-11"), &rules).usual.unwrap();
    assert_eq!((units(usual.total()), usual.months()), (12, 2));
    let short = past(&points[2..], dial(), period("2026-11"), &rules).usual.unwrap();
    assert_eq!((units(short.total()), short.months()), (10, 1));
}

#[test]
fn readings_after_the_end_of_the_verification_enter_no_average() {
    let points = [point("2026-01", 10), point("2026-04", 16), point("2026-07", 40)];
    let until = |at| {
        usual_before(&points, dial(), period("2026-11"), &MissRules::default(), Some(instant(at)))
            .map(|usual| (units(usual.total()), usual.months()))
    };
    assert_eq!(until("2026-07-01T00:00:00Z"), Some((6, 3)));
    assert_eq!(until("2026-08-01T00:00:00Z"), Some((30, 6)));
}
