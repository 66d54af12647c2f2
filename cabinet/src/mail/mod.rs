//! Letters to residents, and whoever carries them.

mod files;

pub use files::FilesMailer;

use std::fmt;

/// A letter to one address. It may hold a password: it is neither stored nor logged.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// The address.
    pub to: String,
    /// A line.
    pub subject: String,
    /// Plain text.
    pub text: String,
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mail")
    }
}

/// Why a letter was not taken. Its words are logged: they say nothing of the letter.
#[derive(Debug, thiserror::Error)]
#[error("a letter was not taken: {0}")]
pub struct MailError(pub String);

/// Carries letters. A utility puts its own mail server behind this.
pub trait Mailer: fmt::Debug + Send + Sync {
    /// Takes a letter; when this returns without an error it will not be lost. May block.
    ///
    /// # Errors
    /// When it was not taken. Nothing else is done then, and whoever waits for the letter asks again.
    fn send(&self, mail: &Mail) -> Result<(), MailError>;
}
