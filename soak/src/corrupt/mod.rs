//! Corruption: every sector of a phone's real files zeroed, inverted, filled with garbage, hit by one flipped bit, cut off.
//!
//! After each the app is opened, and everything that it shows is held against what it showed before the damage: nothing
//! that it shows may be wrong, and every unsent item must be back as it was.

mod damage;
mod judge;
mod phone;
mod shown;

use std::panic::{AssertUnwindSafe, catch_unwind};

pub use damage::{Damage, Part};
pub use judge::judge;
pub use phone::{Phone, folder};
pub use shown::{Shown, show};

/// The unit in which a disk loses things.
pub const SECTOR: usize = 512;

/// What a run has seen.
#[derive(Debug, Default)]
pub struct Report {
    /// Damages tried.
    pub cases: usize,
    /// Those that made the file be set aside.
    pub set_aside: usize,
    /// Those after which something of the utility's was absent until the next refresh.
    pub absent: usize,
    /// What went wrong, each with the damage that shows it.
    pub failures: Vec<String>,
}

/// Every damage of every sector of every file, one at a time. Of these, every `step`-th.
#[must_use]
pub fn single(phone: &Phone, step: usize) -> Report {
    let all = Part::ALL.iter().flat_map(|part| damage::of_part(*part, phone.files(*part).len()));
    let mut report = Report::default();
    for damage in all.enumerate().filter(|(n, _)| n % step == 0).map(|(_, damage)| damage) {
        try_out(phone, &[damage], &mut report);
    }
    report
}

/// One sector of the database and one of the journal at once, the given number of such pairs, from a seed.
#[must_use]
pub fn double(phone: &Phone, pairs: usize, seed: u64) -> Report {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut report = Report::default();
    for _ in 0..pairs {
        let both = [Part::Database, Part::Journal].map(|part| {
            let sectors = phone.files(part).len().div_ceil(SECTOR);
            Damage::any(part, random.usize(..sectors), &mut random)
        });
        try_out(phone, &both, &mut report);
    }
    report
}

/// Everything, for an hour when nobody waits.
#[must_use]
pub fn full() -> Report {
    let mut whole = Report::default();
    for years in [2, 10] {
        let phone = Phone::lived_in(years);
        for report in [single(&phone, 1), double(&phone, 5_000, 1)] {
            whole.cases += report.cases;
            whole.set_aside += report.set_aside;
            whole.absent += report.absent;
            whole.failures.extend(report.failures);
        }
    }
    whole
}

/// Does the damage to a copy of the phone, and looks.
pub fn try_out(phone: &Phone, damages: &[Damage], report: &mut Report) {
    let dir = folder();
    phone.copy_to(dir.path());
    for damage in damages {
        damage.apply(dir.path());
    }
    report.cases += 1;
    let told = |what: &str| format!("{damages:?}: {what}");
    let seen = catch_unwind(AssertUnwindSafe(|| {
        let first = show(dir.path());
        let again = show(dir.path());
        (first, again)
    }));
    let Ok((first, again)) = seen else {
        report.failures.push(told("panicked"));
        return;
    };
    let (first, again) = match (first, again) {
        (Ok(first), Ok(again)) => (first, again),
        (Err(error), _) | (_, Err(error)) => {
            report.failures.push(told(&format!("is not opened: {error}")));
            return;
        }
    };
    let hit_twice = damages.len() > 1;
    let mut wrong = judge(phone, &first, hit_twice);
    if first != again {
        // A row that lies is met on the second screen, and what was right on the first is absent from then on.
        wrong.extend(judge(phone, &again, hit_twice));
        if show(dir.path()).ok().as_ref() != Some(&again) {
            wrong.push("shows something else every time".to_owned());
        }
    }
    report.absent += usize::from(first.facts.len() < phone.sound.facts.len());
    report.set_aside += usize::from(dir.path().join("vodomer.db.aside-1").exists());
    report.failures.extend(wrong.iter().map(|what| told(what)));
}
