//! Signing in, and the tokens that come of it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::bounds;

/// What the resident types to sign in. `login` is the account number for most.
#[derive(Debug, Serialize)]
pub struct LoginBody<'a> {
    /// Login as given by the utility.
    pub login: &'a str,
    /// Password; lives only as long as the request.
    pub password: &'a str,
}

/// A request that carries nothing but the refresh token.
#[derive(Debug, Serialize)]
pub struct RefreshBody<'a> {
    /// The newest refresh token.
    pub refresh_token: &'a str,
}

/// The answer to login and refresh.
#[derive(Debug, Deserialize)]
pub struct Tokens {
    /// Short-lived bearer token.
    pub access_token: String,
    /// When the server stops to honour it.
    #[serde(deserialize_with = "bounds::instant")]
    pub access_expires_at: DateTime<Utc>,
    /// Replaces the token that was used to get it.
    pub refresh_token: String,
}
