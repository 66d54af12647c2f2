//! Bills in words: right ones, wrong ones, and ones that nobody can tell of.

use super::*;
use crate::cost::fixtures::{
    COLD, HOT, SEWAGE, bill, cold, ends, line, meter, meters, readings, tariff, terms,
};
use crate::cost::{LineFinding, Unknown, Verdict};
use crate::history::fixtures::{guess, instant, point, volume};
use crate::{ChargeLine, Tariff};

fn hot() -> ChargeLine {
    ends(line(HOT, "meter", "2", 11_306), "48", "50")
}

fn sewage(units: &str) -> ChargeLine {
    line(SEWAGE, "meter", units, 2_490)
}

fn verdict(lines: Vec<ChargeLine>) -> ChargeVerdict {
    check_charge(&bill(lines), &meters(), &terms())
}

#[test]
fn a_right_bill_is_right_line_by_line() {
    let verdict = verdict(vec![cold(), hot(), sewage("6")]);
    assert_eq!(verdict.verdict, Verdict::Right);
    assert_eq!(
        (verdict.charged_kopecks, verdict.expected_kopecks, verdict.difference_kopecks),
        (52_912, 52_912, 0)
    );
    let expected: Vec<_> = verdict.lines.iter().map(|l| (l.expected_kopecks, l.difference_kopecks)).collect();
    assert_eq!(expected, [(Some(15_360), 0), (Some(22_612), 0), (Some(14_940), 0)]);
    assert_eq!(verdict.lines[0].expected_volume, Some(volume("4")));
    assert_eq!(verdict.lines[0].expected_tariff_kopecks, Some(3_840));
}

#[test]
fn the_average_though_a_reading_was_taken_costs_what_the_readings_do_not() {
    let by_average = ends(line(HOT, "average", "3", 11_306), "48", "51");
    let verdict = verdict(vec![cold(), by_average, sewage("7")]);
    assert_eq!(verdict.verdict, Verdict::Differs);
    assert_eq!(
        (verdict.charged_kopecks, verdict.expected_kopecks, verdict.difference_kopecks),
        (66_708, 52_912, 13_796)
    );
    let received_at = Some(instant("2026-10-24T12:00:00Z"));
    let why = Why::ChargedByAverageThoughReadingWasTaken { metered: volume("2"), received_at };
    assert_eq!(verdict.lines[1].why, [why]);
    let why = Why::VolumeDiffers { expected: volume("6"), charged: volume("7") };
    assert_eq!((verdict.lines[2].why.clone(), verdict.lines[2].difference_kopecks), (vec![why], 2_490));
    assert!(verdict.lines[0].why.is_empty() && verdict.why.is_empty());
}

#[test]
fn sewage_that_is_not_even_the_sum_of_its_own_bill_is_told_apart() {
    let verdict = verdict(vec![cold(), hot(), sewage("7")]);
    assert_eq!(verdict.lines[2].why, [Why::SewageNotTheSum { sum: volume("6"), charged: volume("7") }]);
    assert_eq!((verdict.verdict, verdict.difference_kopecks), (Verdict::Differs, 2_490));
}

#[test]
fn the_order_of_the_lines_changes_nothing() {
    let verdict = verdict(vec![sewage("6"), hot(), cold()]);
    assert_eq!(verdict.verdict, Verdict::Right);
    assert_eq!(verdict.lines[0].line.resource, Some(SEWAGE));
}

#[test]
fn sewage_without_any_water_cannot_be_told() {
    let verdict = check_charge(&bill(vec![sewage("6")]), &[], &terms());
    assert_eq!(verdict.verdict, Verdict::CannotTell { why: vec![Why::NoWater] });
    assert_eq!(verdict.lines[0].expected_kopecks, None);
}

fn given(basis: &str, resource: Option<Resource>, units: &str, amount_kopecks: i64) -> ChargeLine {
    let line = line(COLD, basis, units, 0);
    ChargeLine { resource, meter_id: None, amount_kopecks, ..line }
}

#[test]
fn benefits_and_recalculations_are_taken_as_given_and_enter_the_total() {
    let benefit = given("benefit", None, "0", -5_000);
    let recalculation = given("recalculation", Some(COLD), "3", 333);
    let verdict = verdict(vec![benefit, cold(), recalculation, hot(), sewage("6")]);
    assert_eq!((verdict.verdict, verdict.charged_kopecks), (Verdict::Right, 52_912 - 5_000 + 333));
    assert_eq!(verdict.lines[0].expected_kopecks, Some(-5_000));
    assert_eq!(verdict.lines[2].expected_volume, None, "its volume is no use of this month");
}

