//! Signing in, signing out, and the pass that brings everything up to date. These calls use the network.

use std::sync::TryLockError;
use std::sync::atomic::Ordering;

use super::error::sign_in_error;
use super::{App, Error};
use crate::domain::Instant;
use crate::store;
use crate::sync::{self, Outcome, Pass, answers::Reason, clock, failures, policy};

/// What the resident typed to sign in.
#[derive(Clone)]
pub struct LoginRequest {
    /// Account number, or the login from the utility's letter.
    pub login: String,
    /// The password; lives only as long as the call.
    pub password: String,
    /// «Запомнить меня».
    pub remember: bool,
}

/// How a pass ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SyncOutcome {
    /// Everything due has gone, and the account is up to date.
    Done,
    /// No network; nothing is wrong.
    Offline,
    /// A page of the Wi-Fi, or another server, answered.
    NotTheUtility,
    /// The server can't answer now, or its answer was lost.
    ServerBusy,
    /// The password is wanted; readings are kept.
    NeedsSignIn,
    /// Another pass is under way.
    Busy,
    /// Ended by `cancel`.
    Cancelled,
    /// Ended by its budget.
    OutOfTime,
}

/// What a pass did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SyncReport {
    /// How it ended.
    pub outcome: SyncOutcome,
    /// Readings and letters that the utility said to have.
    pub sent: i32,
    /// Readings seen in the utility's list for the first time: «принято».
    pub accepted: i32,
    /// Readings that the utility asks about.
    pub asked: i32,
    /// Readings and letters that it refused.
    pub rejected: i32,
    /// Readings and letters still on the phone.
    pub waiting: i32,
    /// When to try again, by the phone's own clock, which jobs are run by; none when nothing waits that could go by itself.
    pub retry_at: Option<Instant>,
}

impl App {
    /// Signs in and brings the account. The password is not kept.
    ///
    /// # Errors
    /// [`Error::BadCredentials`], [`Error::TooManyTries`], [`Error::Offline`], [`Error::ServerNotFound`],
    /// [`Error::NotTheUtility`], [`Error::ServerBusy`]; everything is then as it was.
    pub fn login(&self, request: &LoginRequest) -> Result<SyncReport, Error> {
        let login = request.login.trim();
        let refused =
            |failure| sign_in_error(failure, self.profile.host(), &request.login, &request.password);
        let portal = (self.env.portals)(&self.profile).map_err(refused)?;
        let reply = portal.login(login, &request.password).map_err(refused)?;
        clock::learn(&self.store, &self.env, &self.calendar(), reply.server_time)?;
        let known = self.store.read(|db| store::login(db, login))?;
        let now = self.now()?;
        let id = known.map_or_else(|| self.env.new_id(now), |row| row.id);
        let installation = self.env.up_to(i64::MAX.unsigned_abs());
        self.store.write(|db| {
            if store::note(db, INSTALLATION)?.is_none() {
                store::set_note(db, INSTALLATION, i64::try_from(installation).unwrap_or(0))?;
            }
            store::put_login(db, &id, login, request.remember)
        })?;
        // Afterwards: of a login that could not be written, nobody would find the token.
        if !self.tokens.keep(&self.store, &self.env, &id, request.remember, &reply.body) {
            self.end_session(&reply.body.refresh_token);
        }
        self.sync(FIRST_REFRESH_MS)
    }

    /// Signs an account's login out. Readings that have not left stay in the queue until it signs in again.
    ///
    /// # Errors
    /// [`Error::NotFound`]; a server that can't be told is no error.
    pub fn logout(&self, account_id: &str) -> Result<(), Error> {
        let login = self.store.read(|db| store::login_of_account(db, account_id))?;
        let login = login.ok_or_else(|| Error::not_found("account"))?;
        let token = self.tokens.refresh_token(&self.env, &login.id);
        let forget = || self.tokens.forget(&self.env, &login.id);
        let removed = self.store.write(|db| {
            forget();
            store::remove_login(db, &login.id)
        });
        if removed.is_err() {
            forget();
        }
        if let Some(token) = token {
            self.end_session(&token);
        }
        Ok(removed?)
    }

    /// Tells the server, if it can be told.
    pub(super) fn end_session(&self, token: &str) {
        let told = (self.env.portals)(&self.profile).and_then(|portal| portal.logout(token));
        if told.is_err() {
            log::info!("the server was not told of the sign-out; the token ends by itself");
        }
    }

    /// One pass with the resident before the screen: sends what is due and what only waits for a better network, reads
    /// back, refreshes. Ends after `budget_ms` between two steps.
    ///
    /// # Errors
    /// The `Storage…` variants; whatever the network does is in the report.
    pub fn sync(&self, budget_ms: i64) -> Result<SyncReport, Error> {
        use Reason::{NotTheUtility, Offline, Server, SignIn};
        self.run(budget_ms, &[Offline, NotTheUtility, Server, SignIn])
    }

    /// One pass that a job runs by itself: what failed at the server waits for its time, so that phones do not come back
    /// all at once. What waited for the network goes, since the job has waited for it too.
    ///
    /// # Errors
    /// As [`App::sync`].
    pub fn sync_unattended(&self, budget_ms: i64) -> Result<SyncReport, Error> {
        self.run(budget_ms, &[Reason::Offline, Reason::SignIn])
    }

