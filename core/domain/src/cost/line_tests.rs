//! Lines of a bill in words: by the meter, by the average, by the norm.

use super::*;
use crate::cost::check_charge;
use crate::cost::fixtures::{
    COLD, bill, cold, cold_verdict, ends, line, meter, meters, readings, tariff, terms,
};
use crate::cost::{Unknown, Verdict};
use crate::history::Point;
use crate::history::fixtures::{guess, instant, point, turned, units, volume};
use crate::{ChargeLine, MissRules};

#[test]
fn the_norm_though_a_reading_was_taken_is_the_same_fault() {
    let line = cold_verdict(line(COLD, "norm", "9", 3_840), readings("2026-10", 8, 4, 123));
    assert!(matches!(line.why[..], [Why::ChargedByAverageThoughReadingWasTaken { .. }]));
    assert_eq!((line.expected_kopecks, line.difference_kopecks), (Some(15_360), 5 * 3_840));
}

#[test]
fn an_average_that_is_what_the_meter_says_costs_nobody_anything() {
    let line = cold_verdict(line(COLD, "average", "4", 3_840), readings("2026-10", 8, 4, 123));
    assert_eq!((line.why, line.expected_kopecks), (Vec::new(), Some(15_360)));
}

#[test]
fn wrong_ends_of_a_line_are_named_with_the_volume_they_make() {
    let differs = |expected: &str, charged: &str| (volume(expected), volume(charged));
    let wrong = ends(line(COLD, "meter", "8", 3_840), "117", "125");
    let line = cold_verdict(wrong, readings("2026-10", 8, 4, 123));
    let ((from, was_from), (to, was_to)) = (differs("119", "117"), differs("123", "125"));
    let (expected, charged) = differs("4", "8");
    assert_eq!(
        line.why,
        [
            Why::FromValueDiffers { expected: from, charged: was_from },
            Why::ToValueDiffers { expected: to, charged: was_to },
            Why::VolumeDiffers { expected, charged },
        ]
    );
    assert_eq!(line.difference_kopecks, 4 * 3_840);
}

#[test]
fn too_little_charged_is_a_difference_below_zero() {
    let line = cold_verdict(line(COLD, "meter", "3", 3_840), readings("2026-10", 8, 4, 123));
    assert_eq!(line.difference_kopecks, -3_840);
    assert_eq!(line.why, [Why::VolumeDiffers { expected: volume("4"), charged: volume("3") }]);
}

#[test]
fn another_tariff_than_the_dated_one_is_named() {
    let line = cold_verdict(line(COLD, "meter", "4", 4_000), readings("2026-10", 8, 4, 123));
    assert_eq!(line.why, [Why::TariffDiffers { expected: 3_840, charged: 4_000 }]);
    assert_eq!((line.expected_kopecks, line.difference_kopecks), (Some(15_360), 640));
}

#[test]
fn one_kopeck_is_another_way_of_rounding_and_two_are_not() {
    let off = |by| {
        let cold = cold();
        cold_verdict(ChargeLine { amount_kopecks: 15_360 + by, ..cold }, readings("2026-10", 8, 4, 123))
    };
    for by in [-1, 1] {
        assert_eq!((off(by).difference_kopecks, off(by).why), (by, Vec::new()), "shown, and no fault");
    }
    for by in [-2, 2] {
        assert_eq!(off(by).why, [Why::ArithmeticDiffers { expected: 15_360, charged: 15_360 + by }]);
    }
    let line = ChargeLine { amount_kopecks: 15_361, ..cold() };
    let verdict = check_charge(&bill(vec![line]), &meters()[..1], &terms());
    assert_eq!((verdict.verdict, verdict.difference_kopecks), (Verdict::Right, 1));
}

#[test]
fn without_a_tariff_a_wrong_volume_is_still_a_difference_at_the_lines_own_tariff() {
    let priceless = Terms { tariffs: Vec::new(), ..terms() };
    let wrong = line(COLD, "meter", "5", 3_840);
    let verdict = check_charge(&bill(vec![wrong]), &meters()[..1], &priceless);
    assert_eq!((verdict.verdict, verdict.difference_kopecks), (Verdict::Differs, 3_840));
}

#[test]
fn without_a_tariff_a_lines_own_arithmetic_is_still_checked() {
    let priceless = Terms { tariffs: Vec::new(), ..terms() };
    let wrong = ChargeLine { amount_kopecks: 20_000, ..cold() };
    let verdict = check_charge(&bill(vec![wrong]), &meters()[..1], &priceless);
    assert_eq!((verdict.verdict, verdict.difference_kopecks), (Verdict::Differs, 20_000 - 15_360));
}