#[test]
fn a_basis_from_the_future_cannot_be_told_and_is_named() {
    let strange = ChargeLine { amount_kopecks: 1, ..line(COLD, "moon_phase", "4", 3_840) };
    let verdict = verdict(vec![strange, hot(), sewage("6")]);
    let why = Why::UnknownBasis { code: "moon_phase".to_owned() };
    assert_eq!(verdict.verdict, Verdict::CannotTell { why: vec![why] });
    assert_eq!(verdict.lines.len(), 3, "it may be the cold meter's line: none is missed");
    assert_eq!((verdict.lines[0].expected_kopecks, verdict.lines[0].difference_kopecks), (None, 0));
}

#[test]
fn a_total_that_is_not_the_sum_is_named() {
    let bill = ChargeToCheck { total_kopecks: 53_000, ..bill(vec![cold(), hot(), sewage("6")]) };
    let verdict = check_charge(&bill, &meters(), &terms());
    assert_eq!(verdict.why, [Why::TotalDiffers { expected: 52_912, charged: 53_000 }]);
    assert_eq!((verdict.verdict, verdict.difference_kopecks), (Verdict::Differs, 88));
}

#[test]
fn a_meter_that_was_read_and_is_not_on_the_bill_is_missed() {
    let verdict = verdict(vec![cold(), sewage("4")]);
    assert_eq!(verdict.verdict, Verdict::Differs);
    let missing = &verdict.lines[2];
    assert_eq!(
        (missing.line.meter_id.as_deref(), &missing.why[..]),
        (Some("hot_water"), &[Why::MissingLine][..])
    );
    assert_eq!((missing.line.from_value, missing.line.to_value), (Some(volume("48")), Some(volume("50"))));
    assert_eq!((missing.expected_volume, missing.expected_kopecks), (Some(volume("2")), Some(22_612)));
    assert_eq!((missing.line.amount_kopecks, missing.difference_kopecks), (0, -22_612));
    assert_eq!(verdict.lines[1].why, [Why::VolumeDiffers { expected: volume("6"), charged: volume("4") }]);
    assert_eq!(verdict.difference_kopecks, -22_612 - 2 * 2_490);
}

#[test]
fn a_meter_that_nobody_read_is_not_missed() {
    let unread = vec![meters().remove(0), meter(HOT, readings("2026-09", 8, 2, 50))];
    assert_eq!(check_charge(&bill(vec![cold()]), &unread, &terms()).verdict, Verdict::Right);
    let guessed = vec![meters().remove(0), meter(HOT, vec![guess("2026-10", 50)])];
    assert_eq!(check_charge(&bill(vec![cold()]), &guessed, &terms()).verdict, Verdict::Right);
}

#[test]
fn a_missed_line_of_a_meters_first_month_is_its_norm_to_the_places_of_the_utility() {
    let new = vec![meter(HOT, vec![point("2026-10", 1)])];
    let of = |terms: &Terms| check_charge(&bill(vec![]), &new, terms).lines.remove(0);
    assert_eq!(of(&terms()).line.basis, "norm");
    assert_eq!(of(&terms()).expected_kopecks, Some(6 * 11_306));
    let odd = Terms { residents: None, tariffs: vec![], ..terms() };
    assert_eq!(of(&odd).why.len(), 3, "missing, and neither residents nor tariff known");
    assert_eq!((of(&odd).expected_kopecks, of(&odd).difference_kopecks), (None, 0));
}

#[test]
fn a_second_line_for_the_same_meter_is_charged_twice() {
    let verdict = verdict(vec![cold(), hot(), hot(), sewage("8")]);
    assert_eq!(verdict.lines[2].why, [Why::ChargedTwice]);
    assert_eq!(verdict.lines[2].expected_kopecks, Some(0));
    assert_eq!(verdict.lines[3].why, [Why::VolumeDiffers { expected: volume("6"), charged: volume("8") }]);
    assert_eq!(verdict.difference_kopecks, 22_612 + 2 * 2_490);
}

#[test]
fn a_recalculation_beside_a_meters_line_is_no_second_charge_and_sewage_twice_is() {
    let recalculation = ChargeLine { basis: "recalculation".to_owned(), ..cold() };
    assert_eq!(verdict(vec![recalculation, cold(), hot(), sewage("6")]).verdict, Verdict::Right);
    let twice = verdict(vec![cold(), hot(), sewage("6"), sewage("6")]);
    assert_eq!(twice.lines[3].why, [Why::ChargedTwice]);
}

