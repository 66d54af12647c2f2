//! What a phone may say on the line: a payload is frozen under its key, and a new key needs a verdict that ended the
//! old one.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;
use vodomer_core::portal::{Failure, wire};

/// What one phone has said so far.
#[derive(Default)]
pub struct Watch {
    items: BTreeMap<String, Said>,
    /// Withdrawals by reading: the key, and whether the phone has heard an answer.
    withdrawals: BTreeMap<String, (String, bool)>,
}

struct Said {
    key: String,
    body: String,
    /// The phone was told a verdict after which the item goes under a new key, or knows that nothing has arrived.
    ended: bool,
    /// It may have arrived.
    in_doubt: bool,
}

#[derive(Deserialize)]
struct Names {
    idempotency_key: String,
    client_item_id: String,
}

/// Verdicts that end a payload, not its item. What came too early may be put right after a wrong clock.
const ENDING: [&str; 4] =
    ["NEEDS_CONFIRMATION", "VALUE_LESS_THAN_PREVIOUS", "METER_VERSION_MISMATCH", "PERIOD_NOT_OPEN"];

impl Watch {
    /// The phone posts items; gives what it must not.
    pub fn posts(&mut self, items: &[Box<RawValue>]) -> Option<String> {
        items.iter().find_map(|item| self.post(item.get()))
    }

    fn post(&mut self, body: &str) -> Option<String> {
        let Ok(names) = serde_json::from_str::<Names>(body) else {
            return Some(format!("an item without a name went out: {body}"));
        };
        let (ended, in_doubt) = (false, false);
        let said = Said { key: names.idempotency_key, body: body.to_owned(), ended, in_doubt };
        match self.items.get_mut(&names.client_item_id) {
            Some(before) if before.key == said.key && before.body != said.body => {
                return Some(format!("the payload under key {} changed: {} → {body}", said.key, before.body));
            }
            Some(before) if before.key == said.key => before.ended = false,
            Some(before) if !before.ended => {
                return Some(format!(
                    "item {} in doubt under key {} goes under the new key {}",
                    names.client_item_id, before.key, said.key
                ));
            }
            Some(_) | None => {
                self.items.insert(names.client_item_id, said);
            }
        }
        None
    }

    /// The phone takes a reading back; gives what it must not.
    pub fn withdraws(&mut self, reading: &str, key: &str) -> Option<String> {
        match self.withdrawals.get(reading) {
            Some((before, false)) if before != key => {
                return Some(format!("the withdrawal of {reading} in doubt under {before} goes under {key}"));
            }
            Some((before, _)) if before == key => {}
            Some(_) | None => {
                self.withdrawals.insert(reading.to_owned(), (key.to_owned(), false));
            }
        }
        None
    }

    /// The phone hears what became of a withdrawal.
    pub fn hears_of(&mut self, reading: &str) {
        if let Some(withdrawal) = self.withdrawals.get_mut(reading) {
            withdrawal.1 = true;
        }
    }

    /// The phone hears no verdict on items. A payload that surely has not arrived may be made anew, under another key: a
    /// reading is put right after a wrong clock.
    pub fn hears_nothing(&mut self, items: &[Box<RawValue>], failure: &Failure) {
        for item in items {
            if let Ok(names) = serde_json::from_str::<Names>(item.get())
                && let Some(said) = self.items.get_mut(&names.client_item_id)
            {
                said.in_doubt |= !surely_not_there(failure);
                said.ended = !said.in_doubt;
            }
        }
    }

    /// The phone hears verdicts.
    pub fn hears(&mut self, answer: &wire::BatchAnswer) {
        for told in &answer.items {
            if let Some(said) = self.items.get_mut(&told.client_item_id)
                && told.code.as_deref().is_some_and(|code| ENDING.contains(&code))
            {
                said.ended = true;
            }
        }
    }
}

/// No connection, somebody else's answer, or a refusal that comes before the work.
fn surely_not_there(failure: &Failure) -> bool {
    match failure {
        Failure::Unreachable
        | Failure::UnknownHost
        | Failure::Untrusted
        | Failure::NotTheUtility { .. }
        | Failure::Refused { status: 401 | 429, .. } => true,
        Failure::Refused { status: 503, code, .. } => code.is_some(),
        Failure::AnswerLost | Failure::Unreadable | Failure::Refused { .. } => false,
    }
}
