//! The contract over HTTP.
//!
//! A client lives for one pass: its runtime runs on the calling thread, its connection is reused within the pass,
//! and nothing is left running afterwards. Redirects are not followed: whoever redirects is not the utility.

use std::error::Error;
use std::time::Duration;

use chrono::DateTime;
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, RETRY_AFTER};
use reqwest::{Method, Response, redirect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use tokio::runtime::Runtime;

use super::{Answer, Failure, LetterBox, Portal, Reply, tls, wire};
use crate::domain::Instant;

/// To connect at all; a phone in a cellar should learn soon that there is nothing.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// For a whole request, slow bodies included.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
/// No answer of the contract is larger; what is, is not read to its end.
const LARGEST_ANSWER: usize = 4 * 1024 * 1024;

/// The HTTP client of one pass.
pub struct HttpPortal {
    base_url: String,
    client: reqwest::Client,
    runtime: Runtime,
}

impl HttpPortal {
    /// A client for the utility's server.
    ///
    /// # Errors
    /// [`Failure::Untrusted`] when an extra root can't be read, [`Failure::Unreachable`] when the system gives no
    /// socket machinery.
    pub fn new(portal: &crate::domain::Portal, app_version: &str) -> Result<Self, Failure> {
        let tls = tls::client_config(&portal.extra_roots).map_err(|_| Failure::Untrusted)?;
        let client = reqwest::Client::builder()
            .use_preconfigured_tls(tls)
            .redirect(redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(REQUEST_TIMEOUT)
            .user_agent(format!("vodomer/{} {app_version}", env!("CARGO_PKG_VERSION")))
            .no_proxy()
            .build()
            .map_err(|_| Failure::Unreachable)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|_| Failure::Unreachable)?;
        Ok(Self { base_url: portal.base_url.trim_end_matches('/').to_owned(), client, runtime })
    }

    fn call<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        access: Option<&str>,
        key: Option<&str>,
        body: Option<&(impl Serialize + ?Sized)>,
    ) -> Answer<T> {
        let (bytes, server_time) = self.exchange(method, path, access, key, body)?;
        let body = serde_json::from_slice(&bytes).map_err(|_| Failure::Unreadable)?;
        Ok(Reply { body, server_time })
    }

    /// One request; gives the body of a success that claims to be JSON, or of a 204.
    fn exchange(
        &self,
        method: Method,
        path: &str,
        access: Option<&str>,
        key: Option<&str>,
        body: Option<&(impl Serialize + ?Sized)>,
    ) -> Result<(Vec<u8>, Option<Instant>), Failure> {
        let mut request = self.client.request(method, format!("{}{path}", self.base_url));
        if let Some(token) = access {
            request = request.bearer_auth(token);
        }
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        if let Some(body) = body {
            let json = serde_json::to_vec(body).map_err(|_| Failure::Unreachable)?;
            request = request.header(CONTENT_TYPE, "application/json").body(json);
        }
        self.runtime.block_on(async {
            let response = request.send().await.map_err(|error| why_not_sent(&error))?;
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            let json = headers
                .get(CONTENT_TYPE)
                .and_then(|v| v.to_str().ok())
                .is_some_and(|v| v.starts_with("application/") && v.contains("json"));
            match status {
                204 => Ok((Vec::new(), server_time(&headers))),
                200..=299 if json => Ok((read_body(response).await?, server_time(&headers))),
                400..=599 if json => Err(refusal(status, &headers, &read_body(response).await?)),
                429 | 500..=599 => Err(refusal(status, &headers, b"")),
                _ => Err(Failure::NotTheUtility { status }),
            }
        })
    }
}

impl Portal for HttpPortal {
    fn login(&self, login: &str, password: &str) -> Answer<wire::Tokens> {
        self.call(Method::POST, "/v1/auth/login", None, None, Some(&wire::LoginBody { login, password }))
    }

    fn refresh(&self, refresh_token: &str) -> Answer<wire::Tokens> {
        self.call(Method::POST, "/v1/auth/refresh", None, None, Some(&wire::RefreshBody { refresh_token }))
    }

