use super::*;
use std::time::{Duration, Instant};

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

fn refusal(text: &str) -> (i32, String) {
    let problem = problem(text);
    let TypedProblem::NotADigit { position, character } = problem else { panic!("{text:?}: {problem}") };
    (position, character)
}

#[test]
fn digits_of_other_scripts_are_named_not_taken() {
    for (text, position, named) in [("12٣", 3, "٣"), ("１２３", 1, "１"), (" 7५", 3, "५"), ("1²", 2, "²")]
    {
        assert_eq!(refusal(text), (position, named.to_owned()));
    }
    let problem = problem("１２３").to_string();
    assert_eq!(problem, "\"１\" at position 1 is none of the digits 0–9");
}

#[test]
fn an_accent_is_named_with_the_character_that_it_stands_on() {
    assert_eq!(refusal("12\u{301}3"), (2, "2\u{301}".to_owned()));
    assert_eq!(refusal("1\u{fe0f}\u{20e3}"), (1, "1\u{fe0f}\u{20e3}".to_owned()), "a digit as an emoji");
    assert_eq!(refusal("12e\u{301}"), (3, "e".to_owned() + "\u{301}"));
    assert_eq!(refusal("\u{301}5"), (1, "U+0301".to_owned()), "on nothing");
    let heap = format!("1{}", "\u{301}".repeat(50));
    assert_eq!(refusal(&heap), (1, "1\u{301}\u{301}\u{301}\u{301}".to_owned()));
}

#[test]
fn what_can_not_be_seen_is_named_by_its_code() {
    assert_eq!(refusal("12\u{200b}3"), (3, "U+200B".to_owned()));
    assert_eq!(refusal("\u{feff}123"), (1, "U+FEFF".to_owned()));
    assert_eq!(refusal("1\\"), (2, "\\".to_owned()));
    assert_eq!(refusal("1'"), (2, "'".to_owned()));
}

#[test]
fn two_cells_or_lines_of_a_pasted_text_are_never_one_number() {
    for text in ["12\t735", "12\n735", "12\r\n735"] {
        assert_eq!(problem(text), TypedProblem::StraySpace { position: 3 }, "{text:?}");
    }
    assert_eq!(kept("\t12735\r\n", FractionPolicy::Truncate), "12735");
}

#[test]
fn every_dash_before_the_number_is_a_minus() {
    for dash in ["-", "−", "‐", "‑", "–", "—", "－"] {
        assert_eq!(problem(&format!(" {dash}5")), TypedProblem::Negative, "{dash}");
        assert_eq!(refusal(&format!("5{dash}")), (2, dash.to_owned()));
    }
}

#[test]
fn a_group_has_three_digits_and_only_the_first_may_have_fewer() {
    let stray = |position| TypedProblem::StraySpace { position };
    for (text, whole) in [("1 234", "1234"), ("00 123", "00123"), ("123 456", "123456"), ("1 234,5", "1234")]
    {
        assert_eq!(Typed::digits(text).unwrap().whole, whole);
    }
    assert_eq!(problem("12 34 567"), stray(3));
    assert_eq!(problem("12 7355"), stray(3));
    assert_eq!(problem("12  735"), stray(3));
    assert_eq!(problem("12 ,5"), stray(3));
    assert_eq!(problem("12, 5"), stray(4));
    assert_eq!(problem("1 234 56"), stray(6));
    assert_eq!(problem(" 1 23"), stray(3), "spaces before it are counted");
}

#[test]
fn a_comma_at_the_end_is_no_fraction() {
    let typed = Typed::parse("123,", five_and_three()).unwrap();
    assert_eq!((typed.whole.as_str(), typed.fraction.as_str()), ("123", ""));
    assert_eq!(problem("12,,3"), TypedProblem::SecondComma { position: 4 });
    assert_eq!(problem("."), TypedProblem::NoWholeDigits);
}

