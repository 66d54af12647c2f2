//! New logins and passwords, easy to read off a letter and to type in any layout.

use super::Passwords;
use crate::error::Broken;
use crate::storage::{Storage, StorageError};

const DIGITS: &[u8] = b"0123456789";
/// Without letters that are taken for digits, or for each other.
const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
const LOGIN: usize = 9;
const GROUPS: usize = 3;
const GROUP: usize = 4;

/// A login that nobody has, and a password for it. Only the hash is to be stored.
pub struct NewLogin {
    /// The login.
    pub login: String,
    /// The password.
    pub password: String,
    /// The password's hash.
    pub hash: String,
}

/// Makes a login and a password.
///
/// # Errors
/// The storage's, or no randomness or no memory.
pub fn new_login(storage: &Storage, passwords: &Passwords) -> Result<NewLogin, Broken> {
    let mut login = digits()?;
    while storage.read::<_, StorageError>(|tx| tx.resident(&login))?.is_some() {
        login = digits()?;
    }
    let password = new_password()?;
    let hash = passwords.hash(&password)?;
    Ok(NewLogin { login, password, hash })
}

/// Nine digits, the first of them no zero.
fn digits() -> Result<String, Broken> {
    loop {
        let login = random(DIGITS, LOGIN)?;
        if !login.starts_with('0') {
            return Ok(login);
        }
    }
}

/// Twelve letters and digits, in groups: 59 random bits.
fn new_password() -> Result<String, Broken> {
    let groups: Result<Vec<_>, Broken> = (0..GROUPS).map(|_| random(LETTERS, GROUP)).collect();
    Ok(groups?.join("-"))
}

/// Each character as likely as any other.
fn random(alphabet: &[u8], length: usize) -> Result<String, Broken> {
    let even = 256 / alphabet.len() * alphabet.len();
    let mut text = String::new();
    while text.len() < length {
        let mut byte = [0];
        getrandom::fill(&mut byte).map_err(Broken::Randomness)?;
        let number = usize::from(byte[0]);
        if number < even {
            text.push(char::from(alphabet[number % alphabet.len()]));
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_and_passwords_are_typed_without_shift_and_never_come_twice() {
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..200 {
            let (login, password) = (digits().unwrap_or_default(), new_password().unwrap_or_default());
            assert!(login.len() == 9 && login.bytes().all(|it| it.is_ascii_digit()), "{login}");
            let typed = |it: u8| it == b'-' || LETTERS.contains(&it);
            assert!(password.len() == 14 && password.bytes().all(typed), "{password}");
            assert!(seen.insert(login) && seen.insert(password));
        }
    }
}
