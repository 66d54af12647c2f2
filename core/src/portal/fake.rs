//! A utility's server from a script, for tests of what hangs on its answers.
//!
//! It keeps what it was sent. It is public so that a team which embeds the library can play its own cases.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::value::RawValue;

use super::{Answer, Failure, LetterBox, Portal, Reply, wire};
use crate::domain::Instant;

/// A scripted server; clones share the script.
#[derive(Clone, Default)]
pub struct FakePortal {
    script: Arc<Mutex<Script>>,
}

/// What the server will say, and what it was told.
#[derive(Default)]
struct Script {
    tokens: VecDeque<Result<wire::Tokens, Failure>>,
    changes: VecDeque<Result<wire::Changes, Failure>>,
    batches: VecDeque<Result<wire::BatchAnswer, Failure>>,
    withdrawals: VecDeque<Result<wire::Withdrawn, Failure>>,
    letters: VecDeque<Result<wire::LetterAnswer, Failure>>,
    posted: Vec<serde_json::Value>,
    cursors: Vec<Option<String>>,
    accesses: Vec<String>,
    refreshes: Vec<String>,
    logouts: Vec<String>,
    server_time: Option<Instant>,
    meanwhile: Option<Box<dyn FnOnce() + Send>>,
}

impl FakePortal {
    /// The next answer to login or refresh.
    pub fn will_sign_in(&self, answer: Result<wire::Tokens, Failure>) {
        self.script().tokens.push_back(answer);
    }

    /// The next page of changes.
    pub fn will_change(&self, answer: Result<wire::Changes, Failure>) {
        self.script().changes.push_back(answer);
    }

    /// The next answer to a batch.
    pub fn will_answer(&self, answer: Result<wire::BatchAnswer, Failure>) {
        self.script().batches.push_back(answer);
    }

    /// The next answer to a withdrawal.
    pub fn will_withdraw(&self, answer: Result<wire::Withdrawn, Failure>) {
        self.script().withdrawals.push_back(answer);
    }

    /// The next answer to a letter.
    pub fn will_register(&self, answer: Result<wire::LetterAnswer, Failure>) {
        self.script().letters.push_back(answer);
    }

    /// The server's clock.
    pub fn set_time(&self, at: Instant) {
        self.script().server_time = Some(at);
    }

    /// Does something while the next request is on the wire.
    pub fn meanwhile(&self, happens: impl FnOnce() + Send + 'static) {
        self.script().meanwhile = Some(Box::new(happens));
    }

    /// Everything posted so far, as JSON; a withdrawal as `{"withdraw": reading, "idempotency_key": key}`.
    #[must_use]
    pub fn posted(&self) -> Vec<serde_json::Value> {
        self.script().posted.clone()
    }

    /// The cursors that changes were asked with.
    #[must_use]
    pub fn cursors(&self) -> Vec<Option<String>> {
        self.script().cursors.clone()
    }

    /// The access tokens that calls came with.
    #[must_use]
    pub fn accesses(&self) -> Vec<String> {
        self.script().accesses.clone()
    }

    /// The refresh tokens that were traded in.
    #[must_use]
    pub fn refreshes(&self) -> Vec<String> {
        self.script().refreshes.clone()
    }

    /// The refresh tokens whose sessions were ended.
    #[must_use]
    pub fn logouts(&self) -> Vec<String> {
        self.script().logouts.clone()
    }

    /// A request has left: the script is free meanwhile, since what happens may ask the server, too.
    fn on_the_wire(&self) -> MutexGuard<'_, Script> {
        let happens = self.script().meanwhile.take();
        if let Some(happens) = happens {
            happens();
        }
        self.script()
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn next<T>(queue: &mut VecDeque<Result<T, Failure>>, time: Option<Instant>) -> Answer<T> {
    // A script at its end is a server that is gone.
    let answer = queue.pop_front().unwrap_or(Err(Failure::Unreachable))?;
    Ok(Reply { body: answer, server_time: time })
}

impl Portal for FakePortal {
    fn login(&self, _login: &str, _password: &str) -> Answer<wire::Tokens> {
        let mut script = self.on_the_wire();
        let time = script.server_time;
        next(&mut script.tokens, time)
    }

    fn refresh(&self, refresh_token: &str) -> Answer<wire::Tokens> {
        self.script().refreshes.push(refresh_token.to_owned());
        self.login("", "")
    }

    fn logout(&self, refresh_token: &str) -> Answer<()> {
        self.script().logouts.push(refresh_token.to_owned());
        Ok(Reply { body: (), server_time: None })
    }

    fn changes(&self, access: &str, cursor: Option<&str>) -> Answer<wire::Changes> {
        let mut script = self.on_the_wire();
        script.cursors.push(cursor.map(str::to_owned));
        script.accesses.push(access.to_owned());
        let time = script.server_time;
        next(&mut script.changes, time)
    }

    fn post_readings(
        &self,
        _access: &str,
        _account: &str,
        _sent_at: Instant,
        items: &[Box<RawValue>],
    ) -> Answer<wire::BatchAnswer> {
        let mut script = self.on_the_wire();
        let posted = items.iter().filter_map(|item| serde_json::from_str(item.get()).ok());
        script.posted.extend(posted.collect::<Vec<serde_json::Value>>());
        let time = script.server_time;
        next(&mut script.batches, time)
    }

    fn withdraw(
        &self,
        _access: &str,
        _account: &str,
        reading_id: &str,
        key: &str,
    ) -> Answer<wire::Withdrawn> {
        let mut script = self.on_the_wire();
        script.posted.push(serde_json::json!({ "withdraw": reading_id, "idempotency_key": key }));
        let time = script.server_time;
        next(&mut script.withdrawals, time)
    }

    fn post_letter(
        &self,
        _access: Option<&str>,
        _to: LetterBox<'_>,
        letter: &RawValue,
    ) -> Answer<wire::LetterAnswer> {
        let mut script = self.on_the_wire();
        script.posted.extend(serde_json::from_str::<serde_json::Value>(letter.get()));
        let time = script.server_time;
        next(&mut script.letters, time)
    }
}
