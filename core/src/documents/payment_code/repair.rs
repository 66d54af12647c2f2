//! What scanners do to Cyrillic, undone where it can be.
//!
//! The code says its encoding in its text, which a scanner does not read: it guesses, sometimes anew for each stretch
//! of the code, and hands over bytes shown as Latin-1, as half-width katakana (Shift_JIS) or as another Cyrillic table.
//! Each such table is one to one, so the bytes come back; they are taken for better only if they make Russian.

use encoding_rs::{KOI8_R, UTF_8, WINDOWS_1251, WINDOWS_1252};

use super::Encoding;

/// So much likelier than what it would replace must a text be, that a few odd words don't decide.
const CLEARLY: i64 = 8;

/// What a value was before a scanner showed it as something else; none where it is as it was.
pub(super) fn repaired(shown: &str, declared: Encoding) -> Option<String> {
    if shown.is_ascii() {
        return None;
    }
    let as_western = western(shown).and_then(|bytes| in_russian(&bytes, declared));
    as_western.or_else(|| {
        let tables = [WINDOWS_1251, KOI8_R].into_iter();
        tables.filter_map(|table| bytes_in(table, shown)).find_map(|bytes| utf_8(&bytes))
    })
}

/// All values of one code together, which are KOI8-R and were shown as Windows-1251; none where they read better as they
/// are. Single words can't tell.
pub(super) fn swapped(shown: &str, declared: Encoding) -> Option<Encoding> {
    let shown_as = Encoding::Windows1251;
    let bytes = shown_as.encode(shown).ok().filter(|_| declared == Encoding::Koi8R)?;
    let again = declared.decode(&bytes)?;
    (likeness(&again) >= likeness(shown) + CLEARLY).then_some(shown_as)
}

/// The bytes of a code whose encoding can't be what it says.
pub(super) fn guessed(bytes: &[u8]) -> (Encoding, String) {
    let decoded = |encoding: Encoding| (encoding, encoding.decode(bytes).unwrap_or_default());
    let (windows, koi) = (decoded(Encoding::Windows1251), decoded(Encoding::Koi8R));
    match Encoding::Utf8.decode(bytes) {
        Some(text) => (Encoding::Utf8, text),
        None if likeness(&koi.1) >= likeness(&windows.1) + CLEARLY => koi,
        None => windows,
    }
}

/// Whether bytes are UTF-8 with Russian in them: by chance, those of another encoding hardly ever are.
pub(super) fn utf_8(bytes: &[u8]) -> Option<String> {
    let text = UTF_8.decode_without_bom_handling_and_without_replacement(bytes)?;
    is_russian(&text).then(|| text.into_owned())
}

fn in_russian(bytes: &[u8], declared: Encoding) -> Option<String> {
    let one_byte = if declared == Encoding::Koi8R { declared } else { Encoding::Windows1251 };
    utf_8(bytes).or_else(|| one_byte.decode(bytes).filter(|text| is_russian(text)))
}

/// The bytes that are shown as Western letters or as katakana.
fn western(shown: &str) -> Option<Vec<u8>> {
    let byte = |c: char| match u32::from(c) {
        code @ 0..=0xFF => u8::try_from(code).ok(),
        code @ 0xFF61..=0xFF9F => u8::try_from(code - 0xFF61 + 0xA1).ok(),
        _ => bytes_in(WINDOWS_1252, c.encode_utf8(&mut [0; 4])).and_then(|bytes| bytes.first().copied()),
    };
    shown.chars().map(byte).collect()
}

fn bytes_in(table: &'static encoding_rs::Encoding, text: &str) -> Option<Vec<u8>> {
    let (bytes, _, replaced) = table.encode(text);
    (!replaced).then(|| bytes.into_owned())
}

/// Russian letters, and beside them only what Russians write between them.
fn is_russian(text: &str) -> bool {
    let between = |c: char| (c.is_ascii() && !c.is_control()) || "«»„“”’–—…№°\u{a0}".contains(c);
    text.chars().any(is_letter) && text.chars().all(|c| is_letter(c) || between(c))
}

fn is_letter(c: char) -> bool {
    matches!(c, 'А'..='я' | 'Ё' | 'ё')
}

/// How much a text is like Russian: its most frequent letters count for it, a capital behind a small letter against.
fn likeness(text: &str) -> i64 {
    let letters: Vec<char> = text.chars().collect();
    let frequent = letters.iter().filter(|c| "оеаинтсрвлОЕАИНТСРВЛ".contains(**c)).count();
    let odd = letters
        .windows(2)
        .filter(|pair| matches!(pair, [small, big] if small.is_lowercase() && big.is_uppercase()))
        .count();
    let (frequent, odd) = (i64::try_from(frequent), i64::try_from(odd));
    frequent.unwrap_or(i64::MAX) - 3 * odd.unwrap_or_default()
}
