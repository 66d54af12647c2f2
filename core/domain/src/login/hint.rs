//! The likely cause of a refused login.

use std::fmt;

use super::account_number::cleaned;
use super::keyboard::{is_cyrillic, to_latin, to_russian};
use super::{caps, look_alikes, pairs, spaces};

/// A likely cause, and for a login what was probably meant. Of a password nothing is ever given back.
#[derive(Clone, PartialEq, Eq)]
pub struct LoginHint {
    /// Which of the two fields.
    pub field: LoginField,
    /// What is probably wrong with it.
    pub cause: LoginCause,
    /// The login that was probably meant; never a password.
    pub suggestion: Option<String>,
}

/// A field of the login screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LoginField {
    /// The login, mostly the account number.
    Login,
    /// The password.
    Password,
}

/// What is probably wrong with what was typed, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LoginCause {
    /// Russian letters: the layout was not switched to Latin.
    RussianLetters,
    /// Latin and Russian letters that look the same, in one word.
    MixedAlphabets,
    /// Letters in the account number that look like digits.
    LookAlikeDigits,
    /// A space, or something invisible, at the beginning or the end.
    StraySpace,
    /// The account number was typed with spaces, dashes or «л/с».
    Separators,
    /// All letters are capital, or their case is turned inside out: Caps Lock.
    CapsLock,
    /// Latin letters that read as Russian: the layout was not switched to Russian.
    LatinLetters,
}

/// Errors are logged, and a suggestion may be an account number.
impl fmt::Debug for LoginHint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let suggestion = self.suggestion.as_ref().map(|_| "…");
        f.debug_struct("LoginHint")
            .field("field", &self.field)
            .field("cause", &self.cause)
            .field("suggestion", &suggestion)
            .finish()
    }
}

/// The likely cause of a refused login, the surest of all; where both fields have the same one, the password's.
#[must_use]
pub fn login_hint(login: &str, password: &str) -> Option<LoginHint> {
    let of_password = of_password(password).into_iter().map(|cause| LoginHint {
        field: LoginField::Password,
        cause,
        suggestion: None,
    });
    let of_login = of_login(login)
        .into_iter()
        .filter(|(_, meant)| meant != login)
        .map(|(cause, meant)| LoginHint { field: LoginField::Login, cause, suggestion: Some(meant) });
    of_password.chain(of_login).min_by_key(|hint| hint.cause)
}

fn of_password(password: &str) -> Vec<LoginCause> {
    let mixed = look_alikes::unmixed(password).is_some();
    // № has a key in ЙЦУКЕН only.
    let russian = password.chars().any(|c| is_cyrillic(c) || c == '№');
    held([
        (russian && !mixed, LoginCause::RussianLetters),
        (mixed, LoginCause::MixedAlphabets),
        (spaces::trimmed(password) != password, LoginCause::StraySpace),
        (caps::is_caps_lock(password), LoginCause::CapsLock),
        (pairs::is_russian_in_disguise(password), LoginCause::LatinLetters),
    ])
}

/// Each cause with the login as it would be without it (and without stray spaces).
fn of_login(login: &str) -> Vec<(LoginCause, String)> {
    let trimmed = spaces::trimmed(login);
    if let Ok(number) = cleaned(login) {
        let cause = if number.had_look_alikes {
            LoginCause::LookAlikeDigits
        } else if trimmed == number.digits {
            LoginCause::StraySpace
        } else {
            LoginCause::Separators
        };
        return vec![(cause, number.digits)];
    }
    let unmixed = look_alikes::unmixed(&trimmed);
    let (latin, russian) = (to_latin(&trimmed), to_russian(&trimmed));
    let wrong_layout = trimmed.chars().any(is_cyrillic) && !pairs::is_rather_russian(&trimmed, &latin);
    held([
        (unmixed.is_none() && wrong_layout, (LoginCause::RussianLetters, latin)),
        (unmixed.is_some(), (LoginCause::MixedAlphabets, unmixed.unwrap_or_default())),
        (caps::is_caps_lock(&trimmed), (LoginCause::CapsLock, caps::released(&trimmed))),
        (pairs::is_russian_in_disguise(&trimmed), (LoginCause::LatinLetters, russian)),
        (true, (LoginCause::StraySpace, trimmed)),
    ])
}

fn held<T, const N: usize>(causes: [(bool, T); N]) -> Vec<T> {
    causes.into_iter().filter(|(holds, _)| *holds).map(|(_, cause)| cause).collect()
}
