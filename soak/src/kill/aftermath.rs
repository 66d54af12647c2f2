//! What must hold of the phone and the utility after a process of the phone was killed.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;
use vodomer_core::app::{App, Error, Status, WipeRequest};
use vodomer_core::store::FILE_NAME;

use super::Violation;
use super::child::{BUDGET, phone_signs_in};
use super::phone::{self, Chance};
use super::server::Server;
use super::tale::{Prepared, Tale, shown};
use super::told::{Saved, Told};

/// Passes that a healthy server needs at most.
const PASSES: usize = 4;

/// Opens what was left as the next process does, looks, and lets a healthy server have it.
///
/// # Errors
/// What is not as it must be.
pub fn judge(prepared: &Prepared, dir: &Path, server: &Server, told: &[Told]) -> Result<(), Violation> {
    if prepared.tale != Tale::Damage {
        is_sound(dir)?;
    }
    let next = 1 + told.iter().filter(|told| **told == Told::Opened).count();
    let life = u16::try_from(next).unwrap_or(u16::MAX) + 3;
    let env = phone::env(life, Arc::new(Chance::of(life)));
    let app = phone::open(dir, &server.url(), env).map_err(called("it does not open"))?;
    if prepared.tale != Tale::Damage && app.recovered().map_err(called("recovered"))?.is_some() {
        return Err("what was sound is taken for damaged".to_owned());
    }
    let promised = Promised::of(&prepared.kept, told);
    promised.is_kept(&app)?;
    if promised.wiped {
        leaves_no_trace(dir, &promised.saved)?;
    }
    if prepared.tale.can_be_sent() {
        delivers(&app, server, &promised)?;
    }
    if promised.wiping {
        wipes_all_the_same(app, dir, &promised)?;
    }
    Ok(())
}

/// What the process had been promised when it died.
struct Promised<'a> {
    /// In the order of their keeping.
    saved: Vec<&'a Saved>,
    withdrawn: BTreeSet<&'a str>,
    /// Asked for, whether it came about or not.
    withdrawing: BTreeSet<&'a str>,
    wiping: bool,
    wiped: bool,
}

impl<'a> Promised<'a> {
    fn of(kept: &'a [Saved], told: &'a [Told]) -> Self {
        let mut promised = Self {
            saved: kept.iter().collect(),
            withdrawn: BTreeSet::new(),
            withdrawing: BTreeSet::new(),
            wiping: told.contains(&Told::Wiping),
            wiped: told.contains(&Told::Wiped),
        };
        for line in told {
            match line {
                Told::Saved(saved) => promised.saved.push(saved),
                Told::Withdrawing(item) => drop(promised.withdrawing.insert(item)),
                Told::Withdrawn(item) => drop(promised.withdrawn.insert(item)),
                Told::Opened | Told::SignedIn | Told::Synced | Told::Wiping | Told::Wiped | Told::Ended => {}
            }
        }
        promised
    }

    /// Every reading is there as it was taken; after a wipe none, and within one all or none.
    fn is_kept(&self, app: &App) -> Result<(), Violation> {
        let mut gone = Vec::new();
        for saved in &self.saved {
            let Saved { item, key, meter, value } = saved;
            match app.proof(item) {
                Ok(_) if self.wiped => return Err(format!("{item} is there after everything was wiped")),
                Ok(proof) => {
                    let (entry, is) = (&proof.entry, proof.entry.value.to_string());
                    if &entry.meter_id != meter || &is != value || &proof.idempotency_key != key {
                        return Err(format!("{item} was {saved:?} and is {proof:?}"));
                    }
                }
                Err(Error::NotFound { .. }) => gone.push(item),
                Err(error) => return Err(format!("{item} can't be looked at: {error:?}")),
            }
        }
        let may_be_gone = self.wiped || (self.wiping && gone.len() == self.saved.len());
        if gone.is_empty() || may_be_gone { Ok(()) } else { Err(format!("{gone:?} is lost")) }
    }
}

