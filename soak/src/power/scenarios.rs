//! Everything that the store does, as scenarios.

use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};
use vodomer_core::app::{App, Channel, Error, LetterKind, LetterRequest, WipeOutcome, WipeRequest};
use vodomer_core::portal::Failure;
use vodomer_core::store::FILE_NAME;

use super::Violation;
use super::run::{Prepared, Run, Scenario, Sends};
use crate::disk::{Image, SimDisk, VFS_NAME};
use crate::phone::{ACCOUNT, COLD, HOT, World, listed};

/// All scenarios.
#[must_use]
pub fn all() -> Vec<Scenario> {
    let of = |name, opened, prepare: fn() -> Result<Prepared, Error>, act| Scenario {
        name,
        opened,
        sends: Sends::SignedIn,
        stride: 3,
        prepare,
        act,
        also: None,
    };
    vec![
        // Each opening of an unfinished file takes all the steps of the schema.
        Scenario { stride: 60, ..of("create", false, empty, Run::open) },
        Scenario {
            sends: Sends::Nowhere,
            stride: 40,
            also: Some(no_row_lost),
            ..of("upgrade from 001", false, || released("001.db"), Run::open)
        },
        Scenario {
            sends: Sends::Nowhere,
            stride: 40,
            also: Some(no_row_lost),
            ..of("upgrade from 002", false, || released("002.db"), Run::open)
        },
        Scenario {
            sends: Sends::Nowhere,
            stride: 40,
            also: Some(no_row_lost),
            ..of("upgrade from 003", false, || released("003.db"), Run::open)
        },
        of("sign in", true, opened, |run| run.step(|app, world| world.sign_in(app))),
        of("capture", true, signed_in, |run| {
            run.capture(COLD, "123")?;
            run.capture(HOT, "84")?;
            Ok(())
        }),
        of("correct what waits", true, two_waiting, |run| run.capture(COLD, "124").map(drop)),
        of("correct what was sent", true, received, |run| run.capture(COLD, "124").map(drop)),
        of("send", true, two_waiting, send),
        of("send, and lose the answer", true, two_waiting, |run| {
            run.step(|app, world| {
                world.will_renew_tokens();
                world.portal.will_answer(Err(Failure::AnswerLost));
                app.sync(BUDGET)
            })?;
            Ok(())
        }),
        of("read back", true, received, |run| {
            run.step(|app, world| {
                let items = app.outbox()?;
                world.will_renew_tokens();
                let list: Vec<_> = items
                    .iter()
                    .map(|entry| {
                        listed(&entry.item_id, &entry.meter_id, &entry.value.to_string(), "received")
                    })
                    .collect();
                world.will_change(serde_json::json!({ "cursor": "2", "readings": list }));
                app.sync(BUDGET)
            })?;
            Ok(())
        }),
        of("hand over", true, two_waiting, |run| {
            run.step(|app, _| app.hand_over(ACCOUNT, Channel::Sms))?;
            Ok(())
        }),
        of("take back what waits", true, two_waiting, |run| run.step(take_back).map(drop)),
        of("take back what was sent", true, received, |run| run.step(take_back).map(drop)),
        of("write a letter", true, signed_in, |run| run.step(|app, _| app.write_letter(&letter())).map(drop)),
        Scenario {
            sends: Sends::SignedInAnew,
            ..of("wipe", true, two_waiting, |run| run.step(wipe).map(drop))
        },
        of("close, and open again", true, two_waiting, |run| {
            run.capture(HOT, "85")?;
            run.open()
        }),
        Scenario { stride: 9, ..of("open with a log", false, killed, Run::open) },
        Scenario {
            stride: 40,
            sends: Sends::SignedInAnew,
            ..of("recover a damaged file", false, damaged, Run::open)
        },
        Scenario {
            stride: 7,
            ..of("carry the log over, and shorten the journal", false, long_journal, Run::open)
        },
    ]
}

const BUDGET: i64 = 60_000;

/// A journal of a few open items is written anew above this.
const TOO_LONG: usize = 100_000;

fn empty() -> Result<Prepared, Error> {
    Ok(Prepared { image: Image::default(), world: World::default() })
}

/// After some calls; the process ends in order.
fn after(calls: impl FnOnce(&mut Run) -> Result<(), Error>) -> Result<Prepared, Error> {
    let mut run = Run::begin(World::default())?;
    calls(&mut run)?;
    Ok(run.switch_off())
}

fn opened() -> Result<Prepared, Error> {
    after(|_| Ok(()))
}

fn signed_in() -> Result<Prepared, Error> {
    after(|run| run.step(|app, world| world.sign_in(app)))
}

fn take_two(run: &mut Run) -> Result<(), Error> {
    run.step(|app, world| world.sign_in(app))?;
    run.capture(COLD, "123")?;
    run.capture(HOT, "84")?;
    Ok(())
}

fn two_waiting() -> Result<Prepared, Error> {
    after(take_two)
}