#[test]
fn the_tariff_of_the_months_first_day_is_expected() {
    let mut rising = terms();
    rising.tariffs.push(tariff(COLD, Some("2026-10-01"), 4_000));
    rising.tariffs.push(tariff(COLD, Some("2026-10-15"), 5_000));
    let verdict = check_charge(&bill(vec![line(COLD, "meter", "4", 4_000)]), &meters()[..1], &rising);
    assert_eq!(verdict.verdict, Verdict::Right);
}

#[test]
fn a_turned_dial_is_charged_its_round() {
    let points = vec![point("2026-09", 99_998), turned(point("2026-10", 2))];
    let line = cold_verdict(ends(line(COLD, "meter", "4", 3_840), "99998", "2"), points);
    assert_eq!((line.why, line.expected_volume.map(units)), (Vec::new(), Some(4)));
}

#[test]
fn a_line_of_a_reading_that_the_phone_does_not_know_cannot_be_told() {
    let known = readings("2026-09", 8, 4, 119);
    assert_eq!(cold_verdict(cold(), known.clone()).why, [Why::NoReading]);
    let wrong = ends(line(COLD, "meter", "5", 3_840), "119", "123");
    let verdict = cold_verdict(wrong, known.clone());
    let why = Why::VolumeDiffers { expected: volume("4"), charged: volume("5") };
    assert_eq!((verdict.why, verdict.difference_kopecks), (vec![Why::NoReading, why], 3_840));
    let fell = ends(line(COLD, "meter", "5", 3_840), "123", "119");
    assert!(cold_verdict(fell, known).why.iter().all(|why| !matches!(why, Why::VolumeDiffers { .. })));
}

#[test]
fn a_line_whose_beginning_the_phone_does_not_know_cannot_be_told() {
    let line = cold_verdict(cold(), vec![point("2026-10", 123)]);
    assert_eq!(
        (line.why, line.expected_kopecks, line.difference_kopecks),
        (vec![Why::NoEarlierValue], None, 0)
    );
    let unchanged = ends(self::line(COLD, "meter", "1", 3_840), "123", "123");
    let why = Why::VolumeDiffers { expected: volume("0"), charged: volume("1") };
    assert_eq!(cold_verdict(unchanged, vec![point("2026-10", 123)]).why, [Why::NoEarlierValue, why]);
}

/// Read until September at 4 m³ a month but for the first; October is missed.
fn missed_once() -> Vec<Point> {
    let mut points = readings("2026-09", 7, 4, 119);
    points[0] = point("2026-03", 94);
    points
}

#[test]
fn an_average_is_right_to_the_places_of_the_utility_and_wrong_beyond() {
    // 25 m³ in 6 months.
    let at = |units, places| {
        let bill = bill(vec![line(COLD, "average", units, 3_840)]);
        let verdict = check_charge(&bill, &[meter(COLD, missed_once())], &Terms { places, ..terms() });
        verdict.lines[0].why.clone()
    };
    let differs =
        |expected, charged| [Why::VolumeDiffers { expected: volume(expected), charged: volume(charged) }];
    assert_eq!(at("4", 0), []);
    assert_eq!(at("5", 0), differs("4", "5"));
    assert_eq!(at("3.6", 0), differs("4", "3.6"));
    assert_eq!(at("4.17", 0), [], "finer than asked for is as good");
    assert_eq!(at("4", 2), differs("4.17", "4"));
    assert_eq!(at("4.17", 2), []);
    assert_eq!(at("4.1667", 4), []);
    assert_eq!(at("4.1666", 4), differs("4.1667", "4.1666"));
}

#[test]
fn half_a_unit_may_be_rounded_either_way() {
    let points = vec![point("2026-03", 100), point("2026-09", 121)];
    for (units, why) in [("3", 0), ("4", 0), ("2.9999", 1), ("4.0001", 1)] {
        let line = cold_verdict(line(COLD, "average", units, 3_840), points.clone());
        assert_eq!(line.why.len(), why, "{units} m³ for 3.5");
    }
}

#[test]
fn an_estimated_line_ends_where_the_utilitys_own_estimate_does() {
    let mut points = missed_once();
    points.push(guess("2026-10", 123));
    let right = ends(line(COLD, "average", "4", 3_840), "119", "123");
    assert_eq!(cold_verdict(right, points.clone()).why, []);
    let wrong = ends(line(COLD, "average", "5", 3_840), "120", "125");
    assert_eq!(cold_verdict(wrong, points).why.len(), 3, "from, to and volume");
}

