//! One pass over the outbox: send what is due, read back, refresh.
//!
//! The order is what makes a crash harmless: an item is `sending` on the disk before its request leaves, so that
//! after any kill it is found in doubt, and its key goes again.

use std::sync::atomic::{AtomicBool, Ordering};

use super::answers::{Delay, Reason};
use super::settle::Failed;
use super::take_over::take_over;
use super::tokens::TokenKeeper;
use super::{clock, failures, policy, refresh};
use crate::domain::{Calendar, Instant};
use crate::env::Env;
use crate::portal::Portal;
use crate::store::{self, LoginRow, State, Store, StoreError, Writing};

/// What a pass works with.
pub struct Pass<'a> {
    /// The database.
    pub store: &'a Store,
    /// Surroundings.
    pub env: &'a Env,
    /// The utility's windows.
    pub calendar: &'a Calendar,
    /// Tokens of all logins.
    pub tokens: &'a TokenKeeper,
    /// The server.
    pub portal: &'a dyn Portal,
    /// The server knows a key that it has seen.
    pub honours_keys: bool,
    /// Names this pass as the holder of the uploader's lease.
    pub holder: &'a str,
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
    /// Another pass holds the lease.
    Busy,
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
    /// Items that the utility said to have.
    pub sent: usize,
    /// Readings seen in the utility's own list for the first time.
    pub accepted: usize,
    /// Readings that the utility asks about.
    pub asked: usize,
    /// Items that it refused.
    pub rejected: usize,
}

/// A login's turn in a pass.
pub(super) struct Turn<'a> {
    pub login: &'a LoginRow,
    /// When its list was asked for what is in doubt; none where the server knows a key that it has seen.
    pub looked: Option<Instant>,
}

/// Why a pass does not go on.
pub(super) enum Stop {
    /// It ends.
    Because(Outcome),
    /// A login's turn ends, and the next one's comes.
    Turn(Outcome),
    Store(StoreError),
}

impl Stop {
    /// What that means for what was to go; none where it says nothing of the server.
    fn delay(&self) -> Option<Delay> {
        let (Self::Because(outcome) | Self::Turn(outcome)) = self else {
            return None;
        };
        let reason = match outcome {
            Outcome::Offline => Reason::Offline,
            Outcome::NotTheUtility => Reason::NotTheUtility,
            Outcome::ServerBusy => Reason::Server,
            Outcome::Done
            | Outcome::NeedsSignIn
            | Outcome::Busy
            | Outcome::Cancelled
            | Outcome::OutOfTime => return None,
        };
        Some(Delay { reason, asked_seconds: None })
    }
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
    if work.is_left_alone()? {
        return Ok(Report { outcome: Outcome::ServerBusy, ..report });
    }
    let ended = work.all(&mut report);
    let came_to_something =
        matches!(ended, Ok(true)) || report.sent + report.accepted + report.asked + report.rejected > 0;
    let came_to_nothing = match &ended {
        Ok(_) => !matches!(report.outcome, Outcome::Done | Outcome::NeedsSignIn),
        Err(Stop::Because(outcome) | Stop::Turn(outcome)) => *outcome != Outcome::Busy,
        Err(Stop::Store(_)) => false,
    };
    work.store.write(|db| {
        if came_to_something || came_to_nothing {
            failures::count(db, came_to_something)?;
        }
        store::give_back_lease(db, LEASE, work.holder)
    })?;
    match ended {
        Ok(_) => Ok(report),
        Err(Stop::Because(outcome) | Stop::Turn(outcome)) => Ok(Report { outcome, ..report }),
        Err(Stop::Store(error)) => Err(error),
    }
}

const LEASE: &str = "uploader";