    fn logout(&self, refresh_token: &str) -> Answer<()> {
        let body = wire::RefreshBody { refresh_token };
        let (_, server_time) = self.exchange(Method::POST, "/v1/auth/logout", None, None, Some(&body))?;
        Ok(Reply { body: (), server_time })
    }

    fn changes(&self, access: &str, cursor: Option<&str>) -> Answer<wire::Changes> {
        let path = match cursor {
            Some(cursor) => format!("/v1/sync?cursor={}", percent_encoded(cursor)),
            None => "/v1/sync".to_owned(),
        };
        self.call(Method::GET, &path, Some(access), None, None::<&()>)
    }

    fn post_readings(
        &self,
        access: &str,
        account: &str,
        sent_at: Instant,
        items: &[Box<RawValue>],
    ) -> Answer<wire::BatchAnswer> {
        let path = format!("/v1/accounts/{}/readings", percent_encoded(account));
        let batch = wire::ReadingBatch { sent_at, items: items.iter().map(AsRef::as_ref).collect() };
        self.call(Method::POST, &path, Some(access), None, Some(&batch))
    }

    fn withdraw(&self, access: &str, account: &str, reading_id: &str, key: &str) -> Answer<wire::Withdrawn> {
        let (account, reading) = (percent_encoded(account), percent_encoded(reading_id));
        let path = format!("/v1/accounts/{account}/readings/{reading}");
        self.call(Method::DELETE, &path, Some(access), Some(key), None::<&()>)
    }

    fn post_letter(
        &self,
        access: Option<&str>,
        to: LetterBox<'_>,
        letter: &RawValue,
    ) -> Answer<wire::LetterAnswer> {
        let path = match to {
            LetterBox::ServiceRequests { account } => {
                format!("/v1/accounts/{}/service-requests", percent_encoded(account))
            }
            LetterBox::Questions { account } => {
                format!("/v1/accounts/{}/questions", percent_encoded(account))
            }
            LetterBox::Appeals => "/v1/appeals".to_owned(),
        };
        self.call(Method::POST, &path, access, None, Some(letter))
    }
}

async fn read_body(mut response: Response) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| Failure::AnswerLost)? {
        body.extend_from_slice(&chunk);
        if body.len() > LARGEST_ANSWER {
            return Err(Failure::Unreadable);
        }
    }
    Ok(body)
}

fn refusal(status: u16, headers: &HeaderMap, body: &[u8]) -> Failure {
    let problem: Option<wire::Problem> = serde_json::from_slice(body).ok();
    let (code, params) = problem.map(|p| (p.code, p.params)).unzip();
    Failure::Refused { status, code, params: params.unwrap_or_default(), retry_after: retry_after(headers) }
}

/// Seconds from `Retry-After`, given as seconds or as a date of the server's own clock.
fn retry_after(headers: &HeaderMap) -> Option<u64> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(seconds);
    }
    let until = DateTime::parse_from_rfc2822(text).ok()?.to_utc();
    u64::try_from((until - server_time(headers)?).num_seconds()).ok()
}

fn server_time(headers: &HeaderMap) -> Option<Instant> {
    let text = headers.get(DATE)?.to_str().ok()?;
    Some(DateTime::parse_from_rfc2822(text).ok()?.to_utc())
}

/// Whether nothing was sent for sure, or the answer was lost.
fn why_not_sent(error: &reqwest::Error) -> Failure {
    if !error.is_connect() {
        return Failure::AnswerLost;
    }
    let mut cause: Option<&dyn Error> = Some(error);
    while let Some(inner) = cause {
        let text = inner.to_string();
        if inner.is::<rustls::Error>() || text.contains("certificate") {
            return Failure::Untrusted;
        }
        if text.contains("dns error") {
            return Failure::UnknownHost;
        }
        cause = inner.source();
    }
    Failure::Unreachable
}

fn percent_encoded(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~');
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
#[path = "http_tests.rs"]
mod tests;
