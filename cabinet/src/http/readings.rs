//! `POST /v1/accounts/{account}/readings`

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::Serialize;
use serde_json::Value;

use super::Problem;
use super::bearer::Bearer;
use super::body::Body;
use crate::cabinet::Shared;
use crate::error::Broken;
use crate::readings::{self, Envelope, ItemAnswer, MAX_ITEMS, NotABatch};

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
    let items = readings::envelopes(batch)?;
    let keys = KeysSeen(items.iter().map(|item| item.key.clone()).collect());
    let answered = shared.in_background(move |shared| accept(shared, &bearer, &account, &items)).await;
    Ok((Extension(keys), answered.map(|items| Json(BatchAnswer { items }))).into_response())
}

fn accept(
    shared: &Shared,
    bearer: &Bearer,
    account: &str,
    items: &[Envelope],
) -> Result<Vec<ItemAnswer>, Problem> {
    let now = shared.clock.now();
    shared.storage.write(|tx| {
        bearer.must_see(tx, account)?;
        readings::accept(tx, &shared.rules, account, items, now).map_err(|error: Broken| error.into())
    })
}

impl From<NotABatch> for Problem {
    fn from(error: NotABatch) -> Self {
        match error {
            NotABatch::TooMany => {
                let problem =
                    Self::new(StatusCode::UNPROCESSABLE_ENTITY, "TOO_MANY_ITEMS", error.to_string());
                problem.with("limit", MAX_ITEMS)
            }
            NotABatch::NoItems | NotABatch::Nameless(..) => Self::invalid_request(error.to_string()),
        }
    }
}
