//! What was captured, and what must be true of it at any moment.
//!
//! An acknowledged capture is held by the utility once, or shown on the phone with its state and reason, or superseded
//! by a later one of the same phone. The utility holds nothing that nobody captured.

use std::collections::{BTreeMap, BTreeSet};

use vodomer_core::app::{App, Error, LetterEntry, OutboxEntry, Status};
use vodomer_core::domain::{Period, Volume};

use super::trace::Trace;
use crate::utility::books::{Books, Reading, Standing};

/// Everything that residents have captured.
#[derive(Default)]
pub struct Ledger {
    captures: Vec<Capture>,
    by_item: BTreeMap<String, usize>,
    read_so_far: usize,
    letters: Vec<Letter>,
    /// Taken back before they left, as the phone said.
    never_left: Vec<String>,
    /// Phones whose clock was ever wrong: their captures get other months when the time is known again.
    misled: BTreeSet<usize>,
    /// Came by a copy that was under way for days: no phone can know of it.
    late: BTreeSet<String>,
    keys: BTreeSet<String>,
    held: BTreeSet<String>,
}

struct Capture {
    phone: usize,
    /// Known of what was acknowledged.
    item: Option<String>,
    meter: &'static str,
    period: Option<Period>,
    /// Unknown where the phone was to take last month's and failed.
    value: Option<Volume>,
    /// The resident has asked for it back.
    taken_back: bool,
    /// Nothing can become of it any more.
    settled: bool,
}

struct Letter {
    phone: usize,
    item: Option<String>,
    taken_back: bool,
}

impl Capture {
    const fn of(phone: usize, meter: &'static str) -> Self {
        Self { phone, item: None, meter, period: None, value: None, taken_back: false, settled: false }
    }
}

impl Ledger {
    /// The resident asks a reading or a letter back, whether or not the phone could note that.
    pub fn taken_back(&mut self, item: &str) {
        if let Some(at) = self.by_item.get(item) {
            self.captures[*at].taken_back = true;
        }
        let letters = self.letters.iter_mut();
        letters.filter(|l| l.item.as_deref() == Some(item)).for_each(|l| l.taken_back = true);
    }

    /// The phone has said that it never left, and now never will.
    pub fn never_leaves(&mut self, item: &str) {
        self.never_left.push(item.to_owned());
    }

    /// A phone's clock is wrong.
    pub fn misled(&mut self, phone: usize) {
        self.misled.insert(phone);
    }

    /// A late copy has made a reading.
    pub fn came_late(&mut self, item: &str) {
        self.late.insert(item.to_owned());
    }

    /// A letter was written; without an item, the phone has said that it failed.
    pub fn wrote(&mut self, phone: usize, item: Option<String>) {
        self.letters.push(Letter { phone, item, taken_back: false });
    }

    /// Looks at a phone's letters.
    pub fn check_letters(&mut self, phone: usize, shown: &[LetterEntry], books: &Books, trace: &Trace) {
        for letter in self.letters.iter().filter(|l| l.phone == phone && !l.taken_back) {
            let Some(item) = &letter.item else { continue };
            let held = books.letters.iter().filter(|l| l.item == *item).count();
            let entry = shown.iter().find(|e| e.item_id == *item);
            if held > 1 {
                trace.violation(format!("letter {item} was registered {held} times"));
            }
            match entry.map(|e| e.status) {
                None => trace.violation(format!("letter {item} is lost")),
                Some(Status::Accepted | Status::Accounted) if held == 0 => {
                    trace.violation(format!("letter {item} is called accepted, and the utility has none"));
                }
                Some(_) => {}
            }
        }
        for letter in &books.letters {
            let known = |l: &&Letter| l.item.as_deref().is_none_or(|item| item == letter.item);
            if !self.letters.iter().any(|l| known(&l)) {
                trace.violation(format!("the utility holds letter {}, which nobody wrote", letter.item));
            }
        }
    }

