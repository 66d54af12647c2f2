//! Reading a JSON body, with a problem for each way in which it is none.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use serde::de::DeserializeOwned;

use super::Problem;

/// Fifty readings weigh some 25 kB.
const MAX_BYTES: usize = 128 * 1024;

/// All of a request's body, before anything looks at it.
pub async fn read_body(body: Incoming) -> Result<Bytes, Problem> {
    let body = Limited::new(body, MAX_BYTES).collect().await;
    // A connection that broke is told the same; it does not hear it.
    body.map(|body| body.to_bytes()).map_err(|_| Problem::too_large(MAX_BYTES))
}

/// A body of the form that the contract gives.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let content_type =
            request.headers().get(header::CONTENT_TYPE).and_then(|header| header.to_str().ok());
        let media_type = content_type.and_then(|text| text.split(';').next()).map(str::trim);
        if !media_type.is_some_and(|it| it.eq_ignore_ascii_case("application/json")) {
            let title = "the body must be application/json";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", title));
        }
        let bytes = axum::body::to_bytes(request.into_body(), MAX_BYTES).await;
        let bytes = bytes.map_err(|_| Problem::too_large(MAX_BYTES))?;
        let value: serde_json::Value = serde_json::from_slice(&bytes)
            .map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "NOT_JSON", "the body is not JSON"))?;
        // Without serde's words, which would quote what was sent: it may be a password.
        T::deserialize(value)
            .map(Self)
            .map_err(|_| Problem::invalid_request("a field is missing or of the wrong form"))
    }
}
