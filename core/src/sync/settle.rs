//! What an attempt came to, written on every item that took part in it.

use super::answers::{
    Delay, ErrandVerdict, ItemVerdict, Reason, RequestVerdict, judge_item, judge_request, reason_of,
    verdict_on,
};
use super::pass::{Outcome, Pass, Report, Stop};
use super::policy;
use crate::domain::Instant;
use crate::portal::Failure;
use crate::portal::wire::{BatchAnswer, ItemAnswer};
use crate::store::{self, Errand, Item, LoginRow, State, StoreError};

/// Why a call has no answer.
pub(super) enum Failed {
    NeedsSignIn,
    BeforeTheRequest(Failure),
    Request(Failure),
}

/// How the pass goes on after a failure.
pub(super) enum Settled {
    GoOn,
    /// With batches of so many items.
    Smaller(i64),
    /// With what else there is.
    Skip(Outcome),
    Stop(Stop),
}

impl Failed {
    pub(super) fn outcome(&self) -> Outcome {
        match self {
            Self::NeedsSignIn => Outcome::NeedsSignIn,
            Self::BeforeTheRequest(failure) | Self::Request(failure) => outcome_of(failure),
        }
    }

    /// How far the failure reaches: no network, and a server that is too busy, are the same for every login.
    pub(super) fn stop(&self) -> Stop {
        let outcome = self.outcome();
        let for_all = match self {
            Self::NeedsSignIn => false,
            Self::BeforeTheRequest(failure) | Self::Request(failure) => {
                outcome == Outcome::Offline || matches!(failure, Failure::Refused { status: 429 | 503, .. })
            }
        };
        if for_all { Stop::Because(outcome) } else { Stop::Turn(outcome) }
    }

    /// What the server has failed on often may be the cause of it, and the rest is tried. Otherwise it is the server's
    /// trouble, and each phone asks once.
    fn settled(&self, often: bool) -> Settled {
        match (self, self.stop()) {
            (Self::Request(_), Stop::Turn(outcome)) if often => Settled::Skip(outcome),
            (Self::Request(_), Stop::Turn(outcome)) => Settled::Stop(Stop::Because(outcome)),
            (_, stop) => Settled::Stop(stop),
        }
    }

    /// For how long nothing may go, where not even a token is to be had.
    pub(super) fn delay(&self) -> Delay {
        match self {
            Self::NeedsSignIn => SIGN_IN,
            Self::BeforeTheRequest(failure) | Self::Request(failure) => {
                Delay { reason: reason_of(failure), asked_seconds: None }
            }
        }
    }

    fn verdict(&self, items: usize) -> RequestVerdict {
        match self {
            Self::NeedsSignIn | Self::BeforeTheRequest(_) => RequestVerdict::NotDelivered(self.delay()),
            Self::Request(failure) => judge_request(failure, items),
        }
    }
}

/// What a wait hangs on.
struct Tried {
    attempts: i64,
    /// An earlier attempt may have arrived, whatever became of this one.
    in_doubt: bool,
    /// No wait sleeps through the window.
    closes_at: Option<Instant>,
}

