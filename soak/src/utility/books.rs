//! What the utility holds, each record with its place in the sequence of changes.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use vodomer_core::domain::{ChargeLine, Dial, Instant, Period, Replacement, Resource, Volume};
use vodomer_core::portal::wire;

use super::letters::Problem;
use super::posting::Verdict;

/// The only account of this utility; whoever wants another flat starts another utility.
pub const ACCOUNT: &str = "demo-account";
const ADDRESS: &str = "ул. Примерная, 12, кв. 34";

/// What became of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Held.
    Received,
    /// A charge was made from it.
    Accounted,
    /// Corrected by a later one.
    Superseded,
    /// Taken back, at that time.
    Withdrawn(Instant),
    /// Turned down by a clerk.
    Declined,
}

/// A reading, of whatever source.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The server's id.
    pub id: String,
    /// The meter.
    pub meter: String,
    /// The month that it counts for.
    pub period: Period,
    /// The month that the resident meant.
    pub meant: Period,
    /// The value.
    pub value: Volume,
    /// The dial went over its end.
    pub rollover: bool,
    /// The meter was replaced.
    pub replacement: Option<Replacement>,
    /// When it was taken.
    pub taken_at: Option<Instant>,
    /// When it came.
    pub received_at: Instant,
    /// `app, sms, estimated …`
    pub source: &'static str,
    /// What became of it.
    pub standing: Standing,
    /// Receipt number.
    pub receipt: Option<String>,
    /// The app's own id of it.
    pub item: Option<String>,
    /// The key that it came under.
    pub key: Option<String>,
    pub(super) seq: u64,
}

/// A meter's record.
#[derive(Debug, Clone)]
pub struct Meter {
    /// The server's id.
    pub id: String,
    /// Factory number.
    pub serial: &'static str,
    /// What it measures.
    pub resource: Resource,
    /// Its face.
    pub dial: Dial,
    /// Rises with every change.
    pub version: i64,
    /// The last day on which its readings count.
    pub verify_by: Option<NaiveDate>,
    /// Replaced or cut off.
    pub archived: bool,
    pub(super) seq: u64,
}

/// A month's charges.
#[derive(Debug, Clone)]
pub struct Charge {
    /// The month.
    pub period: Period,
    /// Sum of the lines.
    pub total: i64,
    /// What is owed with it.
    pub due: i64,
    /// The lines.
    pub lines: Vec<ChargeLine>,
    seq: u64,
}

/// A service request, question or appeal.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The server's id.
    pub id: String,
    /// `service_request, question, appeal`
    pub kind: &'static str,
    /// The text.
    pub text: String,
    /// When it came.
    pub received_at: Instant,
    /// The app's own id of it.
    pub item: String,
    /// The clerk's answer.
    pub answer: Option<String>,
    seq: u64,
}

/// What is kept under a key.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub body: String,
    pub verdict: Option<Verdict>,
    pub since: Instant,
}

/// What is kept under the key of a withdrawal.
#[derive(Debug, Clone)]
pub(super) struct KeptWithdrawal {
    pub reading: String,
    pub verdict: Result<Instant, Problem>,
    pub since: Instant,
}

/// Everything.
#[derive(Debug, Clone, Default)]
pub struct Books {
    seq: u64,
    receipts: u64,
    ids: u64,
    balance: i64,
    balance_as_of: Instant,
    balance_seq: u64,
    /// The last month that was charged.
    pub billed: Option<Period>,
    /// Meters.
    pub meters: Vec<Meter>,
    /// Readings, in the order in which they came.
    pub readings: Vec<Reading>,
    /// Charges.
    pub charges: Vec<Charge>,
    /// Letters.
    pub letters: Vec<Letter>,
    pub(super) keys: BTreeMap<String, Kept>,
    pub(super) withdrawals: BTreeMap<String, KeptWithdrawal>,
}

impl Books {
    pub(super) fn next_id(&mut self) -> String {
        self.ids += 1;
        format!("r{}", self.ids)
    }

    pub(super) fn next_receipt(&mut self) -> String {
        self.receipts += 1;
        format!("{:08}", self.receipts)
    }

