//! One pass over the outbox: send what is due, read back, refresh.
//!
//! The order is what makes a crash harmless: an item is `sending` on the disk before its request leaves, so that
//! after any kill it is found in doubt, and its key goes again.

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::value::RawValue;

use super::answers::{Delay, ItemVerdict, Reason, RequestVerdict, judge_item, judge_request};
use super::tokens::{NoToken, TokenKeeper};
use super::{clock, policy, refresh};
use crate::domain::Instant;
use crate::env::Env;
use crate::portal::wire::{BatchAnswer, ItemAnswer, PostedReading};
use crate::portal::{Failure, Portal};
use crate::store::{self, Item, LoginRow, Store, StoreError};

/// What a pass works with.
pub struct Pass<'a> {
    /// The database.
    pub store: &'a Store,
    /// Surroundings.
    pub env: &'a Env,
    /// Tokens of all logins.
    pub tokens: &'a TokenKeeper,
    /// The server.
    pub portal: &'a dyn Portal,
    /// Set from another thread to end the pass between two steps.
    pub cancelled: &'a AtomicBool,
    /// The pass ends between two steps after this much of the phone's monotonic clock.
    pub deadline: i64,
}

/// How a pass ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Everything that was due has gone, and the account is up to date.
    Done,
    /// No network; nothing is wrong.
    Offline,
    /// A page of the Wi-Fi, or another server, answered.
    NotTheUtility,
    /// The server is overloaded, in maintenance, or its answer was lost.
    ServerBusy,
    /// The password is wanted.
    NeedsSignIn,
    /// Ended early on request.
    Cancelled,
    /// Ended early by its budget.
    OutOfTime,
}

/// What a pass did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// How it ended.
    pub outcome: Outcome,
    /// Readings that the utility said to have.
    pub sent: usize,
    /// Readings seen in the utility's own list for the first time.
    pub accepted: usize,
    /// Readings that the utility asks about.
    pub asked: usize,
    /// Readings that it refused.
    pub rejected: usize,
}