fn send(run: &mut Run) -> Result<(), Error> {
    run.step(|app, world| {
        let items: Vec<String> = app.outbox()?.into_iter().map(|entry| entry.item_id).collect();
        world.will_renew_tokens();
        world.will_take(&items);
        world.nothing_new();
        app.sync(BUDGET)
    })?;
    Ok(())
}

fn received() -> Result<Prepared, Error> {
    after(|run| {
        take_two(run)?;
        send(run)
    })
}

fn take_back(app: &App, _: &World) -> Result<(), Error> {
    let items = app.outbox()?;
    let oldest =
        items.iter().map(|entry| &entry.item_id).min().ok_or(Error::NotFound { what: "item".to_owned() })?;
    app.withdraw(oldest).map(drop)
}

fn letter() -> LetterRequest {
    LetterRequest {
        kind: LetterKind::Question,
        account_id: Some(ACCOUNT.to_owned()),
        topic: "charges".to_owned(),
        text: "Почему в октябре больше?".to_owned(),
        meter_id: None,
        wanted_on: None,
        name: None,
        contact: None,
    }
}

fn wipe(app: &App, _: &World) -> Result<(), Error> {
    let confirmed = app.outbox()?.into_iter().map(|entry| entry.item_id).collect();
    match app.wipe(&WipeRequest { account_id: None, confirmed })? {
        WipeOutcome::Wiped | WipeOutcome::TracesLeft => Ok(()),
        asked @ WipeOutcome::Asked { .. } => Err(Error::Internal { reason: format!("{asked:?}") }),
    }
}

/// Half of the file's pages are zeros.
fn damaged() -> Result<Prepared, Error> {
    let Prepared { image, world } = two_waiting()?;
    let disk = SimDisk::from_image("damaged", &image);
    let mut bytes = disk.load(FILE_NAME).unwrap_or_default();
    let half = bytes.len() / 2;
    bytes[half..].fill(0);
    disk.save(FILE_NAME, bytes);
    Ok(Prepared { image: disk.image(), world })
}

/// A process that was killed has left a log, and a journal longer than it may be.
fn long_journal() -> Result<Prepared, Error> {
    const JOURNAL: &str = "vodomer.journal";
    let mut run = Run::begin(World::default())?;
    take_two(&mut run)?;
    for typed in ["124", "125"].into_iter().cycle().take(10) {
        run.capture(COLD, typed)?;
    }
    run.kill();
    let journal = run.disk.load(JOURNAL).unwrap_or_default();
    run.disk.save(JOURNAL, journal.repeat(TOO_LONG / journal.len().max(1) + 1));
    Ok(run.switch_off())
}

/// The process was killed, and its log holds what it had written.
fn killed() -> Result<Prepared, Error> {
    let mut run = Run::begin(World::default())?;
    take_two(&mut run)?;
    run.kill();
    Ok(run.switch_off())
}

fn released(schema: &str) -> Result<Prepared, Error> {
    let disk = SimDisk::new("released");
    let bytes = std::fs::read(fixture(schema));
    disk.save(FILE_NAME, bytes.map_err(|error| Error::Internal { reason: error.to_string() })?);
    Ok(Prepared { image: disk.image(), world: World::default() })
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/tests/schemas").join(name)
}

/// Every row of what the resident did is there, by the columns that the older file has.
fn no_row_lost(before: &Image, after: &SimDisk) -> Option<Violation> {
    let old = SimDisk::from_image("old", before);
    ["capture", "outbox", "reminder", "login"].into_iter().find_map(|table| {
        let columns = columns(&old, table).ok()?.join(", ");
        let sql = format!("SELECT {columns} FROM {table} ORDER BY 1");
        match (rows(&old, &sql), rows(after, &sql)) {
            (Ok(before), Ok(after)) if before == after && !(table == "capture" && before.is_empty()) => None,
            (before, after) => Some(format!("{table} had {before:?}, has {after:?}")),
        }
    })
}

fn columns(disk: &SimDisk, table: &str) -> rusqlite::Result<Vec<String>> {
    // A seal is over the whole row, new columns included: the app itself has looked whether each fits.
    let sql = format!("SELECT name FROM pragma_table_info('{table}') WHERE name <> 'seal' ORDER BY cid");
    let names = rows(disk, &sql)?;
    Ok(names
        .into_iter()
        .flatten()
        .filter_map(|name| if let Value::Text(name) = name { Some(name) } else { None })
        .collect())
}

fn rows(disk: &SimDisk, sql: &str) -> rusqlite::Result<Vec<Vec<Value>>> {
    let db = Connection::open_with_flags_and_vfs(disk.path(FILE_NAME), OpenFlags::default(), VFS_NAME)?;
    let mut statement = db.prepare(sql)?;
    let width = statement.column_count();
    statement.query_map([], |row| (0..width).map(|index| row.get(index)).collect())?.collect()
}
