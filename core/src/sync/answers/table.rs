//! Every transport failure, status and code that can come instead of an answer, and what it means for whatever was
//! sent.
//!
//! | what came | what it means |
//! | --- | --- |
//! | no connection, no such host | not delivered, offline |
//! | a certificate that nobody vouches for | not delivered, not the utility: not a byte of ours was shown to it |
//! | a redirect, HTML, 4xx without JSON, 407, 511 | not delivered, not the utility: what stands before the server (a Wi-Fi's page, a wall, a login page) answers instead of it, not after it |
//! | the connection broke, or half an answer, or one of another form | in doubt |
//! | 401 | the token has ended |
//! | 429, whoever says it | not delivered: limiters stand before the work |
//! | 503 with `MAINTENANCE`, `RATE_LIMITED` | not delivered: the utility says so itself |
//! | 408, 5xx otherwise | in doubt: a gateway says 502, 503, 504 also when the server had the request and died of it, and who waits too long for the work says 408 |
//! | 413 | too large; what can't be made smaller waits |
//! | any other 4xx without a code of the utility | not delivered, the server: whoever set it up wrongly this hour must not cost a reading |
//! | `NOT_JSON`, `UNSUPPORTED_MEDIA_TYPE`, `INVALID_QUERY` | not delivered, the server: the frame of a request is the same for all, so something between garbles it |
//! | any other code | the utility's own word, to be judged by what was sent |
//!
//! A code is a word of the utility only in the form that the contract gives it (`UPPER_CASE`): a gateway's
//! `{"code": "forbidden"}` is none.

use serde_json::{Map, Value};

use super::reason::{Delay, Reason};
use crate::portal::Failure;

/// What came instead of an answer, whatever was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning<'a> {
    /// Surely not delivered.
    NotDelivered(Delay),
    /// Perhaps delivered.
    InDoubt(Delay),
    /// The token has ended.
    RenewToken,
    /// Refused for its size alone.
    TooLarge { limit: Option<usize> },
    /// The utility's own word.
    Said { status: u16, code: &'a str, params: &'a Map<String, Value> },
}

/// What a failure means.
pub(super) fn meaning(failure: &Failure) -> Meaning<'_> {
    let not_delivered = |reason| Meaning::NotDelivered(Delay { reason, asked_seconds: None });
    match failure {
        Failure::Unreachable | Failure::UnknownHost => not_delivered(Reason::Offline),
        Failure::Untrusted | Failure::NotTheUtility { .. } => not_delivered(Reason::NotTheUtility),
        Failure::AnswerLost | Failure::Unreadable => {
            Meaning::InDoubt(Delay { reason: Reason::Server, asked_seconds: None })
        }
        Failure::Refused { status, code, params, retry_after } => {
            // "At once" is no wish to be left alone.
            let asked_seconds = retry_after.filter(|seconds| *seconds > 0);
            let code = code.as_deref().filter(|code| is_code(code));
            refusal(*status, code, params, asked_seconds)
        }
    }
}

fn refusal<'a>(
    status: u16,
    code: Option<&'a str>,
    params: &'a Map<String, Value>,
    asked_seconds: Option<u64>,
) -> Meaning<'a> {
    let server = Delay { reason: Reason::Server, asked_seconds };
    match (status, code) {
        (401, _) => Meaning::RenewToken,
        (407 | 511, _) => Meaning::NotDelivered(Delay { reason: Reason::NotTheUtility, asked_seconds }),
        (429, _) | (503, Some("MAINTENANCE" | "RATE_LIMITED")) => Meaning::NotDelivered(server),
        (408 | 500..=599, _) | (_, Some("REQUEST_TIMEOUT" | "INTERNAL")) => Meaning::InDoubt(server),
        (_, Some("MAINTENANCE" | "RATE_LIMITED" | "SESSION_EXPIRED")) => Meaning::NotDelivered(server),
        (_, Some("NOT_JSON" | "UNSUPPORTED_MEDIA_TYPE" | "INVALID_QUERY")) => Meaning::NotDelivered(server),
        (_, Some("PAYLOAD_TOO_LARGE")) | (413, None) => Meaning::TooLarge { limit: None },
        (_, Some("TOO_MANY_ITEMS")) => Meaning::TooLarge { limit: limit(params) },
        (_, Some(code)) => Meaning::Said { status, code, params },
        (_, None) => Meaning::NotDelivered(server),
    }
}

fn limit(params: &Map<String, Value>) -> Option<usize> {
    usize::try_from(params.get("limit")?.as_u64()?).ok().filter(|limit| *limit > 0)
}

/// Whether a text has the form of a code; what has another must neither be stored nor shown as one.
pub(super) fn is_code(text: &str) -> bool {
    let upper = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
    (2..=64).contains(&text.len())
        && text.bytes().all(upper)
        && text.starts_with(|c: char| c.is_ascii_uppercase())
}

/// What keeps everything that waits for a server which fails so.
#[must_use]
pub fn reason_of(failure: &Failure) -> Reason {
    match meaning(failure) {
        Meaning::NotDelivered(delay) | Meaning::InDoubt(delay) => delay.reason,
        Meaning::RenewToken => Reason::SignIn,
        Meaning::TooLarge { .. } | Meaning::Said { .. } => Reason::Server,
    }
}

/// Whether a failed renewal of the tokens says that only the password helps. Only the utility's own 401 does: a
/// wall's 403 or a gateway's 400 must sign nobody out.
#[must_use]
pub fn session_is_over(failure: &Failure) -> bool {
    matches!(failure, Failure::Refused { status: 401, code: Some(code), .. } if is_code(code))
}
