//! Answers that need not be sent again to who has them.

use axum::Json;
use axum::http::header::{ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::canonical;

/// So many bytes of a hash tell two answers apart.
const BYTES: usize = 12;

/// The whole answer with a tag of what it says, or 304 to who has it under this tag.
pub fn answer(headers: &HeaderMap, body: Value) -> Response {
    let hash = canonical::sha256(&body);
    let tag: String = hash[..BYTES].iter().map(|byte| format!("{byte:02x}")).collect();
    if is_known(headers, &tag) { not_modified(&tag) } else { tagged(Json(body).into_response(), &tag) }
}

/// Whether the request says that it has what this tag stands for.
pub fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let lines = headers.get_all(IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    let mut tags = lines.flat_map(|line| line.split(',')).map(str::trim);
    tags.any(|it| it == "*" || it.strip_prefix("W/").unwrap_or(it) == format!("\"{tag}\""))
}

/// Nothing new.
pub fn not_modified(tag: &str) -> Response {
    tagged(StatusCode::NOT_MODIFIED.into_response(), tag)
}

/// An answer with its tag.
pub fn tagged(mut response: Response, tag: &str) -> Response {
    if let Ok(tag) = HeaderValue::try_from(format!("\"{tag}\"")) {
        response.headers_mut().insert(ETAG, tag);
    }
    response
}
