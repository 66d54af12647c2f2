//! `GET /v1/sync`: everything that changed since a cursor, in one answer.
//!
//! A cursor names the database, the resident, and a place in the change sequence. One of another database or
//! resident, or from beyond the end (a database restored from an older copy), is answered from the beginning. It is the
//! tag of its answer too: who comes with both, and for whom nothing is new, gets 304 and stays where they are.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use super::bearer::Bearer;
use super::{Problem, etag};
use crate::cabinet::Shared;
use crate::notices::{News, Outage};
use crate::payments::Payment;
use crate::records::{Account, Charge, Letter, Meter, Reading};
use crate::storage::{self, Tx};

/// Ten years of two meters fit in one answer.
const PAGE: usize = 500;

/// `?cursor=`
#[derive(Deserialize)]
pub struct Since {
    cursor: Option<String>,
}

/// Whole records that changed.
#[derive(Serialize)]
pub struct Changes {
    cursor: String,
    more: bool,
    accounts: Vec<Account>,
    meters: Vec<Meter>,
    readings: Vec<Reading>,
    charges: Vec<Charge>,
    letters: Vec<Letter>,
    payments: Vec<Payment>,
    news: Vec<News>,
    outages: Vec<Outage>,
}

/// What changed since the cursor, or everything.
pub async fn changes(
    State(shared): State<Arc<Shared>>,
    bearer: Bearer,
    headers: HeaderMap,
    since: Result<Query<Since>, QueryRejection>,
) -> Result<Response, Problem> {
    let Ok(Query(since)) = since else { return Err(Problem::invalid_query()) };
    let cursor = since.cursor.unwrap_or_default();
    let known = etag::is_known(&headers, &cursor).then(|| cursor.clone());
    let changes = shared.in_background(move |shared| {
        Ok(shared.storage.read(|tx| changes_since(tx, &bearer.resident, &cursor))?)
    });
    let changes = changes.await?;
    if let Some(cursor) = known.filter(|_| changes.is_nothing()) {
        return Ok(etag::not_modified(&cursor));
    }
    let cursor = changes.cursor.clone();
    Ok(etag::tagged(Json(changes).into_response(), &cursor))
}

impl Changes {
    const fn is_nothing(&self) -> bool {
        self.accounts.is_empty()
            && self.meters.is_empty()
            && self.readings.is_empty()
            && self.charges.is_empty()
            && self.letters.is_empty()
            && self.payments.is_empty()
            && self.news.is_empty()
            && self.outages.is_empty()
    }
}

fn changes_since(tx: &Tx, resident: &str, cursor: &str) -> storage::Result<Changes> {
    let ours = format!("{}.{resident}.", tx.database_id()?);
    let place = cursor.strip_prefix(&ours).and_then(|place| place.parse::<i64>().ok());
    let last = tx.last_change()?;
    let after = place.filter(|place| (0..=last).contains(place)).unwrap_or(0);
    let batch = tx.changes(resident, after, PAGE)?;
    Ok(Changes {
        cursor: format!("{ours}{}", batch.upto),
        more: batch.more,
        accounts: batch.books.accounts,
        meters: batch.books.meters,
        readings: batch.readings,
        charges: batch.books.charges,
        letters: batch.letters,
        payments: batch.payments,
        news: batch.news,
        outages: batch.outages,
    })
}
