//! Requests and answers that get lost on the way, and servers that are down, on request: for the demo and for tests.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::body::Body;
use axum::http::{HeaderValue, Method, Response, StatusCode, header};
use axum::response::IntoResponse;
use chrono::{DateTime, Duration, Utc};
use serde::Deserialize;

use crate::http::Problem;

/// Seconds that a faulty 429 or 503 tells to wait, where nothing else was asked for.
const USUAL_WAIT: u32 = 60;

/// Which requests a fault strikes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// Those by which residents send something: readings, withdrawals, letters, applications, payments.
    #[default]
    Sending,
    /// All, signing in and `/v1/sync` included.
    Any,
}

/// What happens to a request instead of being handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It never arrives: the connection closes without a word, and nothing is done.
    LoseRequest,
    /// Something before the cabinet answers it.
    Answer {
        /// 400–599.
        status: u16,
        /// Seconds to wait.
        retry_after: Option<u32>,
        /// Without a problem, as a gateway answers, which does not know whether the request was handled.
        bare: bool,
    },
}

/// Faults that are still to strike.
#[derive(Debug, Default)]
pub struct Faults {
    answers_to_lose: AtomicU32,
    staged: Mutex<VecDeque<Staged>>,
}

#[derive(Debug)]
struct Staged {
    which: Which,
    left: u32,
    fault: Fault,
}

impl Faults {
    /// The next so many answers to what residents sent are lost, after it was stored.
    pub fn lose_answers(&self, count: u32) {
        self.answers_to_lose.store(count, Ordering::SeqCst);
    }

    /// Whether this one is.
    pub fn takes_an_answer(&self) -> bool {
        let one_less = |left: u32| left.checked_sub(1);
        self.answers_to_lose.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less).is_ok()
    }

    /// A fault for the next so many requests, after those that are staged already.
    pub fn stage(&self, which: Which, count: u32, fault: Fault) {
        if count > 0 {
            self.staged().push_back(Staged { which, left: count, fault });
        }
    }

    /// What strikes this request, if anything does.
    pub fn strike(&self, method: &Method, path: &str) -> Option<Fault> {
        let sending = is_sending(method, path);
        let mut staged = self.staged();
        let place = staged.iter().position(|it| sending || it.which == Which::Any)?;
        let found = staged.get_mut(place)?;
        found.left -= 1;
        let fault = found.fault;
        if found.left == 0 {
            staged.remove(place);
        }
        Some(fault)
    }

    /// Nothing is lost or answered wrongly any more.
    pub fn clear(&self) {
        self.lose_answers(0);
        self.staged().clear();
    }

    fn staged(&self) -> MutexGuard<'_, VecDeque<Staged>> {
        self.staged.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a resident sends something by it.
pub fn is_sending(method: &Method, path: &str) -> bool {
    let of_account = path.strip_prefix("/v1/accounts/").and_then(|rest| rest.split_once('/'));
    let list = of_account.map_or("", |(_, list)| list);
    match *method {
        Method::POST => {
            matches!(list, "readings" | "service-requests" | "questions" | "payments")
                || matches!(path, "/v1/appeals" | "/v1/registration")
        }
        Method::DELETE => list.starts_with("readings/"),
        _ => false,
    }
}

/// The answer of something that stands before the cabinet: a problem where the contract has one and one is wanted, a bare
/// status otherwise.
pub fn faulty_answer(
    status: u16,
    retry_after: Option<u32>,
    bare: bool,
    now: DateTime<Utc>,
) -> Response<Body> {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let until = now + Duration::seconds(i64::from(retry_after.unwrap_or(USUAL_WAIT)));
    match status {
        _ if bare => bare_answer(status, retry_after),
        StatusCode::UNAUTHORIZED => Problem::session_expired().into_response(),
        StatusCode::TOO_MANY_REQUESTS => {
            Problem::rate_limited("too many requests", until, now).into_response()
        }
        StatusCode::INTERNAL_SERVER_ERROR => Problem::internal().into_response(),
        StatusCode::SERVICE_UNAVAILABLE => Problem::maintenance(until, now).into_response(),
        _ => bare_answer(status, retry_after),
    }
}

fn bare_answer(status: StatusCode, retry_after: Option<u32>) -> Response<Body> {
    let mut answer = status.into_response();
    if let Some(seconds) = retry_after {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    answer
}