#[test]
fn a_dial_takes_as_many_digits_as_it_has_drums_and_no_more() {
    for whole in 3..=9_u8 {
        for fraction in 0..=4_u8 {
            let dial = Dial::new(whole, fraction).unwrap();
            let nines = |n: u8| "9".repeat(usize::from(n));
            let full = format!("{},{}", nines(whole), nines(fraction));
            assert_eq!(Typed::parse(&full, dial).unwrap().whole, nines(whole));
            assert_eq!(
                Typed::parse(&format!("1{full}"), dial).unwrap_err(),
                TypedProblem::TooManyWholeDigits { dial: whole.into(), typed: i32::from(whole) + 1 }
            );
            assert_eq!(
                Typed::parse(&format!("{full}0"), dial).unwrap_err(),
                TypedProblem::TooManyFractionDigits { dial: fraction.into(), typed: i32::from(fraction) + 1 }
            );
        }
    }
}

#[test]
fn keeping_n_digits_cuts_the_rest_and_greys_them_out() {
    let dial = Dial::new(9, 4).unwrap();
    let typed = Typed::parse("999999999,9876", dial).unwrap();
    let texts = |n| {
        let kept = typed.keep(FractionPolicy::Keep(n), dial);
        (kept.value.to_string(), kept.dropped)
    };
    assert_eq!(texts(0), ("999999999".into(), "9876".into()));
    assert_eq!(texts(1), ("999999999.9".into(), "876".into()));
    assert_eq!(texts(4), ("999999999.9876".into(), String::new()));
    assert_eq!(texts(5), texts(4));
    let short = Typed::parse("1,05", dial).unwrap().keep(FractionPolicy::Keep(3), dial);
    assert_eq!((short.value.to_string(), short.dropped), ("1.05".into(), String::new()));
}

#[test]
fn rounding_looks_at_the_first_digit_after_the_comma() {
    for (text, rounded) in
        [("0,5", "1"), ("0,4999", "0"), ("1,59", "2"), ("1,6", "2"), ("1,7", "2"), ("1,8", "2")]
    {
        let dial = Dial::new(3, 4).unwrap();
        let kept = Typed::parse(text, dial).unwrap().keep(FractionPolicy::HalfUp, dial);
        assert_eq!(kept.value.to_string(), rounded, "{text}");
        assert_eq!(kept.dropped, text.split_once(',').unwrap().1);
    }
    assert_eq!(kept("99998,9", FractionPolicy::HalfUp), "99999");
}

#[test]
fn digits_that_no_dial_has_make_the_greatest_volume_and_not_a_small_one() {
    let typed = Typed::digits(&"9".repeat(30)).unwrap();
    assert_eq!(typed.keep(FractionPolicy::Truncate, five_and_three()).value, Volume::MAX);
}

#[test]
fn a_text_of_a_hundred_thousand_characters_is_answered_at_once() {
    let long = 100_000;
    let started = Instant::now();
    let typed = |text: String| Typed::parse(&text, five_and_three());
    let too_many = TypedProblem::TooManyWholeDigits { dial: 5, typed: 100_000 };
    assert_eq!(typed("9".repeat(long)), Err(too_many));
    let too_fine = TypedProblem::TooManyFractionDigits { dial: 3, typed: 100_000 };
    assert_eq!(typed(format!("1,{}", "0".repeat(long))), Err(too_fine));
    assert_eq!(typed(" ".repeat(long)), Err(TypedProblem::Empty));
    assert_eq!(typed(format!("{}x", "1".repeat(long))).unwrap_err().to_string(), {
        "\"x\" at position 100001 is none of the digits 0–9"
    });
    assert_eq!(typed("1 111".to_owned() + &" 111".repeat(long)).unwrap_err(), {
        TypedProblem::TooManyWholeDigits { dial: 5, typed: 300_004 }
    });
    assert_eq!(typed("0".repeat(long)).map(|t| t.whole.len()), Ok(long));
    assert_eq!(refusal(&format!("1{}", "\u{301}".repeat(long))).0, 1);
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}
