//! When the journal is written anew, and when it is left as it is.

use std::path::Path;
use std::sync::Arc;

use super::tests::{at, capture, lose_the_database, open, said};
use super::*;
use crate::store::{self, Outcome, RealMedium, Store};

fn journal(dir: &Path) -> Vec<u8> {
    std::fs::read(dir.join(FILE_NAME)).unwrap()
}

/// What lies in the folder after an opening that found these bytes as the journal.
fn opened_with(dir: &Path, bytes: &[u8]) -> Vec<u8> {
    std::fs::write(dir.join(FILE_NAME), bytes).unwrap();
    drop(open(dir));
    journal(dir)
}

/// A reading from its capture to its charge: some five thousand bytes of journal.
fn comes_to_its_end(store: &Store, item: &str) {
    capture(store, item, 1);
    store.write(|db| store::freeze_and_send(db, item, Some(&"x".repeat(500)), at(5))).unwrap();
    let reading_id = Some(item.to_owned());
    let received =
        Outcome::Received { reading_id, receipt: None, effective_period: None, received_at: at(9) };
    store.write(|db| store::settle(db, item, &received, at(9))).unwrap();
    store.write(|db| store::mark_accounted(db, item, at(10))).unwrap();
}

#[test]
fn the_journal_stays_short_and_keeps_what_is_open() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = open(dir.path());
    capture(&store, "z", 7);
    for n in 0..100 {
        assert!(journal(dir.path()).len() < 2 * 64 * 1024, "after {n}");
        // In one long session, and then in many short ones.
        if n > 50 && n % 5 == 0 {
            drop(store);
            store = open(dir.path());
        }
        comes_to_its_end(&store, &format!("a{n:03}"));
    }
    drop(store);
    lose_the_database(dir.path());
    let back = open(dir.path()).read(store::unsent).unwrap();
    assert_eq!(back.iter().map(|i| i.captured.item_id.as_str()).collect::<Vec<_>>(), ["z"]);
}

#[test]
fn what_has_ended_stays_in_the_journal_until_the_databases_log_is_in_its_file() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    capture(&store, "z", 7);
    // Somebody who reads keeps the log from being carried further.
    let reader = rusqlite::Connection::open(dir.path().join("vodomer.db")).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM outbox;").unwrap();
    let all_end = |letter: char| (0..20).for_each(|n| comes_to_its_end(&store, &format!("{letter}{n:02}")));
    all_end('a');
    let kept = said(dir.path()).items.len();
    assert_eq!(kept, 21, "a damaged log would take the database back to before them");
    let unsound = [journal(dir.path()), b"torn".to_vec()].concat();
    opened_with(dir.path(), &unsound);
    assert_eq!((said(dir.path()).sound, said(dir.path()).items.len()), (true, kept), "nor does an opening");
    drop(reader);
    all_end('b');
    assert!(said(dir.path()).items.len() < kept, "now they may go");
}

#[test]
fn an_opening_leaves_a_journal_as_it_is_that_says_everything_and_has_room() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    capture(&store, "a", 1);
    capture(&store, "a2", 2);
    drop(store);
    let sound = journal(dir.path());
    assert_eq!(said(dir.path()).items.len(), 2, "one of them has come to its end");
    assert_eq!(opened_with(dir.path(), &sound), sound);
    // As much as it may have, to the byte; empty lines say nothing.
    let open_item = said(dir.path()).items[1].to_json().to_string();
    let full = [sound.clone(), vec![b'\n'; 64 * 1024 + 2 * open_item.len() - sound.len()]].concat();
    assert_eq!(opened_with(dir.path(), &full), full);
    let anew = opened_with(dir.path(), &[full, vec![b'\n']].concat());
    assert_eq!(
        anew,
        [record::line(&json!({ "vodomer": 1 })), record::line(&said(dir.path()).items[0].to_json())]
            .concat()
            .as_bytes()
    );
    assert!(String::from_utf8(anew).unwrap().contains(&open_item));
}

#[test]
fn an_opening_writes_a_journal_anew_that_is_torn_or_is_none() {
    let dir = tempfile::tempdir().unwrap();
    drop(open(dir.path()));
    let title = journal(dir.path());
    assert!(lies_in(&Folder::new(dir.path(), Arc::new(RealMedium))));
    assert_eq!(opened_with(dir.path(), b""), title, "ours before anything is captured");
    capture(&open(dir.path()), "a", 1);
    let torn = &journal(dir.path())[..title.len() + 50];
    opened_with(dir.path(), torn);
    let said = said(dir.path());
    assert!(said.sound && said.items.len() == 1);
}
