//! Readings on their way to the utility: `POST /v1/accounts/{a}/readings`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::bounds;
use super::tolerant;
use crate::domain::{Period, Replacement, Volume};

/// A batch of readings for one account.
#[derive(Debug, Serialize)]
pub struct ReadingBatch<'a> {
    /// When this request leaves, by the utility's clock as the phone knows it.
    pub sent_at: DateTime<Utc>,
    /// Frozen payloads, each with its own key (ADR 0003), so that a batch can be cut anew after a crash.
    pub items: Vec<&'a serde_json::value::RawValue>,
}

/// One posted reading. Serialised once, at the first attempt, and stored as it went out.
#[derive(Debug, Serialize)]
pub struct PostedReading<'a> {
    /// Made at capture; the same for every replay of this payload.
    pub idempotency_key: &'a str,
    /// The phone's id of the reading; the same over confirmations.
    pub client_item_id: &'a str,
    /// The meter.
    pub meter_id: &'a str,
    /// The version of the meter's record that the resident saw.
    pub meter_version: i64,
    /// The month that the resident means.
    pub period: Period,
    /// The value taken.
    pub value: Volume,
    /// What was typed, as evidence.
    pub entered: &'a str,
    /// When it was taken, the phone's clock corrected by the server's last known time.
    pub taken_at: DateTime<Utc>,
    /// When it was taken, by the phone's own clock.
    pub phone_at: DateTime<Utc>,
    /// Server − phone as known at capture, milliseconds.
    pub skew_ms: Option<i64>,
    /// Milliseconds since the phone's start.
    pub monotonic_ms: i64,
    /// The dial went over its end.
    pub rollover: bool,
    /// The meter was replaced, by the resident's word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replacement: Option<Replacement>,
    /// The doubts that the resident answered "it is so".
    pub confirmed: &'a [String],
    /// The server's id of the reading that this one corrects.
    pub supersedes: Option<&'a str>,
}

/// The answer to a batch: one verdict an item, in any order. A verdict that can't be read is left out, so that its
/// item stays in doubt and no other with it.
#[derive(Debug, Deserialize)]
pub struct BatchAnswer {
    /// Verdicts.
    #[serde(deserialize_with = "tolerant::items")]
    pub items: Vec<ItemAnswer>,
}

/// The server's verdict on one item.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ItemAnswer {
    /// Which item.
    pub client_item_id: String,
    /// `received, processing, accounted, declined`, or `refused` with a `code`.
    pub status: String,
    /// The server's id, when it holds the reading.
    pub reading_id: Option<String>,
    /// Receipt number, when it holds the reading.
    pub receipt: Option<String>,
    /// The month that the server counts it for.
    pub effective_period: Option<Period>,
    /// When the server got it first.
    #[serde(default, deserialize_with = "bounds::maybe_instant")]
    pub received_at: Option<DateTime<Utc>>,
    /// Why not, as a stable code.
    pub code: Option<String>,
    /// The code's parameters.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub params: serde_json::Map<String, serde_json::Value>,
}
