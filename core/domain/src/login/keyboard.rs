//! The two layouts of a Russian PC keyboard, key by key: ЙЦУКЕН and QWERTY.

/// What the keys that differ give in QWERTY: plain, then with Shift.
const LATIN: &str =
    concat!("`qwertyuiop[]asdfghjkl;'zxcvbnm,./", r#"~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?"#, "@#$^&|");

/// What the same keys give in ЙЦУКЕН.
const RUSSIAN: &str =
    concat!("ёйцукенгшщзхъфывапролджэячсмитьбю.", "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,", r#""№;:?/"#);

/// The same keys pressed in ЙЦУКЕН. What is not on these keys stays.
pub(super) fn to_russian(text: &str) -> String {
    pressed_again(text, LATIN, RUSSIAN)
}

/// The same keys pressed in QWERTY. What is not on these keys stays.
pub(super) fn to_latin(text: &str) -> String {
    pressed_again(text, RUSSIAN, LATIN)
}

/// A letter of the Russian alphabet.
pub(super) fn is_cyrillic(c: char) -> bool {
    matches!(c, 'А'..='я' | 'Ё' | 'ё')
}

fn pressed_again(text: &str, from: &str, to: &str) -> String {
    let again = |c: char| from.chars().position(|key| key == c).and_then(|key| to.chars().nth(key));
    text.chars().map(|c| again(c).unwrap_or(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Keys that give the same in both layouts.
    const SAME: &str = r"1234567890!%*()-_=+\ ";

    #[test]
    fn every_key_is_there_once() {
        for layout in [LATIN, RUSSIAN] {
            let mut keys: Vec<char> = layout.chars().collect();
            assert_eq!(keys.len(), 34 + 34 + 6);
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), 34 + 34 + 6, "{layout}");
        }
        let russian_letters = RUSSIAN.chars().filter(|c| is_cyrillic(*c)).count();
        assert_eq!(russian_letters, 66);
        assert_eq!(LATIN.chars().chain(SAME.chars()).count(), 95, "all of printable ASCII");
    }

    #[test]
    fn words_are_what_the_same_keys_give() {
        assert_eq!(to_russian("ghbdtn"), "привет");
        assert_eq!(to_russian("Gfhjkm1"), "Пароль1");
        assert_eq!(to_russian("k.,jdm"), "любовь");
        assert_eq!(to_russian("`;br # @%"), "ёжик № \"%");
        assert_eq!(to_latin("шмфтщм"), "ivanov");
        assert_eq!(to_latin("зфыыцщкв№1"), "password#1");
        assert_eq!(to_latin("Привет, мир."), "Ghbdtn? vbh/");
    }

    proptest! {
        #[test]
        fn what_was_typed_in_the_other_layout_comes_back(text in "[ -~]{0,40}") {
            prop_assert_eq!(to_latin(&to_russian(&text)), text);
        }

        #[test]
        fn russian_typed_in_the_other_layout_comes_back(
            text in r#"[А-Яа-яЁё0-9!"№;:?/,.%*()\-_=+\\ ]{0,40}"#,
        ) {
            prop_assert_eq!(to_russian(&to_latin(&text)), text);
        }
    }
}
