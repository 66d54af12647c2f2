//! Readings: a batch that failed as a whole, and the verdict on each of its items.
//!
//! A batch refused as a whole is not the fault of each of its items. What is said of an account
//! (`NO_SUCH_ACCOUNT`, `NOT_SERVED_BY_PROVIDER`, …) holds for all of them. What may be one item's fault (400, 409
//! and 422 with a code) is sent in halves until it is alone, and then judged as if it had been answered in its
//! place, so that one bad item spoils no other. `NOT_FOUND` and `METHOD_NOT_ALLOWED` wait: a server that takes no
//! readings at all is set up wrongly, and the window is days long.

use serde_json::{Map, Value};

use super::reason::{Delay, Reason};
use super::table::{Meaning, is_code, meaning};
use crate::domain::{Instant, Volume};
use crate::portal::Failure;
use crate::portal::wire::{BatchAnswer, ItemAnswer};

/// What a failed request means for its items.
#[derive(Debug, Clone, PartialEq)]
pub enum RequestVerdict {
    /// Surely not delivered: they wait.
    NotDelivered(Delay),
    /// Perhaps delivered: the same keys go again.
    InDoubt(Delay),
    /// The token has ended: renew it and go again at once.
    RenewToken,
    /// Refused for being together, surely not delivered: they go again in smaller batches, with the same keys. Never
    /// said of a single item.
    TooLarge {
        /// How many may go together, where the utility said so; otherwise half of them. At least one, and fewer than
        /// went.
        limit: Option<usize>,
    },
    /// The only item was answered by a problem: [`judge_item`] judges this answer as if it had come in its place.
    OfTheItem(ItemAnswer),
    /// Refused for the account: the rows stay, with the reason.
    Refused {
        /// The utility's code.
        code: String,
        /// JSON of the code's parameters.
        params: String,
    },
}

/// What the utility's verdict on one item means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemVerdict {
    /// The utility has it.
    Received,
    /// The utility has this very value for the month from elsewhere: one effect, and nothing left to do.
    AlreadyThere {
        /// The utility's id of the reading that stands, where it named it.
        reading_id: Option<String>,
    },
    /// It waits until the window opens; `None` when the utility did not say when.
    Hold(Option<Instant>),
    /// It goes again, made from the newest record of the meter.
    Renew,
    /// The resident is asked.
    Ask(String),
    /// Refused: the row stays, with the code.
    Reject(String),
    /// Not understood, or of no lasting meaning: in doubt.
    Unclear,
}

/// Judges a request with so many items that failed.
#[must_use]
pub fn judge_request(failure: &Failure, items: usize) -> RequestVerdict {
    let wait = || RequestVerdict::NotDelivered(Delay { reason: Reason::Server, asked_seconds: None });
    match meaning(failure) {
        Meaning::NotDelivered(delay) => RequestVerdict::NotDelivered(delay),
        Meaning::InDoubt(delay) => RequestVerdict::InDoubt(delay),
        Meaning::RenewToken => RequestVerdict::RenewToken,
        // A reading is a few hundred bytes: whom one is too large is set up wrongly.
        Meaning::TooLarge { .. } if items <= 1 => wait(),
        Meaning::TooLarge { limit } => RequestVerdict::TooLarge { limit: limit.filter(|l| *l < items) },
        Meaning::Said { code: "NOT_FOUND" | "METHOD_NOT_ALLOWED", .. } => wait(),
        Meaning::Said { status, code, params } if may_be_of_an_item(status, code) => {
            if items <= 1 {
                RequestVerdict::OfTheItem(refused(code, params))
            } else {
                RequestVerdict::TooLarge { limit: None }
            }
        }
        Meaning::Said { code, params, .. } => {
            RequestVerdict::Refused { code: code.to_owned(), params: serde_json::json!(params).to_string() }
        }
    }
}

fn may_be_of_an_item(status: u16, code: &str) -> bool {
    match code {
        "NO_SUCH_ACCOUNT" | "NOT_SERVED_BY_PROVIDER" | "SUSPENDED_NO_READINGS" => false,
        "NO_SUCH_METER" | "METER_ARCHIVED" | "METER_VERIFICATION_OVERDUE" => true,
        _ => matches!(status, 400 | 409 | 422),
    }
}

fn refused(code: &str, params: &Map<String, Value>) -> ItemAnswer {
    ItemAnswer {
        client_item_id: String::new(),
        status: "refused".to_owned(),
        reading_id: None,
        receipt: None,
        effective_period: None,
        received_at: None,
        code: Some(code.to_owned()),
        params: params.clone(),
    }
}

/// The verdict on an item in an answer. None where the answer does not name it, or says two things of it: both leave
/// it in doubt. Verdicts on items that were never sent are nobody's.
#[must_use]
pub fn verdict_on<'a>(answer: &'a BatchAnswer, item_id: &str) -> Option<&'a ItemAnswer> {
    let mut of_it = answer.items.iter().filter(|verdict| verdict.client_item_id == item_id);
    let first = of_it.next()?;
    of_it.all(|other| other == first).then_some(first)
}

/// Judges the utility's verdict on one item, whose value was `ours`.
///
/// What the item became after it was received (`superseded`, `withdrawn`) is for the utility's list to say: here it
/// counts that it arrived.
#[must_use]
pub fn judge_item(answer: &ItemAnswer, ours: Volume) -> ItemVerdict {
    let held = answer.reading_id.as_ref().is_some_and(|id| !id.is_empty());
    let code = answer.code.as_deref().filter(|code| is_code(code));
    match (answer.status.as_str(), code) {
        ("received" | "processing" | "accounted" | "superseded" | "withdrawn", _) if held => {
            ItemVerdict::Received
        }
        ("declined", code) => ItemVerdict::Reject(code.unwrap_or("DECLINED").to_owned()),
        ("refused", Some(code)) => judge_refusal(code, &answer.params, ours),
        (_, _) => ItemVerdict::Unclear,
    }
}

fn judge_refusal(code: &str, params: &Map<String, Value>, ours: Volume) -> ItemVerdict {
    match code {
        "NEEDS_CONFIRMATION" | "VALUE_LESS_THAN_PREVIOUS" => ItemVerdict::Ask(code.to_owned()),
        "PERIOD_NOT_OPEN" => ItemVerdict::Hold(instant(params, "opens_at")),
        "METER_VERSION_MISMATCH" => ItemVerdict::Renew,
        "DUPLICATE_IN_PERIOD" | "ALREADY_ACCOUNTED" if volume(params, "value") == Some(ours) => {
            let id = params.get("reading_id").and_then(Value::as_str).filter(|id| !id.is_empty());
            ItemVerdict::AlreadyThere { reading_id: id.map(str::to_owned) }
        }
        // The state of the server, not of the item.
        "INTERNAL" | "MAINTENANCE" | "RATE_LIMITED" | "REQUEST_TIMEOUT" | "SESSION_EXPIRED" => {
            ItemVerdict::Unclear
        }
        _ => ItemVerdict::Reject(code.to_owned()),
    }
}

fn instant(params: &Map<String, Value>, name: &str) -> Option<Instant> {
    Some(chrono::DateTime::parse_from_rfc3339(params.get(name)?.as_str()?).ok()?.to_utc())
}

fn volume(params: &Map<String, Value>, name: &str) -> Option<Volume> {
    params.get(name)?.as_str()?.parse().ok()
}