/// Why a pass does not go on.
enum Stop {
    Because(Outcome),
    Store(StoreError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Runs one pass over all logins.
///
/// # Errors
/// [`StoreError`]; a network that fails is no error but an [`Outcome`].
pub fn pass(work: &Pass<'_>) -> Result<Report, StoreError> {
    let mut report = Report { outcome: Outcome::Done, sent: 0, accepted: 0, asked: 0, rejected: 0 };
    for login in work.store.read(store::logins)? {
        match work.serve(&login, &mut report) {
            Ok(()) => {}
            Err(Stop::Store(error)) => return Err(error),
            // One login's forgotten password holds up no other login.
            Err(Stop::Because(Outcome::NeedsSignIn)) => {
                work.store.write(|db| store::set_needs_sign_in(db, &login.id, true))?;
                report.outcome = Outcome::NeedsSignIn;
            }
            Err(Stop::Because(outcome)) => return Ok(Report { outcome, ..report }),
        }
    }
    Ok(report)
}

impl Pass<'_> {
    fn serve(&self, login: &LoginRow, report: &mut Report) -> Result<(), Stop> {
        if login.needs_sign_in {
            return Err(Stop::Because(Outcome::NeedsSignIn));
        }
        let renewed = self.send(login, report)?;
        self.pull(login, report)?;
        if renewed {
            // The meters' records are fresh now, so what was refused for an old one goes once more.
            self.send(login, report)?;
            self.pull(login, report)?;
        }
        Ok(())
    }

    /// Sends everything due; tells whether something has to be made anew from refreshed meters.
    fn send(&self, login: &LoginRow, report: &mut Report) -> Result<bool, Stop> {
        let mut renewed = false;
        for account in self.store.read(store::accounts)?.into_iter().filter(|a| a.login_id == login.id) {
            loop {
                self.may_go_on()?;
                let now = self.now()?;
                let items = self.store.read(|db| store::batch(db, &account.id, now, policy::BATCH))?;
                if items.is_empty() {
                    break;
                }
                let payloads = self.freeze(&items, now)?;
                let answer = self.with_token(login, now, |access| {
                    self.portal.post_readings(access, &account.id, &payloads)
                });
                match answer {
                    Ok(answer) => {
                        if self.settle_answers(&items, &answer, report)? {
                            renewed = true;
                            break;
                        }
                    }
                    Err(stop) => return Err(self.settle_failure(&items, stop, report)?),
                }
            }
        }
        Ok(renewed)
    }

    /// Commits the items as `sending`, with the payloads that go out now and at every replay.
    fn freeze(&self, items: &[Item], now: Instant) -> Result<Vec<Box<RawValue>>, StoreError> {
        self.store.write(|db| {
            items
                .iter()
                .map(|item| {
                    let payload = match &item.payload {
                        Some(frozen) => frozen.clone(),
                        None => payload(db, item)?,
                    };
                    store::freeze_and_send(db, &item.captured.item_id, &payload, now)?;
                    RawValue::from_string(payload)
                        .map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))
                })
                .collect()
        })
    }

    fn settle_answers(
        &self,
        items: &[Item],
        answer: &BatchAnswer,
        report: &mut Report,
    ) -> Result<bool, Stop> {
        let now = self.now()?;
        let mut renewed = false;
        self.store.write(|db| {
            for item in items {
                let id = &item.captured.item_id;
                let verdict = answer.items.iter().find(|a| a.client_item_id == *id);
                let outcome = self.outcome(item, verdict, now);
                match &outcome {
                    store::Outcome::Received { .. } => report.sent += 1,
                    store::Outcome::NeedsAnswer { .. } => report.asked += 1,
                    store::Outcome::Rejected { .. } => report.rejected += 1,
                    store::Outcome::Renewed { .. } => renewed = true,
                    store::Outcome::Queued { .. } | store::Outcome::InDoubt { .. } => {}
                }
                store::settle(db, id, &outcome)?;
            }
            Ok(())
        })?;
        Ok(renewed)
    }

    fn outcome(&self, item: &Item, answer: Option<&ItemAnswer>, now: Instant) -> store::Outcome {
        let params = || answer.map_or_else(|| "{}".to_owned(), |a| serde_json::json!(a.params).to_string());
        let later = || now + self.wait(item, None);
        match answer.map_or(ItemVerdict::Unclear, judge_item) {
            ItemVerdict::Received => store::Outcome::Received {
                reading_id: answer.and_then(|a| a.reading_id.clone()).unwrap_or_default(),
                receipt: answer.and_then(|a| a.receipt.clone()),
                effective_period: answer.and_then(|a| a.effective_period),
                received_at: answer.and_then(|a| a.received_at).unwrap_or(now),
            },
            ItemVerdict::Hold(opens_at) => store::Outcome::Queued {
                reason: Reason::WindowClosed.name().to_owned(),
                not_before: opens_at.filter(|at| *at > now).unwrap_or_else(later),
            },
            ItemVerdict::Renew => store::Outcome::Renewed {
                reason: Reason::MeterChanged.name().to_owned(),
                // At once the first time, when only our copy of the meter was old.
                not_before: if item.attempts == 0 { now } else { later() },
                idempotency_key: self.env.new_key(),
            },
            ItemVerdict::Ask(code) => store::Outcome::NeedsAnswer { code, params: params() },
            ItemVerdict::Reject(code) => store::Outcome::Rejected { code, params: params() },
            ItemVerdict::Unclear => {
                store::Outcome::InDoubt { reason: Reason::Server.name().to_owned(), not_before: later() }
            }
        }
    }

    /// Notes on every item of a request why it failed.
    fn settle_failure(
        &self,
        items: &[Item],
        failed: Failed,
        report: &mut Report,
    ) -> Result<Stop, StoreError> {
        let (verdict, stop) = match failed {
            Failed::NeedsSignIn => {
                let delay = Delay { reason: Reason::SignIn, asked_seconds: Some(0) };
                (RequestVerdict::NotDelivered(delay), Outcome::NeedsSignIn)
            }
            Failed::BeforeTheRequest(failure) => {
                let delay = Delay { reason: reason_of(&failure), asked_seconds: None };
                (RequestVerdict::NotDelivered(delay), outcome_of(&failure))
            }
            Failed::Request(failure) => (judge_request(&failure), outcome_of(&failure)),
        };
        let now = self.store.read(|db| clock::now(db, self.env))?;
        self.store.write(|db| {
            for item in items {
                let wait = |delay: &Delay| now + self.wait(item, delay.asked_seconds);
                let outcome = match &verdict {
                    RequestVerdict::NotDelivered(delay) => store::Outcome::Queued {
                        reason: delay.reason.name().to_owned(),
                        not_before: wait(delay),
                    },
                    RequestVerdict::InDoubt(delay) => store::Outcome::InDoubt {
                        reason: delay.reason.name().to_owned(),
                        not_before: wait(delay),
                    },
                    RequestVerdict::RenewToken => {
                        store::Outcome::Queued { reason: Reason::SignIn.name().to_owned(), not_before: now }
                    }
                    RequestVerdict::Refused(code) => {
                        report.rejected += 1;
                        store::Outcome::Rejected { code: code.clone(), params: "{}".to_owned() }
                    }
                };
                store::settle(db, &item.captured.item_id, &outcome)?;
            }
            Ok(())
        })?;
        Ok(Stop::Because(stop))
    }

    /// Takes every page that is waiting.
    fn pull(&self, login: &LoginRow, report: &mut Report) -> Result<(), Stop> {
        let mut cursor = self.store.read(|db| store::login(db, &login.login))?.and_then(|l| l.cursor);
        for _ in 0..policy::PAGES {
            self.may_go_on()?;
            let now = self.now()?;
            let page = self
                .with_token(login, now, |access| self.portal.changes(access, cursor.as_deref()))
                .map_err(|failed| Stop::Because(failed.outcome()))?;
            let (more, next) = (page.more, page.cursor.clone());
            let now = self.now()?;
            report.accepted += self.store.write(|db| refresh::apply(db, &login.id, page, now))?;
            if !more {
                break;
            }
            cursor = Some(next);
        }
        Ok(())
    }

    /// A call with an access token; renews it once when the server says that it has ended.
    fn with_token<T>(
        &self,
        login: &LoginRow,
        now: Instant,
        call: impl Fn(&str) -> crate::portal::Answer<T>,
    ) -> Result<T, Failed> {
        let before = |no_token| match no_token {
            NoToken::NeedsSignIn => Failed::NeedsSignIn,
            NoToken::Failed(failure) => Failed::BeforeTheRequest(failure),
        };
        let access = self.tokens.access(self.env, self.portal, login, now).map_err(before)?;
        let answer = match call(&access) {
            Err(Failure::Refused { status: 401, .. }) => {
                let access = self.tokens.renew(self.env, self.portal, login).map_err(before)?;
                call(&access)
            }
            other => other,
        };
        match answer {
            Ok(reply) => {
                if clock::learn(self.store, self.env, reply.server_time).is_err() {
                    log::warn!("the clock's difference could not be kept");
                }
                Ok(reply.body)
            }
            // A server that refuses a token that it has just given is not one to ask a password for.
            Err(Failure::Refused { status: 401, code, retry_after }) => {
                Err(Failed::BeforeTheRequest(Failure::Refused { status: 503, code, retry_after }))
            }
            Err(failure) => Err(Failed::Request(failure)),
        }
    }

    fn wait(&self, item: &Item, asked_seconds: Option<u64>) -> chrono::TimeDelta {
        if asked_seconds == Some(0) {
            return chrono::TimeDelta::zero();
        }
        let attempts = u64::try_from(item.attempts).unwrap_or(0) + 1;
        policy::wait(attempts, asked_seconds, |limit| self.env.up_to(limit))
    }

    fn now(&self) -> Result<Instant, StoreError> {
        self.store.read(|db| clock::now(db, self.env))
    }

    fn may_go_on(&self) -> Result<(), Stop> {
        if self.cancelled.load(Ordering::Relaxed) {
            Err(Stop::Because(Outcome::Cancelled))
        } else if self.env.clock.monotonic() > self.deadline {
            Err(Stop::Because(Outcome::OutOfTime))
        } else {
            Ok(())
        }
    }
}

