//! Letters of one alphabet that look like those of the other, and mixed words made of both.

use super::keyboard::is_cyrillic;

const CYRILLIC: &str = "аеорсухкАВЕКМНОРСТУХ";
const LATIN: &str = "aeopcyxkABEKMHOPCTYX";

fn looks_like(c: char, mine: &str, theirs: &str) -> Option<char> {
    mine.chars().position(|own| own == c).and_then(|place| theirs.chars().nth(place))
}

fn all_in(text: &str, mine: &str, theirs: &str) -> String {
    text.chars().map(|c| looks_like(c, mine, theirs).unwrap_or(c)).collect()
}

/// A text of both alphabets, in the one that it was probably meant in; `None` for a text of one alphabet, and where
/// neither alphabet has all that is needed.
pub(super) fn unmixed(text: &str) -> Option<String> {
    let is_latin = |c: char| c.is_ascii_alphabetic();
    let is_mixed = |text: &str| text.chars().any(is_cyrillic) && text.chars().any(is_latin);
    let (latin, russian) = (all_in(text, CYRILLIC, LATIN), all_in(text, LATIN, CYRILLIC));
    if !is_mixed(text) {
        None
    } else if !latin.chars().any(is_cyrillic) {
        Some(latin)
    } else {
        Some(russian).filter(|text| !is_mixed(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_look_alike_has_its_twin() {
        assert_eq!(CYRILLIC.chars().count(), LATIN.chars().count());
        assert!(CYRILLIC.chars().all(is_cyrillic) && LATIN.is_ascii());
        assert_eq!(CYRILLIC.to_lowercase().chars().filter(|c| *c == 'а').count(), 2);
    }

    #[test]
    fn a_russian_letter_in_a_latin_word_becomes_latin() {
        assert_eq!(unmixed("ivаnоv").as_deref(), Some("ivanov"));
        assert_eq!(unmixed("Сat7").as_deref(), Some("Cat7"));
        assert_eq!(unmixed("оo").as_deref(), Some("oo"), "logins are mostly Latin");
    }

    #[test]
    fn a_latin_letter_in_a_russian_word_becomes_russian() {
        assert_eq!(unmixed("ивaнoв").as_deref(), Some("иванов"));
    }

    #[test]
    fn a_text_of_one_alphabet_or_of_two_that_cannot_be_told_is_left_alone() {
        for text in ["ivanov", "иванов", "ivaтщм", "12345", "", "ивaнvв"] {
            assert_eq!(unmixed(text), None, "{text}");
        }
    }
}
