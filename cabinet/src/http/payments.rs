//! `/v1/accounts/{account}/payments`, `/v1/accounts/{account}/receipts/{period}`

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::Serialize;
use serde_json::{Value, json};

use super::Problem;
use super::bearer::Bearer;
use super::body::Body;
use super::letters::keys;
use crate::cabinet::Shared;
use crate::domain::{PaymentStatus, Period};
use crate::payments::{self, Begun, NotBegun, Payer, Payment};
use crate::receipt::Receipt;
use crate::storage::StorageError;

/// `{payments}`
#[derive(Serialize)]
pub struct Payments {
    payments: Vec<Payment>,
}

/// An account's payments.
pub async fn payments(
    State(shared): State<Arc<Shared>>,
    bearer: Bearer,
    Path(account): Path<String>,
) -> Result<Json<Payments>, Problem> {
    let listed = shared.in_background(move |shared| {
        let now = shared.clock.now();
        let list = || {
            shared.storage.read::<_, Problem>(|tx| {
                bearer.must_see(tx, &account)?;
                Ok(tx.payments(&account)?)
            })
        };
        let listed = list()?;
        let has_expired = |it: &Payment| it.status == PaymentStatus::Pending && it.expires_at <= now;
        if !listed.iter().any(has_expired) {
            return Ok(listed);
        }
        shared.storage.write::<_, StorageError>(|tx| tx.cancel_expired_payments(now))?;
        list()
    });
    Ok(Json(Payments { payments: listed.await? }))
}

/// Begins a payment.
pub async fn post(
    State(shared): State<Arc<Shared>>,
    bearer: Bearer,
    Path(account): Path<String>,
    Body(wish): Body<Value>,
) -> Response {
    let keys = keys(&wish);
    let begun = shared.in_background(move |shared| begin(shared, &bearer, &account, &wish));
    (Extension(keys), begun.await.map(Json)).into_response()
}

fn begin(shared: &Shared, bearer: &Bearer, account: &str, wish: &Value) -> Result<Begun, Problem> {
    let now = shared.clock.now();
    let payer = Payer { account, resident: &bearer.resident, pages: &shared.bank_pages };
    shared.storage.write(|tx| {
        bearer.must_see(tx, account)?;
        let rules = shared.rules.payments.ok_or_else(Problem::not_found)?;
        payments::begin(tx, rules, payer, wish, now).map_err(|error| match error {
            NotBegun::Refused(refusal) => refusal.into(),
            NotBegun::Broken(error) => Problem::from(error),
        })
    })
}

/// What the utility's receipt of a month says.
pub async fn receipt(
    State(shared): State<Arc<Shared>>,
    bearer: Bearer,
    Path((account, period)): Path<(String, String)>,
) -> Result<Json<Value>, Problem> {
    let period: Period = period.parse().map_err(|_| Problem::invalid_query())?;
    let receipt = shared.in_background(move |shared| {
        shared.storage.read(|tx| {
            bearer.must_see(tx, &account)?;
            Ok(Receipt::of(tx, &shared.utility, (&bearer.resident, &account), period)?)
        })
    });
    Ok(Json(json!({ "receipt": receipt.await? })))
}