#[test]
fn the_norm_while_the_average_is_due_is_the_wrong_basis() {
    let line = cold_verdict(line(COLD, "norm", "9", 3_840), missed_once());
    let basis = Why::BasisDiffers { expected: Basis::Average, missed_before: 0 };
    let why = Why::VolumeDiffers { expected: volume("4"), charged: volume("9") };
    assert_eq!((line.why, line.difference_kopecks), (vec![basis, why], 5 * 3_840));
}

#[test]
fn the_average_after_three_misses_is_the_wrong_basis() {
    let line = cold_verdict(line(COLD, "average", "4", 3_840), readings("2026-06", 7, 4, 100));
    let basis = Why::BasisDiffers { expected: Basis::Norm, missed_before: 3 };
    let why = Why::VolumeDiffers { expected: volume("9"), charged: volume("4") };
    assert_eq!((line.why, line.difference_kopecks), (vec![basis, why], -5 * 3_840));
}

#[test]
fn the_wrong_basis_with_the_right_volume_costs_nobody_anything() {
    assert_eq!(cold_verdict(line(COLD, "norm", "4", 3_840), missed_once()).why, []);
}

#[test]
fn the_wrong_basis_is_named_even_where_the_right_volume_is_not_known() {
    let strangers = Terms { residents: None, ..terms() };
    let known = [meter(COLD, readings("2026-06", 7, 4, 100))];
    let verdict = check_charge(&bill(vec![line(COLD, "average", "4", 3_840)]), &known, &strangers);
    let basis = Why::BasisDiffers { expected: Basis::Norm, missed_before: 3 };
    assert_eq!(verdict.lines[0].why, [basis, Why::NotKnown { what: Unknown::Residents }]);
    assert_eq!((verdict.verdict, verdict.difference_kopecks), (Verdict::Differs, 0));
}

#[test]
fn an_average_of_more_readings_than_the_phone_knows_cannot_be_told() {
    let few = readings("2026-09", 3, 4, 119);
    assert_eq!(cold_verdict(line(COLD, "average", "4", 3_840), few.clone()).why, [Why::TooFewReadings]);
    assert_eq!(cold_verdict(line(COLD, "norm", "9", 3_840), few).why, []);
    let long_ago = readings("2026-06", 2, 4, 119);
    let why = cold_verdict(line(COLD, "average", "4", 3_840), long_ago).why;
    assert!(
        matches!(why[..], [Why::BasisDiffers { .. }, Why::VolumeDiffers { .. }]),
        "too many misses for it"
    );
    let never = Terms { miss: MissRules { periods_by_average: 1, ..MissRules::default() }, ..terms() };
    let bill = bill(vec![line(COLD, "average", "4", 3_840)]);
    let at_the_border = check_charge(&bill, &[meter(COLD, readings("2026-08", 2, 4, 119))], &never);
    assert!(matches!(at_the_border.lines[0].why[..], [Why::BasisDiffers { missed_before: 1, .. }, ..]));
}

#[test]
fn a_norm_is_checked_by_heads_where_they_are_known() {
    let long_missed = readings("2026-05", 8, 4, 100);
    assert_eq!(cold_verdict(line(COLD, "norm", "9", 3_840), long_missed.clone()).why, []);
    assert_eq!(
        cold_verdict(line(COLD, "norm", "18", 3_840), long_missed.clone()).difference_kopecks,
        9 * 3_840
    );
    let strangers = Terms { residents: None, ..terms() };
    let bill = bill(vec![line(COLD, "norm", "18", 3_840)]);
    let verdict = check_charge(&bill, &[meter(COLD, long_missed)], &strangers);
    assert_eq!(
        verdict.verdict,
        Verdict::CannotTell { why: vec![Why::NotKnown { what: Unknown::Residents }] }
    );
}

#[test]
fn an_expired_meter_goes_by_the_average_unless_the_utility_takes_its_reading() {
    let points = readings("2026-10", 8, 4, 123);
    let expired = MeterPast { verified_until: Some(instant("2026-10-01T00:00:00Z")), ..meter(COLD, points) };
    let why =
        |line| check_charge(&bill(vec![line]), std::slice::from_ref(&expired), &terms()).lines.remove(0).why;
    assert_eq!(why(line(COLD, "average", "4", 3_840)), []);
    assert!(matches!(why(line(COLD, "average", "5", 3_840))[..], [Why::VolumeDiffers { .. }]));
    assert_eq!(why(cold()), []);
    assert!(matches!(why(line(COLD, "meter", "5", 3_840))[..], [Why::VolumeDiffers { .. }]));
}
