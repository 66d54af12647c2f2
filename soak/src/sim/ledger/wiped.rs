//! Wiping: what is told to be lost is all that would be, and it is all gone or all there.

use std::collections::BTreeSet;

use vodomer_core::app::{App, Error, LetterEntry, OutboxEntry, Status};
use vodomer_core::domain::Instant;

use super::{Capture, Ledger, Letter};
use crate::sim::trace::Trace;
use crate::utility::books::{Books, Reading};

/// What is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everything on the phone.
    Everything,
    /// The account's login: appeals belong to none.
    Account,
}

impl Scope {
    const fn takes(self, letter: &Letter) -> bool {
        letter.of_account || matches!(self, Self::Everything)
    }
}

/// The utility is not known to have it.
const fn unsettled(status: Status, received_at: Option<Instant>) -> bool {
    match status {
        Status::Saved
        | Status::WaitingForNetwork
        | Status::SentElsewhere
        | Status::NeedsAnswer
        | Status::Rejected => true,
        Status::Sent => received_at.is_none(),
        Status::NotSubmitted | Status::Accepted | Status::Accounted => false,
    }
}

impl Ledger {
    /// Compares what a phone says would be lost with what would be.
    ///
    /// # Errors
    /// What the phone's disk says.
    pub fn check_told(
        &mut self,
        phone: usize,
        app: &App,
        (readings, letters): (&[OutboxEntry], &[LetterEntry]),
        scope: Scope,
        books: &Books,
        trace: &Trace,
    ) -> Result<(), Error> {
        self.check_known(phone, readings, trace);
        let told: BTreeSet<&str> = readings.iter().map(|entry| entry.item_id.as_str()).collect();
        let its = |c: &&Capture| c.phone == phone && !c.wiped;
        for capture in self.captures.iter().filter(its) {
            let Some(item) = capture.item.as_deref() else { continue };
            let proof = app.proof(item)?;
            let (status, lost) = (proof.entry.status, unsettled(proof.entry.status, proof.received_at));
            if lost != told.contains(item) {
                trace.violation(format!("{item}, {status:?}: told to be lost: {}", told.contains(item)));
            }
            let same = |r: &Reading| {
                r.meter == capture.meter && Some(r.value) == capture.value && r.period == proof.entry.period
            };
            let held = || books.of_item(item).is_some() || books.readings.iter().any(same);
            if !lost && status != Status::NotSubmitted && !held() {
                trace.violation(format!("{item} would be lost, {status:?}, and nobody says so"));
            }
        }
        self.check_told_letters(phone, app, letters, scope, books, trace)
    }

    fn check_told_letters(
        &self,
        phone: usize,
        app: &App,
        told: &[LetterEntry],
        scope: Scope,
        books: &Books,
        trace: &Trace,
    ) -> Result<(), Error> {
        let told: BTreeSet<&str> = told.iter().map(|entry| entry.item_id.as_str()).collect();
        let shown = app.letters()?;
        for letter in self.letters.iter().filter(|l| l.phone == phone && !l.wiped && !l.taken_back) {
            let Some(item) = letter.item.as_deref() else { continue };
            let entry = shown.iter().find(|entry| entry.item_id == item);
            let lost =
                scope.takes(letter) && entry.is_some_and(|entry| unsettled(entry.status, entry.received_at));
            if entry.is_some() && lost != told.contains(item) {
                trace.violation(format!("letter {item} {entry:?}: told to be lost: {}", told.contains(item)));
            }
            let held = || books.letters.iter().any(|letter| letter.item == item);
            if scope.takes(letter) && !told.contains(item) && !held() {
                trace.violation(format!("letter {item} would be lost, and nobody says so"));
            }
        }
        Ok(())
    }

    /// The phone has said that it is gone.
    pub fn wiped(&mut self, phone: usize, scope: Scope) {
        self.perhaps_wiped.remove(&phone);
        self.captures.iter_mut().filter(|c| c.phone == phone).for_each(|c| c.wiped = true);
        let letters = self.letters.iter_mut().filter(|l| l.phone == phone && scope.takes(l));
        letters.for_each(|l| l.wiped = true);
    }

    /// The phone could not say: all of it is gone, or nothing.
    pub fn perhaps_wiped(&mut self, phone: usize, scope: Scope) {
        self.perhaps_wiped.insert(phone, scope);
    }

    /// Whether that is so.
    pub fn is_perhaps_wiped(&self, phone: usize) -> bool {
        self.perhaps_wiped.contains_key(&phone)
    }

    /// Looks what became of a wipe that was cut short; tells whether it was done, if there was one.
    ///
    /// # Errors
    /// What the phone's disk says.
    pub fn look_after_wipe(&mut self, phone: usize, app: &App, trace: &Trace) -> Result<Option<bool>, Error> {
        let Some(scope) = self.perhaps_wiped.get(&phone).copied() else { return Ok(None) };
        let letters = app.letters()?;
        let (mut there, mut gone) = (Vec::new(), Vec::new());
        let its = |c: &&Capture| c.phone == phone && !c.wiped;
        for item in self.captures.iter().filter(its).filter_map(|c| c.item.as_deref()) {
            match app.proof(item) {
                Ok(_) => there.push(item),
                Err(Error::NotFound { .. }) => gone.push(item),
                Err(error) => return Err(error),
            }
        }
        // A phone whose clock is wrong shows the letters of another year.
        let shows = !self.misled.contains(&phone);
        let its = |l: &&Letter| shows && l.phone == phone && !l.wiped && !l.taken_back && scope.takes(l);
        for item in self.letters.iter().filter(its).filter_map(|l| l.item.as_deref()) {
            let shown = letters.iter().any(|letter| letter.item_id == item);
            if shown { there.push(item) } else { gone.push(item) }
        }
        let signed_in = !app.home()?.flats.is_empty();
        if !gone.is_empty() && (!there.is_empty() || signed_in) {
            trace.violation(format!(
                "half wiped: {gone:?} are gone, {there:?} are there, signed in: {signed_in}"
            ));
        }
        let done = there.is_empty() && !signed_in;
        if done {
            self.wiped(phone, scope);
        }
        self.perhaps_wiped.remove(&phone);
        Ok(Some(done))
    }

    /// What no file may hold after a wipe of everything: the names of what was captured and written on a phone.
    pub fn names(&self, phone: usize) -> impl Iterator<Item = &str> {
        let captures = self.captures.iter().filter(move |c| c.phone == phone).map(|c| &c.item);
        let letters = self.letters.iter().filter(move |l| l.phone == phone).map(|l| &l.item);
        captures.chain(letters).flatten().map(String::as_str)
    }
}
