//! Truth by a second way: decimal arithmetic on strings, written without a look at the parser.

use proptest::prelude::*;

use super::*;

/// What a text says, by splitting instead of scanning: whole digits and fraction; `None` for no reading.
fn model(text: &str) -> Option<(String, String)> {
    let trimmed = text.trim_matches([' ', '\u{a0}', '\u{202f}', '\u{2009}', '\t', '\n', '\r']);
    let pointed = trimmed.replace(',', ".");
    let parts: Vec<&str> = pointed.split('.').collect();
    let (whole, fraction) = match parts.as_slice() {
        [whole] => (*whole, ""),
        [whole, fraction] => (*whole, *fraction),
        _ => return None,
    };
    let groups: Vec<&str> = whole.split([' ', '\u{a0}', '\u{202f}', '\u{2009}']).collect();
    let (first, others) = groups.split_first()?;
    let grouped = others.is_empty() || (first.len() <= 3 && others.iter().all(|group| group.len() == 3));
    let digits = |s: &str| s.chars().all(|c| "0123456789".contains(c));
    let sound = grouped && !first.is_empty() && groups.iter().all(|group| digits(group)) && digits(fraction);
    sound.then(|| (groups.concat(), fraction.to_owned()))
}

fn without_zeros(whole: &str) -> String {
    let significant = whole.trim_start_matches('0');
    if significant.is_empty() { "0".to_owned() } else { significant.to_owned() }
}

/// `whole + 1` as a pupil adds it, carrying from the right; all nines have nowhere to go and stay.
fn one_more(whole: &str, drums: usize) -> String {
    let mut digits: Vec<u8> = whole.bytes().collect();
    for place in (0..digits.len()).rev() {
        if digits[place] == b'9' {
            digits[place] = b'0';
        } else {
            digits[place] += 1;
            return String::from_utf8(digits).unwrap();
        }
    }
    if whole.len() < drums { format!("1{}", String::from_utf8(digits).unwrap()) } else { whole.to_owned() }
}

/// The value as text and what is not sent, of digits that fit the dial.
fn expected(whole: &str, fraction: &str, policy: FractionPolicy, dial: Dial) -> (String, String) {
    let whole = without_zeros(whole);
    match policy {
        FractionPolicy::Truncate => (whole, fraction.to_owned()),
        FractionPolicy::HalfUp => {
            let up = fraction.as_bytes().first().is_some_and(|digit| b"56789".contains(digit));
            let drums = usize::from(dial.whole());
            (if up { one_more(&whole, drums) } else { whole }, fraction.to_owned())
        }
        FractionPolicy::Keep(n) => {
            let n = fraction.len().min(usize::from(n));
            let kept = fraction[..n].trim_end_matches('0');
            let value = if kept.is_empty() { whole } else { format!("{whole}.{kept}") };
            (value, fraction[n..].to_owned())
        }
    }
}

fn dials() -> impl Strategy<Value = Dial> {
    (3_u8..=9, 0_u8..=4).prop_map(|(whole, fraction)| Dial::new(whole, fraction).unwrap())
}

fn policies() -> impl Strategy<Value = FractionPolicy> {
    prop_oneof![
        Just(FractionPolicy::Truncate),
        Just(FractionPolicy::HalfUp),
        (0_u8..=4).prop_map(FractionPolicy::Keep)
    ]
}

/// A sound text: zeros, digits with or without groups, a comma or a point, spaces at the ends.
fn sound_texts() -> impl Strategy<Value = String> {
    let space = prop_oneof![Just(" "), Just("\u{a0}"), Just("\u{202f}"), Just("\u{2009}")];
    let whole = prop_oneof![
        "0{0,3}[0-9]{1,9}".boxed(),
        "9{3,9}".boxed(),
        ("[0-9]{1,3}", proptest::collection::vec("[0-9]{3}", 1..4), space)
            .prop_map(|(first, rest, space)| format!("{first}{space}{}", rest.join(space)))
            .boxed()
    ];
    (whole, "([.,][0-9]{0,5})?", "[ \u{a0}\t]{0,2}", "[ \u{202f}\n]{0,2}")
        .prop_map(|(whole, fraction, before, after)| format!("{before}{whole}{fraction}{after}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn what_is_kept_is_what_arithmetic_on_the_text_gives(
        text in sound_texts(), dial in dials(), policy in policies(),
    ) {
        let (whole, fraction) = model(&text).unwrap();
        let fits = whole.trim_start_matches('0').len() <= usize::from(dial.whole())
            && fraction.len() <= usize::from(dial.fraction());
        let parsed = Typed::parse(&text, dial);
        prop_assert_eq!(parsed.is_ok(), fits, "{:?}", parsed);
        if let Ok(typed) = parsed {
            prop_assert_eq!((&typed.whole, &typed.fraction), (&whole, &fraction));
            let kept = typed.keep(policy, dial);
            prop_assert_eq!((kept.value.to_string(), kept.dropped), expected(&whole, &fraction, policy, dial));
        }
    }

    #[test]
    fn a_text_is_read_exactly_when_it_is_sound(
        text in "[ \u{a0}\u{202f}\t]?-?[0-9]{0,4}[ \u{a0}\n.,a١]?[0-9]{0,4}[ \u{2009}.,]?[0-9]{0,3}[ \n]?",
    ) {
        let read = Typed::digits(&text).ok().map(|typed| (typed.whole, typed.fraction));
        prop_assert_eq!(read, model(&text));
    }

    #[test]
    fn any_text_gives_a_value_or_a_problem_whose_place_is_in_the_text(text in "\\PC{0,20}") {
        let length = i32::try_from(text.chars().count()).unwrap();
        if let Err(
            TypedProblem::NotADigit { position, .. }
            | TypedProblem::SecondComma { position }
            | TypedProblem::StraySpace { position },
        ) = Typed::digits(&text)
        {
            prop_assert!((1..=length).contains(&position));
        }
    }

    #[test]
    fn a_value_never_leaves_the_dial(text in sound_texts(), dial in dials(), policy in policies()) {
        if let Ok(typed) = Typed::parse(&text, dial) {
            let value = typed.keep(policy, dial).value;
            prop_assert!(value < Volume::from_units(10_i64.pow(dial.whole().into())), "{value}");
            prop_assert!(!value.is_negative());
            prop_assert!(Typed::parse(&value.to_string(), dial).is_ok(), "{value}");
        }
    }

    #[test]
    fn months_of_truncated_readings_lose_less_than_one_unit_in_all(
        start in 0_i64..10_000_000, uses in proptest::collection::vec(0_i64..500_000, 1..60),
    ) {
        let dial = Dial::new(9, 3).unwrap();
        let mut thousandths = start;
        let mut taken = Vec::from([reading(thousandths, dial)]);
        for used in &uses {
            thousandths += used;
            taken.push(reading(thousandths, dial));
        }
        let sum = taken.windows(2).fold(Volume::default(), |sum, pair| sum.plus(pair[1].since(pair[0])));
        let used = Volume::from_ten_thousandths(uses.iter().sum::<i64>() * 10);
        let lost = used.since(sum);
        prop_assert!(lost < Volume::from_units(1) && lost > Volume::from_units(-1), "{lost}");
        prop_assert_eq!(sum, taken[taken.len() - 1].since(taken[0]));
    }
}

fn reading(thousandths: i64, dial: Dial) -> Volume {
    let text = format!("{},{:03}", thousandths / 1000, thousandths % 1000);
    Typed::parse(&text, dial).unwrap().keep(FractionPolicy::Truncate, dial).value
}
