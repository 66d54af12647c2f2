//! `/v1/accounts/{account}/service-requests`, `/v1/accounts/{account}/questions`, `/v1/appeals`

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use super::bearer::{Bearer, BearerIfAny};
use super::body::Body;
use super::{KeysSeen, Problem};
use crate::cabinet::Shared;
use crate::domain::LetterKind;
use crate::letters::{self, LetterAnswer, NotTaken, Refusal, Sender};
use crate::records::Letter;
use crate::storage::Tx;

type OfAccount = (State<Arc<Shared>>, Bearer, Path<String>);

/// `{letters}`
#[derive(Serialize)]
pub struct Letters {
    letters: Vec<Letter>,
}

/// An account's requests for a specialist.
pub async fn service_requests(of: OfAccount) -> Result<Json<Letters>, Problem> {
    list(of, LetterKind::ServiceRequest).await
}

/// An account's questions.
pub async fn questions(of: OfAccount) -> Result<Json<Letters>, Problem> {
    list(of, LetterKind::Question).await
}

/// Takes a request for a specialist.
pub async fn post_service_request(of: OfAccount, Body(letter): Body<Value>) -> Response {
    post(of, LetterKind::ServiceRequest, letter).await
}

/// Takes a question.
pub async fn post_question(of: OfAccount, Body(letter): Body<Value>) -> Response {
    post(of, LetterKind::Question, letter).await
}

/// Takes an appeal, of anybody.
pub async fn post_appeal(
    State(shared): State<Arc<Shared>>,
    BearerIfAny(bearer): BearerIfAny,
    Body(letter): Body<Value>,
) -> Response {
    let keys = keys(&letter);
    let taken = shared.in_background(move |shared| {
        let sender = bearer.as_ref().map_or(Sender::Nobody, |bearer| Sender::Resident(&bearer.resident));
        let now = shared.clock.now();
        shared.storage.write(|tx| take(shared, tx, sender, (LetterKind::Appeal, &letter), now))
    });
    (Extension(keys), taken.await.map(Json)).into_response()
}

async fn list(
    (State(shared), bearer, Path(account)): OfAccount,
    kind: LetterKind,
) -> Result<Json<Letters>, Problem> {
    let listed = shared.in_background(move |shared| {
        shared.storage.read(|tx| {
            bearer.must_see(tx, &account)?;
            Ok(tx.letters(&account, kind)?)
        })
    });
    Ok(Json(Letters { letters: listed.await? }))
}

async fn post(
    (State(shared), bearer, Path(account)): OfAccount,
    kind: LetterKind,
    letter: Value,
) -> Response {
    let keys = keys(&letter);
    let taken = shared.in_background(move |shared| {
        let sender = Sender::Account { account: &account, resident: &bearer.resident };
        let now = shared.clock.now();
        shared.storage.write(|tx| {
            bearer.must_see(tx, &account)?;
            take(shared, tx, sender, (kind, &letter), now)
        })
    });
    (Extension(keys), taken.await.map(Json)).into_response()
}

fn take(
    shared: &Shared,
    tx: &Tx,
    sender: Sender,
    letter: (LetterKind, &Value),
    now: DateTime<Utc>,
) -> Result<LetterAnswer, Problem> {
    letters::take(tx, &shared.rules, sender, letter, now).map_err(|error| match error {
        NotTaken::Refused(refusal) => refusal.into(),
        NotTaken::TooMany { until } => Problem::rate_limited("too many appeals without a sender", until, now),
        NotTaken::Broken(error) => error.into(),
    })
}

/// The key of a letter, for the log of requests.
pub fn keys(letter: &Value) -> KeysSeen {
    let key = letter.get("idempotency_key").and_then(Value::as_str);
    KeysSeen(key.into_iter().map(str::to_owned).collect())
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let status = match refusal {
            Refusal::IdempotencyKeyReused => StatusCode::CONFLICT,
            Refusal::InvalidItem { .. }
            | Refusal::TextEmpty
            | Refusal::TextTooLong { .. }
            | Refusal::NoSuchMeter
            | Refusal::NameAndContactNeeded => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self::refusal(status, refusal.code(), refusal.to_string(), refusal.params())
    }
}