/// Why a call has no answer.
enum Failed {
    NeedsSignIn,
    BeforeTheRequest(Failure),
    Request(Failure),
}

impl Failed {
    fn outcome(&self) -> Outcome {
        match self {
            Self::NeedsSignIn => Outcome::NeedsSignIn,
            Self::BeforeTheRequest(failure) | Self::Request(failure) => outcome_of(failure),
        }
    }
}

fn outcome_of(failure: &Failure) -> Outcome {
    match reason_of(failure) {
        Reason::Offline => Outcome::Offline,
        Reason::NotTheUtility => Outcome::NotTheUtility,
        Reason::SignIn => Outcome::NeedsSignIn,
        Reason::Server | Reason::WindowClosed | Reason::MeterChanged => Outcome::ServerBusy,
    }
}

fn reason_of(failure: &Failure) -> Reason {
    match judge_request(failure) {
        RequestVerdict::NotDelivered(delay) | RequestVerdict::InDoubt(delay) => delay.reason,
        RequestVerdict::RenewToken => Reason::SignIn,
        RequestVerdict::Refused(_) => Reason::Server,
    }
}

/// The payload of an item, from the newest record of its meter.
fn payload(db: &rusqlite::Connection, item: &Item) -> rusqlite::Result<String> {
    let c = &item.captured;
    let meter = store::meter(db, &c.meter_id)?;
    let forerunner = match &item.supersedes {
        Some(id) => store::by_id(db, id)?.and_then(|item| item.reading_id),
        None => None,
    };
    let posted = PostedReading {
        idempotency_key: &item.idempotency_key,
        client_item_id: &c.item_id,
        meter_id: &c.meter_id,
        meter_version: meter.map_or(item.meter_version, |m| m.version),
        period: c.period,
        value: c.value,
        entered: &c.entered,
        taken_at: c.taken_at,
        rollover: false,
        confirmed: &item.confirmed,
        supersedes: forerunner.as_deref(),
    };
    serde_json::to_string(&posted).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))
}

#[cfg(test)]
#[path = "pass_tests.rs"]
mod tests;
