//! What is asked of which value.

use super::flat::{flat, units, usual_flat, value};
use super::*;

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
    assert_eq!(meter.judged("99999", Claim::None, &[]), Ok(Judgement::default()));
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
fn each_doubt_has_its_name_on_the_wire() {
    let doubts = [Doubt::NothingUsed, Doubt::Lower, Doubt::Higher, Doubt::AboveLimit];
    assert_eq!(doubts.map(Doubt::code), ["equal", "lower", "higher", "above_limit"]);
}
