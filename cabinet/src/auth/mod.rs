//! Signing in and staying so: passwords, the limit on wrong ones, and rotating tokens.

mod credentials;
mod password;
mod secret;
mod throttle;
mod tokens;

use chrono::{DateTime, Utc};

pub use credentials::{NewLogin, new_login};
pub use password::Passwords;
pub use secret::{new_id, sha256};
pub use tokens::{Tokens, refresh, sign_out, start};

use crate::config::SignInRules;
use crate::error::Broken;
use crate::storage::{Storage, StorageError};

/// Why somebody is not let in.
#[derive(Debug, thiserror::Error)]
pub enum AuthError {
    /// Unknown login or wrong password: the same answer, after the same work.
    #[error("login and password do not fit")]
    BadCredentials,
    /// Too many wrong passwords.
    #[error("too many wrong passwords")]
    RateLimited {
        /// When the next one is looked at.
        until: DateTime<Utc>,
    },
    /// Not the resident's fault.
    #[error(transparent)]
    Broken(#[from] Broken),
}

impl From<StorageError> for AuthError {
    fn from(error: StorageError) -> Self {
        Self::Broken(error.into())
    }
}

/// Opens a session for whoever knows login and password. Takes as long as the password's hash is made to take.
///
/// # Errors
/// [`AuthError::BadCredentials`], [`AuthError::RateLimited`], or the storage's.
pub fn sign_in(
    storage: &Storage,
    passwords: &Passwords,
    rules: SignInRules,
    (login, password): (&str, &str),
    now: DateTime<Utc>,
) -> Result<Tokens, AuthError> {
    let login_sha256 = sha256(login);
    // Counted before the password is looked at, so that a hundred guesses at once count as a hundred.
    storage.write(|tx| throttle::count(tx, &login_sha256, rules, now))?;
    let resident = storage.read::<_, StorageError>(|tx| tx.resident(login))?;
    let matches = passwords.matches(password, resident.as_ref().map(|(_, hash)| hash.as_str()))?;
    let (Some((resident, hash)), true) = (resident, matches) else {
        return Err(AuthError::BadCredentials);
    };
    let renewed = passwords.renewed(password, &hash)?;
    storage.write(|tx| {
        tx.clear_failures(&login_sha256)?;
        if let Some(renewed) = &renewed {
            tx.set_password(&resident, renewed)?;
        }
        Ok(start(tx, &resident, now)?)
    })
}
