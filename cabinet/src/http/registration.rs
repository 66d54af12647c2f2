//! `POST /v1/registration`

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde_json::Value;

use super::Problem;
use super::body::Body;
use super::letters::keys;
use crate::cabinet::Shared;
use crate::registrations::{self, NotTaken};

/// Takes an application for an account, of anybody.
pub async fn post(State(shared): State<Arc<Shared>>, Body(application): Body<Value>) -> Response {
    let keys = keys(&application);
    let taken = shared.in_background(move |shared| {
        let now = shared.clock.now();
        let taken = shared.storage.write(|tx| registrations::take(tx, &shared.rules, &application, now));
        taken.map_err(|error| match error {
            NotTaken::Refused(refusal) => refusal.into(),
            NotTaken::TooMany { until } => Problem::rate_limited("too many applications", until, now),
            NotTaken::Broken(error) => error.into(),
        })
    });
    (Extension(keys), taken.await.map(Json)).into_response()
}
