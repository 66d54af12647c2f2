//! Letters: each shown on its phone, and registered once.

use vodomer_core::app::{LetterEntry, Status};

use super::{Ledger, Letter};
use crate::sim::trace::Trace;
use crate::utility::books::Books;

impl Ledger {
    /// Looks at a phone's letters.
    pub fn check_letters(&mut self, phone: usize, shown: &[LetterEntry], books: &Books, trace: &Trace) {
        for letter in self.letters.iter().filter(|l| l.phone == phone && !l.taken_back && !l.wiped) {
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
}
