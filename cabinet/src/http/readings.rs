//! `POST /v1/accounts/{account}/readings` and `DELETE /v1/accounts/{account}/readings/{reading}`

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::Serialize;
use serde_json::Value;

use super::Problem;
use super::bearer::Bearer;
use super::body::Body;
use crate::cabinet::Shared;
use crate::error::Broken;
use crate::readings::{self, Batch, ItemAnswer, MAX_ITEMS, NotABatch, NotWithdrawn, Withdrawn};

/// Where a request without a body carries its key.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The idempotency keys of a request, for the log of requests.
#[derive(Clone, Debug, Default)]
pub struct KeysSeen(pub Vec<String>);

/// `{items}`
#[derive(Serialize)]
struct BatchAnswer {
    items: Vec<ItemAnswer>,
}

/// Takes a batch of readings.
pub async fn post(
    State(shared): State<Arc<Shared>>,
    bearer: Bearer,
    Path(account): Path<String>,
    Body(batch): Body<Value>,
) -> Result<Response, Problem> {
    let batch = readings::take_apart(batch)?;
    let keys = KeysSeen(batch.items.iter().map(|item| item.key.clone()).collect());
    let answered = shared.in_background(move |shared| accept(shared, &bearer, &account, &batch)).await;
    Ok((Extension(keys), answered.map(|items| Json(BatchAnswer { items }))).into_response())
}

fn accept(
    shared: &Shared,
    bearer: &Bearer,
    account: &str,
    batch: &Batch,
) -> Result<Vec<ItemAnswer>, Problem> {
    let now = shared.clock.now();
    shared.storage.write(|tx| {
        bearer.must_see(tx, account)?;
        readings::accept(tx, &shared.rules, account, batch, now).map_err(|error: Broken| error.into())
    })
}

/// Takes a reading back.
pub async fn withdraw(
    State(shared): State<Arc<Shared>>,
    bearer: Bearer,
    Path((account, reading)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let key = headers.get(IDEMPOTENCY_KEY).and_then(|key| key.to_str().ok());
    let key = key.filter(|key| readings::is_name(key)).map(str::to_owned);
    let key = key.ok_or_else(|| Problem::invalid_request("no proper `Idempotency-Key`"))?;
    let keys = KeysSeen(vec![key.clone()]);
    let withdrawn =
        shared.in_background(move |shared| take_back(shared, &bearer, &account, &reading, &key)).await;
    Ok((Extension(keys), withdrawn.map(Json)).into_response())
}

fn take_back(
    shared: &Shared,
    bearer: &Bearer,
    account: &str,
    reading: &str,
    key: &str,
) -> Result<Withdrawn, Problem> {
    let now = shared.clock.now();
    // A refusal is kept under its key, so it must not undo the transaction.
    let verdict = shared.storage.write(|tx| {
        bearer.must_see(tx, account)?;
        readings::withdraw(tx, &shared.rules, (account, reading), key, now)
            .map_err(|error: Broken| Problem::from(error))
    })?;
    verdict.map_err(Problem::from)
}

impl From<NotWithdrawn> for Problem {
    fn from(refusal: NotWithdrawn) -> Self {
        let status = match refusal {
            NotWithdrawn::NoSuchReading => StatusCode::NOT_FOUND,
            NotWithdrawn::PeriodClosed { .. }
            | NotWithdrawn::AlreadyAccounted { .. }
            | NotWithdrawn::NotWithdrawable { .. }
            | NotWithdrawn::IdempotencyKeyReused => StatusCode::CONFLICT,
        };
        Self::refusal(status, refusal.code(), refusal.to_string(), refusal.params())
    }
}

impl From<NotABatch> for Problem {
    fn from(error: NotABatch) -> Self {
        match error {
            NotABatch::TooMany => {
                let problem =
                    Self::new(StatusCode::UNPROCESSABLE_ENTITY, "TOO_MANY_ITEMS", error.to_string());
                problem.with("limit", MAX_ITEMS)
            }
            NotABatch::NoItems | NotABatch::Nameless(..) | NotABatch::SentAtNoTime => {
                Self::invalid_request(error.to_string())
            }
        }
    }
}
