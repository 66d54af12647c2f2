//! What is asked of which value, and what is guessed.

use super::*;
use crate::{Average, CheckRules, Dial, FractionPolicy, Typed, Volume};

/// A flat of five-drum meters, the one in question first.
struct Flat {
    past: Past,
    siblings: Vec<Sibling>,
    dial: Dial,
    limit: Option<i64>,
}

fn units(units: i64) -> Volume {
    Volume::from_units(units)
}

fn past(last: i64, usual: Option<i64>) -> Past {
    let usual = usual.and_then(|usual| Average::over(units(usual * 6), 6));
    Past { last: Some(units(last)), months: 1, usual }
}

/// A meter that showed 123 a month ago and uses four a month.
fn usual_flat() -> Flat {
    flat(123, Some(4))
}

fn flat(last: i64, usual: Option<i64>) -> Flat {
    Flat { past: past(last, usual), siblings: Vec::new(), dial: Dial::new(5, 3).unwrap(), limit: None }
}

impl Flat {
    fn beside(mut self, meter_id: &str, last: i64, usual: Option<i64>, value: Option<i64>) -> Self {
        self.siblings.push(Sibling {
            meter_id: meter_id.to_owned(),
            past: past(last, usual),
            value: value.map(units),
            dial: Dial::new(5, 3).unwrap(),
        });
        self
    }

    fn with_limit(mut self, limit: i64) -> Self {
        self.limit = Some(limit);
        self
    }

    fn after(mut self, months: i32) -> Self {
        self.past.months = months;
        self
    }

    fn judged(&self, text: &str, claim: Claim, confirmed: &[Doubt]) -> Result<Verdict, ClaimProblem> {
        let typed = Typed::parse(text, self.dial).unwrap();
        let policy = FractionPolicy::Truncate;
        let taken = Taken {
            value: typed.keep(policy, self.dial).value,
            digits: Some(&typed),
            dial: self.dial,
            policy,
            limit: self.limit.map(units),
            claim,
            confirmed,
        };
        judge(&taken, &self.past, &self.siblings, &CheckRules::default())
    }

    fn asked(&self, text: &str) -> Option<Question> {
        self.judged(text, Claim::None, &[]).unwrap().question
    }

    fn doubt(&self, text: &str) -> Option<Doubt> {
        self.asked(text).map(|q| q.doubt)
    }

    fn guess(&self, text: &str) -> Option<Guess> {
        self.asked(text).unwrap_or_else(|| panic!("{text} is not asked about")).guess
    }

    /// The cause and the suggested value.
    fn guessed(&self, text: &str) -> Option<(Cause, Option<String>)> {
        self.guess(text).map(|g| (g.cause, g.suggestion.map(|s| s.value.to_string())))
    }
}

fn value(cause: Cause, value: &str) -> Option<(Cause, Option<String>)> {
    Some((cause, Some(value.to_owned())))
}

#[test]
fn a_usual_month_is_not_asked_about() {
    assert_eq!(usual_flat().asked("127"), None);
    assert_eq!(usual_flat().asked("135"), None, "three averages are usual still");
    assert_eq!(flat(123, Some(2)).asked("133"), None, "ten cubic metres are never unusual");
    assert_eq!(usual_flat().judged("127", Claim::None, &[]).unwrap().used, Some(units(4)));
}

#[test]
fn the_same_value_asks_whether_no_water_was_used() {
    let question = usual_flat().asked("123").unwrap();
    assert_eq!((question.doubt, question.used, question.guess), (Doubt::NothingUsed, units(0), None));
}

#[test]
fn a_value_one_lower_is_asked_about_and_nothing_is_guessed() {
    let question = usual_flat().asked("122").unwrap();
    assert_eq!((question.doubt, question.used, question.guess), (Doubt::Lower, units(-1), None));
}

#[test]
fn the_question_brings_the_numbers_that_led_to_it() {
    let question = flat(123, Some(4)).after(3).asked("200").unwrap();
    assert_eq!(question.doubt, Doubt::Higher);
    assert_eq!((question.value, question.previous, question.used), (units(200), units(123), units(77)));
    assert_eq!((question.months, question.usual, question.limit), (3, Some(units(4)), None));
}

#[test]
fn a_meter_without_a_past_raises_no_doubt() {
    let mut meter = usual_flat().with_limit(1);
    meter.past = Past::default();
    assert_eq!(meter.judged("99999", Claim::None, &[]), Ok(Verdict::default()));
    assert_eq!(meter.judged("3", Claim::RolledOver, &[]), Err(ClaimProblem::NothingToRollOver));
}