    /// The phone has said that it is on the disk.
    pub fn acknowledged(
        &mut self,
        phone: usize,
        item: &str,
        meter: &'static str,
        period: Period,
        value: Volume,
    ) {
        self.by_item.insert(item.to_owned(), self.captures.len());
        let item = Some(item.to_owned());
        let capture = Capture { item, period: Some(period), value: Some(value), ..Capture::of(phone, meter) };
        self.captures.push(capture);
    }

    /// The phone has said that it failed: it may be there, or not.
    pub fn attempted(&mut self, phone: usize, meter: &'static str, value: Option<Volume>) {
        self.captures.push(Capture { value, ..Capture::of(phone, meter) });
    }

    /// Looks at what the utility has got since the last time.
    pub fn check_server(&mut self, books: &Books, trace: &Trace) {
        for at in self.read_so_far..books.readings.len() {
            let reading = &books.readings[at];
            self.check_reading(reading, trace);
            let stands = |r: &&Reading| matches!(r.standing, Standing::Received | Standing::Accounted);
            let same = |r: &&Reading| r.meter == reading.meter && r.period == reading.period;
            if books.readings.iter().filter(stands).filter(same).count() > 1 {
                let (meter, period) = (&reading.meter, reading.period);
                trace.violation(format!("two readings stand for {meter} in {period}"));
            }
        }
        self.read_so_far = books.readings.len();
        for item in self.never_left.iter().filter(|item| !self.late.contains(*item)) {
            let stands = |r: &Reading| matches!(r.standing, Standing::Received | Standing::Accounted);
            if books.of_item(item).is_some_and(stands) {
                trace.violation(format!("{item} was taken back before it left, and stands at the utility"));
            }
        }
    }

    fn check_reading(&mut self, reading: &Reading, trace: &Trace) {
        let (Some(item), Some(key)) = (&reading.item, &reading.key) else { return };
        if !self.keys.insert(key.clone()) {
            trace.violation(format!("two readings came under key {key}"));
        }
        if !self.held.insert(item.clone()) {
            trace.violation(format!("item {item} became two readings"));
        }
        if !self.knows(item, None, &reading.meter, reading.value) {
            trace.violation(format!(
                "the utility holds {} of {}, which nobody captured",
                reading.value, reading.meter
            ));
        }
    }

    /// Whether somebody captured it; what was not acknowledged gets its name by it.
    fn knows(&mut self, item: &str, phone: Option<usize>, meter: &str, value: Volume) -> bool {
        if let Some(at) = self.by_item.get(item) {
            let known = &self.captures[*at];
            return known.meter == meter && known.value == Some(value);
        }
        let fits = |c: &Capture| {
            c.item.is_none()
                && c.meter == meter
                && c.value.is_none_or(|v| v == value)
                && phone.is_none_or(|phone| phone == c.phone)
        };
        let Some(at) = self.captures.iter().position(fits) else { return false };
        (self.captures[at].item, self.captures[at].value) = (Some(item.to_owned()), Some(value));
        self.by_item.insert(item.to_owned(), at);
        true
    }

    /// Looks at every capture of a phone of which something may still become, of months as new as `since`; at all of
    /// them if asked.
    ///
    /// # Errors
    /// What the phone's disk says.
    pub fn check_phone(
        &mut self,
        phone: usize,
        app: &App,
        books: &Books,
        trace: &Trace,
        (all, since): (bool, Period),
    ) -> Result<(), Error> {
        for at in 0..self.captures.len() {
            let capture = &self.captures[at];
            let Some(item) = capture.item.as_deref().filter(|_| capture.phone == phone) else { continue };
            if (capture.settled || capture.period.is_some_and(|period| period < since)) && !all {
                continue;
            }
            let settled = match app.proof(item) {
                Err(Error::NotFound { .. }) => {
                    trace.violation(format!("capture {item} is lost"));
                    true
                }
                Err(error) => return Err(error),
                Ok(proof) => {
                    let e = &proof.entry;
                    if Some(e.value) != capture.value || e.meter_id != capture.meter {
                        trace.violation(format!("{item} is shown as {} of {}", e.value, e.meter_id));
                    }
                    match self.judge(at, e, books) {
                        Ok(settled) => settled,
                        Err(wrong) => {
                            trace.violation(format!("{item} is {:?} {:?}, but {wrong}", e.status, e.reason));
                            true
                        }
                    }
                }
            };
            self.captures[at].settled |= settled;
        }
        Ok(())
    }

