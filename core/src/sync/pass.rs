//! One pass over the outbox: send what is due, read back, refresh.
//!
//! The order is what makes a crash harmless: an item is `sending` on the disk before its request leaves, so that
//! after any kill it is found in doubt, and its key goes again.

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::value::RawValue;

use super::settle::Failed;
use super::tokens::{NoToken, TokenKeeper};
use super::{clock, policy, refresh};
use crate::domain::Instant;
use crate::env::Env;
use crate::portal::wire::PostedReading;
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
pub(super) enum Stop {
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
                    self.portal.post_readings(access, &account.id, now, &payloads)
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
            Err(Failure::Refused { status: 401, code, params, retry_after }) => {
                Err(Failed::BeforeTheRequest(Failure::Refused { status: 503, code, params, retry_after }))
            }
            Err(failure) => Err(Failed::Request(failure)),
        }
    }

    pub(super) fn now(&self) -> Result<Instant, StoreError> {
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
        phone_at: item.phone_at,
        skew_ms: item.skew,
        monotonic_ms: item.monotonic,
        rollover: item.rollover,
        replacement: item.replacement,
        confirmed: &item.confirmed,
        supersedes: forerunner.as_deref(),
    };
    serde_json::to_string(&posted).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))
}

#[cfg(test)]
#[path = "pass_tests.rs"]
mod tests;
