//! What a resident's accounts hold, list by list.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;

use super::Problem;
use super::bearer::Bearer;
use crate::cabinet::Shared;
use crate::records::{Account, Charge, Meter, Reading};
use crate::storage::{self, Tx};

/// `{accounts}`
#[derive(Serialize)]
pub struct Accounts {
    accounts: Vec<Account>,
}

/// `{meters}`
#[derive(Serialize)]
pub struct Meters {
    meters: Vec<Meter>,
}

/// `{readings}`
#[derive(Serialize)]
pub struct Readings {
    readings: Vec<Reading>,
}

/// `{charges}`
#[derive(Serialize)]
pub struct Charges {
    charges: Vec<Charge>,
}

type Answer<T> = Result<Json<T>, Problem>;

/// All of a resident's accounts.
pub async fn accounts(State(shared): State<Arc<Shared>>, bearer: Bearer) -> Answer<Accounts> {
    let accounts = shared.in_background(move |shared| {
        Ok(shared.storage.read(|tx| tx.books().accounts_of(&bearer.resident))?)
    });
    Ok(Json(Accounts { accounts: accounts.await? }))
}

/// An account's meters.
pub async fn meters(
    State(shared): State<Arc<Shared>>,
    bearer: Bearer,
    Path(account): Path<String>,
) -> Answer<Meters> {
    Ok(Json(Meters {
        meters: list(&shared, bearer, account, |tx, account| tx.books().meters(account)).await?,
    }))
}

/// An account's readings, of every source and status.
pub async fn readings(
    State(shared): State<Arc<Shared>>,
    bearer: Bearer,
    Path(account): Path<String>,
) -> Answer<Readings> {
    Ok(Json(Readings { readings: list(&shared, bearer, account, |tx, account| tx.readings(account)).await? }))
}

/// An account's charges.
pub async fn charges(
    State(shared): State<Arc<Shared>>,
    bearer: Bearer,
    Path(account): Path<String>,
) -> Answer<Charges> {
    Ok(Json(Charges {
        charges: list(&shared, bearer, account, |tx, account| tx.books().charges(account)).await?,
    }))
}

async fn list<T: Send + 'static>(
    shared: &Arc<Shared>,
    bearer: Bearer,
    account: String,
    query: impl FnOnce(&Tx, &str) -> storage::Result<Vec<T>> + Send + 'static,
) -> Result<Vec<T>, Problem> {
    let listed = shared.in_background(move |shared| {
        shared.storage.read(|tx| {
            bearer.must_see(tx, &account)?;
            Ok(query(tx, &account)?)
        })
    });
    listed.await
}