impl Pass<'_> {
    /// Settles a batch that was answered; tells whether something has to be made anew from refreshed meters.
    pub(super) fn settle_answers(
        &self,
        items: &[Item],
        answer: &BatchAnswer,
        report: &mut Report,
    ) -> Result<bool, StoreError> {
        let now = self.now()?;
        let outcomes: Vec<store::Outcome> = items
            .iter()
            .map(|item| self.outcome(item, verdict_on(answer, &item.captured.item_id), now))
            .collect();
        self.note(items, &outcomes, now, report)?;
        Ok(outcomes.iter().any(|outcome| matches!(outcome, store::Outcome::Renewed { .. })))
    }

    /// Writes what became of the items of a batch, all in one transaction.
    fn note(
        &self,
        items: &[Item],
        outcomes: &[store::Outcome],
        now: Instant,
        report: &mut Report,
    ) -> Result<(), StoreError> {
        report.accepted += self.store.write(|db| {
            let mut listed = 0;
            for (item, outcome) in items.iter().zip(outcomes) {
                store::settle(db, &item.captured.item_id, outcome, now)?;
                if let store::Outcome::Received { receipt: None, reading_id, .. } = outcome {
                    // Its list may have shown the value long ago, and does not tell it twice.
                    listed += usize::from(store::mark_listed_already(db, item, reading_id.as_deref(), now)?);
                }
            }
            Ok(listed)
        })?;
        outcomes.iter().for_each(|outcome| count(outcome, report));
        Ok(())
    }

    fn outcome(&self, item: &Item, answer: Option<&ItemAnswer>, now: Instant) -> store::Outcome {
        let params = || answer.map_or_else(|| "{}".to_owned(), |a| serde_json::json!(a.params).to_string());
        let within = |at: Instant| policy::within_window(at, now, Some(self.closes_at(item)));
        let later = || within(now + wait(item.attempts, None, |limit| self.env.up_to(limit)));
        match answer.map_or(ItemVerdict::Unclear, |answer| judge_item(answer, item.captured.value)) {
            ItemVerdict::Received => store::Outcome::Received {
                reading_id: answer.and_then(|a| a.reading_id.clone()),
                receipt: answer.and_then(|a| a.receipt.clone()),
                effective_period: answer.and_then(|a| a.effective_period),
                received_at: answer.and_then(|a| a.received_at).unwrap_or(now),
            },
            ItemVerdict::AlreadyThere { reading_id } => store::Outcome::Received {
                reading_id,
                receipt: None,
                effective_period: None,
                received_at: now,
            },
            ItemVerdict::Hold(opens_at) => store::Outcome::Queued {
                reason: Reason::WindowClosed.name().to_owned(),
                not_before: opens_at
                    .filter(|at| *at > now)
                    .map_or_else(later, |at| within(at.min(now + policy::LONGEST_HELD))),
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

    /// When the window of its month closes.
    fn closes_at(&self, item: &Item) -> Instant {
        self.calendar.window(item.captured.period).closes_at
    }

    /// Notes on every item of a batch why it failed.
    pub(super) fn settle_failure(
        &self,
        items: &[Item],
        failed: Failed,
        report: &mut Report,
    ) -> Result<Settled, StoreError> {
        let (verdict, now) = (failed.verdict(items.len()), self.now()?);
        // Drawn once for the request, so that what went together goes together again.
        let drawn = self.env.up_to(u64::from(u32::MAX));
        let outcomes: Vec<store::Outcome> =
            items.iter().map(|item| self.after_failure(item, &verdict, now, drawn)).collect();
        self.note(items, &outcomes, now, report)?;
        Ok(match verdict {
            RequestVerdict::TooLarge { limit } => {
                Settled::Smaller(i64::try_from(limit.unwrap_or(items.len() / 2)).unwrap_or(1).max(1))
            }
            // A refusal of what was sent is no reason to stop: the next may be taken.
            RequestVerdict::OfTheItem(_) | RequestVerdict::Refused { .. } => Settled::GoOn,
            RequestVerdict::NotDelivered(_) | RequestVerdict::InDoubt(_) | RequestVerdict::RenewToken => {
                failed
                    .settled(items.iter().all(|item| has_failed_often(item.attempts, item.reason.as_deref())))
            }
        })
    }

    /// Notes on what is due of a login, as far as it is held, why it can't even be tried. Nothing of it leaves, so nothing is
    /// called sent in between.
    pub(super) fn hold_back(
        &self,
        login: &LoginRow,
        delay: Option<Delay>,
        held: impl Fn(State) -> bool,
    ) -> Result<(), StoreError> {
        let Some(delay) = delay else { return Ok(()) };
        let now = self.now()?;
        let (verdict, drawn) = (RequestVerdict::NotDelivered(delay), self.env.up_to(u64::from(u32::MAX)));
        for account in self.accounts(login)? {
            self.store.write(|db| {
                let wait = |id: &str, outcome: &store::Outcome| -> rusqlite::Result<()> {
                    store::freeze_and_send(db, id, None, now)?;
                    store::settle(db, id, outcome, now)
                };
                let readings = store::batch(db, &account, now, None, policy::OFTEN, i64::MAX)?;
                for item in readings.into_iter().filter(|item| held(item.state)) {
                    wait(&item.captured.item_id, &self.after_failure(&item, &verdict, now, drawn))?;
                }
                let errands = store::due_errands(db, Some(&account), now, None)?;
                for errand in errands.into_iter().filter(|errand| held(errand.state)) {
                    wait(&errand.item_id, &self.errand_waits(&errand, &verdict, now))?;
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    fn after_failure(
        &self,
        item: &Item,
        verdict: &RequestVerdict,
        now: Instant,
        drawn: u64,
    ) -> store::Outcome {
        let tried = Tried {
            attempts: item.attempts,
            in_doubt: item.state == State::Sending,
            closes_at: Some(self.closes_at(item)),
        };
        match verdict {
            RequestVerdict::NotDelivered(delay) => waits(&tried, *delay, false, now, drawn),
            RequestVerdict::InDoubt(delay) => waits(&tried, *delay, true, now, drawn),
            RequestVerdict::RenewToken => waits(&tried, SIGN_IN, false, now, drawn),
            RequestVerdict::TooLarge { .. } => waits(&tried, AT_ONCE, false, now, drawn),
            RequestVerdict::OfTheItem(answer) => self.outcome(item, Some(answer), now),
            RequestVerdict::Refused { code, params } => {
                store::Outcome::Rejected { code: code.clone(), params: params.clone() }
            }
        }
    }

    /// Notes what became of an errand.
    pub(super) fn settle_errand(
        &self,
        errand: &Errand,
        answer: Result<ErrandVerdict, Failed>,
        report: &mut Report,
    ) -> Result<Settled, StoreError> {
        let now = self.now()?;
        let (outcome, settled) = match answer {
            Ok(ErrandVerdict::Received { id, receipt, received_at }) => {
                let reading_id = Some(id);
                (
                    store::Outcome::Received { reading_id, receipt, effective_period: None, received_at },
                    Settled::GoOn,
                )
            }
            Ok(ErrandVerdict::AlreadyGone) => {
                let (receipt, effective_period) = (None, None);
                (
                    store::Outcome::Received {
                        reading_id: None,
                        receipt,
                        effective_period,
                        received_at: now,
                    },
                    Settled::GoOn,
                )
            }
            Ok(ErrandVerdict::Rejected { code, params }) => {
                (store::Outcome::Rejected { code, params }, Settled::GoOn)
            }
            Err(failed) => {
                let often = has_failed_often(errand.attempts, errand.reason.as_deref());
                (self.errand_waits(errand, &failed.verdict(1), now), failed.settled(often))
            }
        };
        count(&outcome, report);
        self.store.write(|db| store::settle(db, &errand.item_id, &outcome, now))?;
        Ok(settled)
    }

    fn errand_waits(&self, errand: &Errand, verdict: &RequestVerdict, now: Instant) -> store::Outcome {
        let tried =
            Tried { attempts: errand.attempts, in_doubt: errand.state == State::Sending, closes_at: None };
        let (delay, in_doubt) = match verdict {
            RequestVerdict::NotDelivered(delay) => (*delay, false),
            RequestVerdict::InDoubt(delay) => (*delay, true),
            RequestVerdict::RenewToken => (SIGN_IN, false),
            // The table of errands settles whatever the utility said of it; what is left is the server's trouble.
            RequestVerdict::TooLarge { .. }
            | RequestVerdict::OfTheItem(_)
            | RequestVerdict::Refused { .. } => {
                (Delay { reason: Reason::Server, asked_seconds: None }, false)
            }
        };
        waits(&tried, delay, in_doubt, now, self.env.up_to(u64::from(u32::MAX)))
    }
}

/// The server has failed on it so often that it may be the one that makes it fail: it must hold up no other.
pub(super) fn has_failed_often(attempts: i64, reason: Option<&str>) -> bool {
    attempts >= policy::OFTEN && reason == Some(Reason::Server.name())
}

/// Goes again as soon as there is a token.
const SIGN_IN: Delay = Delay { reason: Reason::SignIn, asked_seconds: Some(0) };
/// Goes again in the same pass.
const AT_ONCE: Delay = Delay { reason: Reason::Server, asked_seconds: Some(0) };

/// The item goes again later. What may have arrived before stays in doubt, whatever became of this attempt.
fn waits(tried: &Tried, delay: Delay, in_doubt: bool, now: Instant, drawn: u64) -> store::Outcome {
    let reason = delay.reason.name().to_owned();
    let jitter = |limit: u64| drawn % limit.saturating_add(1);
    let not_before = now + wait(tried.attempts, delay.asked_seconds, jitter);
    let not_before = policy::within_window(not_before, now, tried.closes_at);
    if in_doubt || tried.in_doubt {
        store::Outcome::InDoubt { reason, not_before }
    } else {
        store::Outcome::Queued { reason, not_before }
    }
}

fn count(outcome: &store::Outcome, report: &mut Report) {
    match outcome {
        store::Outcome::Received { .. } => report.sent += 1,
        store::Outcome::NeedsAnswer { .. } => report.asked += 1,
        store::Outcome::Rejected { .. } => report.rejected += 1,
        store::Outcome::Queued { .. } | store::Outcome::InDoubt { .. } | store::Outcome::Renewed { .. } => {}
    }
}

fn wait(attempts: i64, asked_seconds: Option<u64>, up_to: impl Fn(u64) -> u64) -> chrono::TimeDelta {
    if asked_seconds == Some(0) {
        return chrono::TimeDelta::zero();
    }
    let attempts = u64::try_from(attempts).unwrap_or(0) + 1;
    policy::wait(attempts, asked_seconds, up_to)
}

fn outcome_of(failure: &Failure) -> Outcome {
    match reason_of(failure) {
        Reason::Offline => Outcome::Offline,
        Reason::NotTheUtility => Outcome::NotTheUtility,
        Reason::SignIn => Outcome::NeedsSignIn,
        Reason::Server | Reason::WindowClosed | Reason::MeterChanged => Outcome::ServerBusy,
    }
}
