//! `GET /v1/sync`: everything that changed since a cursor, in one answer.
//!
//! A cursor names the database, the resident, and a place in the change sequence. One of another database or
//! resident, or from beyond the end (a database restored from an older copy), is answered from the beginning.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};

use super::Problem;
use super::bearer::Bearer;
use crate::cabinet::Shared;
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
}

/// What changed since the cursor, or everything.
pub async fn changes(
    State(shared): State<Arc<Shared>>,
    bearer: Bearer,
    since: Result<Query<Since>, QueryRejection>,
) -> Result<Json<Changes>, Problem> {
    let Ok(Query(since)) = since else { return Err(Problem::invalid_query()) };
    let cursor = since.cursor.unwrap_or_default();
    let changes = shared.in_background(move |shared| {
        Ok(shared.storage.read(|tx| changes_since(tx, &bearer.resident, &cursor))?)
    });
    changes.await.map(Json)
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
    })
}
