//! Лицевой счёт as people type it: with spaces and dashes, «л/с №» before it, and letters that look like digits.

use super::spaces::is_invisible;

/// More digits than any account has: twenty are a bank account's (unverified).
const MOST_DIGITS: usize = 20;

/// What people write before the number, without separators.
const PREFIXES: [&str; 7] = ["лицевойсчёт", "лицевойсчет", "счёт", "счет", "номер", "лс", "n"];

/// Letters of either alphabet that look like digits.
const LOOK_ALIKES: [(&str, char); 5] = [("OoОо", '0'), ("lI|Іі", '1'), ("Зз", '3'), ("б", '6'), ("BВ", '8')];

/// Why a text is no account number. Positions count characters from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccountNumberProblem {
    /// No digits at all.
    #[error("no account number was typed")]
    Empty,
    /// Something that is neither a digit, nor looks like one, nor parts digits.
    #[error("{character:?} at position {position} is not a digit")]
    NotADigit {
        /// Where.
        position: i32,
        /// What.
        character: String,
    },
    /// More digits than an account number has.
    #[error("{typed} digits typed, an account number has {most} at most")]
    TooLong {
        /// Digits typed.
        typed: i32,
        /// The most there can be.
        most: i32,
    },
}

/// An account number made of digits only, and what was in the way.
pub(super) struct Cleaned {
    pub(super) digits: String,
    pub(super) had_look_alikes: bool,
}

/// The digits of a typed account number, leading zeros included.
///
/// # Errors
/// [`AccountNumberProblem`] says what is wrong and where.
pub fn account_number(text: &str) -> Result<String, AccountNumberProblem> {
    cleaned(text).map(|cleaned| cleaned.digits)
}

pub(super) fn cleaned(text: &str) -> Result<Cleaned, AccountNumberProblem> {
    let mut typed: Vec<(usize, char)> = text.chars().enumerate().filter(|(_, c)| !is_separator(*c)).collect();
    while let Some(prefix) = PREFIXES.iter().find(|prefix| starts_with(&typed, prefix)) {
        typed.drain(..prefix.chars().count());
    }
    let mut digits = String::new();
    let mut look_alikes = Vec::new();
    for (index, c) in typed {
        if c.is_ascii_digit() {
            digits.push(c);
        } else {
            digits.push(looks_like(c).ok_or_else(|| not_a_digit(index, c))?);
            look_alikes.push((index, c));
        }
    }
    // A word of letters that all look like digits is still a word.
    if let Some((index, c)) = look_alikes.first().filter(|_| 2 * look_alikes.len() >= digits.len()) {
        return Err(not_a_digit(*index, *c));
    }
    match digits.len() {
        0 => Err(AccountNumberProblem::Empty),
        1..=MOST_DIGITS => Ok(Cleaned { digits, had_look_alikes: !look_alikes.is_empty() }),
        typed => Err(AccountNumberProblem::TooLong { typed: count(typed), most: count(MOST_DIGITS) }),
    }
}

fn starts_with(typed: &[(usize, char)], prefix: &str) -> bool {
    let mut letters = typed.iter().flat_map(|(_, c)| c.to_lowercase());
    prefix.chars().all(|expected| letters.next() == Some(expected))
}

fn is_separator(c: char) -> bool {
    let dash = matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    c.is_whitespace()
        || is_invisible(c)
        || dash
        || matches!(c, '№' | '#' | '/' | '\\' | '.' | ',' | ':' | '_')
}

fn looks_like(c: char) -> Option<char> {
    LOOK_ALIKES.iter().find(|(letters, _)| letters.contains(c)).map(|(_, digit)| *digit)
}

fn not_a_digit(index: usize, c: char) -> AccountNumberProblem {
    AccountNumberProblem::NotADigit { position: count(index.saturating_add(1)), character: c.to_string() }
}

fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<String> {
        account_number(text).ok()
    }

    #[test]
    fn separators_and_words_before_the_number_are_left_out() {
        for text in [
            "12345678",
            "1234 5678",
            "12-34-56-78",
            "1234–5678",
            "1234−5678",
            " 12345678\n",
            "№ 12345678",
            "л/с 12345678",
            "Л/С № 1234.5678",
            "л.с. 12345678",
            "Лицевой счёт: 12345678",
            "лицевой счет №12345678",
            "счёт номер 12345678",
            "N 12345678",
            "1234\u{a0}5678",
            "\u{feff}12345678",
            "12/34_56\\78",
            "#12345678",
            "СЧЕТ 12345678",
            "1234,5678",
        ] {
            assert_eq!(read(text).as_deref(), Some("12345678"), "{text:?}");
        }
        assert_eq!(read("0001").as_deref(), Some("0001"), "leading zeros are part of it");
    }

    #[test]
    fn letters_that_look_like_digits_become_digits() {
        for (text, meant) in [
            ("12О45", "12045"),
            ("12O45", "12045"),
            ("12о4o5", "120405"),
            ("З2145", "32145"),
            ("12з45", "12345"),
            ("12б45", "12645"),
            ("l2345", "12345"),
            ("I2345", "12345"),
            ("12|45", "12145"),
            ("12В45", "12845"),
            ("12B45", "12845"),
            ("12І45", "12145"),
            ("12і45", "12145"),
        ] {
            assert_eq!(read(text).as_deref(), Some(meant), "{text:?}");
        }
    }

    #[test]
    fn a_word_is_no_number_even_if_all_its_letters_look_like_digits() {
        let not_a_digit = |position, character: &str| {
            Err(AccountNumberProblem::NotADigit { position, character: character.to_owned() })
        };
        assert_eq!(account_number("ЗОБ"), not_a_digit(3, "Б"));
        assert_eq!(account_number("ЗОВ"), not_a_digit(1, "З"));
        assert_eq!(account_number("5 О5О"), not_a_digit(3, "О"), "half of it are letters");
        assert_eq!(account_number("5О5О5О5О"), not_a_digit(2, "О"));
        assert_eq!(read("5О55О").as_deref(), Some("50550"));
        assert_eq!(read("1О1").as_deref(), Some("101"));
        assert_eq!(account_number("12я45"), not_a_digit(3, "я"));
        assert_eq!(account_number("л/с 12x45"), not_a_digit(7, "x"));
    }

    #[test]
    fn a_text_without_digits_is_empty() {
        for text in ["", "  ", "№", "л/с №", "--"] {
            assert_eq!(account_number(text), Err(AccountNumberProblem::Empty), "{text:?}");
        }
    }

    #[test]
    fn twenty_digits_are_the_most() {
        assert_eq!(read(&"1".repeat(20)).map(|n| n.len()), Some(20));
        let problem = account_number(&"1".repeat(21)).unwrap_err();
        assert_eq!(problem, AccountNumberProblem::TooLong { typed: 21, most: 20 });
    }

    proptest! {
        #[test]
        fn a_number_is_read_as_itself_however_it_is_parted(digits in "[0-9]{1,20}", gaps in "[ \u{a0}№-]{0,20}") {
            let mut gaps = gaps.chars();
            let parted: String = digits.chars().flat_map(|d| [Some(d), gaps.next()]).flatten().collect();
            prop_assert_eq!(account_number(&parted), Ok(digits));
        }

        #[test]
        fn what_is_read_is_digits_and_reading_it_again_changes_nothing(text in "\\PC{0,30}|[0-9ОЗбl -]{0,20}") {
            if let Ok(number) = account_number(&text) {
                prop_assert!((1..=20).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()));
                prop_assert_eq!(account_number(&number), Ok(number.clone()));
            }
        }
    }
}
