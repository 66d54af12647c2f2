//! The verdict on one item, as it goes out and as it is kept under the item's key.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Refusal;
use crate::domain::{Period, Status};
use crate::records::Reading;

/// One item's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemAnswer {
    /// Which item.
    pub client_item_id: String,
    /// `received` and its successors, or `refused`.
    pub status: String,
    /// The cabinet's id of the reading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading_id: Option<String>,
    /// Receipt number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<String>,
    /// The month that it counts for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_period: Option<Period>,
    /// When the cabinet got it first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<DateTime<Utc>>,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The code's parameters.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub params: Map<String, Value>,
}

impl ItemAnswer {
    /// The reading is held.
    pub fn held(client_item_id: &str, reading: &Reading) -> Self {
        let status = match reading.status {
            Status::Received | Status::Processing | Status::Accounted | Status::Declined => reading.status,
            // It was received; that it was corrected or withdrawn since is told by the list of readings.
            Status::Superseded | Status::Withdrawn => Status::Received,
        };
        Self {
            client_item_id: client_item_id.to_owned(),
            status: status.name().to_owned(),
            reading_id: Some(reading.id.clone()),
            receipt: reading.receipt.clone(),
            effective_period: Some(reading.period),
            received_at: Some(reading.received_at),
            code: None,
            params: Map::new(),
        }
    }

    /// The reading is not held.
    pub fn refused(client_item_id: &str, refusal: &Refusal) -> Self {
        Self {
            client_item_id: client_item_id.to_owned(),
            status: "refused".to_owned(),
            reading_id: None,
            receipt: None,
            effective_period: None,
            received_at: None,
            code: Some(refusal.code().to_owned()),
            params: refusal.params(),
        }
    }
}
