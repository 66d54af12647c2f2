//! What a clerk makes of a reading that is not charged yet: turns it down, or takes it after all.

use super::books::{Books, Reading, Standing};

impl Books {
    /// Turns down the `n`th of the readings that stand, counted round; gives its id.
    pub fn decline(&mut self, n: usize) -> Option<String> {
        let id = self.nth(n, |r| r.standing == Standing::Received)?;
        self.stand(&id, Standing::Declined);
        Some(id)
    }

    /// Takes the `n`th of those that were turned down, counted round, where no other stands in its place; gives its id.
    pub fn take_after_all(&mut self, n: usize) -> Option<String> {
        let alone =
            |r: &Reading| r.standing == Standing::Declined && self.standing(&r.meter, r.period).is_none();
        let id = self.nth(n, alone)?;
        self.stand(&id, Standing::Received);
        Some(id)
    }

    fn nth(&self, n: usize, of: impl Fn(&Reading) -> bool) -> Option<String> {
        let open = |r: &&Reading| self.billed.is_none_or(|billed| billed < r.period);
        let found: Vec<&Reading> = self.readings.iter().filter(open).filter(|r| of(r)).collect();
        found.get(n.checked_rem(found.len())?).map(|r| r.id.clone())
    }
}
