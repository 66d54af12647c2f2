//! What a response is: a success, a refusal, or somebody else's.

use reqwest::Response;
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap};

use super::{Failure, Limits, dates, wire};
use crate::domain::Instant;

/// What the head says of the body.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    Html,
    /// Compressed, or of another type, or of none.
    Other,
}

/// Reads a response and tells what it is.
///
/// A success that is neither JSON nor HTML is not understood rather than not the utility's: nobody's page is plain text,
/// but a gateway may lose the type of an answer.
pub(super) async fn read(response: Response, limits: &Limits) -> Result<(Vec<u8>, Option<Instant>), Failure> {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    match (status, form(&headers)) {
        (204, _) => Ok((Vec::new(), dates::server_time(&headers))),
        (200..=299, Form::Json) => match read_body(response, limits.largest_answer).await? {
            Some(bytes) if is_html(&bytes) => Err(Failure::NotTheUtility { status }),
            Some(bytes) => Ok((without_mark(bytes), dates::server_time(&headers))),
            None => Err(Failure::Unreadable),
        },
        (200..=299, Form::Other) => Err(Failure::Unreadable),
        (400..=599, Form::Json) => Err(match read_body(response, limits.largest_problem).await? {
            Some(bytes) if !is_html(&bytes) => refusal(status, &headers, &without_mark(bytes)),
            Some(_) | None => without_problem(status, &headers),
        }),
        (400..=599, _) => Err(without_problem(status, &headers)),
        _ => Err(Failure::NotTheUtility { status }),
    }
}

/// What an error of HTTP means that comes without a problem. These say the same whoever says them; any other 4xx without
/// a problem was said by something that stands before the utility.
fn without_problem(status: u16, headers: &HeaderMap) -> Failure {
    match status {
        408 | 413 | 429 | 500..=599 => refusal(status, headers, b""),
        _ => Failure::NotTheUtility { status },
    }
}

fn refusal(status: u16, headers: &HeaderMap, body: &[u8]) -> Failure {
    let problem: Option<wire::Problem> = serde_json::from_slice(body).ok();
    let (code, params) = problem.map(|p| (p.code, p.params)).unzip();
    let params = params.unwrap_or_default();
    let retry_after = dates::retry_after(headers, &params);
    Failure::Refused { status, code, params, retry_after }
}

fn form(headers: &HeaderMap) -> Form {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    if text(CONTENT_ENCODING).is_some_and(|coding| !coding.eq_ignore_ascii_case("identity")) {
        return Form::Other;
    }
    let essence = text(CONTENT_TYPE).and_then(|value| value.split(';').next()).unwrap_or_default();
    match essence.trim().to_ascii_lowercase().as_str() {
        "application/json" => Form::Json,
        other if other.starts_with("application/") && other.ends_with("+json") => Form::Json,
        "text/html" | "application/xhtml+xml" => Form::Html,
        _ => Form::Other,
    }
}

/// Reads a body chunk by chunk: what a head promises is not believed. None when it is larger than the limit.
async fn read_body(mut response: Response, limit: usize) -> Result<Option<Vec<u8>>, Failure> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| Failure::AnswerLost)? {
        body.extend_from_slice(&chunk);
        if body.len() > limit {
            return Ok(None);
        }
    }
    Ok(Some(body))
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Some frameworks begin JSON with a byte order mark, which a reader may ignore (RFC 8259).
fn without_mark(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.starts_with(BYTE_ORDER_MARK) {
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    bytes
}

/// A page under the name of JSON.
fn is_html(bytes: &[u8]) -> bool {
    bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes).trim_ascii_start().starts_with(b"<")
}
