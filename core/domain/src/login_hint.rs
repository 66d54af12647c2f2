//! Why a login failed, as far as the typed text itself tells (article: the reason is often the keyboard).
//!
//! Looked at only after the utility refused, never stored.

/// The likely cause of a refused login.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginHint {
    /// The password holds Russian letters: the layout was not switched.
    RussianLetters,
    /// All letters are capital: Caps Lock.
    CapsLock,
    /// A space at the beginning or the end.
    StraySpace,
}

/// The likely cause, the surest first.
#[must_use]
pub fn login_hint(password: &str) -> Option<LoginHint> {
    let letters = || password.chars().filter(|c| c.is_alphabetic());
    let cyrillic = |c: char| ('\u{400}'..='\u{4ff}').contains(&c);
    if password.chars().any(cyrillic) {
        Some(LoginHint::RussianLetters)
    } else if letters().count() >= 2 && letters().all(char::is_uppercase) {
        Some(LoginHint::CapsLock)
    } else if password.trim() != password {
        Some(LoginHint::StraySpace)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keyboards_tricks_are_told_apart() {
        assert_eq!(login_hint("зфыыцщкв"), Some(LoginHint::RussianLetters));
        assert_eq!(login_hint("PASSW0RD"), Some(LoginHint::CapsLock));
        assert_eq!(login_hint("passw0rd "), Some(LoginHint::StraySpace));
        assert_eq!(login_hint("passw0rd"), None);
        assert_eq!(login_hint("A1234567"), None, "one capital letter is no Caps Lock");
        assert_eq!(login_hint(""), None);
    }
}