#[test]
fn without_a_tariff_nobody_can_tell_and_the_day_is_named() {
    let until = "2026-06-30".parse().ok();
    let mut ended = terms();
    ended.tariffs[0] = Tariff { until, ..tariff(COLD, None, 3_840) };
    let verdict = check_charge(&bill(vec![cold(), hot(), sewage("6")]), &meters(), &ended);
    let what = Unknown::Tariff { resource: COLD, since: "2026-07-01".parse().ok() };
    assert_eq!(verdict.verdict, Verdict::CannotTell { why: vec![Why::NotKnown { what }] });
    assert_eq!((verdict.lines[0].expected_kopecks, verdict.lines[0].expected_tariff_kopecks), (None, None));
    assert_eq!(verdict.lines[0].expected_volume, Some(volume("4")), "the volume was checked all the same");
    assert_eq!(verdict.difference_kopecks, 0);
}

#[test]
fn a_meter_that_the_phone_does_not_know_cannot_be_told() {
    let stranger = ChargeLine { meter_id: Some("x".to_owned()), ..cold() };
    let norm = ChargeLine { basis: "norm".to_owned(), ..stranger.clone() };
    for line in [stranger, norm] {
        let verdict = check_charge(&bill(vec![line]), &meters()[..1], &terms());
        assert_eq!(verdict.verdict, Verdict::CannotTell { why: vec![Why::UnknownMeter] });
        assert_eq!(verdict.lines.len(), 1, "it may stand for the meter that was read");
    }
}

#[test]
fn a_line_without_a_meter_means_the_only_one_of_its_service() {
    let nameless = ChargeLine { meter_id: None, ..cold() };
    assert_eq!(verdict(vec![nameless.clone(), hot(), sewage("6")]).verdict, Verdict::Right);
    let two = [meters().remove(0), MeterPast { id: "second".to_owned(), ..meters().remove(0) }];
    let verdict = check_charge(&bill(vec![nameless]), &two, &terms());
    assert_eq!(verdict.verdict, Verdict::CannotTell { why: vec![Why::UnknownMeter] });
}

#[test]
fn a_use_of_no_service_cannot_be_told() {
    let nameless = given("meter", None, "4", 15_360);
    let verdict = check_charge(&bill(vec![nameless]), &meters(), &terms());
    assert_eq!(verdict.verdict, Verdict::CannotTell { why: vec![Why::UnknownMeter] });
}

#[test]
fn a_flat_without_meters_is_checked_by_its_norm() {
    let norm = ChargeLine { meter_id: None, ..line(COLD, "norm", "9", 3_840) };
    assert_eq!(check_charge(&bill(vec![norm.clone()]), &[], &terms()).verdict, Verdict::Right);
    let more = ChargeLine { meter_id: None, ..line(COLD, "norm", "10", 3_840) };
    assert_eq!(check_charge(&bill(vec![more]), &[], &terms()).difference_kopecks, 3_840);
    let guessed = ChargeLine { basis: "average".to_owned(), ..norm };
    let verdict = check_charge(&bill(vec![guessed]), &[], &terms());
    assert_eq!(verdict.verdict, Verdict::CannotTell { why: vec![Why::UnknownMeter] });
}

#[test]
fn the_same_reason_is_a_doubt_once() {
    let verdict = check_charge(&bill(vec![cold(), hot()]), &[], &terms());
    assert_eq!(verdict.verdict, Verdict::CannotTell { why: vec![Why::UnknownMeter] });
    assert_eq!(verdict.expected_kopecks, verdict.charged_kopecks, "what nobody can tell is taken as it is");
}

#[test]
fn each_line_says_in_one_word_what_was_found() {
    let found = |lines| -> Vec<LineFinding> {
        check_charge(&bill(lines), &meters(), &terms()).lines.iter().map(|l| l.finding).collect()
    };
    let wrong = ChargeLine { amount_kopecks: 20_000, ..cold() };
    assert_eq!(found(vec![cold(), hot()]), [LineFinding::Right, LineFinding::Right]);
    assert_eq!(found(vec![wrong, hot()]), [LineFinding::Differs, LineFinding::Right]);
    let benefit = given("benefit", Some(COLD), "0", -1_000);
    assert_eq!(found(vec![cold(), hot(), benefit])[2], LineFinding::NotChecked);
    let strange = line(COLD, "moon_phase", "4", 3_840);
    assert_eq!(found(vec![cold(), hot(), strange])[2], LineFinding::NotChecked);
    assert_eq!(found(vec![cold()])[1], LineFinding::Differs, "the hot meter's line is missing");
}
