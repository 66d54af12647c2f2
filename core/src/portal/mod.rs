//! The utility's server: what we ask of it, and everything that can come back.
//!
//! [`Portal`] is the contract as a trait; [`http`] speaks it over the network, [`fake`] from a script. Neither
//! judges: a [`Failure`] says what happened, and the outbox's table of answers says what it means.

pub mod fake;
pub mod http;
mod tls;
pub mod wire;

use serde_json::value::RawValue;

use crate::domain::Instant;

/// The utility's server. Calls block the calling thread until the answer or the timeout.
pub trait Portal: Send + Sync {
    /// Trades login and password for tokens.
    fn login(&self, login: &str, password: &str) -> Answer<wire::Tokens>;

    /// Trades a refresh token for new tokens.
    fn refresh(&self, refresh_token: &str) -> Answer<wire::Tokens>;

    /// Ends a session at the server.
    fn logout(&self, refresh_token: &str) -> Answer<()>;

    /// One page of everything that changed since the cursor; of everything without one.
    fn changes(&self, access: &str, cursor: Option<&str>) -> Answer<wire::Changes>;

    /// Posts readings of one account. Replays are harmless: every payload carries its key.
    fn post_readings(
        &self,
        access: &str,
        account: &str,
        sent_at: Instant,
        items: &[Box<RawValue>],
    ) -> Answer<wire::BatchAnswer>;

    /// Takes a reading back. Replays are harmless: the key goes with it.
    fn withdraw(&self, access: &str, account: &str, reading_id: &str, key: &str) -> Answer<wire::Withdrawn>;

    /// Posts a letter. Replays are harmless: the payload carries its key. Only an appeal goes without a token.
    fn post_letter(
        &self,
        access: Option<&str>,
        to: LetterBox<'_>,
        letter: &RawValue,
    ) -> Answer<wire::LetterAnswer>;
}

/// Where a letter is put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterBox<'a> {
    /// Requests for a specialist (заявки) of an account.
    ServiceRequests {
        /// The account.
        account: &'a str,
    },
    /// Questions about an account.
    Questions {
        /// The account.
        account: &'a str,
    },
    /// The virtual reception (обращения), open to everyone.
    Appeals,
}

/// A reply, or why there is none.
pub type Answer<T> = Result<Reply<T>, Failure>;

/// A success that was understood.
#[derive(Debug)]
pub struct Reply<T> {
    /// The answer's body.
    pub body: T,
    /// The server's clock, from the `Date` header.
    pub server_time: Option<Instant>,
}

/// Why there is no reply.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// No connection came about: nothing was sent.
    #[error("no connection")]
    Unreachable,
    /// The host's name is not known, here and now: nothing was sent.
    #[error("the host's name does not resolve")]
    UnknownHost,
    /// The server's certificate is not trusted: nothing was sent.
    #[error("the server's certificate is not trusted")]
    Untrusted,
    /// The request left; whether it arrived is not known.
    #[error("the answer was lost")]
    AnswerLost,
    /// A success came that we can't read: half of it, or of a version that we do not know.
    #[error("the answer can't be read")]
    Unreadable,
    /// Something answered that is not the utility: a redirect, HTML.
    #[error("the answer is not the utility's (HTTP {status})")]
    NotTheUtility {
        /// HTTP status.
        status: u16,
    },
    /// The server refused the request as a whole.
    #[error("refused with HTTP {status} {code:?}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// The problem's code, where the body is a problem.
        code: Option<String>,
        /// The code's parameters.
        params: serde_json::Map<String, serde_json::Value>,
        /// Seconds to wait, where the server named them.
        retry_after: Option<u64>,
    },
}
