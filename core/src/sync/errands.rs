//! Withdrawals and letters leave one by one.

use super::answers::{ErrandVerdict, judge_letter, judge_withdrawal};
use super::pass::{Outcome, Pass, Report, Stop, Turn};
use super::readings::raw;
use super::settle::{Failed, Settled};
use crate::domain::Instant;
use crate::portal::wire::PostedLetter;
use crate::portal::{Failure, LetterBox};
use crate::store::{self, Errand, ErrandKind, LoginRow, StoreError};

/// Whether an errand may leave.
enum Leave {
    Taken,
    /// The resident has corrected or taken back what it was about.
    CalledOff,
    /// Another pass is at work.
    NotOurs,
}

impl Pass<'_> {
    /// Runs an account's errands, or those of no account, as whoever is signed in.
    pub(super) fn run_errands(
        &self,
        turn: Option<&Turn<'_>>,
        account: Option<&str>,
        report: &mut Report,
    ) -> Result<(), Stop> {
        let (now, looked) = (self.now()?, turn.and_then(|turn| turn.looked));
        let login = turn.map(|turn| turn.login);
        for errand in self.store.read(|db| store::due_errands(db, account, now, looked))? {
            self.may_go_on()?;
            let letter = frozen(&errand).map_err(StoreError::from)?;
            let access = login.map(|login| self.token(login)).transpose()?;
            let signed_in = login.zip(access.as_deref());
            let now = self.now()?;
            match self.leave(&errand, letter.as_deref(), now)? {
                Leave::Taken => {}
                Leave::CalledOff => continue,
                Leave::NotOurs => return Err(Stop::Because(Outcome::Busy)),
            }
            let answer = match errand.kind {
                ErrandKind::Withdrawal => self.send_withdrawal(signed_in, &errand)?,
                ErrandKind::ServiceRequest | ErrandKind::Question | ErrandKind::Appeal => {
                    self.send_letter(signed_in, &errand, letter.unwrap_or_default())?
                }
            };
            match self.settle_errand(&errand, answer, report)? {
                Settled::Stop(stop) => return Err(stop),
                Settled::Skip(outcome) => report.outcome = outcome,
                Settled::GoOn | Settled::Smaller(_) => {}
            }
        }
        Ok(())
    }

    /// Commits the errand as `sending`, unless it was called off meanwhile.
    fn leave(&self, errand: &Errand, letter: Option<&str>, now: Instant) -> Result<Leave, StoreError> {
        self.store.write(|db| {
            if !self.keep_lease(db)? {
                return Ok(Leave::NotOurs);
            }
            let may = store::freeze_and_send(db, &errand.item_id, letter, now)?;
            Ok(if may { Leave::Taken } else { Leave::CalledOff })
        })
    }

    fn send_withdrawal(
        &self,
        signed_in: Option<(&LoginRow, &str)>,
        errand: &Errand,
    ) -> Result<Result<ErrandVerdict, Failed>, StoreError> {
        let target = errand.target.clone().unwrap_or_default();
        let reading = self.store.read(|db| store::by_id(db, &target))?.and_then(|item| item.reading_id);
        let (Some((login, access)), Some(account), Some(reading)) = (signed_in, &errand.account_id, reading)
        else {
            return Ok(Err(Failed::NeedsSignIn));
        };
        let key = &errand.idempotency_key;
        let answer =
            self.with_token(login, access, |access| self.portal.withdraw(access, account, &reading, key));
        Ok(judged(answer, |answer| judge_withdrawal(answer, &reading)))
    }

    fn send_letter(
        &self,
        signed_in: Option<(&LoginRow, &str)>,
        errand: &Errand,
        letter: String,
    ) -> Result<Result<ErrandVerdict, Failed>, StoreError> {
        let letter = raw(letter)?;
        let account = errand.account_id.as_deref().unwrap_or_default();
        let to = match errand.kind {
            ErrandKind::ServiceRequest => LetterBox::ServiceRequests { account },
            ErrandKind::Question => LetterBox::Questions { account },
            ErrandKind::Appeal | ErrandKind::Withdrawal => LetterBox::Appeals,
        };
        let answer = match signed_in {
            Some((login, access)) => {
                self.with_token(login, access, |access| self.portal.post_letter(Some(access), to, &letter))
            }
            None => self.openly(self.portal.post_letter(None, to, &letter)),
        };
        Ok(judged(answer, |answer| judge_letter(answer, signed_in.is_some())))
    }
}

/// A refusal that says what becomes of the errand is an answer like any other.
fn judged<T>(
    answer: Result<T, Failed>,
    judge: impl FnOnce(Result<T, Failure>) -> Result<ErrandVerdict, Failure>,
) -> Result<ErrandVerdict, Failed> {
    let answer = match answer {
        Ok(body) => Ok(body),
        Err(Failed::Request(failure)) => Err(failure),
        Err(failed) => return Err(failed),
    };
    judge(answer).map_err(Failed::Request)
}

/// What a letter says, as it goes out now and at every replay.
fn frozen(errand: &Errand) -> rusqlite::Result<Option<String>> {
    let (None, Some(letter)) = (&errand.payload, &errand.letter) else {
        return Ok(errand.payload.clone());
    };
    let posted = PostedLetter {
        idempotency_key: &errand.idempotency_key,
        client_item_id: &errand.item_id,
        topic: &letter.topic,
        text: &letter.text,
        written_at: errand.written_at,
        meter_id: letter.meter_id.as_deref(),
        wanted_on: letter.wanted_on,
        name: letter.name.as_deref(),
        contact: letter.contact.as_deref(),
    };
    let json = serde_json::to_string(&posted);
    json.map(Some).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))
}
