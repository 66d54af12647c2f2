//! What the utility tells everybody: news, and where the water is off.

mod news;
mod outage;
mod place;

pub use news::{NewNews, News};
pub use outage::{NewOutage, Outage};
pub use place::{Keys, Place};

/// Why a notice is not published.
#[derive(Debug, thiserror::Error)]
pub enum NoticeError {
    /// It says nothing.
    #[error("a notice needs {0}")]
    Empty(&'static str),
    /// It would be over before it begins.
    #[error("it ends before it begins")]
    EndsBeforeItBegins,
    /// The place of a published outage would be another one, and phones of the old place would not hear of it.
    #[error("an outage stays where it is: end this one, and publish another")]
    ElsewhereThanPublished,
    /// The cabinet's own trouble.
    #[error(transparent)]
    Broken(#[from] crate::error::Broken),
}

impl From<crate::storage::StorageError> for NoticeError {
    fn from(error: crate::storage::StorageError) -> Self {
        Self::Broken(error.into())
    }
}

fn must_say(text: &str, what: &'static str) -> Result<(), NoticeError> {
    if text.trim().is_empty() { Err(NoticeError::Empty(what)) } else { Ok(()) }
}
