//! What an older version captured and sent in the first days of a window: every state that it knew.

use chrono::TimeDelta;
use fastrand::Rng;
use serde_json::json;
use serde_json::value::RawValue;
use vodomer_core::domain::{Instant, Period, Volume};
use vodomer_core::portal::Portal;
use vodomer_core::portal::wire::{BatchAnswer, ItemAnswer};

use crate::sim::device::Dials;
use crate::utility::books::ACCOUNT;
use crate::utility::{COLD, HOT, Utility, rules};

/// An item, as the file has it.
#[derive(Debug, Clone)]
pub struct Entry {
    pub item: String,
    pub key: String,
    pub meter: &'static str,
    pub version: i64,
    pub period: Period,
    pub value: Volume,
    pub typed: String,
    pub taken_at: Instant,
    pub supersedes: Option<String>,
    pub state: &'static str,
    pub payload: Option<String>,
    pub attempts: i64,
    pub reason: Option<String>,
    pub params: Option<String>,
    pub sent_at: Option<Instant>,
    /// What the utility has answered.
    pub receipt: Option<ItemAnswer>,
    pub read_back_at: Option<Instant>,
    pub by_sms: bool,
}

/// The queue of an older version, and what it has said.
pub struct Queue<'a> {
    pub entries: Vec<Entry>,
    pub said: Vec<(Box<RawValue>, Option<BatchAnswer>)>,
    utility: &'a Utility,
    rng: &'a mut Rng,
    now: Instant,
}

/// How far a captured reading came.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// It has not been tried.
    Waits,
    /// There was no connection.
    Failed,
    /// It went, and nobody knows what became of it: it arrived, or not.
    InDoubt(bool),
    /// The utility has answered.
    Answered,
}

impl<'a> Queue<'a> {
    /// What was done on both meters until now.
    pub fn lived(utility: &'a Utility, dials: &Dials, now: Instant, rng: &'a mut Rng) -> Self {
        let mut queue = Self { entries: Vec::new(), said: Vec::new(), utility, rng, now };
        let period = Period::of(rules::business_day(now));
        for (n, meter) in [COLD, HOT].into_iter().enumerate() {
            if queue.rng.u8(..3) == 0 {
                queue.charged(meter, period.months_back(1));
            }
            let hours = queue.rng.i64(4..16);
            let at = now - TimeDelta::hours(hours);
            let units = dials.litres(n, at.timestamp_millis()) / 1000;
            // Asked about, refused.
            let units = units + [0, 0, 0, 0, 60, 2_000][queue.rng.usize(..6)];
            queue.capture(meter, period, units, at);
            if queue.rng.u8(..3) == 0 {
                let later = at + TimeDelta::hours(queue.rng.i64(1..4));
                queue.correct(units + 1, later);
            }
        }
        queue
    }

    /// Last month's reading was this phone's, and a charge was made from it.
    fn charged(&mut self, meter: &'static str, period: Period) {
        let at = rules::window(period).opens + TimeDelta::hours(43);
        let mut entry = self.entry(meter, period, Volume::default(), at);
        let mut office = self.utility.office();
        let Some(held) = office.books.readings.iter_mut().find(|r| r.meter == meter && r.period == period)
        else {
            return;
        };
        (held.item, held.key) = (Some(entry.item.clone()), Some(entry.key.clone()));
        entry.value = held.value;
        entry.typed = held.value.to_string();
        entry.receipt = Some(ItemAnswer {
            client_item_id: entry.item.clone(),
            status: "accounted".to_owned(),
            reading_id: Some(held.id.clone()),
            receipt: held.receipt.clone(),
            effective_period: Some(period),
            received_at: Some(held.received_at),
            code: None,
            params: Default::default(),
        });
        drop(office);
        entry.payload = Some(entry.as_posted().to_string());
        (entry.state, entry.attempts) = ("accounted", 1);
        (entry.sent_at, entry.read_back_at) = (Some(at), Some(at));
        self.entries.push(entry);
    }

    fn capture(&mut self, meter: &'static str, period: Period, units: i64, at: Instant) {
        let mut entry = self.entry(meter, period, Volume::from_units(units), at);
        entry.typed = format!("{units:05},{:03}", self.rng.u16(..1000));
        entry.by_sms = self.rng.u8(..6) == 0;
        let way = match self.rng.u8(..8) {
            0 | 1 => Way::Waits,
            2 => Way::Failed,
            3 | 4 => Way::InDoubt(self.rng.bool()),
            _ => Way::Answered,
        };
        self.send(&mut entry, way, at + TimeDelta::minutes(3));
        self.entries.push(entry);
    }