    fn changed(&mut self) -> u64 {
        self.seq += 1;
        self.seq
    }

    pub(super) fn open_account(&mut self, now: Instant) {
        self.balance_as_of = now;
        self.balance_seq = self.changed();
    }

    pub(super) fn add_meter(&mut self, meter: Meter) {
        let seq = self.changed();
        self.meters.push(Meter { seq, ..meter });
    }

    /// A meter's record changes.
    pub fn change_meter(&mut self, id: &str, change: impl FnOnce(&mut Meter)) {
        let seq = self.changed();
        if let Some(meter) = self.meters.iter_mut().find(|m| m.id == id) {
            change(meter);
            meter.version += 1;
            meter.seq = seq;
        }
    }

    pub(super) fn add_reading(&mut self, reading: Reading) {
        let seq = self.changed();
        self.readings.push(Reading { seq, ..reading });
    }

    pub(super) fn stand(&mut self, id: &str, standing: Standing) {
        let seq = self.changed();
        if let Some(reading) = self.readings.iter_mut().find(|r| r.id == id) {
            reading.standing = standing;
            reading.seq = seq;
        }
    }

    pub(super) fn add_charge(&mut self, period: Period, lines: Vec<ChargeLine>, now: Instant) {
        let total: i64 = lines.iter().map(|line| line.amount_kopecks).sum();
        self.balance += total;
        self.balance_as_of = now;
        self.balance_seq = self.changed();
        self.billed = Some(period);
        let (due, seq) = (self.balance, self.changed());
        self.charges.push(Charge { period, total, due, lines, seq });
    }

    pub(super) fn add_letter(&mut self, letter: Letter) {
        let seq = self.changed();
        self.letters.push(Letter { seq, ..letter });
    }

    pub(super) fn answer_letter(&mut self, id: &str) {
        let seq = self.changed();
        if let Some(letter) = self.letters.iter_mut().find(|l| l.id == id) {
            letter.answer = Some("Принято в работу.".to_owned());
            letter.seq = seq;
        }
    }

    /// A clerk types in what came by another way; not where a reading stands already.
    pub fn type_in(
        &mut self,
        meter: &str,
        period: Period,
        value: Volume,
        source: &'static str,
        now: Instant,
    ) {
        if self.standing(meter, period).is_none() {
            let (id, receipt) = (self.next_id(), Some(self.next_receipt()));
            let reading = Reading::of_the_utility(id, meter, period, value, now);
            self.add_reading(Reading { source, receipt, ..reading });
        }
    }

    /// The meter of that id.
    #[must_use]
    pub fn meter(&self, id: &str) -> Option<&Meter> {
        self.meters.iter().find(|m| m.id == id)
    }

    /// The reading that stands for a meter's month.
    #[must_use]
    pub fn standing(&self, meter: &str, period: Period) -> Option<&Reading> {
        let stands = |r: &&Reading| matches!(r.standing, Standing::Received | Standing::Accounted);
        self.readings.iter().rev().filter(stands).find(|r| r.meter == meter && r.period == period)
    }

    /// The reading that an app's item has become.
    #[must_use]
    pub fn of_item(&self, item: &str) -> Option<&Reading> {
        self.readings.iter().rev().find(|r| r.item.as_deref() == Some(item))
    }

    /// At most so many records that changed after a place in the sequence.
    pub(super) fn changes(&self, after: u64, limit: usize) -> wire::Changes {
        let mut places: Vec<u64> = Vec::new();
        places.extend(Some(self.balance_seq).filter(|seq| *seq > after));
        places.extend(self.meters.iter().map(|r| r.seq).filter(|seq| *seq > after));
        places.extend(self.readings.iter().map(|r| r.seq).filter(|seq| *seq > after));
        places.extend(self.charges.iter().map(|r| r.seq).filter(|seq| *seq > after));
        places.extend(self.letters.iter().map(|r| r.seq).filter(|seq| *seq > after));
        places.sort_unstable();
        let more = places.len() > limit;
        let upto = if more { places[limit - 1] } else { self.seq };
        let due = |seq: u64| seq > after && seq <= upto;
        wire::Changes {
            cursor: upto.to_string(),
            more,
            accounts: if due(self.balance_seq) { vec![self.account()] } else { Vec::new() },
            meters: self.meters.iter().filter(|m| due(m.seq)).map(Meter::told).collect(),
            readings: self.readings.iter().filter(|r| due(r.seq)).map(Reading::told).collect(),
            charges: self.charges.iter().filter(|c| due(c.seq)).map(Charge::told).collect(),
            letters: self.letters.iter().filter(|l| due(l.seq)).map(Letter::told).collect(),
            unreadable: 0,
        }
    }

