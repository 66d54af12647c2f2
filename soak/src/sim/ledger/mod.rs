//! What was captured, and what must be true of it at any moment.
//!
//! An acknowledged capture is held by the utility once, or shown on the phone with its state and reason, or superseded
//! by a later one of the same phone, or wiped by the resident's word. The utility holds nothing that nobody captured.
//!
//! - `shown`: what a phone shows of its captures; `letters`: the same of letters
//! - `server`: what the utility holds
//! - `wiped`: what a wipe says, and what it leaves

mod letters;
mod server;
mod shown;
mod wiped;

use std::collections::{BTreeMap, BTreeSet};

use vodomer_core::domain::{Period, Volume};

pub use wiped::Scope;

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
    /// Turned down by a clerk, who may take them after all: a phone believes the last that it was told.
    declined: BTreeSet<String>,
    keys: BTreeSet<String>,
    held: BTreeSet<String>,
    /// Wipes that failed, or were cut short: by phone, what they were to take.
    perhaps_wiped: BTreeMap<usize, Scope>,
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
    /// The resident has agreed to lose it.
    wiped: bool,
}

struct Letter {
    phone: usize,
    item: Option<String>,
    /// It is about an account; an appeal is not.
    of_account: bool,
    taken_back: bool,
    /// The resident has agreed to lose it.
    wiped: bool,
}

impl Capture {
    const fn of(phone: usize, meter: &'static str) -> Self {
        let (taken_back, settled, wiped) = (false, false, false);
        Self { phone, item: None, meter, period: None, value: None, taken_back, settled, wiped }
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

    /// A clerk has turned an item's reading down.
    pub fn was_declined(&mut self, item: &str) {
        self.declined.insert(item.to_owned());
    }

    /// A letter was written; without an item, the phone has said that it failed.
    pub fn wrote(&mut self, phone: usize, item: Option<String>, of_account: bool) {
        self.letters.push(Letter { phone, item, of_account, taken_back: false, wiped: false });
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

    /// Whether somebody captured it; what was not acknowledged gets its name by it.
    fn knows(&mut self, item: &str, phone: Option<usize>, meter: &str, value: Volume) -> bool {
        if let Some(at) = self.by_item.get(item) {
            let known = &self.captures[*at];
            return known.meter == meter && known.value == Some(value);
        }
        let fits = |c: &Capture| {
            c.item.is_none()
                && !(c.wiped && phone.is_some())
                && c.meter == meter
                && c.value.is_none_or(|v| v == value)
                && phone.is_none_or(|phone| phone == c.phone)
        };
        let Some(at) = self.captures.iter().position(fits) else { return false };
        (self.captures[at].item, self.captures[at].value) = (Some(item.to_owned()), Some(value));
        self.by_item.insert(item.to_owned(), at);
        true
    }
}
