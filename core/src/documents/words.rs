//! Numbers in Russian words, as they are dictated.

use crate::domain::Volume;

const UNITS: [&str; 20] = [
    "ноль",
    "один",
    "два",
    "три",
    "четыре",
    "пять",
    "шесть",
    "семь",
    "восемь",
    "девять",
    "десять",
    "одиннадцать",
    "двенадцать",
    "тринадцать",
    "четырнадцать",
    "пятнадцать",
    "шестнадцать",
    "семнадцать",
    "восемнадцать",
    "девятнадцать",
];
const TENS: [&str; 10] = [
    "",
    "",
    "двадцать",
    "тридцать",
    "сорок",
    "пятьдесят",
    "шестьдесят",
    "семьдесят",
    "восемьдесят",
    "девяносто",
];
const HUNDREDS: [&str; 10] =
    ["", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"];
/// One, a few, many.
const THOUSANDS: [&str; 3] = ["тысяча", "тысячи", "тысяч"];
const MILLIONS: [&str; 3] = ["миллион", "миллиона", "миллионов"];

/// `сто двадцать три, запятая, ноль пять`: leading zeros behind the comma are said, for they count.
pub(super) fn volume(volume: Volume) -> String {
    let text = volume.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut words = whole.parse().map_or_else(|_| whole.to_owned(), number);
    if !fraction.is_empty() {
        let zeros = fraction.len() - fraction.trim_start_matches('0').len();
        words.push_str(", запятая, ");
        words.push_str(&"ноль ".repeat(zeros));
        words.push_str(&fraction.parse().map_or_else(|_| fraction.to_owned(), number));
    }
    words
}

/// Below a thousand millions; above, digits.
fn number(number: u32) -> String {
    if number == 0 {
        return UNITS[0].to_owned();
    }
    let mut words: Vec<&str> = Vec::new();
    for (of, names, feminine) in
        [(number / 1_000_000, Some(MILLIONS), false), (number / 1_000 % 1_000, Some(THOUSANDS), true)]
            .into_iter()
            .chain([(number % 1_000, None, false)])
    {
        if of >= 1_000 {
            return number.to_string();
        }
        words.extend(below_a_thousand(of, feminine));
        words.extend(names.filter(|_| of > 0).map(|names| names[form(of)]));
    }
    words.join(" ")
}

fn below_a_thousand(number: u32, feminine: bool) -> Vec<&'static str> {
    let at = |names: &[&'static str], index: u32| {
        usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or_default()
    };
    let last = if number % 100 < 20 { number % 100 } else { number % 10 };
    let last = match (last, feminine) {
        (0, _) => "",
        (1, true) => "одна",
        (2, true) => "две",
        _ => at(&UNITS, last),
    };
    let tens = if number % 100 < 20 { "" } else { at(&TENS, number / 10 % 10) };
    [at(&HUNDREDS, number / 100), tens, last].into_iter().filter(|word| !word.is_empty()).collect()
}

/// Which form of a noun goes behind a number.
const fn form(number: u32) -> usize {
    match (number % 100, number % 10) {
        (11..=14, _) => 2,
        (_, 1) => 0,
        (_, 2..=4) => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_russians_say_them() {
        for (text, words) in [
            ("0", "ноль"),
            ("1", "один"),
            ("12", "двенадцать"),
            ("20", "двадцать"),
            ("100", "сто"),
            ("115", "сто пятнадцать"),
            ("999", "девятьсот девяносто девять"),
            ("1000", "одна тысяча"),
            ("2041", "две тысячи сорок один"),
            ("5000", "пять тысяч"),
            ("12723", "двенадцать тысяч семьсот двадцать три"),
            ("21001", "двадцать одна тысяча один"),
            ("14000", "четырнадцать тысяч"),
            ("111000", "сто одиннадцать тысяч"),
            ("1000002", "один миллион два"),
            ("3021000", "три миллиона двадцать одна тысяча"),
            ("127.5", "сто двадцать семь, запятая, пять"),
            ("0.05", "ноль, запятая, ноль пять"),
            ("12.0012", "двенадцать, запятая, ноль ноль двенадцать"),
        ] {
            assert_eq!(volume(text.parse().unwrap()), words, "{text}");
        }
    }

    #[test]
    fn all_numbers_of_a_dial_are_said_differently() {
        let said: std::collections::HashSet<String> = (0..100_000).map(number).collect();
        assert_eq!(said.len(), 100_000);
        assert!(!said.iter().any(|words| words.contains("  ") || words.ends_with(' ')));
    }
}
