//! Names as passports write them.

use super::RegistrationReason as Reason;

const LONGEST: usize = 60;

/// Cyrillic words with hyphens, apostrophes or spaces between them; the first letter of each becomes a capital.
pub(super) fn checked(typed: &str) -> Result<String, Reason> {
    let mut name = String::with_capacity(2 * typed.len());
    for word in typed.split_whitespace() {
        if !name.is_empty() {
            name.push(' ');
        }
        let mut begins = true;
        for c in word.chars().map(as_one_hyphen) {
            if begins {
                name.extend(c.to_uppercase());
            } else {
                name.push(c);
            }
            begins = c == '-';
        }
    }
    if name.is_empty() {
        Err(Reason::Empty)
    } else if name.chars().count() > LONGEST {
        Err(Reason::TooLong { most: 60 })
    } else if name.chars().any(|c| c.is_ascii_alphabetic()) {
        Err(Reason::LatinLetters)
    } else if !name.chars().all(|c| is_cyrillic(c) || " -'".contains(c)) || !name.chars().any(is_cyrillic) {
        Err(Reason::NotLetters)
    } else {
        Ok(name)
    }
}

/// Keyboards have many hyphens and apostrophes; passports have one of each.
const fn as_one_hyphen(c: char) -> char {
    match c {
        '‐' | '‑' | '–' | '—' | '−' => '-',
        '’' | '`' | 'ʼ' => '\'',
        other => other,
    }
}

/// All of Cyrillic: names of Russia's peoples have letters that Russian has not.
fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{52F}').contains(&c) && c.is_alphabetic()
}
