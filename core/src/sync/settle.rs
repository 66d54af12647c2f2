//! What an attempt came to, written on every item that took part in it.

use super::answers::{Delay, ItemVerdict, Reason, RequestVerdict, judge_item, judge_request};
use super::pass::{Outcome, Pass, Report, Stop};
use super::policy;
use crate::domain::Instant;
use crate::portal::Failure;
use crate::portal::wire::{BatchAnswer, ItemAnswer};
use crate::store::{self, Item, State, StoreError};

/// Why a call has no answer.
pub(super) enum Failed {
    NeedsSignIn,
    BeforeTheRequest(Failure),
    Request(Failure),
}

impl Failed {
    pub(super) fn outcome(&self) -> Outcome {
        match self {
            Self::NeedsSignIn => Outcome::NeedsSignIn,
            Self::BeforeTheRequest(failure) | Self::Request(failure) => outcome_of(failure),
        }
    }
}

impl Pass<'_> {
    pub(super) fn settle_answers(
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
        let later = || now + wait(item, None, |limit| self.env.up_to(limit));
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
    pub(super) fn settle_failure(
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
        let now = self.now()?;
        // Drawn once for the request, so that what went together goes together again.
        let drawn = self.env.up_to(u64::from(u32::MAX));
        let waits = |item: &Item, delay: &Delay, in_doubt: bool| {
            let reason = delay.reason.name().to_owned();
            let not_before = now + wait(item, delay.asked_seconds, |limit| drawn % limit.saturating_add(1));
            if in_doubt {
                store::Outcome::InDoubt { reason, not_before }
            } else {
                store::Outcome::Queued { reason, not_before }
            }
        };
        self.store.write(|db| {
            for item in items {
                // An earlier attempt may have arrived, whatever became of this one.
                let was_in_doubt = item.state == State::Sending;
                let outcome = match &verdict {
                    RequestVerdict::NotDelivered(delay) => waits(item, delay, was_in_doubt),
                    RequestVerdict::InDoubt(delay) => waits(item, delay, true),
                    RequestVerdict::RenewToken => {
                        waits(item, &Delay { reason: Reason::SignIn, asked_seconds: Some(0) }, was_in_doubt)
                    }
                    RequestVerdict::Refused { code, params } => {
                        report.rejected += 1;
                        store::Outcome::Rejected { code: code.clone(), params: params.clone() }
                    }
                };
                store::settle(db, &item.captured.item_id, &outcome)?;
            }
            Ok(())
        })?;
        Ok(Stop::Because(stop))
    }
}

fn wait(item: &Item, asked_seconds: Option<u64>, up_to: impl Fn(u64) -> u64) -> chrono::TimeDelta {
    if asked_seconds == Some(0) {
        return chrono::TimeDelta::zero();
    }
    let attempts = u64::try_from(item.attempts).unwrap_or(0) + 1;
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

fn reason_of(failure: &Failure) -> Reason {
    match judge_request(failure) {
        RequestVerdict::NotDelivered(delay) | RequestVerdict::InDoubt(delay) => delay.reason,
        RequestVerdict::RenewToken => Reason::SignIn,
        RequestVerdict::Refused { .. } => Reason::Server,
    }
}
