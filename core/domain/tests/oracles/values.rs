//! Typed text under each policy, against Python's `decimal`.

use vodomer_domain::{Dial, FractionPolicy, Typed, TypedProblem};

use super::cases::Cases;
use super::python::compare;

const SPACES: [&str; 4] = [" ", "\u{a0}", "\u{202f}", "\u{2009}"];

/// A sound text: zeros, groups, a comma or a point, spaces at the ends; of digits that may be too many.
fn text(cases: &mut Cases) -> String {
    let length = cases.between(1, 10);
    let zeros = "0".repeat(usize::try_from(cases.between(0, 3)).unwrap());
    let mut whole = match cases.between(0, 3) {
        0 => "9".repeat(usize::try_from(length).unwrap()),
        1 => zeros + &cases.digits(length),
        2 => zeros,
        _ => {
            let space = cases.one_of(&SPACES);
            let groups: Vec<String> = (0..cases.between(1, 3)).map(|_| cases.digits(3)).collect();
            let first = cases.between(1, 3);
            cases.digits(first) + space + &groups.join(space)
        }
    };
    if whole.is_empty() {
        whole = "0".to_owned();
    }
    let fraction = match cases.between(0, 4) {
        0 => String::new(),
        1 => ",".to_owned(),
        2 => cases.one_of(&[".5", ",5", ",50", ",49", ",4999", ",9999", ".0001", ",0"]).to_owned(),
        _ => {
            let length = cases.between(1, 5);
            cases.one_of(&[",", "."]).to_owned() + &cases.digits(length)
        }
    };
    let ends = cases.one_of(&["", "", " ", "\u{a0}"]);
    format!("{ends}{whole}{fraction}{ends}")
}

fn ours(text: &str, dial: Dial, policy: FractionPolicy) -> String {
    match Typed::parse(text, dial) {
        Ok(typed) => typed.keep(policy, dial).value.to_string(),
        Err(TypedProblem::TooManyWholeDigits { typed, .. }) => format!("whole {typed}"),
        Err(TypedProblem::TooManyFractionDigits { typed, .. }) => format!("fraction {typed}"),
        Err(
            problem @ (TypedProblem::Empty
            | TypedProblem::NotADigit { .. }
            | TypedProblem::SecondComma { .. }
            | TypedProblem::StraySpace { .. }
            | TypedProblem::Negative
            | TypedProblem::NoWholeDigits),
        ) => problem.to_string(),
    }
}

#[test]
fn typed_texts_are_cut_and_rounded_as_decimal_does_it() {
    let mut cases = Cases::seeded(354);
    let (mut questions, mut answers) = (Vec::new(), Vec::new());
    for _ in 0..20_000 {
        let text = text(&mut cases);
        let (whole, fraction) = (cases.between(3, 9), cases.between(0, 4));
        let dial = Dial::new(u8::try_from(whole).unwrap(), u8::try_from(fraction).unwrap()).unwrap();
        let kept = u8::try_from(cases.between(0, 4)).unwrap();
        let policies = [FractionPolicy::Truncate, FractionPolicy::HalfUp, FractionPolicy::Keep(kept)];
        let policy = cases.one_of(&policies);
        let name = match policy {
            FractionPolicy::Truncate => "truncate".to_owned(),
            FractionPolicy::HalfUp => "half_up".to_owned(),
            FractionPolicy::Keep(digits) => format!("keep {digits}"),
        };
        questions.push(format!("{text}\t{whole}\t{fraction}\t{name}"));
        answers.push(ours(&text, dial, policy));
    }
    compare("values.py", &questions, &answers);
}