    fn run(&self, budget_ms: i64, hurried: &[Reason]) -> Result<SyncReport, Error> {
        let _passing = match self.passing.try_lock() {
            Ok(guard) => guard,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return self.report(SyncOutcome::Busy, None),
        };
        self.cancelled.store(false, Ordering::Relaxed);
        let nothing_to_do =
            self.store.read(|db| Ok(store::logins(db)?.is_empty() && store::waiting_count(db)? == 0))?;
        if nothing_to_do {
            return self.report(SyncOutcome::Done, None);
        }
        // Opening has looked at what the first screen shows; here there is time for the rest.
        if !self.verified.swap(true, Ordering::Relaxed) {
            self.store.verify()?;
        }
        let hurried: Vec<&str> = hurried.iter().map(|reason| reason.name()).collect();
        self.store.write(|db| store::hurry(db, &hurried))?;
        let portal = match (self.env.portals)(&self.profile) {
            Ok(portal) => portal,
            Err(_) => {
                self.store.write(|db| failures::count(db, false))?;
                return self.report(SyncOutcome::NotTheUtility, None);
            }
        };
        let done = sync::pass(&Pass {
            store: &self.store,
            env: &self.env,
            calendar: &self.calendar(),
            tokens: &self.tokens,
            portal: portal.as_ref(),
            honours_keys: self.profile.portal.honours_keys,
            holder: &self.env.new_key(),
            cancelled: &self.cancelled,
            deadline: self.env.clock.monotonic().saturating_add(budget_ms),
        })?;
        self.report(outcome(done.outcome), Some(&done))
    }

    /// The shell knows that there is no network: what waits says so, without an attempt that would only fail.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn note_offline(&self) -> Result<(), Error> {
        let now = self.now()?;
        Ok(self.store.write(|db| store::mark_kept(db, Reason::Offline.name(), now))?)
    }

    /// Ends the pass that is under way at its next step; from any thread.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    fn report(&self, outcome: SyncOutcome, done: Option<&sync::Report>) -> Result<SyncReport, Error> {
        let count = |of: fn(&sync::Report) -> usize| {
            done.map_or(0, |report| i32::try_from(of(report)).unwrap_or(i32::MAX))
        };
        let now = self.now()?;
        let (waiting, retry_at) = self.store.read(|db| {
            let earliest = match outcome {
                SyncOutcome::Done | SyncOutcome::NeedsSignIn => now,
                // Whoever is at work now sends what is due; a job that came back at once would only find it so again.
                SyncOutcome::Busy => now + chrono::TimeDelta::milliseconds(policy::LEASE_MILLISECONDS),
                SyncOutcome::Offline
                | SyncOutcome::NotTheUtility
                | SyncOutcome::ServerBusy
                | SyncOutcome::Cancelled
                | SyncOutcome::OutOfTime => {
                    failures::over(db, &self.env, now, self.calendar().position(now).window().closes_at)?
                }
            };
            let waiting = store::waiting_count(db)?;
            // What waits may be for an account that stands on a page still to come.
            let unfinished = (outcome == SyncOutcome::OutOfTime && waiting > 0).then_some(now);
            let next = self.retry_at(db, now)?.or(unfinished);
            // The utility's clock and the phone's may be hours apart, and a job that is late or early by them at each wake.
            let by_the_phone = |at: Instant| self.env.clock.now().checked_add_signed(at.max(earliest) - now);
            Ok((waiting, next.and_then(by_the_phone)))
        })?;
        Ok(SyncReport {
            outcome,
            sent: count(|r| r.sent),
            accepted: count(|r| r.accepted),
            asked: count(|r| r.asked),
            rejected: count(|r| r.rejected),
            waiting: i32::try_from(waiting).unwrap_or(i32::MAX),
            retry_at,
        })
    }

    /// When a job should try by itself.
    fn retry_at(&self, db: &rusqlite::Connection, now: Instant) -> rusqlite::Result<Option<Instant>> {
        let calendar = self.calendar();
        let installation = store::note(db, INSTALLATION)?.unwrap_or(0).to_string();
        let next = store::next_attempts(db, now)?.into_iter().map(|(period, not_before)| {
            match period.map(|period| calendar.window(period)) {
                // What waits for its window would leave all phones in the same second.
                Some(window) if window.opens_at > now && not_before >= window.opens_at => {
                    policy::automatic(not_before, now, &installation, Some(window.closes_at))
                }
                Some(_) | None => not_before,
            }
        });
        let quiet = sync::quiet_until(db, now)?;
        Ok(next.min().map(|next| quiet.map_or(next, |quiet| next.max(quiet))))
    }
}

/// Tells this phone from the others: a number that chance has made.
const INSTALLATION: &str = "installation";

/// The first refresh after signing in fetches years of history; the resident is watching.
const FIRST_REFRESH_MS: i64 = 30_000;

fn outcome(outcome: Outcome) -> SyncOutcome {
    match outcome {
        Outcome::Done => SyncOutcome::Done,
        Outcome::Offline => SyncOutcome::Offline,
        Outcome::NotTheUtility => SyncOutcome::NotTheUtility,
        Outcome::ServerBusy => SyncOutcome::ServerBusy,
        Outcome::NeedsSignIn => SyncOutcome::NeedsSignIn,
        Outcome::Busy => SyncOutcome::Busy,
        Outcome::Cancelled => SyncOutcome::Cancelled,
        Outcome::OutOfTime => SyncOutcome::OutOfTime,
    }
}
