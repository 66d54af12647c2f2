//! The second chance: a journal beside the database, which lends back what a damaged file has lost.
//!
//! The database is the promise. After each of its commits every item that moved is appended here as its whole state,
//! never synced: a capture costs no second sync, and a journal that can't be written fails nothing. A line says by a
//! hash whether it is whole, so that a torn or flipped one is skipped and the later ones are read.

mod merge;
mod moves;
mod record;

use std::collections::BTreeMap;
use std::io;

use rusqlite::Connection;
use serde_json::json;

use merge::how_far;
pub(super) use merge::put_back;
pub(super) use moves::Moves;
pub(super) use record::Record;

use super::folder::Folder;

/// Its name in the folder.
pub(super) const FILE_NAME: &str = "vodomer.journal";

/// So much may be added to it, and stand in it besides what its open items take, before it is written anew with those
/// alone.
pub(super) const ROOMY: usize = 64 * 1024;

/// What a journal says.
#[derive(Default)]
pub(super) struct Said {
    /// The furthest state of each item, in the order in which the items first appear: of two processes the one that comes
    /// to write last may have read first.
    pub items: Vec<Record>,
    /// At least one line is whole: the journal is ours.
    pub ours: bool,
    /// Bytes in all.
    pub size: usize,
    /// Every line is whole.
    pub sound: bool,
}

/// The first line of every journal: it is ours even before anything was captured.
fn title() -> String {
    record::line(&json!({ "vodomer": 1 }))
}

/// Reads what is there; a journal that can't be read says nothing.
pub(super) fn read(folder: &Folder) -> Said {
    folder.medium.read(&folder.file(FILE_NAME)).map(|bytes| parse(&bytes)).unwrap_or_default()
}

fn parse(bytes: &[u8]) -> Said {
    let mut said = Said { size: bytes.len(), sound: true, ..Said::default() };
    let mut places = BTreeMap::new();
    for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let Some(value) = record::whole(line) else {
            said.sound = false;
            continue;
        };
        said.ours = true;
        let Some(record) = Record::from_json(&value) else { continue };
        let place = *places.entry(record.item_id.clone()).or_insert(said.items.len());
        if place == said.items.len() {
            said.items.push(record);
        } else if how_far(&record) >= how_far(&said.items[place]) {
            said.items[place] = record;
        }
    }
    said
}

/// Adds the states of items, all in one go; gives the bytes.
pub(super) fn append(folder: &Folder, records: &[Record]) -> io::Result<usize> {
    // What another process has begun and never ended must not spoil the first of these.
    let text = records.iter().fold("\n".to_owned(), |text, record| text + &record::line(&record.to_json()));
    folder.medium.append(&folder.file(FILE_NAME), text.as_bytes())?;
    Ok(text.len())
}

/// Writes it anew with these alone.
fn rewrite(folder: &Folder, records: &[Record]) -> io::Result<()> {
    let text = records.iter().fold(title(), |text, record| text + &record::line(&record.to_json()));
    let (new, name) = (folder.file("vodomer.journal.new"), folder.file(FILE_NAME));
    folder.medium.write(&new, text.as_bytes())?;
    folder.medium.rename(&new, &name)
}

/// Whether a journal of ours lies in the folder.
pub(super) fn lies_in(folder: &Folder) -> bool {
    read(folder).ours
}

/// Brings the journal up to what the database holds.
///
/// While the database's log is not carried into its file, a damaged log would take the file back to before: so what
/// has come to its end stays in the journal until then.
pub(super) fn catch_up(folder: &Folder, db: &Connection, said: &Said) -> rusqlite::Result<io::Result<()>> {
    let mut records = record::open_items(db)?;
    let needed: usize = records.iter().map(|record| record.to_json().to_string().len()).sum();
    let too_long = !said.ours || !said.sound || said.size > ROOMY + 2 * needed;
    if !too_long || !log_is_in_the_file(db) {
        records.extend(ended(db, said)?);
    }
    if too_long {
        return Ok(rewrite(folder, &records));
    }
    let known: BTreeMap<&str, &Record> = said.items.iter().map(|r| (r.item_id.as_str(), r)).collect();
    records.retain(|record| known.get(record.item_id.as_str()) != Some(&record));
    Ok(if records.is_empty() { Ok(()) } else { append(folder, &records).map(drop) })
}

/// What the journal knows and the database has brought to its end: said to be open, it would come back.
fn ended(db: &Connection, said: &Said) -> rusqlite::Result<Vec<Record>> {
    let mut ended = Vec::new();
    for record in &said.items {
        let now = Record::of(db, &record.item_id)?.unwrap_or_else(|| record.clone());
        ended.extend(Some(now).filter(Record::has_ended));
    }
    Ok(ended)
}

/// Writes it anew from the database's open items, if the database's file holds everything by itself; tells whether.
pub(super) fn shorten(folder: &Folder, db: &Connection) -> rusqlite::Result<bool> {
    Ok(log_is_in_the_file(db) && rewrite(folder, &record::open_items(db)?).is_ok())
}

/// Writes it anew from what a transaction is about to leave of what is open and of what it says.
pub(super) fn rewrite_from(
    folder: &Folder,
    db: &Connection,
    said: &Said,
) -> rusqlite::Result<io::Result<()>> {
    let mut left = record::open_items(db)?;
    for record in &said.items {
        left.extend(Record::of(db, &record.item_id)?.filter(Record::has_ended));
    }
    Ok(rewrite(folder, &left))
}

/// Carries SQLite's log into the file, as far as nobody reads what stands there.
fn log_is_in_the_file(db: &Connection) -> bool {
    let numbers = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let done: rusqlite::Result<(i64, i64, i64)> = db.query_row("PRAGMA wal_checkpoint", [], numbers);
    done.is_ok_and(|(busy, log, carried)| busy == 0 && log == carried)
}

#[cfg(test)]
mod anew_tests;
#[cfg(test)]
#[path = "tests.rs"]
pub(super) mod tests;
