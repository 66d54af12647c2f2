//! The table of answers: what came back → what becomes of the items that went out.
//!
//! Three lines carry the promise of exactly one effect: a success counts only when it names the reading that the
//! utility now holds; whatever may have arrived is in doubt and goes again with the same key; nothing is ever
//! given up for failing.

use crate::domain::Instant;
use crate::portal::Failure;
use crate::portal::wire::ItemAnswer;

/// What a failed request means for its items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestVerdict {
    /// Surely not delivered: they wait.
    NotDelivered(Delay),
    /// Perhaps delivered: the same keys go again.
    InDoubt(Delay),
    /// The token has ended: renew it and go again at once.
    RenewToken,
    /// The batch is too large: half of it goes.
    TooLarge,
    /// Refused as a whole: the rows stay, with the reason.
    Refused {
        /// The utility's code, or the status where it gave none.
        code: String,
        /// JSON of the code's parameters.
        params: String,
    },
}

/// What keeps the items, and for how long the server wants to be left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delay {
    /// What keeps them.
    pub reason: Reason,
    /// Seconds that the server asked for.
    pub asked_seconds: Option<u64>,
}

/// What keeps an item on the phone; stored with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// No network, or not this server.
    Offline,
    /// A page of the Wi-Fi, or another server, answered.
    NotTheUtility,
    /// The server is overloaded, in maintenance, or its answer was lost.
    Server,
    /// The window is not open yet.
    WindowClosed,
    /// The meter's record changed.
    MeterChanged,
    /// The password is wanted again.
    SignIn,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Self; 6] = [
        Self::Offline,
        Self::NotTheUtility,
        Self::Server,
        Self::WindowClosed,
        Self::MeterChanged,
        Self::SignIn,
    ];

    /// The name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::NotTheUtility => "not_the_utility",
            Self::Server => "server",
            Self::WindowClosed => "window_closed",
            Self::MeterChanged => "meter_changed",
            Self::SignIn => "sign_in",
        }
    }
}

/// What the utility's verdict on one item means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemVerdict {
    /// The utility has it.
    Received,
    /// The utility has this very value from elsewhere.
    AlreadyThere {
        /// Its id of that reading.
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
    /// Not understood, so in doubt.
    Unclear,
}

/// What an errand came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErrandVerdict {
    /// The utility has it, or has done it.
    Received {
        /// The utility's id.
        id: String,
        /// The number that it is registered under.
        receipt: Option<String>,
        /// When it got it.
        received_at: Instant,
    },
    /// Refused: the row stays, with the code.
    Rejected {
        /// The utility's code.
        code: String,
        /// JSON of the code's parameters.
        params: String,
    },
}

/// Judges a refused withdrawal.
#[must_use]
pub fn judge_withdrawal(_failure: &Failure) -> Option<ErrandVerdict> {
    None
}

/// Judges a refused letter.
#[must_use]
pub fn judge_letter(_failure: &Failure) -> Option<ErrandVerdict> {
    None
}

/// Judges a request that failed.
#[must_use]
pub fn judge_request(failure: &Failure) -> RequestVerdict {
    let delay = |reason, asked_seconds| Delay { reason, asked_seconds };
    match failure {
        Failure::Unreachable | Failure::UnknownHost => {
            RequestVerdict::NotDelivered(delay(Reason::Offline, None))
        }
        Failure::Untrusted | Failure::NotTheUtility { .. } => {
            RequestVerdict::NotDelivered(delay(Reason::NotTheUtility, None))
        }
        Failure::AnswerLost | Failure::Unreadable => RequestVerdict::InDoubt(delay(Reason::Server, None)),
        Failure::Refused { status, code, params, retry_after } => match status {
            401 => RequestVerdict::RenewToken,
            408 | 429 | 503 | 511 => RequestVerdict::NotDelivered(delay(Reason::Server, *retry_after)),
            500..=599 => RequestVerdict::InDoubt(delay(Reason::Server, *retry_after)),
            _ => RequestVerdict::Refused {
                code: code.clone().unwrap_or_else(|| format!("HTTP_{status}")),
                params: serde_json::json!(params).to_string(),
            },
        },
    }
}

/// Judges the utility's verdict on one item.
#[must_use]
pub fn judge_item(answer: &ItemAnswer, _value: crate::domain::Volume) -> ItemVerdict {
    match (answer.status.as_str(), answer.code.as_deref()) {
        ("received" | "processing" | "accounted", _) if answer.reading_id.is_some() => ItemVerdict::Received,
        ("declined", code) => ItemVerdict::Reject(code.unwrap_or("DECLINED").to_owned()),
        ("refused", Some(code @ ("NEEDS_CONFIRMATION" | "VALUE_LESS_THAN_PREVIOUS"))) => {
            ItemVerdict::Ask(code.to_owned())
        }
        ("refused", Some("PERIOD_NOT_OPEN")) => ItemVerdict::Hold(opens_at(answer)),
        ("refused", Some("METER_VERSION_MISMATCH")) => ItemVerdict::Renew,
        ("refused", Some(code)) => ItemVerdict::Reject(code.to_owned()),
        (_, _) => ItemVerdict::Unclear,
    }
}

