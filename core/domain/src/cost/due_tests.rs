//! What a month goes by, at the borders.

use super::*;
use crate::Volume;
use crate::cost::fixtures::{COLD, meter, readings, terms};
use crate::history::fixtures::{guess, instant, period, point, replaced, turned, units};

fn miss_of(points: Vec<Point>, month: &str) -> (i32, bool, Option<String>) {
    let Miss { missed_before, by_average, norm_from, .. } =
        missed(&meter(COLD, points), period(month), &terms());
    (missed_before, by_average, norm_from.map(|p| p.to_string()))
}

fn november() -> Option<String> {
    Some("2026-11".to_owned())
}

#[test]
fn three_misses_in_a_row_go_by_the_average_and_the_fourth_by_the_norm() {
    let known = readings("2026-07", 7, 4, 100);
    assert_eq!(miss_of(known.clone(), "2026-08"), (0, true, november()));
    assert_eq!(miss_of(known.clone(), "2026-10"), (2, true, november()));
    assert_eq!(miss_of(known.clone(), "2026-11"), (3, false, november()));
    assert_eq!(miss_of(known, "2027-01"), (5, false, november()));
}

#[test]
fn estimates_do_not_end_a_row_of_misses_and_a_reading_does() {
    let mut known = readings("2026-07", 7, 4, 100);
    known.extend([guess("2026-08", 104), guess("2026-09", 108), guess("2026-10", 112)]);
    assert_eq!(miss_of(known.clone(), "2026-11").0, 3);
    known.push(Point { source: crate::Source::Inspector, ..point("2026-09", 107) });
    assert_eq!(miss_of(known, "2026-11"), (1, true, Some("2027-01".to_owned())));
}

#[test]
fn without_an_average_the_first_missed_month_goes_by_the_norm() {
    assert_eq!(miss_of(readings("2026-09", 3, 4, 100), "2026-11"), (1, false, Some("2026-10".to_owned())));
    assert_eq!(miss_of(vec![guess("2026-08", 100)], "2026-11"), (3, false, Some("2026-08".to_owned())));
    assert_eq!(miss_of(Vec::new(), "2026-11"), (0, false, november()));
}

#[test]
fn the_utilitys_own_count_of_averages_holds_however_odd() {
    let of = |periods_by_average| {
        let miss = crate::MissRules { periods_by_average, ..Default::default() };
        let terms = Terms { miss, ..terms() };
        let known = meter(COLD, readings("2026-07", 7, 4, 100));
        let Miss { by_average, norm_from, .. } = missed(&known, period("2026-08"), &terms);
        (by_average, norm_from.map(|p| p.to_string()))
    };
    assert_eq!(of(1), (true, Some("2026-09".to_owned())));
    assert_eq!(of(0), (false, Some("2026-08".to_owned())));
    assert_eq!(of(-1), (false, Some("2026-08".to_owned())));
    assert_eq!(of(i32::MAX), (true, None), "the calendar ends before");
}

#[test]
fn readings_after_the_verification_ended_are_missed_months() {
    let points = readings("2026-10", 10, 4, 100);
    let expired = MeterPast { verified_until: Some(instant("2026-08-01T00:00:00Z")), ..meter(COLD, points) };
    let miss = |month| missed(&expired, period(month), &terms());
    assert_eq!((miss("2026-10").missed_before, miss("2026-10").by_average), (2, true));
    assert_eq!((miss("2026-11").missed_before, miss("2026-11").by_average), (3, false));
    assert_eq!(miss("2026-11").average, Average::over(Volume::from_units(24), 6));
}

fn due_of(points: Vec<Point>, month: &str) -> (Basis, Option<i64>) {
    let meter = meter(COLD, points);
    let due = due(&meter, None, period(month), &terms());
    (due.basis, due.volume.ok().map(|v| units(v.rounded())))
}

#[test]
fn a_month_with_a_reading_goes_by_it_and_one_without_does_not() {
    let known = readings("2026-10", 7, 4, 100);
    assert_eq!(due_of(known.clone(), "2026-10"), (Basis::Meter, Some(4)));
    assert_eq!(due_of(known.clone(), "2026-11"), (Basis::Average, Some(4)));
    assert_eq!(due_of([known.as_slice(), &[guess("2026-11", 150)]].concat(), "2026-11").0, Basis::Average);
    assert_eq!(due_of(known, "2027-02"), (Basis::Norm, Some(9)));
}

#[test]
fn the_first_reading_of_a_meter_opens_its_past_and_the_month_goes_by_the_norm() {
    assert_eq!(due_of(vec![point("2026-11", 100)], "2026-11"), (Basis::Norm, Some(9)));
}

#[test]
fn a_reading_is_charged_from_the_estimate_before_it_and_gives_back_what_was_too_much() {
    let points = vec![point("2026-09", 100), guess("2026-10", 110), point("2026-11", 107)];
    assert_eq!(due_of(points, "2026-11"), (Basis::Meter, Some(-3)));
}

#[test]
fn a_replaced_meter_is_charged_to_its_end_and_from_the_new_beginning() {
    assert_eq!(
        due_of(vec![point("2026-10", 120), replaced(point("2026-11", 3), 123, 1)], "2026-11").1,
        Some(5)
    );
}

#[test]
fn a_turned_dial_is_charged_once_whether_or_not_an_estimate_turned_it_first() {
    let claimed = turned(point("2026-11", 7));
    let of = |points: &[Point]| due_of([points, std::slice::from_ref(&claimed)].concat(), "2026-11").1;
    let (read, before) = (point("2026-09", 99_990), guess("2026-10", 99_998));
    assert_eq!(of(std::slice::from_ref(&read)), Some(17));
    assert_eq!(of(&[read.clone(), before]), Some(9), "the estimate had not turned it");
    assert_eq!(of(&[read.clone(), guess("2026-10", 2)]), Some(5), "it had, as its value shows");
    assert_eq!(of(&[read.clone(), guess("2026-10", 12)]), Some(-5), "it had, and too far");
    assert_eq!(of(&[read, turned(guess("2026-10", 99_999))]), Some(7 - 99_999), "it says so itself");
    assert_eq!(of(&[guess("2026-10", 99_990)]), Some(17), "nothing is known before it");
    assert_eq!(of(&[point("2026-08", 5), guess("2026-09", 99_980), point("2026-10", 99_990)]), Some(17));
}

#[test]
fn an_estimate_of_the_same_value_has_not_turned_the_dial() {
    let points = vec![point("2026-09", 99_990), guess("2026-10", 99_990), turned(point("2026-11", 7))];
    assert_eq!(due_of(points, "2026-11").1, Some(17));
}

#[test]
fn every_basis_is_found_by_its_code_and_no_other() {
    for basis in [Basis::Meter, Basis::Average, Basis::Norm] {
        assert_eq!(Basis::from_code(basis.code()), Some(basis));
    }
    assert_eq!(Basis::from_code("benefit"), None);
}