#[test]
fn a_confirmed_doubt_goes_along_and_is_not_asked_again() {
    let verdict = usual_flat().judged("223", Claim::None, &[Doubt::Higher]).unwrap();
    assert_eq!((verdict.question, verdict.answered), (None, vec![Doubt::Higher]));
    let verdict = usual_flat().judged("120", Claim::None, &[Doubt::Lower]).unwrap();
    assert_eq!(
        (verdict.used, verdict.question, verdict.answered),
        (Some(units(-3)), None, vec![Doubt::Lower])
    );
}

#[test]
fn a_doubt_that_was_confirmed_of_another_value_does_not_go_along() {
    let verdict = usual_flat().judged("127", Claim::None, &[Doubt::Higher, Doubt::Lower]).unwrap();
    assert_eq!((verdict.question, verdict.answered), (None, vec![]));
    let question =
        usual_flat().judged("120", Claim::None, &[Doubt::Higher, Doubt::NothingUsed]).unwrap().question;
    assert_eq!(question.unwrap().doubt, Doubt::Lower);
}

#[test]
fn a_use_above_the_limit_is_asked_about_with_the_limit() {
    let question = usual_flat().with_limit(50).after(2).asked("224").unwrap();
    assert_eq!((question.doubt, question.limit), (Doubt::AboveLimit, Some(units(100))));
    assert_eq!(
        usual_flat().with_limit(50).after(2).doubt("223"),
        Some(Doubt::Higher),
        "the limit itself is allowed"
    );
    assert_eq!(usual_flat().with_limit(3).doubt("127"), Some(Doubt::AboveLimit), "usual, but not allowed");
}

#[test]
fn who_confirms_a_use_above_the_limit_has_confirmed_that_it_is_high() {
    let verdict = usual_flat().with_limit(50).judged("223", Claim::None, &[Doubt::AboveLimit]).unwrap();
    assert_eq!((verdict.question, verdict.answered), (None, vec![Doubt::AboveLimit, Doubt::Higher]));
}

#[test]
fn who_confirmed_that_it_is_high_is_still_told_of_the_limit_and_not_guessed_at_again() {
    let meter = usual_flat().with_limit(50);
    assert_eq!(meter.guessed("12735"), value(Cause::CommaLost, "127"));
    let question = meter.judged("12735", Claim::None, &[Doubt::Higher]).unwrap().question.unwrap();
    assert_eq!((question.doubt, question.guess), (Doubt::AboveLimit, None));
}

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
    assert_eq!(usual_flat().guessed("142"), None, "124 would do, but 19 m³ may be true");
    assert_eq!(flat(213, Some(4)).guessed("126"), value(Cause::DigitsSwapped, "216"), "lower is never true");
}

#[test]
fn a_digit_too_many_is_recognised() {
    assert_eq!(usual_flat().guessed("1527"), value(Cause::ExtraDigit, "127"));
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
fn of_two_meters_that_fit_none_is_named() {
    let meter = flat(5230, Some(4)).beside("hot", 50, Some(3), None).beside("garden", 51, Some(3), None);
    assert_eq!(meter.guess("54"), None);
}

#[test]
fn a_meter_that_cannot_show_the_value_was_not_meant() {
    let mut meter = flat(123, Some(4)).beside("hot", 99_999, None, None);
    meter.dial = Dial::new(6, 0).unwrap();
    assert_eq!(meter.guess("100002"), None);
    meter.siblings[0].dial = Dial::new(6, 0).unwrap();
    assert_eq!(meter.guess("100002").unwrap().cause, Cause::MetersSwapped);
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
fn a_use_under_a_claim_is_judged_like_any_other() {
    let near_the_end = flat(99_998, Some(4));
    let rolled = |text| near_the_end.judged(text, Claim::RolledOver, &[]).unwrap();
    assert_eq!((rolled("3").used, rolled("3").question), (Some(units(5)), None));
    let question = rolled("11").question.unwrap();
    assert_eq!((question.doubt, question.used), (Doubt::Higher, units(13)));
    let replaced = |initial| Claim::Replaced { final_value: units(125), initial_value: units(initial) };
    assert_eq!(usual_flat().judged("3", replaced(1), &[]).unwrap().used, Some(units(4)));
    let same = Claim::Replaced { final_value: units(123), initial_value: units(3) };
    let question = usual_flat().judged("3", same, &[]).unwrap().question.unwrap();
    assert_eq!((question.doubt, question.used), (Doubt::NothingUsed, units(0)));
    let question = usual_flat().judged("2735", replaced(0), &[]).unwrap().question.unwrap();
    assert_eq!(question.doubt, Doubt::Higher);
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
fn each_doubt_has_its_name_on_the_wire() {
    let doubts = [Doubt::NothingUsed, Doubt::Lower, Doubt::Higher, Doubt::AboveLimit];
    assert_eq!(doubts.map(Doubt::code), ["equal", "lower", "higher", "above_limit"]);
}
