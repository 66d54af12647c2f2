//! Whether letters read as Russian or as Latin, by their commonest pairs.
//!
//! "ghbdtn" has none of the pairs that English words and transliterated names are made of, and in ЙЦУКЕН ("привет")
//! nearly all of its pairs are common. Two short lists do for that; no dictionary is needed.

use super::keyboard::{is_cyrillic, to_russian};

/// Fewer letters tell too little.
const FEWEST_LETTERS: usize = 5;

/// Letters, each with those that commonly follow it (ё counts as е).
const RUSSIAN: &str = "\
    авдзйклмнпрстшя баеиоруы ваеикноы гаенор даеикмнору евгдзйклмнрстц жеин завдин ивдклмнрстчя каилорту \
    лаеикноьюя маеиоу наеиотуыя обвгджйклмнпрстфш паеор рагеинотуыь савеиклмнотч тавеиорчь ужзклрст фо \
    ха цаео чеи шаек щеи ыбймхш ьгкн эт юбдн ямнс";

const LATIN: &str = "\
    abcdgiklmnprstv baeior caehko daeimor eadeiklmnrstvy faeio gaeior haeio iacdegklmnorstv jao kaeiou \
    laeilouy maeiou nadegiot ocdfklmnoprstuv paeilor qw raeiotuy sadehikostuv taehiorsy ulmnrst vaeilo \
    waeio yau zah";

/// How many neighbouring letters are a common pair.
fn common(word: &str, followers: &str) -> usize {
    let letters: Vec<char> = word.to_lowercase().replace('ё', "е").chars().collect();
    let follow = |one: char| followers.split(' ').find_map(|row| row.strip_prefix(one)).unwrap_or_default();
    letters.iter().zip(letters.iter().skip(1)).filter(|(one, next)| follow(**one).contains(**next)).count()
}

/// One word of Latin letters (and the keys that are letters in ЙЦУКЕН), alone or with digits, which reads as Russian
/// when typed there, and as little here.
pub(super) fn is_russian_in_disguise(text: &str) -> bool {
    let is_key = |c: char| to_russian(c.encode_utf8(&mut [0; 4])).chars().all(is_cyrillic);
    let mut words = text.split(|c: char| c.is_ascii_digit()).filter(|part| !part.is_empty());
    let (Some(word), None) = (words.next(), words.next()) else { return false };
    let pairs = word.chars().count().saturating_sub(1);
    if pairs + 1 < FEWEST_LETTERS
        || !word.chars().all(is_key)
        || word.chars().any(is_cyrillic)
        || !is_cased(word)
    {
        return false;
    }
    reads_as_russian(pairs, common(&to_russian(word), RUSSIAN), common(word, LATIN))
}

/// A short word must have all of its pairs common, a longer one may have one in four that is not; and half as many
/// that are common in Latin are too many.
const fn reads_as_russian(pairs: usize, russian: usize, latin: usize) -> bool {
    pairs.saturating_sub(russian) <= pairs.saturating_sub(1) / 4 && 2 * latin < russian
}

/// Written as words are: all small, all capital, or with one capital at the beginning.
fn is_cased(word: &str) -> bool {
    let rest = word.strip_prefix(|_: char| true).unwrap_or_default();
    !rest.chars().any(char::is_uppercase) || !word.chars().any(char::is_lowercase)
}

/// Whether a text reads better in Russian than its Latin twin does in Latin.
pub(super) fn is_rather_russian(russian: &str, latin: &str) -> bool {
    common(russian, RUSSIAN) > common(latin, LATIN)
}

#[cfg(test)]
mod tests {
    use super::super::keyboard::to_latin;
    use super::*;

    const RUSSIAN_WORDS: &str = "привет пароль любовь наташа сергей андрей иванов петров сидоров смирнов кузнецов \
        соколов москва водоканал счётчик солнышко марина татьяна светлана людмила александр владимир николай \
        екатерина максим виктория квартира домофон россия победа весна зимой котёнок собака рыбалка \
        дельфин виктор полина воробей телефон маргарита звезда лягушка черепаха шоколад";

    const LATIN_WORDS: &str = "password dragon football monkey welcome sunshine master ivanov petrova sidorov kuznetsov \
        smirnova moskva natasha sergey andrey svetlana vodokanal letmein princess secret qwerty computer maxim elena \
        vladimir nikolay aleksandr marina victoria samsung android internet";

    #[test]
    fn russian_words_typed_in_latin_are_nearly_all_recognised() {
        let missed: Vec<&str> =
            RUSSIAN_WORDS.split_whitespace().filter(|w| !is_russian_in_disguise(&to_latin(w))).collect();
        println!("of {} missed: {missed:?}", RUSSIAN_WORDS.split_whitespace().count());
        assert!(missed.len() <= 5, "{missed:?}");
    }

    #[test]
    fn latin_words_are_left_alone() {
        for word in LATIN_WORDS.split_whitespace() {
            assert!(!is_russian_in_disguise(word), "{word}");
        }
    }

    #[test]
    fn words_are_told_from_their_twins() {
        for word in RUSSIAN_WORDS.split_whitespace() {
            assert!(is_rather_russian(word, &to_latin(word)), "{word}");
        }
        for word in LATIN_WORDS.split_whitespace() {
            assert!(!is_rather_russian(&to_russian(word), word), "{word}");
        }
    }

    #[test]
    fn the_word_may_stand_among_digits_but_needs_five_letters() {
        assert!(is_russian_in_disguise("ghbdtn") && is_russian_in_disguise("12ghbdtn34"));
        assert!(is_russian_in_disguise("GHBDTN") && is_russian_in_disguise("Vfhbyf1"));
        assert!(
            !is_russian_in_disguise("vfvf")
                && !is_russian_in_disguise("ghb4dtn")
                && !is_russian_in_disguise("")
        );
        assert!(!is_russian_in_disguise("ghBDTN") && !is_russian_in_disguise("ghbdtn7ghbdtn"));
        assert!(!is_russian_in_disguise("привет") && !is_russian_in_disguise("ghbdtnя"));
    }

    #[test]
    fn one_pair_in_four_may_be_rare_and_fewer_than_half_common_in_latin() {
        assert!(reads_as_russian(4, 4, 0) && !reads_as_russian(4, 3, 0));
        assert!(reads_as_russian(5, 4, 0) && !reads_as_russian(5, 3, 0));
        assert!(reads_as_russian(8, 7, 0) && !reads_as_russian(8, 6, 0) && reads_as_russian(9, 7, 0));
        assert!(reads_as_russian(4, 4, 1) && !reads_as_russian(4, 4, 2));
        assert!(reads_as_russian(8, 7, 3) && !reads_as_russian(8, 7, 4));
    }

    #[test]
    fn punctuation_keys_amid_letters_are_letters() {
        assert!(is_russian_in_disguise("k.,jdm"));
        assert!(!is_russian_in_disguise("user@mail.example"));
    }
}
