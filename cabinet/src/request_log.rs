//! The requests as the cabinet saw them, for the demo and for tests. Without tokens, bodies and queries.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use serde::{Serialize, Serializer};

/// Older ones are dropped, so that a cabinet may run for years.
const KEPT: usize = 2000;

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// With this status.
    Answered(u16),
    /// Everything was done, and the connection closed without a word.
    AnswerLost,
    /// Nothing was done, and the connection closed without a word.
    RequestLost,
}

/// One request.
#[derive(Clone, Debug, Serialize)]
pub struct RequestEntry {
    /// When it was answered, by the cabinet's clock.
    pub at: DateTime<Utc>,
    /// `GET`, `POST`.
    pub method: String,
    /// Path without query.
    pub path: String,
    /// HTTP status, `"answer lost"` or `"request lost"`.
    pub status: Outcome,
    /// The keys of what was sent by it.
    pub idempotency_keys: Vec<String>,
    /// Bytes of the body.
    pub bytes_in: usize,
}

/// The newest requests.
#[derive(Debug, Default)]
pub struct RequestLog {
    entries: Mutex<VecDeque<RequestEntry>>,
}

impl RequestLog {
    /// Adds one.
    pub fn add(&self, entry: RequestEntry) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() == KEPT {
            entries.pop_front();
        }
        entries.push_back(entry);
    }

    /// All that are kept, oldest first.
    pub fn entries(&self) -> Vec<RequestEntry> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Answered(status) => serializer.serialize_u16(*status),
            Self::AnswerLost => serializer.serialize_str("answer lost"),
            Self::RequestLost => serializer.serialize_str("request lost"),
        }
    }
}