impl Pass<'_> {
    /// Tells whether a login was served.
    fn all(&self, report: &mut Report) -> Result<bool, Stop> {
        self.store.write(|db| self.keep_lease(db))?.then_some(()).ok_or(Stop::Because(Outcome::Busy))?;
        self.store.write(refresh::ask_anew_after_an_update)?;
        let mut signed_in = None;
        for login in self.store.read(store::logins)? {
            match self.serve(&login, report) {
                Ok(()) => signed_in = Some(login),
                // A forgotten password, a blocked account, a list that the server can't make: no other login waits for it.
                Err(Stop::Turn(outcome)) => {
                    if outcome == Outcome::NeedsSignIn {
                        self.store.write(|db| store::set_needs_sign_in(db, &login.id, true))?;
                    }
                    report.outcome = outcome;
                }
                Err(stop) => return Err(stop),
            }
        }
        // Letters to the reception need no account, and no list shows them.
        let turn = signed_in.as_ref().map(|login| Turn { login, looked: None });
        self.run_errands(turn.as_ref(), None, report)?;
        Ok(signed_in.is_some())
    }

    fn serve(&self, login: &LoginRow, report: &mut Report) -> Result<(), Stop> {
        if login.needs_sign_in {
            return Err(Stop::Turn(Outcome::NeedsSignIn));
        }
        // What is sent is dated for good, and after the phone's start its clock is not to be trusted. The token that each
        // process begins with brings the utility's time, whatever becomes of the list.
        if !self.knows_the_time()? {
            self.token(login)?;
        }
        // Sent again blindly to a server that forgets keys, what is in doubt would count twice: its list tells what has
        // arrived. What becomes due after this look waits for the next one.
        let looked = if self.honours_keys { None } else { Some(self.now()?) };
        let look_first = match looked {
            Some(now) => self.something_in_doubt(login, now)?,
            None => false,
        };
        let knows_the_time = self.knows_the_time()?;
        if (look_first || !knows_the_time)
            && let Err(stop) = self.pull(login, report)
        {
            // Without the time nothing may go; without the list, nothing that is in doubt.
            self.hold_back(login, stop.delay(), |state| !knows_the_time || state == State::Sending)?;
            return Err(stop);
        }
        let turn = Turn { login, looked };
        let renewed = self.send_all(&turn, report)?;
        self.pull(login, report)?;
        if renewed {
            // The meters' records are fresh now, so what was refused for an old one goes once more.
            self.send_all(&turn, report)?;
            self.pull(login, report)?;
        }
        Ok(())
    }

    /// Sends everything due; tells whether something has to be made anew from refreshed meters.
    fn send_all(&self, turn: &Turn<'_>, report: &mut Report) -> Result<bool, Stop> {
        let mut renewed = false;
        for account in self.accounts(turn.login)? {
            renewed |= self.send_readings(turn, &account, report)?;
            self.run_errands(Some(turn), Some(&account), report)?;
        }
        Ok(renewed)
    }

    pub(super) fn accounts(&self, login: &LoginRow) -> Result<Vec<String>, StoreError> {
        let all = self.store.read(store::accounts)?;
        Ok(all.into_iter().filter(|a| a.login_id.as_ref() == Some(&login.id)).map(|a| a.id).collect())
    }

    fn something_in_doubt(&self, login: &LoginRow, now: Instant) -> Result<bool, StoreError> {
        for account in self.accounts(login)? {
            if self.store.read(|db| store::in_doubt(db, &account, now))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Takes the pages that are waiting; what is left of a very long list is for the next pass.
    fn pull(&self, login: &LoginRow, report: &mut Report) -> Result<(), Stop> {
        let mut cursor = self.store.read(|db| store::login(db, &login.login))?.and_then(|l| l.cursor);
        for _ in 0..policy::PAGES {
            self.may_go_on()?;
            let access = self.token(login)?;
            let page = self
                .with_token(login, &access, |access| self.portal.changes(access, cursor.as_deref()))
                .map_err(|failed: Failed| failed.stop())?;
            let (more, next) = (page.more, page.cursor.clone());
            let now = self.now()?;
            let stored = self.store.write_once(|db| {
                // A page follows what it was asked for after: the database may have been recovered meanwhile.
                let follows = store::login(db, &login.login)?.is_some_and(|known| known.cursor == cursor);
                if !follows {
                    return Ok(None);
                }
                let accepted = refresh::apply(db, &login.id, page, now)?;
                let taken_over = if more { 0 } else { take_over(db, self.calendar, now)? };
                Ok(Some(accepted + taken_over))
            })?;
            report.accepted += stored.flatten().ok_or(Stop::Because(Outcome::OutOfTime))?;
            if !more {
                return Ok(());
            }
            cursor = Some(next);
        }
        report.outcome = Outcome::OutOfTime;
        Ok(())
    }

    fn knows_the_time(&self) -> Result<bool, StoreError> {
        self.store.read(|db| clock::is_sure(db, self.env))
    }

    pub(super) fn now(&self) -> Result<Instant, StoreError> {
        self.store.read(|db| clock::now(db, self.env))
    }

    /// Prolongs the lease in the transaction after which a request leaves; without it nothing may leave.
    pub(super) fn keep_lease(&self, db: &Writing<'_>) -> rusqlite::Result<bool> {
        store::take_lease(db, LEASE, self.holder, clock::clocks(self.env), policy::LEASE_MILLISECONDS)
    }

    pub(super) fn may_go_on(&self) -> Result<(), Stop> {
        if self.cancelled.load(Ordering::Relaxed) {
            Err(Stop::Because(Outcome::Cancelled))
        } else if self.env.clock.monotonic() > self.deadline {
            Err(Stop::Because(Outcome::OutOfTime))
        } else {
            Ok(())
        }
    }
}
