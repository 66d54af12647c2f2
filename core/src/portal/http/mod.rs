//! The contract over HTTP.
//!
//! A client lives for one pass: its runtime runs on the calling thread, its connection is kept within the pass, and
//! nothing is left running afterwards.
//!
//! - Redirects are not followed: whoever redirects is not the utility. There is no proxy and there are no cookies.
//! - Content codings are not asked for and never decoded, so that a kilobyte stays one: an answer that has one is not
//!   understood.
//! - A whole request, name, connection, slow head and slow body included, ends within [`Limits::request`], and no more
//!   than [`Limits::largest_answer`] and [`OVERHEAD`] is read for it, whatever it is: bodies, heads, frames or interim
//!   answers without end.
//! - A problem that is larger than [`Limits::largest_problem`] is no problem of the contract: its status alone counts.

mod answer;
mod dates;

use std::error::Error;
use std::io;
use std::iter;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use reqwest::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE};
use reqwest::{Method, RequestBuilder, redirect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use tokio::runtime::Runtime;

use super::tls::{self, metered};
use super::{Answer, Failure, LetterBox, Portal, Reply, wire};
use crate::domain::Instant;

/// What is read for an answer besides its body: the handshake with its certificates, the head, the frames of chunks.
pub const OVERHEAD: usize = 192 * 1024;

/// How patient the client is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// To connect at all.
    pub connect: Duration,
    /// For a whole request, slow bodies included.
    pub request: Duration,
    /// Bytes of an answer's body; what is larger is not read to its end.
    pub largest_answer: usize,
    /// Bytes of a problem.
    pub largest_problem: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // A phone in a cellar should learn soon that there is nothing.
            connect: Duration::from_secs(10),
            // Android's jobs are given minutes, residents give half of one.
            request: Duration::from_secs(30),
            // Years of a landlord's readings are below a megabyte.
            largest_answer: 4 * 1024 * 1024,
            // A code and its parameters are below a kilobyte, and are kept with each item.
            largest_problem: 64 * 1024,
        }
    }
}

/// The HTTP client of one pass.
pub struct HttpPortal {
    base_url: String,
    limits: Limits,
    client: reqwest::Client,
    runtime: Option<Runtime>,
    received: AtomicU64,
}

impl HttpPortal {
    /// A client for the utility's server.
    ///
    /// # Errors
    /// [`Failure::Untrusted`] when an extra root can't be read, [`Failure::Unreachable`] when the system gives no
    /// socket machinery.
    pub fn new(portal: &crate::domain::Portal, app_version: &str) -> Result<Self, Failure> {
        Self::with_limits(portal, app_version, Limits::default())
    }

    /// The same with other limits, for tests that can't wait half a minute.
    ///
    /// # Errors
    /// As [`HttpPortal::new`].
    pub fn with_limits(
        portal: &crate::domain::Portal,
        app_version: &str,
        limits: Limits,
    ) -> Result<Self, Failure> {
        let tls = tls::client_config(&portal.extra_roots).map_err(|_| Failure::Untrusted)?;
        let printable: String = app_version.chars().filter(char::is_ascii_graphic).collect();
        let client = reqwest::Client::builder()
            .use_preconfigured_tls(tls)
            .redirect(redirect::Policy::none())
            .connect_timeout(limits.connect)
            .timeout(limits.request)
            .user_agent(format!("vodomer/{} {printable}", env!("CARGO_PKG_VERSION")))
            .no_proxy()
            .build()
            .map_err(|_| Failure::Unreachable)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|_| Failure::Unreachable)?;
        let base_url = portal.base_url.trim_end_matches('/').to_owned();
        Ok(Self { base_url, limits, client, runtime: Some(runtime), received: AtomicU64::new(0) })
    }

    /// Bytes of TLS that were read for this client's requests so far.
    #[must_use]
    pub fn received(&self) -> u64 {
        self.received.load(Ordering::Relaxed)
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
        let request = self.request(method, path, access, key, body)?;
        let runtime = self.runtime.as_ref().ok_or(Failure::Unreachable)?;
        let before = metered::read();
        metered::allow(self.limits.largest_answer.saturating_add(OVERHEAD));
        let answer = runtime.block_on(async {
            let response = request.send().await.map_err(|error| why_not_sent(&error))?;
            answer::read(response, &self.limits).await
        });
        self.received.fetch_add(metered::read() - before, Ordering::Relaxed);
        match answer {
            // It did not break off: we did.
            Err(Failure::AnswerLost) if metered::is_used_up() => Err(Failure::Unreadable),
            other => other,
        }
    }

    fn request(
        &self,
        method: Method,
        path: &str,
        access: Option<&str>,
        key: Option<&str>,
        body: Option<&(impl Serialize + ?Sized)>,
    ) -> Result<RequestBuilder, Failure> {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.base_url))
            .header(ACCEPT, "application/json, application/problem+json")
            .header(ACCEPT_ENCODING, "identity");
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
        Ok(request)
    }
}

/// Whether nothing was sent for sure, or the answer was lost.
fn why_not_sent(error: &reqwest::Error) -> Failure {
    // A request that can't even be written has not left.
    if !error.is_connect() && !error.is_builder() {
        return Failure::AnswerLost;
    }
    if causes(error).any(is_of_tls) {
        Failure::Untrusted
    } else if causes(error).any(|cause| cause.to_string().contains("dns error")) {
        Failure::UnknownHost
    } else {
        Failure::Unreachable
    }
}

/// An error, and what lies behind it.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    let mut next = Some(error);
    iter::from_fn(move || {
        let this = next?;
        next = this.source();
        Some(this)
    })
}

/// Whether an error is TLS's own. One of the way has it inside, at any depth, and not among its causes.
fn is_of_tls(error: &(dyn Error + 'static)) -> bool {
    error.is::<rustls::Error>()
        || error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
            .is_some_and(|inner| is_of_tls(inner))
}

impl Drop for HttpPortal {
    fn drop(&mut self) {
        // A name that the system looks up for minutes must not hold up whoever ends the pass.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
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

fn percent_encoded(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~');
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests;
