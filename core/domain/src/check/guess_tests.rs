//! What is guessed of which value, and what is not.

use super::flat::{Flat, flat, past, units, usual_flat, value};
use super::*;
use crate::{CheckRules, Dial, FractionPolicy, Typed};

#[test]
fn a_lost_comma_is_recognised_and_put_back() {
    let suggestion = usual_flat().guess("12735").unwrap().suggestion.unwrap();
    assert_eq!((suggestion.value.to_string(), suggestion.face.to_string()), ("127".into(), "127.35".into()));
    assert_eq!(usual_flat().guessed("1273"), value(Cause::CommaLost, "127"));
    assert_eq!(flat(12, None).guessed("1273"), value(Cause::CommaLost, "12"), "12,73 beside 127,3");
}

#[test]
fn of_several_places_for_a_comma_the_ordinary_one_is_taken_and_of_two_such_none() {
    assert_eq!(flat(12, None).guessed("1503"), value(Cause::CommaLost, "15"), "not 150,3");
    let after_a_year = |usual| flat(0, usual).after(12).guessed("12005");
    assert_eq!(after_a_year(None), Some((Cause::CommaLost, None)), "12,005 or 120,05");
    assert_eq!(after_a_year(Some(10)), value(Cause::CommaLost, "120"), "12 would be a tenth of the average");
    assert_eq!(
        flat(1, Some(4)).after(12).guessed("1203"),
        Some((Cause::CommaLost, None)),
        "120, 12 and 1: none ordinary"
    );
}

#[test]
fn leading_zeros_say_which_digits_are_red() {
    let dial = Dial::new(7, 3).unwrap();
    let meter = Flat { dial, ..flat(120, Some(4)) };
    assert_eq!(meter.guessed("1273"), value(Cause::CommaLost, "127"));
    assert_eq!(
        meter.guessed("0001273"),
        value(Cause::CommaLost, "127").filter(|_| false),
        "a full set of drums"
    );
}

#[test]
fn a_face_copied_without_its_comma_is_explained_even_when_the_dial_is_too_short_for_it() {
    let dial = Dial::new(5, 3).unwrap();
    let rules = CheckRules::default();
    let explained = |text: &str, past: Past| {
        let typed = Typed::digits(text).unwrap();
        assert!(typed.fits(dial).is_err());
        let guess = explain_misfit(&typed, dial, FractionPolicy::Truncate, &past, &rules, None)?;
        Some((guess.cause, guess.suggestion.map(|s| s.value.to_string())))
    };
    assert_eq!(explained("00127350", past(123, Some(4))), value(Cause::CommaLost, "127"));
    assert_eq!(explained("112344", past(11_230, Some(4))), value(Cause::CommaLost, "11234"));
    assert_eq!(explained("199999", past(99_995, Some(4))), value(Cause::ExtraDigit, "99999"));
    assert_eq!(explained("112344", past(20_000, Some(4))), None);
    assert_eq!(explained("00127350", Past::default()), None, "nothing is known of before");
}

#[test]
fn two_swapped_digits_are_recognised_where_the_use_is_far_off() {
    assert_eq!(usual_flat().guessed("172"), value(Cause::DigitsSwapped, "127"));
    assert_eq!(usual_flat().guessed("162"), value(Cause::DigitsSwapped, "126"));
    assert_eq!(usual_flat().guessed("152"), None, "125 would do, but 29 m³ may be true");
    assert_eq!(flat(213, Some(4)).guessed("126"), value(Cause::DigitsSwapped, "216"), "lower is never true");
}

#[test]
fn a_digit_too_many_is_recognised() {
    assert_eq!(usual_flat().guessed("1527"), value(Cause::ExtraDigit, "127"));
    assert_eq!(usual_flat().guess("1134"), None, "134 is possible, but 1134 may be true as well");
    assert_eq!(flat(1262, Some(4)).guessed("12667"), value(Cause::CommaLost, "1266"));
    assert_eq!(flat(1261, Some(4)).guessed("12967"), value(Cause::ExtraDigit, "1267"));
}

#[test]
fn a_digit_too_few_is_recognised_and_named_only_if_it_is_the_only_one() {
    assert_eq!(usual_flat().guessed("12"), Some((Cause::MissingDigit, None)), "any of 123 to 129");
    assert_eq!(usual_flat().guessed("27"), value(Cause::MissingDigit, "127"));
    assert_eq!(
        usual_flat().guessed("15"),
        value(Cause::MissingDigit, "125"),
        "135 is possible, 125 ordinary"
    );
    assert_eq!(usual_flat().guessed("00015"), None, "five drums, five digits: none is missing");
    assert_eq!(usual_flat().guessed("0015"), value(Cause::MissingDigit, "125"));
    assert_eq!(usual_flat().guessed("3"), None, "two digits short");
}

#[test]
fn a_high_use_that_may_be_true_is_not_guessed_at() {
    for text in ["136", "140", "147", "150", "223"] {
        assert_eq!(usual_flat().doubt(text), Some(Doubt::Higher), "{text}");
        assert_eq!(usual_flat().guess(text), None, "{text}");
    }
}

#[test]
fn two_meters_swapped_are_recognised_when_each_fits_the_other() {
    let guess = usual_flat().beside("hot", 50, Some(3), Some(127)).guess("53").unwrap();
    assert_eq!((guess.cause, guess.other_meter.as_deref()), (Cause::MetersSwapped, Some("hot")));
    assert_eq!(guess.suggestion.map(|s| (s.value, s.face)), Some((units(127), units(127))));
    let guess = flat(50, Some(3)).beside("cold", 123, Some(4), Some(53)).guess("127").unwrap();
    assert_eq!((guess.cause, guess.suggestion.map(|s| s.value)), (Cause::MetersSwapped, Some(units(53))));
}

