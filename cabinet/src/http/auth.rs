//! `/v1/auth/…`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use super::Problem;
use super::body::Body;
use super::source::Source;
use crate::auth::{self, Tokens};
use crate::cabinet::Shared;
use crate::error::Broken;
use crate::recovery::{self, Contact, Limited};

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

/// `{phone, email}`
#[derive(Deserialize)]
pub struct Recovery {
    phone: String,
    email: String,
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

/// Takes the wish for a new login. Whether anybody is behind it is looked up after this has been answered.
pub async fn recovery(
    State(shared): State<Arc<Shared>>,
    source: Source,
    Body(body): Body<Recovery>,
) -> Result<StatusCode, Problem> {
    if shared.mailer.is_none() {
        return Err(Problem::not_found());
    }
    let contact = Contact::read(&body.phone, &body.email);
    let contact = contact.ok_or_else(|| Problem::invalid_request("no telephone, or no address"))?;
    let place = shared.recoveries.try_reserve();
    let place = place.map_err(|_| {
        let now = shared.clock.now();
        Problem::rate_limited("too many wait for a new login", now + chrono::Duration::minutes(1), now)
    })?;
    let counted = shared.in_background(move |shared| {
        let now = shared.clock.now();
        let rules = shared.rules.recovery;
        let counted = shared.storage.write(|tx| recovery::count(tx, rules, &source.0, &contact, now));
        counted.map(|()| contact).map_err(|limited| match limited {
            Limited::Until(until) => Problem::rate_limited("a new login was asked for too often", until, now),
            Limited::Broken(error) => error.into(),
        })
    });
    place.send(counted.await?);
    Ok(StatusCode::ACCEPTED)
}
