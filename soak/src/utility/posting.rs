//! A batch of readings: each item under its own key, judged alone, answered alone.

use serde::Deserialize;
use vodomer_core::domain::{Instant, Period, Replacement, Volume};
use vodomer_core::portal::wire;

use super::books::{Books, Kept};
use super::judge::hold;
use super::refusal::Refusal;
use super::rules;

/// How many items one request may carry.
pub const MAX_ITEMS: usize = 50;

/// One posted reading.
#[derive(Debug, Deserialize)]
pub struct Posted {
    /// The key.
    pub idempotency_key: String,
    /// The app's id of it.
    pub client_item_id: String,
    /// The meter.
    pub meter_id: String,
    /// The version of its record that the resident saw.
    pub meter_version: i64,
    /// The month meant.
    pub period: Period,
    /// The value.
    pub value: Volume,
    /// When it was taken.
    pub taken_at: Instant,
    /// The dial went over its end.
    #[serde(default)]
    pub rollover: bool,
    /// The meter was replaced.
    #[serde(default)]
    pub replacement: Option<Replacement>,
    /// Doubts that were answered.
    #[serde(default)]
    pub confirmed: Vec<String>,
    /// The reading that it corrects.
    #[serde(default)]
    pub supersedes: Option<String>,
}

/// The answer to one item, as it is kept under the item's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The utility has it.
    Held {
        /// The server's id.
        reading: String,
        /// Receipt number.
        receipt: Option<String>,
        /// The month it counts for.
        period: Period,
        /// When it came.
        at: Instant,
        /// `received`, or what has become of it by then: `accounted, declined`.
        status: &'static str,
    },
    /// It has not.
    Refused(Refusal),
}

#[derive(Deserialize)]
struct Names {
    idempotency_key: String,
    client_item_id: String,
}

impl Books {
    /// Answers an item; `None` when it can't even be named.
    pub(super) fn answer(&mut self, body: &str, now: Instant) -> Option<wire::ItemAnswer> {
        let Ok(posted) = serde_json::from_str::<Posted>(body) else {
            let names: Names = serde_json::from_str(body).ok()?;
            let _ = names.idempotency_key;
            return Some(Verdict::Refused(Refusal::InvalidItem).told(&names.client_item_id));
        };
        let item = &posted.client_item_id;
        match self.keys.get(&posted.idempotency_key) {
            Some(kept) if !same_meaning(&kept.body, body) => {
                return Some(Verdict::Refused(Refusal::KeyReused).told(item));
            }
            Some(Kept { verdict: Some(verdict), .. }) => return Some(verdict.told(item)),
            Some(Kept { verdict: None, .. }) | None => {}
        }
        let verdict = match hold(self, &posted, now) {
            Ok(verdict) => verdict,
            Err(refusal) => Verdict::Refused(refusal),
        };
        let told = verdict.told(item);
        let is_final = !matches!(&verdict, Verdict::Refused(refusal) if refusal.may_lift());
        let kept = Kept { body: body.to_owned(), verdict: is_final.then_some(verdict), since: now };
        self.keys.insert(posted.idempotency_key, kept);
        Some(told)
    }

    /// Forgets keys of so long ago that nobody comes back with them.
    pub fn forget_old_keys(&mut self, now: Instant) {
        self.keys.retain(|_, kept| now - kept.since < rules::KEYS_KEPT);
        self.withdrawals.retain(|_, kept| now - kept.since < rules::KEYS_KEPT);
    }
}

impl Verdict {
    fn told(&self, item: &str) -> wire::ItemAnswer {
        let client_item_id = item.to_owned();
        match self {
            Self::Held { reading, receipt, period, at, status } => wire::ItemAnswer {
                client_item_id,
                status: (*status).to_owned(),
                reading_id: Some(reading.clone()),
                receipt: receipt.clone(),
                effective_period: Some(*period),
                received_at: Some(*at),
                code: None,
                params: Default::default(),
            },
            Self::Refused(refusal) => {
                let (code, params) = refusal.told();
                wire::ItemAnswer {
                    client_item_id,
                    status: "refused".to_owned(),
                    reading_id: None,
                    receipt: None,
                    effective_period: None,
                    received_at: None,
                    code: Some(code.to_owned()),
                    params,
                }
            }
        }
    }
}

/// Neither the order of fields nor white space counts.
fn same_meaning(one: &str, other: &str) -> bool {
    let read = |text| serde_json::from_str::<serde_json::Value>(text).ok();
    one == other || (read(one).is_some() && read(one) == read(other))
}
