//! `GET /health`: for whatever spreads requests over cabinets, or starts them again. No part of the contract.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::Problem;
use crate::cabinet::Shared;
use crate::storage::StorageError;

/// Whether the database answers.
pub async fn health(State(shared): State<Arc<Shared>>) -> Result<Json<Value>, Problem> {
    let asked = shared.in_background(|shared| {
        Ok(shared.storage.read::<_, StorageError>(|tx| tx.last_change()).map(drop)?)
    });
    asked.await.map(|()| Json(json!({ "status": "ok" })))
}
