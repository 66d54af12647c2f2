//! Withdrawals and letters: each once, whatever was replayed.

use serde::Deserialize;
use vodomer_core::domain::Instant;
use vodomer_core::portal::wire;

use super::books::{Books, Kept, Letter, Standing};
use super::rules;

/// What a letter must say.
#[derive(Deserialize)]
struct Posted {
    idempotency_key: String,
    client_item_id: String,
    text: String,
}

/// HTTP status and code.
type Problem = (u16, &'static str);

impl Books {
    /// Takes a reading back, as long as its month is not charged and its window is open.
    pub(super) fn withdraw(&mut self, id: &str, key: &str, now: Instant) -> Result<Instant, Problem> {
        if let Some((reading, at)) = self.withdrawals.get(key) {
            return if reading == id { Ok(*at) } else { Err((409, "IDEMPOTENCY_KEY_REUSED")) };
        }
        let reading = self.readings.iter().find(|r| r.id == id && r.item.is_some());
        let reading = reading.ok_or((404, "NO_SUCH_READING"))?;
        let at = match reading.standing {
            Standing::Withdrawn => now,
            Standing::Accounted => return Err((409, "ALREADY_ACCOUNTED")),
            Standing::Superseded => return Err((409, "ALREADY_SUPERSEDED")),
            Standing::Received if now >= rules::window(reading.period).closes => {
                return Err((409, "PERIOD_CLOSED"));
            }
            Standing::Received => {
                let id = reading.id.clone();
                self.stand(&id, Standing::Withdrawn);
                now
            }
        };
        self.withdrawals.insert(key.to_owned(), (id.to_owned(), at));
        Ok(at)
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