    /// Whether the state that a phone shows is the true one, and the last.
    fn judge(&self, at: usize, shown: &OutboxEntry, books: &Books) -> Result<bool, &'static str> {
        let by_item = books.of_item(&shown.item_id);
        // What a clerk typed in from a text message, or another phone has sent, is this reading, too, if it is the same.
        let same = |r: &&Reading| {
            r.is_actual() && r.meter == shown.meter_id && r.period == shown.period && r.value == shown.value
        };
        let held = by_item.or_else(|| books.readings.iter().find(same));
        let charged = |r: &Reading| r.standing == Standing::Accounted;
        let accounted = held.is_some_and(charged) || books.readings.iter().any(|r| same(&r) && charged(r));
        match shown.status {
            Status::NotSubmitted => {
                let capture = &self.captures[at];
                let gives_way = |c: &&Capture| {
                    c.phone == capture.phone
                        && c.meter == capture.meter
                        && (c.period.is_none_or(|period| period == shown.period)
                            || self.misled.contains(&c.phone))
                };
                let later = self.captures[at + 1..].iter().any(|c| gives_way(&c));
                // Another phone of the account may have corrected it at the utility, or taken it back.
                let gone = |r: &Reading| matches!(r.standing, Standing::Superseded | Standing::Withdrawn(_));
                // So with the other phone's reading of the same value, by which ours counted.
                let stood_for = |r: &Reading| {
                    r.meter == shown.meter_id && r.period == shown.period && r.value == shown.value && gone(r)
                };
                let elsewhere = by_item.map_or_else(|| books.readings.iter().any(stood_for), gone);
                if later || capture.taken_back || elsewhere {
                    Ok(true)
                } else {
                    Err("nothing was captured in its place")
                }
            }
            Status::Accepted | Status::Accounted => match held {
                None => Err("the utility does not hold it"),
                Some(held) if held.value != shown.value => Err("the utility holds another value"),
                Some(_) if shown.status == Status::Accounted && !accounted => {
                    Err("no charge was made from it")
                }
                Some(_) => Ok(shown.status == Status::Accounted),
            },
            Status::Rejected | Status::NeedsAnswer if shown.reason.is_none() => Err("no reason is shown"),
            Status::Rejected
            | Status::NeedsAnswer
            | Status::Saved
            | Status::WaitingForNetwork
            | Status::Sent
            | Status::SentElsewhere => Ok(false),
        }
    }

    /// Compares the list that a phone shows with what was captured on it.
    pub fn check_list(&mut self, phone: usize, list: &[OutboxEntry], since: Period, trace: &Trace) {
        for entry in list {
            if !self.knows(&entry.item_id, Some(phone), &entry.meter_id, entry.value) {
                let (value, meter) = (entry.value, &entry.meter_id);
                trace.violation(format!("the phone shows {value} of {meter}, which nobody captured on it"));
            }
        }
        if self.misled.contains(&phone) {
            return;
        }
        let listed: BTreeSet<&str> = list.iter().map(|e| e.item_id.as_str()).collect();
        for capture in self.captures.iter().filter(|c| c.phone == phone && !c.settled && !c.taken_back) {
            let recent = capture.period.is_some_and(|period| period >= since);
            if let Some(item) = capture.item.as_deref().filter(|item| recent && !listed.contains(item)) {
                trace.violation(format!("capture {item} is not in the list"));
            }
        }
    }
}
