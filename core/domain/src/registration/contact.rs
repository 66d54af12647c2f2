//! How to answer the resident.

use super::RegistrationReason as Reason;
use crate::profile::is_email;

const LONGEST_EMAIL: usize = 100;

/// A number with its area code: `+7 (000) 000-00-00`; of another country, `+` and its digits.
pub(super) fn phone(typed: &str) -> Result<String, Reason> {
    let typed = typed.trim();
    let abroad = typed.starts_with('+') && !typed.starts_with("+7");
    let between = |c: &char| c.is_whitespace() || "()-‐‑–—−.+".contains(*c);
    let digits: String = typed.chars().filter(|c| !between(c)).collect();
    if digits.is_empty() {
        return Err(Reason::Empty);
    }
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Reason::NotAPhone);
    }
    if abroad {
        let is_number = (8..=15).contains(&digits.len()) && !digits.starts_with('0');
        return if is_number { Ok(format!("+{digits}")) } else { Err(Reason::NotAPhone) };
    }
    let national = match digits.len() {
        10 => digits.as_str(),
        11 if digits.starts_with(['7', '8']) => &digits[1..],
        _ => return Err(Reason::NotAPhone),
    };
    // Area codes of Russia begin with 3, 4 or 8, those of mobile telephones with 9.
    if !national.starts_with(['3', '4', '8', '9']) {
        return Err(Reason::NotAPhone);
    }
    let (area, rest) = national.split_at(3);
    Ok(format!("+7 ({area}) {}-{}-{}", &rest[..3], &rest[3..5], &rest[5..]))
}

pub(super) fn email(typed: &str) -> Result<String, Reason> {
    let typed: String = typed.split_whitespace().collect();
    if typed.is_empty() {
        Err(Reason::Empty)
    } else if typed.chars().count() > LONGEST_EMAIL {
        Err(Reason::TooLong { most: 100 })
    } else if typed.split('@').next().is_some_and(|local| !local.is_ascii()) {
        // A domain may be Russian (водоканал.рф), a mailbox hardly ever is.
        Err(Reason::RussianLetters)
    } else if is_email(&typed) {
        Ok(typed)
    } else {
        Err(Reason::NotAnEmail)
    }
}