fn opens_at(answer: &ItemAnswer) -> Option<Instant> {
    let text = answer.params.get("opens_at")?.as_str()?;
    Some(chrono::DateTime::parse_from_rfc3339(text).ok()?.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16) -> RequestVerdict {
        judge_request(&Failure::Refused {
            status,
            code: None,
            params: Default::default(),
            retry_after: Some(7),
        })
    }

    #[test]
    fn every_failed_request_has_its_line_in_the_table() {
        let not_delivered =
            |reason, asked| RequestVerdict::NotDelivered(Delay { reason, asked_seconds: asked });
        let in_doubt =
            |asked| RequestVerdict::InDoubt(Delay { reason: Reason::Server, asked_seconds: asked });
        let captive = Failure::NotTheUtility { status: 200 };
        let table = [
            (judge_request(&Failure::Unreachable), not_delivered(Reason::Offline, None)),
            (judge_request(&Failure::UnknownHost), not_delivered(Reason::Offline, None)),
            (judge_request(&Failure::Untrusted), not_delivered(Reason::NotTheUtility, None)),
            (judge_request(&captive), not_delivered(Reason::NotTheUtility, None)),
            (judge_request(&Failure::AnswerLost), in_doubt(None)),
            (judge_request(&Failure::Unreadable), in_doubt(None)),
            (refused(401), RequestVerdict::RenewToken),
            (refused(408), not_delivered(Reason::Server, Some(7))),
            (refused(429), not_delivered(Reason::Server, Some(7))),
            (refused(500), in_doubt(Some(7))),
            (refused(502), in_doubt(Some(7))),
            (refused(503), not_delivered(Reason::Server, Some(7))),
            (refused(504), in_doubt(Some(7))),
            (refused(511), not_delivered(Reason::Server, Some(7))),
            (refused(403), RequestVerdict::Refused { code: "HTTP_403".into(), params: "{}".into() }),
            (refused(413), RequestVerdict::Refused { code: "HTTP_413".into(), params: "{}".into() }),
        ];
        for (line, (judged, expected)) in table.into_iter().enumerate() {
            assert_eq!(judged, expected, "line {line}");
        }
    }

    fn item(json: &str) -> ItemVerdict {
        let with_id = format!("{{\"client_item_id\": \"i\", {json}}}");
        judge_item(&serde_json::from_str(&with_id).unwrap(), crate::domain::Volume::from_units(1))
    }

    #[test]
    fn only_an_answer_that_names_the_held_reading_is_a_success() {
        assert_eq!(item(r#""status": "received", "reading_id": "r1""#), ItemVerdict::Received);
        assert_eq!(item(r#""status": "processing", "reading_id": "r1""#), ItemVerdict::Received);
        assert_eq!(item(r#""status": "received""#), ItemVerdict::Unclear);
        assert_eq!(item(r#""status": "ok", "reading_id": "r1""#), ItemVerdict::Unclear);
        assert_eq!(item(r#""status": "refused""#), ItemVerdict::Unclear);
    }

    #[test]
    fn every_code_of_the_contract_has_its_line_in_the_table() {
        let refused = |code: &str| item(&format!(r#""status": "refused", "code": "{code}""#));
        for code in ["NEEDS_CONFIRMATION", "VALUE_LESS_THAN_PREVIOUS"] {
            assert_eq!(refused(code), ItemVerdict::Ask(code.into()));
        }
        for code in [
            "EXCEEDS_HARD_LIMIT",
            "ROLLOVER_NOT_POSSIBLE",
            "REPLACEMENT_DOES_NOT_FIT",
            "TOO_MANY_DIGITS",
            "FRACTION_NOT_ALLOWED",
            "DATE_IN_FUTURE",
            "PERIOD_CLOSED",
            "ALREADY_ACCOUNTED",
            "DUPLICATE_IN_PERIOD",
            "METER_ARCHIVED",
            "METER_VERIFICATION_OVERDUE",
            "NOT_SERVED_BY_PROVIDER",
            "SUSPENDED_NO_READINGS",
            "IDEMPOTENCY_KEY_REUSED",
            "A_CODE_OF_TOMORROW",
        ] {
            assert_eq!(refused(code), ItemVerdict::Reject(code.into()));
        }
        assert_eq!(refused("METER_VERSION_MISMATCH"), ItemVerdict::Renew);
        assert_eq!(refused("PERIOD_NOT_OPEN"), ItemVerdict::Hold(None));
        let opens = r#""status": "refused", "code": "PERIOD_NOT_OPEN", "params": {"opens_at": "2026-12-22T21:00:00Z"}"#;
        let at = chrono::DateTime::parse_from_rfc3339("2026-12-23T00:00:00+03:00").unwrap().to_utc();
        assert_eq!(item(opens), ItemVerdict::Hold(Some(at)));
        assert_eq!(item(r#""status": "declined""#), ItemVerdict::Reject("DECLINED".into()));
    }
}
