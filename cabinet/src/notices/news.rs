//! News.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{NoticeError, must_say};
use crate::auth::new_id;
use crate::storage::Storage;

/// One piece of news.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct News {
    /// The cabinet's id.
    pub id: String,
    /// A line.
    pub title: String,
    /// The text.
    pub text: String,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// From when on it is worth nothing; none if it stays.
    pub until: Option<DateTime<Utc>>,
    /// To be shown before all others.
    pub important: bool,
}

/// News to be published, or to be put in the place of what was published under the same id.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewNews {
    /// Of what it replaces; a new one if there is none.
    #[serde(default)]
    pub id: Option<String>,
    /// A line.
    pub title: String,
    /// The text.
    pub text: String,
    /// From when on it is worth nothing. An instant that has passed takes the news back.
    #[serde(default)]
    pub until: Option<DateTime<Utc>>,
    /// To be shown before all others.
    #[serde(default)]
    pub important: bool,
}

impl NewNews {
    /// Publishes it. What replaces something keeps the day on which that was published.
    ///
    /// # Errors
    /// [`NoticeError`]
    pub fn publish(&self, storage: &Storage, now: DateTime<Utc>) -> Result<News, NoticeError> {
        must_say(&self.title, "a title")?;
        must_say(&self.text, "a text")?;
        let id = self.id.clone().map_or_else(new_id, Ok)?;
        storage.write(|tx| {
            let before = tx.piece_of_news(&id)?;
            let news = News {
                id,
                title: self.title.clone(),
                text: self.text.clone(),
                published_at: before.map_or(now, |before| before.published_at),
                until: self.until,
                important: self.important,
            };
            tx.put_news(&news)?;
            Ok(news)
        })
    }
}