    /// The end of the sequence.
    pub(super) const fn end(&self) -> u64 {
        self.seq
    }

    fn account(&self) -> wire::Account {
        wire::Account {
            id: ACCOUNT.to_owned(),
            number: super::LOGIN.to_owned(),
            address: ADDRESS.to_owned(),
            balance: wire::Balance { kopecks: self.balance, period: self.billed, as_of: self.balance_as_of },
            residents: Some(2),
        }
    }
}

impl Reading {
    /// A reading that nobody has sent by an app.
    pub(super) fn of_the_utility(
        id: String,
        meter: &str,
        period: Period,
        value: Volume,
        now: Instant,
    ) -> Self {
        Self {
            id,
            meter: meter.to_owned(),
            period,
            meant: period,
            value,
            rollover: false,
            replacement: None,
            taken_at: None,
            received_at: now,
            source: "app",
            standing: Standing::Received,
            receipt: None,
            item: None,
            key: None,
            seq: 0,
        }
    }

    /// Read off the dial by somebody.
    #[must_use]
    pub fn is_actual(&self) -> bool {
        !matches!(self.source, "estimated" | "norm")
    }

    fn told(&self) -> wire::Reading {
        let status = match self.standing {
            Standing::Received => "received",
            Standing::Accounted => "accounted",
            Standing::Superseded => "superseded",
            Standing::Withdrawn(_) => "withdrawn",
            Standing::Declined => "declined",
        };
        wire::Reading {
            id: self.id.clone(),
            meter_id: self.meter.clone(),
            period: self.period,
            value: self.value,
            taken_at: self.taken_at,
            received_at: self.received_at,
            source: self.source.to_owned(),
            status: status.to_owned(),
            receipt: self.receipt.clone(),
            client_item_id: self.item.clone(),
            sent_at: None,
            rollover: self.rollover,
            replacement: self.replacement,
        }
    }
}

impl Meter {
    fn told(&self) -> wire::Meter {
        wire::Meter {
            id: self.id.clone(),
            account_id: ACCOUNT.to_owned(),
            serial: self.serial.to_owned(),
            resource: self.resource,
            place: "кухня".to_owned(),
            digits: self.dial,
            version: self.version,
            verify_by: self.verify_by,
            archived: self.archived,
            zone: None,
            limit: None,
            replaces: None,
        }
    }
}

impl Charge {
    fn told(&self) -> wire::Charge {
        wire::Charge {
            account_id: ACCOUNT.to_owned(),
            period: self.period,
            total_kopecks: self.total,
            due_kopecks: self.due,
            pay_by: self.period.next().first_day().checked_add_days(chrono::Days::new(14)),
            lines: self.lines.clone(),
        }
    }
}

impl Letter {
    pub(super) fn new(id: String, kind: &'static str, text: String, item: String, now: Instant) -> Self {
        Self { id, kind, text, received_at: now, item, answer: None, seq: 0 }
    }

    fn told(&self) -> wire::Letter {
        wire::Letter {
            id: self.id.clone(),
            kind: self.kind.to_owned(),
            account_id: (self.kind != "appeal").then(|| ACCOUNT.to_owned()),
            text: self.text.clone(),
            status: if self.answer.is_some() { "answered" } else { "received" }.to_owned(),
            received_at: self.received_at,
            receipt: Some(self.id.clone()),
            client_item_id: Some(self.item.clone()),
            answer: self.answer.clone(),
        }
    }
}