    fn send(&mut self, entry: &mut Entry, way: Way, at: Instant) {
        let (arrives, heard) = match way {
            Way::Waits => return,
            Way::Failed => (false, false),
            Way::InDoubt(arrives) => (arrives, false),
            Way::Answered => (true, true),
        };
        let Ok(body) = serde_json::value::to_raw_value(&entry.as_posted()) else { return };
        entry.payload = Some(body.get().to_owned());
        entry.attempts = 1;
        let answer = if arrives { self.post(&body, at) } else { None };
        let verdict = answer.as_ref().and_then(|answer| answer.items.first().cloned());
        entry.sent_at = Some(at);
        match verdict.filter(|_| heard) {
            Some(verdict) => {
                let params = serde_json::to_string(&verdict.params).ok();
                match verdict.code.as_deref() {
                    None => {
                        entry.state = "received";
                        entry.read_back_at = self.rng.bool().then_some(at + TimeDelta::minutes(1));
                        entry.receipt = Some(verdict);
                    }
                    Some(code) => {
                        let asked = matches!(code, "NEEDS_CONFIRMATION" | "VALUE_LESS_THAN_PREVIOUS");
                        entry.state = if asked { "needs_answer" } else { "rejected" };
                        (entry.reason, entry.params) = (Some(code.to_owned()), params);
                    }
                }
            }
            None if matches!(way, Way::Failed) => {
                (entry.sent_at, entry.reason) = (None, Some("offline".to_owned()));
            }
            // The process died, or the answer was lost.
            None => {
                entry.state = "sending";
                entry.reason = self.rng.bool().then(|| "server".to_owned());
            }
        }
        self.said.push((body, answer.filter(|_| heard)));
    }

    fn post(&self, body: &RawValue, at: Instant) -> Option<BatchAnswer> {
        let mut office = self.utility.office();
        office.now = at;
        let tokens = office.sessions.sign_in(true, at).ok()?;
        drop(office);
        let answer = self.utility.post_readings(&tokens.access_token, ACCOUNT, at, &[body.to_owned()]);
        self.utility.office().now = self.now;
        answer.ok().map(|reply| reply.body)
    }

    /// The last reading is corrected: what waited gives way, what has left is followed.
    fn correct(&mut self, units: i64, at: Instant) {
        let Some(last) = self.entries.last_mut() else { return };
        let (meter, period) = (last.meter, last.period);
        let supersedes = match last.state {
            "sending" | "received" => Some(last.item.clone()),
            _ => {
                last.state = "superseded";
                None
            }
        };
        let entry = self.entry(meter, period, Volume::from_units(units), at);
        self.entries.push(Entry { supersedes, ..entry });
    }

    fn entry(&mut self, meter: &'static str, period: Period, value: Volume, taken_at: Instant) -> Entry {
        let random = self.rng.u128(..);
        let millis = taken_at.timestamp_millis();
        let version = self.utility.office().books.meter(meter).map_or(1, |meter| meter.version);
        let tail = random & 0xffff_ffff_ffff;
        Entry {
            item: format!("{:08x}-{:04x}-7000-8000-{tail:012x}", millis >> 16, millis & 0xffff),
            key: format!("{:08x}-0000-4000-8000-{tail:012x}", (random >> 96) & 0xffff_ffff),
            meter,
            version,
            period,
            value,
            typed: format!("{value}"),
            taken_at,
            supersedes: None,
            state: "queued",
            payload: None,
            attempts: 0,
            reason: None,
            params: None,
            sent_at: None,
            receipt: None,
            read_back_at: None,
            by_sms: false,
        }
    }
}

impl Entry {
    /// As the older versions posted it.
    fn as_posted(&self) -> serde_json::Value {
        json!({
            "idempotency_key": self.key, "client_item_id": self.item, "meter_id": self.meter,
            "meter_version": self.version, "period": self.period, "value": self.value, "entered": self.typed,
            "taken_at": self.taken_at, "rollover": false, "confirmed": [], "supersedes": null,
        })
    }
}
