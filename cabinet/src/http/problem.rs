//! RFC 9457 problems with a stable code, by which alone apps branch.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::auth::AuthError;
use crate::error::Broken;
use crate::storage::StorageError;

/// An answer that is no success.
#[derive(Debug, Serialize)]
pub struct Problem {
    status: u16,
    code: &'static str,
    title: String,
    #[serde(skip_serializing_if = "Map::is_empty")]
    params: Map<String, Value>,
    #[serde(skip)]
    retry_after: Option<i64>,
}

impl Problem {
    /// A problem without parameters.
    pub fn new(status: StatusCode, code: &'static str, title: impl Into<String>) -> Self {
        Self { status: status.as_u16(), code, title: title.into(), params: Map::new(), retry_after: None }
    }

    /// A refusal with its code's parameters.
    pub fn refusal(
        status: StatusCode,
        code: &'static str,
        title: String,
        params: Map<String, Value>,
    ) -> Self {
        Self { params, ..Self::new(status, code, title) }
    }

    /// Nothing is served there.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "NOT_FOUND", "nothing is served at this path")
    }

    /// Something is served there, but not by this method.
    pub fn method_not_allowed() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "METHOD_NOT_ALLOWED",
            "this path is not served by this method",
        )
    }

    /// No account of theirs, whether there is such a one or not.
    pub fn no_such_account() -> Self {
        Self::new(StatusCode::NOT_FOUND, "NO_SUCH_ACCOUNT", "this login has no such account")
    }

    /// The token does not count, or not any more.
    pub fn session_expired() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "SESSION_EXPIRED", "refresh the session, or sign in again")
    }

    /// JSON, but not of the form that the contract gives.
    pub fn invalid_request(title: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "INVALID_REQUEST", title)
    }

    /// A query that can't be read.
    pub fn invalid_query() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "INVALID_QUERY", "the query can't be read")
    }

    /// More than a request may weigh.
    pub fn too_large(limit: usize) -> Self {
        let problem =
            Self::new(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", "the request is too large");
        problem.with("limit_bytes", limit)
    }

    /// The request did not come in time.
    pub fn timed_out() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, "REQUEST_TIMEOUT", "the request took too long")
    }

    /// The cabinet's own trouble, of which the log tells more.
    pub fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", "something broke here; try again later")
    }

    /// With one more parameter.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// Too many of something.
    pub fn rate_limited(title: &str, until: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", title).until(until, now)
    }

    /// Closed for a while.
    pub fn maintenance(until: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "MAINTENANCE", "closed for a while").until(until, now)
    }

    fn until(self, until: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        // Rounded up, so that who waits exactly so long is let in.
        let wait = ((until - now).num_milliseconds() + 999).div_euclid(1000);
        Self { retry_after: Some(wait), ..self.with("until", json!(until)) }
    }

    /// What signing in answers instead of tokens.
    pub fn from_auth(error: AuthError, now: DateTime<Utc>) -> Self {
        match error {
            AuthError::BadCredentials => {
                Self::new(StatusCode::UNAUTHORIZED, "BAD_CREDENTIALS", "login and password do not fit")
            }
            AuthError::RateLimited { until } => Self::rate_limited("too many wrong passwords", until, now),
            AuthError::Broken(error) => error.into(),
        }
    }
}

impl From<Broken> for Problem {
    fn from(error: Broken) -> Self {
        tracing::error!(%error, "a request failed");
        Self::internal()
    }
}

impl From<StorageError> for Problem {
    fn from(error: StorageError) -> Self {
        Broken::from(error).into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after = self.retry_after;
        let mut response = (status, Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