#[test]
fn the_other_meters_value_must_fit_this_one() {
    let meter = usual_flat().beside("hot", 50, Some(3), Some(54));
    assert_eq!(meter.guess("53").filter(|g| g.cause == Cause::MetersSwapped), None);
    let odd_in_both = usual_flat().beside("hot", 50, Some(3), Some(300));
    assert_eq!(odd_in_both.guess("53"), None);
}

#[test]
fn two_fits_that_are_only_possible_count_when_the_other_value_is_odd_where_it_stands() {
    // 124 is little here and 51 little there, but 124 can't be the hot meter's.
    let odd = usual_flat().beside("hot", 50, Some(8), Some(124));
    assert_eq!(odd.guessed("51"), value(Cause::MetersSwapped, "124"));
    // At a meter without an average 127 may well be its own, and then 60 is just a low value here.
    let likely = usual_flat().beside("hot", 40, None, Some(127));
    assert_eq!(likely.guessed("60"), None);
}

#[test]
fn the_value_of_a_meter_without_one_is_recognised_when_it_is_ordinary_there_and_far_off_here() {
    let guess = usual_flat().beside("hot", 50, Some(3), None).guess("53").unwrap();
    assert_eq!((guess.cause, guess.suggestion), (Cause::MetersSwapped, None));
    assert_eq!(guess.other_meter.as_deref(), Some("hot"));
    let near = usual_flat().beside("hot", 110, Some(3), None);
    assert_eq!(near.guessed("113"), value(Cause::DigitsSwapped, "131"), "ten below may be anything");
    let unusual_there = flat(523, Some(4)).beside("hot", 250, Some(3), None);
    assert_eq!(unusual_there.guess("260"), None);
}

#[test]
fn other_meters_are_measured_by_the_same_rules() {
    let mut meter = usual_flat().beside("hot", 50, Some(3), Some(127));
    meter.rules.hard_limit = Some(units(2));
    meter.limit = Some(50);
    assert_eq!(meter.guess("53"), None, "three are over the limit there");
    assert_eq!(meter.guessed("52"), value(Cause::MetersSwapped, "127"));
}

#[test]
fn of_two_meters_that_fit_none_is_named() {
    let meter = flat(5230, Some(4)).beside("hot", 50, Some(3), None).beside("garden", 51, Some(3), None);
    assert_eq!(meter.guess("54"), None);
}

#[test]
fn a_meter_that_cannot_show_the_value_was_not_meant() {
    let mut meter = flat(123, Some(4)).beside("hot", 99_999, None, None);
    meter.dial = Dial::new(6, 0).unwrap();
    assert_eq!(meter.guess("100000"), None);
    meter.siblings[0].dial = Dial::new(6, 0).unwrap();
    assert_eq!(meter.guess("100000").unwrap().cause, Cause::MetersSwapped);
    let mut meter = flat(99_996, Some(4)).beside("hot", 50, Some(3), Some(100_000));
    meter.siblings[0].dial = Dial::new(6, 0).unwrap();
    assert_eq!(meter.guess("53"), None, "nor can this meter show the other's value");
    meter.dial = Dial::new(6, 0).unwrap();
    assert_eq!(meter.guessed("53"), value(Cause::MetersSwapped, "100000"));
}

#[test]
fn a_dial_near_its_end_is_asked_whether_it_went_round() {
    assert_eq!(flat(99_998, Some(4)).guessed("3"), Some((Cause::RolledOver, None)));
    assert_eq!(flat(99_988, Some(4)).guessed("0"), Some((Cause::RolledOver, None)));
    assert_eq!(flat(99_987, Some(4)).guess("0"), None, "thirteen is over three averages");
}

#[test]
fn a_short_dial_is_not_thought_to_have_gone_round_at_every_low_value() {
    let short = |last| Flat { dial: Dial::new(3, 0).unwrap(), ..flat(last, None) };
    assert_eq!(short(950).guessed("50"), Some((Cause::RolledOver, None)), "100 of 1000");
    assert_eq!(short(950).guessed("51"), value(Cause::MissingDigit, "951"), "101 of 1000");
}

#[test]
fn a_slip_on_a_new_meter_is_explained_under_the_claim() {
    let claim = Claim::Replaced { final_value: units(125), initial_value: units(0) };
    let question = usual_flat().judged("3512", claim, &[]).unwrap().question.unwrap();
    let suggestion = question.guess.and_then(|g| g.suggestion).unwrap();
    assert_eq!((suggestion.value.to_string(), suggestion.face.to_string()), ("3".into(), "3.512".into()));
}

#[test]
fn a_value_that_was_not_typed_has_no_slips() {
    let meter = usual_flat();
    let taken = Taken {
        value: units(12_735),
        digits: None,
        dial: meter.dial,
        policy: FractionPolicy::Truncate,
        limit: None,
        claim: Claim::None,
        confirmed: &[],
    };
    let question = judge(&taken, &meter.past, &[], &CheckRules::default()).unwrap().question.unwrap();
    assert_eq!((question.doubt, question.guess), (Doubt::Higher, None));
}

#[test]
fn no_slip_leads_off_the_dial() {
    assert_eq!(flat(99_995, Some(4)).guess("010000"), None, "five drums can't show 100000");
}
