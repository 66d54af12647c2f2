//! What a phone shows of its captures: all of them, each as it truly is.

use std::collections::BTreeSet;

use vodomer_core::app::{App, Error, OutboxEntry, Status};
use vodomer_core::domain::Period;

use super::{Capture, Ledger};
use crate::sim::trace::Trace;
use crate::utility::books::{Books, Reading, Standing};

impl Ledger {
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
            let here = capture.phone == phone && !capture.wiped;
            let Some(item) = capture.item.as_deref().filter(|_| here) else { continue };
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
        self.check_known(phone, list, trace);
        if self.misled.contains(&phone) {
            return;
        }
        let listed: BTreeSet<&str> = list.iter().map(|e| e.item_id.as_str()).collect();
        let to_be_shown = |c: &&Capture| c.phone == phone && !c.settled && !c.taken_back && !c.wiped;
        for capture in self.captures.iter().filter(to_be_shown) {
            let recent = capture.period.is_some_and(|period| period >= since);
            if let Some(item) = capture.item.as_deref().filter(|item| recent && !listed.contains(item)) {
                trace.violation(format!("capture {item} is not in the list"));
            }
        }
    }

    /// Everything that a phone shows was captured on it, and is not wiped.
    pub(super) fn check_known(&mut self, phone: usize, list: &[OutboxEntry], trace: &Trace) {
        for entry in list {
            if !self.knows(&entry.item_id, Some(phone), &entry.meter_id, entry.value) {
                let (value, meter) = (entry.value, &entry.meter_id);
                trace.violation(format!("the phone shows {value} of {meter}, which nobody captured on it"));
            }
            if self.by_item.get(&entry.item_id).is_some_and(|at| self.captures[*at].wiped) {
                trace.violation(format!("{} was wiped, and is shown again", entry.item_id));
            }
        }
    }
}
