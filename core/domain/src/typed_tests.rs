use super::*;
use proptest::prelude::*;

fn five_and_three() -> Dial {
    Dial::new(5, 3).unwrap()
}

fn kept(text: &str, policy: FractionPolicy) -> String {
    Typed::parse(text, five_and_three()).unwrap().keep(policy, five_and_three()).value.to_string()
}

fn problem(text: &str) -> TypedProblem {
    Typed::parse(text, five_and_three()).unwrap_err()
}

#[test]
fn leading_zeros_go_and_the_fraction_is_dropped_not_rounded() {
    let typed = Typed::parse("00123,9", five_and_three()).unwrap();
    let kept = typed.keep(FractionPolicy::Truncate, five_and_three());
    assert_eq!((kept.value.to_string().as_str(), kept.dropped.as_str()), ("123", "9"));
    assert_eq!((typed.whole.as_str(), typed.fraction.as_str()), ("00123", "9"));
}

#[test]
fn each_policy_treats_the_same_fraction_its_own_way() {
    assert_eq!(kept("123,999", FractionPolicy::Truncate), "123");
    assert_eq!(kept("123,5", FractionPolicy::HalfUp), "124");
    assert_eq!(kept("123,499", FractionPolicy::HalfUp), "123");
    assert_eq!(kept("123,456", FractionPolicy::Keep(2)), "123.45");
    assert_eq!(kept("123", FractionPolicy::Keep(2)), "123");
}

#[test]
fn rounding_up_never_leaves_the_dial() {
    assert_eq!(kept("99999,9", FractionPolicy::HalfUp), "99999");
}

#[test]
fn spaces_of_every_kind_are_understood_at_the_ends_and_between_groups() {
    for text in [" 12735 ", "12 735", "12\u{a0}735", "12\u{202f}735", "12 735,2"] {
        assert_eq!(kept(text, FractionPolicy::Truncate), "12735", "{text:?}");
    }
}

#[test]
fn bad_text_is_refused_with_its_place_and_reason() {
    let not_a_digit = |position, c: &str| TypedProblem::NotADigit { position, character: c.to_owned() };
    assert_eq!(problem(""), TypedProblem::Empty);
    assert_eq!(problem(" \u{a0} "), TypedProblem::Empty);
    assert_eq!(problem("12a"), not_a_digit(3, "a"));
    assert_eq!(problem("1.2.3"), TypedProblem::SecondComma { position: 4 });
    assert_eq!(problem("-5"), TypedProblem::Negative);
    assert_eq!(problem("1e3"), not_a_digit(2, "e"));
    assert_eq!(problem("5-"), not_a_digit(2, "-"));
    assert_eq!(problem("١٢"), not_a_digit(1, "١"));
    assert_eq!(problem(",5"), TypedProblem::NoWholeDigits);
    assert_eq!(problem("1 23"), TypedProblem::StraySpace { position: 2 });
    assert_eq!(problem("1234 567"), TypedProblem::StraySpace { position: 5 });
    assert_eq!(problem("12,3 4"), TypedProblem::StraySpace { position: 5 });
    assert_eq!(problem("123456"), TypedProblem::TooManyWholeDigits { dial: 5, typed: 6 });
    assert_eq!(problem("1,2345"), TypedProblem::TooManyFractionDigits { dial: 3, typed: 4 });
}

#[test]
fn zeros_beyond_the_dial_are_no_extra_digits() {
    assert_eq!(kept("000123", FractionPolicy::Truncate), "123");
}

proptest! {
    #[test]
    fn truncation_is_cutting_the_text_at_the_comma(whole in 0_u32..100_000, fraction in "[0-9]{0,3}") {
        let text = format!("{whole},{fraction}");
        prop_assert_eq!(kept(&text, FractionPolicy::Truncate), whole.to_string());
    }

    #[test]
    fn any_text_gives_a_value_or_a_problem_but_never_a_panic(text in ".{0,20}") {
        let _ = Typed::parse(&text, five_and_three());
    }
}
