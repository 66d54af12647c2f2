//! Caps Lock left on.

/// Fewer letters may well be capital on purpose: in a password of eight random letters and digits, six capitals and
/// no small one come by chance less than once in a hundred.
const FEWEST_LETTERS: usize = 6;

/// All letters are capital, or a word has its case turned inside out: `pASSWORD1`.
pub(super) fn is_caps_lock(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let word: Vec<char> = text.chars().take_while(|c| c.is_alphabetic()).collect();
    let inside_out = word.len() == letters().count()
        && word
            .split_first()
            .is_some_and(|(first, rest)| first.is_lowercase() && capital(rest.iter().copied()));
    letters().count() >= FEWEST_LETTERS && (capital(letters()) || inside_out)
}

fn capital(mut letters: impl Iterator<Item = char>) -> bool {
    letters.all(char::is_uppercase)
}

/// The same keys without Caps Lock.
pub(super) fn released(text: &str) -> String {
    let release = |c: char| -> String {
        if c.is_uppercase() { c.to_lowercase().collect() } else { c.to_uppercase().collect() }
    };
    text.chars().map(release).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_capital_letters_and_no_small_one_are_caps_lock() {
        assert!(is_caps_lock("SECRET") && is_caps_lock("PASSW0RD") && is_caps_lock("ПАРОЛЬ1"));
        assert!(!is_caps_lock("SECRE") && !is_caps_lock("A1234567") && !is_caps_lock("SECReT"));
        assert!(!is_caps_lock("12345678") && !is_caps_lock(""));
    }

    #[test]
    fn a_word_turned_inside_out_is_caps_lock() {
        assert!(is_caps_lock("sECRET") && is_caps_lock("iVANOVA55"));
        assert!(!is_caps_lock("sECRe") && !is_caps_lock("iVANo") && !is_caps_lock("sECReT"));
        assert!(!is_caps_lock("k7ABCDEF"), "no word, only chance");
        assert!(!is_caps_lock("1sECRET"), "a word stands at the beginning");
        assert!(!is_caps_lock("Secret") && !is_caps_lock("secret"));
    }

    #[test]
    fn releasing_gives_what_was_meant() {
        assert_eq!(released("iVANOVA-55"), "Ivanova-55");
        assert_eq!(released("ИВАН"), "иван");
    }
}
