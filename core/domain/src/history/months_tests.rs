//! Use month by month, in words.

use super::*;
use crate::Replacement;
use crate::Volume;
use crate::history::fixtures::{dial, guess, point, replaced, turned, volume};

fn used(points: &[Point]) -> Vec<String> {
    let months = use_by_month(points, dial());
    months.iter().map(|m| format!("{} {}/{}", m.period, m.used.total(), m.used.months())).collect()
}

fn kinds(points: &[Point]) -> Vec<(UseKind, Option<Source>)> {
    use_by_month(points, dial()).iter().map(|m| (m.kind, m.source)).collect()
}

#[test]
fn a_month_between_two_readings_used_their_difference() {
    let points = [point("2026-09", 119), point("2026-10", 123), point("2026-11", 123)];
    assert_eq!(used(&points), ["2026-10 4/1", "2026-11 0/1"]);
    assert_eq!(kinds(&points), [(UseKind::Metered, Some(Source::App)); 2]);
}

#[test]
fn one_value_or_none_tells_nothing_of_any_month() {
    assert_eq!(used(&[]), [""; 0]);
    assert_eq!(used(&[point("2026-09", 119)]), [""; 0]);
}

#[test]
fn the_use_over_a_gap_is_spread_evenly_and_never_rounded() {
    let points = [point("2026-08", 100), point("2026-11", 110)];
    assert_eq!(used(&points), ["2026-09 10/3", "2026-10 10/3", "2026-11 10/3"]);
    let expected = [(UseKind::Spread, None), (UseKind::Spread, None), (UseKind::Spread, Some(Source::App))];
    assert_eq!(kinds(&points), expected);
}

#[test]
fn a_missed_month_is_as_the_utility_estimated_it_until_a_reading_closes_the_gap() {
    let open = [point("2026-08", 100), guess("2026-09", 105), guess("2026-10", 110)];
    assert_eq!(used(&open), ["2026-09 5/1", "2026-10 5/1"]);
    assert_eq!(kinds(&open), [(UseKind::Estimated, Some(Source::Estimated)); 2]);

    let closed = [open.as_slice(), &[point("2026-11", 106)]].concat();
    assert_eq!(used(&closed), ["2026-09 6/3", "2026-10 6/3", "2026-11 6/3"]);
    let charged_by = (UseKind::Spread, Some(Source::Estimated));
    assert_eq!(kinds(&closed), [charged_by, charged_by, (UseKind::Spread, Some(Source::App))]);
}

#[test]
fn a_gap_that_one_reading_closes_leaves_a_later_one_open() {
    let points = [point("2026-07", 100), guess("2026-08", 150), point("2026-09", 106), guess("2026-10", 109)];
    assert_eq!(used(&points), ["2026-08 6/2", "2026-09 6/2", "2026-10 3/1"]);
}

#[test]
fn an_estimate_after_silent_months_stands_for_all_of_them() {
    let points = [point("2026-08", 100), guess("2026-10", 110)];
    assert_eq!(used(&points), ["2026-09 10/2", "2026-10 10/2"]);
    let estimated = |source| (UseKind::Estimated, source);
    assert_eq!(kinds(&points), [estimated(None), estimated(Some(Source::Estimated))]);
}

#[test]
fn a_past_that_begins_with_a_guess_says_that_it_rests_on_it() {
    let points = [guess("2026-08", 100), guess("2026-09", 104), point("2026-10", 110), point("2026-11", 112)];
    assert_eq!(used(&points), ["2026-09 10/2", "2026-10 10/2", "2026-11 2/1"]);
    let kinds: Vec<_> = kinds(&points).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [UseKind::Estimated, UseKind::Estimated, UseKind::Metered]);
}

#[test]
fn only_guesses_are_as_the_utility_made_them() {
    let norm = |month, value| Point { source: Source::Norm, ..point(month, value) };
    let points = [guess("2026-08", 100), guess("2026-09", 104), norm("2026-10", 114), guess("2026-11", 115)];
    assert_eq!(used(&points), ["2026-09 4/1", "2026-10 10/1", "2026-11 1/1"]);
    let kinds: Vec<_> = kinds(&points).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [UseKind::Estimated, UseKind::Norm, UseKind::Norm], "what rests on the norm says so");
}

#[test]
fn a_turned_dial_counts_its_whole_round() {
    assert_eq!(used(&[point("2026-10", 99_998), turned(point("2026-11", 3))]), ["2026-11 5/1"]);
}

#[test]
fn a_turn_that_an_estimate_made_first_counts_once() {
    let points = [point("2026-09", 99_995), turned(guess("2026-10", 2)), turned(point("2026-11", 7))];
    assert_eq!(used(&points), ["2026-10 12/2", "2026-11 12/2"]);
    assert_eq!(used(&points[..2]), ["2026-10 7/1"], "while the estimate stands, so does its turn");
}

#[test]
fn a_replaced_meter_counts_to_its_end_and_the_new_one_from_its_beginning() {
    let points = [point("2026-10", 120), replaced(point("2026-11", 3), 123, 1)];
    assert_eq!(used(&points), ["2026-11 5/1"]);
    let litres = Replacement { final_value: volume("123.456"), initial_value: volume("0.5") };
    let exact = Point { replaced: Some(litres), value: volume("2.5"), ..point("2026-11", 0) };
    assert_eq!(used(&[point("2026-10", 120), exact]), ["2026-11 5.456/1"]);
}

#[test]
fn a_meter_that_turned_and_was_replaced_counts_both() {
    let points = [point("2026-10", 99_998), turned(replaced(point("2026-11", 3), 2, 1))];
    assert_eq!(used(&points), ["2026-11 6/1"]);
}

#[test]
fn a_lower_value_that_nobody_explains_is_a_use_below_zero_and_not_hidden() {
    let points = [point("2026-10", 123), point("2026-11", 120)];
    assert_eq!(used(&points), ["2026-11 -3/1"]);
    assert_eq!(kinds(&points), [(UseKind::Metered, Some(Source::App))]);
}

#[test]
fn an_inspectors_reading_is_a_reading() {
    let inspected = Point { source: Source::Inspector, ..point("2026-11", 127) };
    let points = [point("2026-10", 123), inspected];
    assert_eq!(kinds(&points), [(UseKind::Metered, Some(Source::Inspector))]);
}

#[test]
fn a_use_too_large_for_any_dial_is_the_largest_that_fits() {
    let extreme = |month, value| Point { value, ..point(month, 0) };
    let points = [extreme("2026-10", Volume::MIN), extreme("2026-11", Volume::MAX)];
    assert_eq!(use_by_month(&points, dial())[0].used.total(), Volume::MAX);
}