/// A healthy server gets everything that waits, once; what stands there is what the phone shows.
fn delivers(app: &App, server: &Server, promised: &Promised<'_>) -> Result<(), Violation> {
    let before = shown(app).map_err(called("the queue can't be shown"))?;
    phone_signs_in(app).map_err(called("nobody can sign in"))?;
    for _ in 0..PASSES {
        app.sync(BUDGET).map_err(called("a pass fails"))?;
    }
    let ledger = server.ledger();
    if let Some(violation) = ledger.violations.first() {
        return Err(format!("the server was asked what no honest phone asks: {violation}"));
    }
    let entries = app.outbox().map_err(called("the queue can't be shown"))?;
    if let Some(waits) = entries.iter().find(|entry| entry.status != Status::Accepted) {
        return Err(format!("{} is {:?} after a day with a healthy server", waits.item_id, waits.status));
    }
    let there: BTreeSet<(&str, &str, &str)> = ledger
        .standing()
        .map(|held| (held.item.as_str(), held.meter.as_str(), held.value.as_str()))
        .collect();
    let values: Vec<String> = entries.iter().map(|entry| entry.value.to_string()).collect();
    let here: BTreeSet<(&str, &str, &str)> = entries
        .iter()
        .zip(&values)
        .map(|(entry, value)| (entry.item_id.as_str(), entry.meter_id.as_str(), value.as_str()))
        .collect();
    // What was wiped stays at the utility.
    if promised.wiping && here.is_empty() {
        return Ok(());
    }
    if there != here {
        return Err(format!("the utility holds {there:?}, and the phone shows {here:?}"));
    }
    for (n, saved) in promised.saved.iter().enumerate() {
        let of_its_meter = |other: &Saved| other.meter == saved.meter;
        // A correction takes the place of what it corrects, also one that was under way when the process died.
        let corrected = promised.saved[n + 1..].iter().any(|later| of_its_meter(later))
            || before.iter().any(|other| of_its_meter(other) && other.item > saved.item);
        let stands = there.iter().any(|(item, ..)| *item == saved.item);
        let item = saved.item.as_str();
        if corrected || promised.withdrawn.contains(item) {
            if stands {
                return Err(format!("{item} stands at the utility, though it was corrected or taken back"));
            }
        } else if !stands && !promised.withdrawing.contains(item) {
            return Err(format!("{item} does not stand at the utility"));
        }
    }
    Ok(())
}

/// A wipe that was cut short can be done again.
fn wipes_all_the_same(app: App, dir: &Path, promised: &Promised<'_>) -> Result<(), Violation> {
    let confirmed = promised.saved.iter().map(|saved| saved.item.clone()).collect();
    app.wipe(&WipeRequest { account_id: None, confirmed }).map_err(called("it can't be wiped again"))?;
    drop(app);
    leaves_no_trace(dir, &promised.saved)
}

/// No file has the name of an item in it any more.
fn leaves_no_trace(dir: &Path, saved: &[&Saved]) -> Result<(), Violation> {
    for entry in std::fs::read_dir(dir).map_err(|error| error.to_string())? {
        let path = entry.map_err(|error| error.to_string())?.path();
        let bytes = std::fs::read(&path).map_err(|error| error.to_string())?;
        for Saved { item, .. } in saved {
            if bytes.windows(item.len()).any(|window| window == item.as_bytes()) {
                return Err(format!("{item} was wiped, and stands in {}", path.display()));
            }
        }
    }
    Ok(())
}

/// SQLite's own opinion, of a copy, so that nobody has mended anything before.
fn is_sound(dir: &Path) -> Result<(), Violation> {
    let copy = tempfile::tempdir().map_err(|error| error.to_string())?;
    for name in [FILE_NAME.to_owned(), format!("{FILE_NAME}-wal"), format!("{FILE_NAME}-journal")] {
        let from = dir.join(&name);
        if from.exists() {
            std::fs::copy(from, copy.path().join(&name)).map_err(|error| error.to_string())?;
        }
    }
    let path = copy.path().join(FILE_NAME);
    if !path.exists() {
        return Ok(());
    }
    let opinion = Connection::open(path)
        .and_then(|db| db.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0)));
    match opinion.as_deref() {
        Ok("ok") => Ok(()),
        other => Err(format!("the database is not sound: {other:?}")),
    }
}

fn called(what: &'static str) -> impl Fn(Error) -> Violation {
    move |error| format!("{what}: {error:?}")
}
