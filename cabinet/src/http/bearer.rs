//! Who is asking: the resident behind an access token.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;

use super::Problem;
use crate::auth::sha256;
use crate::cabinet::Shared;
use crate::storage::{StorageError, Tx};

/// A resident with a session that counts.
#[derive(Clone, Debug)]
pub struct Bearer {
    /// The resident's id.
    pub resident: String,
}

impl Bearer {
    /// Refuses an account that is not the resident's, in the same words as one that does not exist.
    pub fn must_see(&self, tx: &Tx, account: &str) -> Result<(), Problem> {
        if tx.may_see(&self.resident, account)? { Ok(()) } else { Err(Problem::no_such_account()) }
    }
}

impl FromRequestParts<Arc<Shared>> for Bearer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Self, Problem> {
        let header = parts.headers.get(AUTHORIZATION).and_then(|header| header.to_str().ok());
        let scheme_and_token = header.and_then(|header| header.split_once(' '));
        let token = scheme_and_token.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let token = token.map(|(_, token)| token.trim().to_owned()).ok_or_else(Problem::session_expired)?;
        shared.in_background(move |shared| resident_behind(shared, &token)).await
    }
}

/// A resident, where somebody says who they are. A token that does not count is refused, not overlooked.
#[derive(Clone, Debug)]
pub struct BearerIfAny(pub Option<Bearer>);

impl FromRequestParts<Arc<Shared>> for BearerIfAny {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Self, Problem> {
        if !parts.headers.contains_key(AUTHORIZATION) {
            return Ok(Self(None));
        }
        Bearer::from_request_parts(parts, shared).await.map(|bearer| Self(Some(bearer)))
    }
}

fn resident_behind(shared: &Shared, token: &str) -> Result<Bearer, Problem> {
    let (token, now) = (sha256(token), shared.clock.now());
    let (resident, first_use) = shared.storage.read::<_, Problem>(|tx| {
        let resident = tx.bearer(&token, now)?.ok_or_else(Problem::session_expired)?;
        Ok((resident, tx.is_undelivered(&token)?))
    })?;
    if first_use {
        shared.storage.write::<_, StorageError>(|tx| tx.mark_delivered(&token))?;
    }
    Ok(Bearer { resident })
}
