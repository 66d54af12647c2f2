//! `GET /v1/utility`, `GET /v1/news`, `GET /v1/outages`: what needs no login.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::{DateTime, Duration, Utc};
use serde::Deserialize;
use serde_json::json;

use super::{Problem, etag};
use crate::cabinet::Shared;
use crate::notices::Place;
use crate::storage::StorageError;

/// An outage is shown for so long after its end: the water may still run brown.
const AFTERWARDS: Duration = Duration::days(1);

/// `?since=`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Since {
    since: Option<DateTime<Utc>>,
}

/// The utility as data.
pub async fn utility(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    etag::answer(&headers, shared.utility.document(&shared.rules))
}

/// What is worth reading now.
pub async fn news(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    since: Result<Query<Since>, QueryRejection>,
) -> Result<Response, Problem> {
    let Ok(Query(since)) = since else { return Err(Problem::invalid_query()) };
    let news = shared.in_background(move |shared| {
        let since = since.since.unwrap_or(DateTime::UNIX_EPOCH);
        Ok(shared.storage.read::<_, StorageError>(|tx| tx.news_since(since, shared.clock.now()))?)
    });
    Ok(etag::answer(&headers, json!({ "news": news.await? })))
}

/// Where the water is off, or will be.
pub async fn outages(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    at: Result<Query<Place>, QueryRejection>,
) -> Result<Response, Problem> {
    let Ok(Query(at)) = at else { return Err(Problem::invalid_query()) };
    let outages = shared.in_background(move |shared| {
        let since = shared.clock.now() - AFTERWARDS;
        Ok(shared.storage.read::<_, StorageError>(|tx| tx.outages(&at.keys(), since))?)
    });
    Ok(etag::answer(&headers, json!({ "outages": outages.await? })))
}
