//! Withdrawals and letters: each once, whatever was replayed.

use serde::Deserialize;
use vodomer_core::domain::Instant;
use vodomer_core::portal::wire;

use super::books::{Books, Kept, KeptWithdrawal, Letter, Standing};
use super::rules;

/// What a letter must say.
#[derive(Deserialize)]
struct Posted {
    idempotency_key: String,
    client_item_id: String,
    text: String,
}

/// HTTP status and code.
pub(super) type Problem = (u16, &'static str);

impl Books {
    /// Takes a reading back, as long as its month can be made good. The same key gets the first answer again.
    pub(super) fn withdraw(&mut self, id: &str, key: &str, now: Instant) -> Result<Instant, Problem> {
        if let Some(kept) = self.withdrawals.get(key) {
            return if kept.reading == id { kept.verdict } else { Err((409, "IDEMPOTENCY_KEY_REUSED")) };
        }
        let verdict = self.judge_withdrawal(id, now)?;
        if verdict == Ok(now) {
            self.stand(id, Standing::Withdrawn(now));
        }
        self.withdrawals
            .insert(key.to_owned(), KeptWithdrawal { reading: id.to_owned(), verdict, since: now });
        verdict
    }

    fn judge_withdrawal(&self, id: &str, now: Instant) -> Result<Result<Instant, Problem>, Problem> {
        let reading = self.readings.iter().find(|r| r.id == id).ok_or((404, "NO_SUCH_READING"))?;
        Ok(match reading.standing {
            Standing::Withdrawn(at) => Ok(at),
            Standing::Accounted => Err((409, "ALREADY_ACCOUNTED")),
            Standing::Superseded | Standing::Declined => Err((409, "NOT_WITHDRAWABLE")),
            Standing::Received if reading.source != "app" => Err((409, "NOT_WITHDRAWABLE")),
            Standing::Received => {
                let billed = self.billed.is_some_and(|billed| reading.period <= billed);
                if billed || now >= rules::last_call(reading.period) {
                    Err((409, "PERIOD_CLOSED"))
                } else {
                    Ok(now)
                }
            }
        })
    }

    /// Registers a letter.
    pub(super) fn register(
        &mut self,
        kind: &'static str,
        body: &str,
        now: Instant,
    ) -> Result<wire::LetterAnswer, Problem> {
        let posted: Posted = serde_json::from_str(body).map_err(|_| (422, "INVALID_REQUEST"))?;
        if self.keys.get(&posted.idempotency_key).is_some_and(|kept| kept.body != body) {
            return Err((409, "IDEMPOTENCY_KEY_REUSED"));
        }
        if let Some(known) = self.letters.iter().find(|l| l.item == posted.client_item_id) {
            return Ok(told(known));
        }
        let id = self.next_id();
        let letter = Letter::new(id, kind, posted.text, posted.client_item_id, now);
        let answer = told(&letter);
        self.add_letter(letter);
        let kept = Kept { body: body.to_owned(), verdict: None, since: now };
        self.keys.insert(posted.idempotency_key, kept);
        Ok(answer)
    }

    /// A copy of a batch's item comes, whose sender hears nothing; gives the answer's words for a trace.
    pub fn late_copy(&mut self, body: &str, now: Instant) -> Option<(String, String)> {
        let answer = self.answer(body, now)?;
        Some((answer.client_item_id, answer.code.unwrap_or(answer.status)))
    }

    /// A copy of a withdrawal comes.
    pub fn late_withdrawal(&mut self, id: &str, key: &str, now: Instant) {
        let _ = self.withdraw(id, key, now);
    }

    /// A copy of a letter comes.
    pub fn late_letter(&mut self, kind: &'static str, body: &str, now: Instant) {
        let _ = self.register(kind, body, now);
    }

    /// A clerk answers every letter that waits.
    pub fn answer_letters(&mut self) {
        let waiting: Vec<String> =
            self.letters.iter().filter(|l| l.answer.is_none()).map(|l| l.id.clone()).collect();
        for id in waiting {
            self.answer_letter(&id);
        }
    }
}

fn told(letter: &Letter) -> wire::LetterAnswer {
    wire::LetterAnswer {
        letter_id: letter.id.clone(),
        receipt: Some(letter.id.clone()),
        received_at: letter.received_at,
    }
}
