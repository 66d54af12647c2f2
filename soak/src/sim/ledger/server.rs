//! What the utility holds: nothing twice, and nothing that nobody captured.

use super::Ledger;
use crate::sim::trace::Trace;
use crate::utility::books::{Books, Reading, Standing};

impl Ledger {
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
        for item in
            self.never_left.iter().filter(|item| !self.late.contains(*item) && !self.declined.contains(*item))
        {
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
}
