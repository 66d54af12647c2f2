//! `/v1/auth/…`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use super::Problem;
use super::body::Body;
use crate::auth::{self, Tokens};
use crate::cabinet::Shared;
use crate::error::Broken;

/// Longer ones are nobody's, and would make hashing dear.
const MAX_CREDENTIAL: usize = 256;

/// `{login, password}`
#[derive(Deserialize)]
pub struct Login {
    login: String,
    password: String,
}

/// `{refresh_token}`
#[derive(Deserialize)]
pub struct Refresh {
    refresh_token: String,
}

/// Opens a session.
pub async fn login(
    State(shared): State<Arc<Shared>>,
    Body(body): Body<Login>,
) -> Result<Json<Tokens>, Problem> {
    if body.login.len() > MAX_CREDENTIAL || body.password.len() > MAX_CREDENTIAL {
        return Err(Problem::invalid_request("login or password is too long"));
    }
    // Argon2 takes memory and a core for a while; the rest of the cabinet must go on beside it.
    let _turn = shared.password_turns.acquire().await.map_err(|_| Problem::internal())?;
    let signed_in = shared.in_background(move |shared| {
        let (now, rules) = (shared.clock.now(), shared.rules.sign_in);
        let credentials = (body.login.as_str(), body.password.as_str());
        auth::sign_in(&shared.storage, &shared.passwords, rules, credentials, now)
            .map_err(|error| Problem::from_auth(error, now))
    });
    signed_in.await.map(Json)
}

/// The next pair of tokens.
pub async fn refresh(
    State(shared): State<Arc<Shared>>,
    Body(body): Body<Refresh>,
) -> Result<Json<Tokens>, Problem> {
    let refreshed = shared.in_background(move |shared| {
        let now = shared.clock.now();
        let tokens = shared.storage.write::<_, Broken>(|tx| auth::refresh(tx, &body.refresh_token, now))?;
        tokens.ok_or_else(Problem::session_expired)
    });
    refreshed.await.map(Json)
}

/// Ends a session; one that has ended already, or never was, is none's loss.
pub async fn logout(
    State(shared): State<Arc<Shared>>,
    Body(body): Body<Refresh>,
) -> Result<StatusCode, Problem> {
    let signed_out = shared.in_background(move |shared| {
        let now = shared.clock.now();
        Ok(shared.storage.write::<_, Broken>(|tx| auth::sign_out(tx, &body.refresh_token, now))?)
    });
    signed_out.await.map(|()| StatusCode::NO_CONTENT)
}
