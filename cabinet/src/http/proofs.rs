//! `GET /v1/proofs/{receipt}/{code}`

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;

use super::Problem;
use crate::cabinet::Shared;
use crate::readings;

/// `{confirmed}`
#[derive(Serialize)]
pub struct Confirmation {
    confirmed: bool,
}

/// Whether a code proves the reading of a receipt; nothing else about either.
pub async fn confirm(
    State(shared): State<Arc<Shared>>,
    Path((receipt, code)): Path<(String, String)>,
) -> Result<Json<Confirmation>, Problem> {
    let confirmed = shared.in_background(move |shared| {
        Ok(shared.storage.read(|tx| readings::confirms(tx, &receipt, &code))?)
    });
    Ok(Json(Confirmation { confirmed: confirmed.await? }))
}
