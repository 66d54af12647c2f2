use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use super::*;
use crate::domain::{Captured, Instant, Resource, Volume};
use crate::store::{self, Locking, Medium, NewCapture, Outcome, RealMedium, Seen, State, Store};

/// A wipe that was not broken off.
const GONE: ControlFlow<()> = ControlFlow::Continue(());

pub(super) fn at(millis: i64) -> Instant {
    chrono::DateTime::from_timestamp_millis(millis).unwrap()
}

/// A reading of a meter of its own, unless it has the same first letter as another.
pub(in crate::store) fn reading(item: &str, units: i64) -> NewCapture {
    NewCapture {
        captured: Captured {
            item_id: item.to_owned(),
            meter_id: format!("meter-{}", &item[..1]),
            period: "2026-11".parse().unwrap(),
            value: Volume::from_ten_thousandths(units * 10_000),
            entered: format!("{units},5"),
            taken_at: at(1_000),
        },
        seen: Seen {
            serial: "77".to_owned(),
            resource: Resource::ColdWater,
            place: "кухня".to_owned(),
            zone: None,
            account: "1204417".to_owned(),
            address: "ул. Примерная, 12".to_owned(),
        },
        account_id: "a1".to_owned(),
        meter_version: 1,
        skew: None,
        phone_at: at(1_000),
        monotonic: 1,
        boot: 1,
        confirmed: vec![],
        rollover: false,
        replacement: None,
        idempotency_key: format!("key-{item}"),
        not_before: at(0),
    }
}

pub(in crate::store) fn open(dir: &Path) -> Store {
    Store::open(dir, Arc::new(RealMedium)).unwrap()
}

pub(in crate::store) fn capture(store: &Store, item: &str, units: i64) {
    store.write(|db| store::add(db, &reading(item, units))).unwrap();
}

pub(in crate::store) fn recovered(store: &Store) -> Option<i64> {
    store.read(|db| store::note(db, store::RECOVERED_READINGS)).unwrap()
}

fn lines(dir: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(dir.join(FILE_NAME)).unwrap();
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

pub(super) fn said(dir: &Path) -> Said {
    read(&Folder::new(dir, Arc::new(RealMedium)))
}

pub(super) fn lose_the_database(dir: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(dir.join(format!("vodomer.db{suffix}")));
    }
}

#[test]
fn every_move_of_an_item_is_told_without_being_asked_to() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    assert_eq!(lines(dir.path()).len(), 1, "the title lies there from the start");
    capture(&store, "a", 123);
    store.write(|db| store::freeze_and_send(db, "a", Some("{\"value\":\"123\"}"), at(5))).unwrap();
    store.write(|db| store::set_note(db, "skew", 1)).unwrap();
    assert_eq!(lines(dir.path()).len(), 3, "a capture and a sending, and no note");
    let last = &said(dir.path()).items[0];
    assert_eq!(
        (last.outbox("state"), last.outbox("payload")),
        (&"sending".into(), &"{\"value\":\"123\"}".into())
    );
    assert_eq!(last.rows["capture"]["entered"], "123,5");
    let size = lines(dir.path())[2].len();
    eprintln!("{size} bytes a line");
    assert!(size < 1_600, "{size} bytes a line");
}

#[test]
fn what_came_to_nothing_is_not_told() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let failed = store.write(|db| {
        store::add(db, &reading("a", 1))?;
        Err::<(), _>(rusqlite::Error::QueryReturnedNoRows)
    });
    assert!(failed.is_err());
    capture(&store, "b", 2);
    let said = said(dir.path());
    let ids: Vec<&str> = said.items.iter().map(|r| r.item_id.as_str()).collect();
    assert_eq!(ids, ["b"]);
    let told = lines(dir.path());
    let full = store.write(|db| {
        store::freeze_and_send(db, "b", Some("{}"), at(5))?;
        Err::<(), _>(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_FULL),
            None,
        ))
    });
    assert!(full.is_err());
    store.write(|db| store::set_note(db, "skew", 1)).unwrap();
    assert_eq!(lines(dir.path()), told, "nor with the next write");
}

#[test]
fn everything_unsent_comes_back_when_the_database_is_gone() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    capture(&store, "a", 123);
    capture(&store, "b", 45);
    store.write(|db| store::freeze_and_send(db, "b", Some("{}"), at(5))).unwrap();
    let before = store.read(store::unsent).unwrap();
    drop(store);
    lose_the_database(dir.path());
    let store = open(dir.path());
    assert_eq!(format!("{:?}", store.read(store::unsent).unwrap()), format!("{before:?}"));
    assert_eq!(recovered(&store), Some(2));
    assert!(store.read(|db| store::note(db, store::RECOVERED_AT)).unwrap() > Some(1_700_000_000_000));
    store.write(|db| store::forget_note(db, store::RECOVERED_READINGS)).unwrap();
    drop(store);
    assert_eq!(recovered(&open(dir.path())), None, "nothing comes back twice");
}

#[test]
fn a_torn_or_flipped_line_is_skipped_and_the_later_ones_are_read() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    for (item, units) in [("a", 1), ("b", 2), ("c", 3)] {
        capture(&store, item, units);
    }
    drop(store);
    let path = dir.path().join(FILE_NAME);
    let sound = std::fs::read(&path).unwrap();
    let ids = |bytes: &[u8]| parse(bytes).items.into_iter().map(|r| r.item_id).collect::<Vec<_>>();
    let mut flipped = sound.clone();
    let middle = String::from_utf8(sound.clone()).unwrap().find("key-b").unwrap();
    flipped[middle] ^= 1;
    assert_eq!(ids(&flipped), ["a", "c"]);
    assert_eq!(ids(&sound[..sound.len() - 9]), ["a", "b"]);
    let without_evidence = record::line(&json!({ "outbox": { "item_id": "d", "state": "queued" } }));
    assert_eq!(ids(&[sound.as_slice(), without_evidence.as_bytes()].concat()), ["a", "b", "c"]);
    // A line that was torn by a crash does not spoil what is appended after it.
    std::fs::write(&path, &sound[..sound.len() - 9]).unwrap();
    append(&Folder::new(dir.path(), Arc::new(RealMedium)), &parse(&sound).items[2..]).unwrap();
    assert_eq!(ids(&std::fs::read(&path).unwrap()), ["a", "b", "c"]);
}

#[test]
fn a_damaged_journal_changes_nothing_and_is_written_anew() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    capture(&store, "a", 1);
    let before = format!("{:?}", store.read(store::unsent).unwrap());
    drop(store);
    std::fs::write(dir.path().join(FILE_NAME), [0xA5; 900]).unwrap();
    let store = open(dir.path());
    assert_eq!(format!("{:?}", store.read(store::unsent).unwrap()), before);
    assert_eq!(recovered(&store), None);
    let said = said(dir.path());
    assert!(said.sound && said.items.len() == 1);
}

#[test]
fn what_the_journal_could_not_be_given_it_gets_with_the_next_write() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let path = dir.path().join(FILE_NAME);
    // A folder of that name: nothing can be appended.
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    capture(&store, "a", 1);
    assert_eq!(store.read(store::unsent).unwrap().len(), 1, "the database promises by itself");
    std::fs::remove_dir(&path).unwrap();
    store.write(|db| store::set_note(db, "skew", 1)).unwrap();
    assert_eq!(said(dir.path()).items.len(), 1);
    drop(store);
    std::fs::remove_file(&path).unwrap();
    drop(open(dir.path()));
    assert_eq!(said(dir.path()).items.len(), 1, "or with the next opening");
}

#[test]
fn of_two_states_of_an_item_the_one_further_on_counts() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    capture(&store, "a", 1);
    let path = dir.path().join(FILE_NAME);
    let early = std::fs::read(&path).unwrap();
    store.write(|db| store::freeze_and_send(db, "a", Some("{}"), at(5))).unwrap();
    let late = std::fs::read(&path).unwrap();
    drop(store);
    // An old journal does not take the item back.
    std::fs::write(&path, &early).unwrap();
    let store = open(dir.path());
    assert_eq!(store.read(|db| store::by_id(db, "a")).unwrap().unwrap().state, State::Sending);
    drop(store);
    assert_eq!(said(dir.path()).items[0].outbox("state"), "sending", "and has caught up");
    // A database that a damaged log has taken back is brought forward.
    lose_the_database(dir.path());
    std::fs::write(&path, &early).unwrap();
    drop(open(dir.path()));
    std::fs::write(&path, &late).unwrap();
    let item = open(dir.path()).read(|db| store::by_id(db, "a")).unwrap().unwrap();
    assert_eq!((item.state, item.payload.as_deref()), (State::Sending, Some("{}")));
}

#[test]
fn what_was_learned_of_an_item_without_another_attempt_is_further_on_too() {
    type Step = fn(&store::Writing<'_>) -> rusqlite::Result<()>;
    let steps: [(&str, Step); 3] = [
        ("channel_at", |db| {
            store::hand_over(db, &["a".to_owned()], store::Channel::Sms, "", at(6)).map(drop)
        }),
        ("redated_at", |db| {
            let item = store::by_id(db, "a")?.unwrap();
            let (period, not_before) = (item.captured.period, at(0));
            let idempotency_key = "another key".to_owned();
            store::redate(
                db,
                &[store::Redated { item, taken_at: at(500), period, not_before, idempotency_key }],
            )
        }),
        ("read_back_at", |db| {
            // As the utility's list brings it, for an item that was said to be received.
            db.execute("UPDATE outbox SET state = 'received' WHERE item_id = 'a'", [])?;
            db.execute("UPDATE outbox SET read_back_at = 6 WHERE item_id = 'a'", []).map(drop)
        }),
    ];
    for (column, step) in steps {
        let dir = tempfile::tempdir().unwrap();
        let (database, path) = (dir.path().join("vodomer.db"), dir.path().join(FILE_NAME));
        let store = open(dir.path());
        capture(&store, "a", 1);
        drop(store);
        let (before, early) = (std::fs::read(&database).unwrap(), std::fs::read(&path).unwrap());
        open(dir.path()).write(step).unwrap();
        // An old journal takes nothing back; an old database is brought forward.
        std::fs::write(&path, &early).unwrap();
        drop(open(dir.path()));
        assert!(!said(dir.path()).items[0].outbox(column).is_null(), "{column}");
        std::fs::write(&database, &before).unwrap();
        drop(open(dir.path()));
        std::fs::write(&path, early).unwrap();
        drop(open(dir.path()));
        assert!(!said(dir.path()).items[0].outbox(column).is_null(), "{column}");
    }
}

#[test]
fn an_item_whose_owner_has_signed_in_is_further_on_than_one_by_hand() {
    let dir = tempfile::tempdir().unwrap();
    let (database, path) = (dir.path().join("vodomer.db"), dir.path().join(FILE_NAME));
    let store = open(dir.path());
    store.write(|db| store::put_own_account(db, "a1", "77", "", at(1))).unwrap();
    capture(&store, "a", 1);
    drop(store);
    let (before, early) = (std::fs::read(&database).unwrap(), std::fs::read(&path).unwrap());
    let theirs = store::MeterRow {
        id: "theirs".to_owned(),
        account_id: "theirs".to_owned(),
        serial: String::new(),
        resource: Resource::ColdWater,
        place: String::new(),
        dial: crate::domain::Dial::new(5, 3).unwrap(),
        version: 1,
        verify_by: None,
        archived: false,
        zone: None,
        limit: None,
        replaces: None,
    };
    let since = "2026-11".parse().unwrap();
    let take_over =
        |db: &store::Writing<'_>| store::become_the_utilitys(db, "meter-a", &theirs, since, at(9));
    open(dir.path()).write(take_over).unwrap();
    let late = std::fs::read(&path).unwrap();
    let goes = |item: store::Item| (item.captured.meter_id, item.apart);
    let item = || goes(open(dir.path()).read(|db| store::by_id(db, "a")).unwrap().unwrap());
    std::fs::write(&path, &early).unwrap();
    assert_eq!(item(), ("theirs".to_owned(), false), "an old journal takes nothing back");
    std::fs::write(&database, &before).unwrap();
    std::fs::write(&path, &late).unwrap();
    assert_eq!(item(), ("theirs".to_owned(), false), "an old database is brought forward");
}

#[test]
fn of_what_comes_back_only_what_is_unsent_is_told_to_the_resident() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    for (item, units) in [("a", 1), ("b", 2)] {
        capture(&store, item, units);
    }
    let received =
        Outcome::Received { reading_id: None, receipt: None, effective_period: None, received_at: at(9) };
    store.write(|db| store::freeze_and_send(db, "a", Some("{}"), at(5))).unwrap();
    store.write(|db| store::settle(db, "a", &received, at(9))).unwrap();
    drop(store);
    lose_the_database(dir.path());
    let store = open(dir.path());
    assert_eq!(store.read(|db| store::by_id(db, "a")).unwrap().unwrap().state, State::Received);
    assert_eq!(recovered(&store), Some(1));
}

#[test]
fn of_two_waiting_readings_of_one_month_the_later_stays() {
    for (kept, put_back) in [("a1", "a2"), ("a2", "a1")] {
        let dir = tempfile::tempdir().unwrap();
        let store = open(dir.path());
        capture(&store, kept, 1);
        drop(store);
        let other = tempfile::tempdir().unwrap();
        let store = open(other.path());
        capture(&store, put_back, 2);
        drop(store);
        std::fs::copy(other.path().join(FILE_NAME), dir.path().join(FILE_NAME)).unwrap();
        let store = open(dir.path());
        let unsent = store.read(store::unsent).unwrap();
        assert_eq!(unsent.iter().map(|i| i.captured.item_id.as_str()).collect::<Vec<_>>(), ["a2"]);
        let first = store.read(|db| store::by_id(db, "a1")).unwrap().unwrap();
        assert_eq!(first.state, State::Superseded);
    }
}

#[test]
fn what_is_wiped_leaves_nothing_behind_and_never_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    capture(&store, "a", 123);
    capture(&store, "b", 45);
    let wipe = |db: &store::Writing<'_>| {
        for table in ["outbox", "capture"] {
            db.execute(&format!("DELETE FROM {table} WHERE item_id = 'a'"), [])?;
        }
        Ok(GONE)
    };
    assert!(store.wipe(wipe).unwrap().is_continue());
    for file in std::fs::read_dir(dir.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("123,5") && !text.contains("key-a"), "nothing of it is left");
    }
    drop(store);
    let store = open(dir.path());
    assert_eq!(store.read(store::unsent).unwrap().len(), 1);
    assert_eq!(recovered(&store), None);
}

#[test]
fn a_wipe_that_the_journal_can_not_follow_takes_nothing_away() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    capture(&store, "a", 1);
    std::fs::create_dir(dir.path().join("vodomer.journal.new")).unwrap();
    let wiped = store.wipe(|db| db.execute("DELETE FROM outbox", []).map(|_| GONE));
    assert!(matches!(wiped, Err(store::StoreError::NotWritable)), "{wiped:?}");
    assert_eq!(store.read(store::unsent).unwrap().len(), 1);
}

#[test]
fn a_lock_held_alone_keeps_others_out() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("lock");
    let alone = RealMedium.lock(&path, Locking::Alone).unwrap();
    let (told, heard) = std::sync::mpsc::channel();
    let theirs = path.clone();
    let thread = std::thread::spawn(move || {
        let _shared = RealMedium.lock(&theirs, Locking::Shared).unwrap();
        told.send(()).unwrap();
    });
    assert!(heard.recv_timeout(std::time::Duration::from_millis(100)).is_err());
    drop(alone);
    heard.recv().unwrap();
    thread.join().unwrap();
}

fn listed(item: &str) -> store::ReadingRow {
    let captured = reading(item, 1).captured;
    store::ReadingRow {
        id: "r1".to_owned(),
        meter_id: captured.meter_id,
        period: captured.period,
        value: captured.value,
        taken_at: None,
        received_at: at(6),
        source: "app".to_owned(),
        status: "received".to_owned(),
        receipt: None,
        item_id: Some(item.to_owned()),
        rollover: false,
        replacement: None,
        sent_at: None,
    }
}

#[test]
fn what_the_list_has_said_last_is_not_taken_back_by_a_journal_that_did_not_hear_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(FILE_NAME);
    let mut store = open(dir.path());
    capture(&store, "a", 1);
    store.write(|db| store::freeze_and_send(db, "a", Some("{}"), at(5))).unwrap();
    for declines in [false, true, false, true] {
        let state = if declines { State::Rejected } else { State::Received };
        let before = std::fs::read(&path).unwrap();
        store
            .write(|db| match declines {
                true => store::mark_declined(db, "a"),
                false => store::mark_read_back(db, "a", &listed("a"), at(7)).map(drop),
            })
            .unwrap();
        drop(store);
        std::fs::write(&path, before).unwrap();
        store = open(dir.path());
        assert_eq!(store.read(|db| store::by_id(db, "a")).unwrap().unwrap().state, state);
        drop(store);
        // And where the file is lost, the journal has heard of it since.
        lose_the_database(dir.path());
        store = open(dir.path());
        assert_eq!(store.read(|db| store::by_id(db, "a")).unwrap().unwrap().state, state);
    }
}

fn withdraw(store: &Store, item: &str) {
    let errand = store::NewErrand {
        item_id: format!("w-{item}"),
        kind: store::ErrandKind::Withdrawal,
        account_id: Some("a1".to_owned()),
        letter: None,
        written_at: at(5),
        idempotency_key: format!("key-w-{item}"),
    };
    assert_eq!(store.write(|db| store::withdraw(db, item, &errand)).unwrap(), store::Withdrawal::AtOnce);
}

#[test]
fn what_was_withdrawn_does_not_come_back_by_a_journal_that_did_not_hear_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(FILE_NAME);
    let store = open(dir.path());
    capture(&store, "a", 1);
    let before = std::fs::read(&path).unwrap();
    withdraw(&store, "a");
    drop(store);
    std::fs::write(&path, before).unwrap();
    drop(open(dir.path()));
    lose_the_database(dir.path());
    let store = open(dir.path());
    assert_eq!(store.read(store::unsent).unwrap().len(), 0);
    assert_eq!(recovered(&store), None);
}

#[test]
fn of_an_items_lines_the_one_furthest_on_counts_wherever_it_stands() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    capture(&store, "a", 1);
    let early = lines(dir.path()).pop().unwrap();
    withdraw(&store, "a");
    // Another process has read it before it was withdrawn, and comes to write only now.
    let path = dir.path().join(FILE_NAME);
    let all = std::fs::read_to_string(&path).unwrap() + &early + "\n";
    std::fs::write(&path, all).unwrap();
    drop(store);
    lose_the_database(dir.path());
    assert_eq!(open(dir.path()).read(store::unsent).unwrap().len(), 0);
}

#[test]
fn a_wipe_whose_commit_fails_leaves_what_is_unsent_in_the_journal() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    capture(&store, "a", 1);
    capture(&store, "b", 2);
    withdraw(&store, "b");
    store
        .write(|db| {
            store::put_login(db, "l", "1204417", true)?;
            db.execute("INSERT INTO account VALUES ('a1', 'l', '1204417', '', 0, NULL, 0, NULL, NULL)", [])
        })
        .unwrap();
    // An account without its login: found out when all is done, at the commit.
    let wiped = store.wipe(|db| {
        db.execute_batch("PRAGMA defer_foreign_keys = ON; DELETE FROM login;")?;
        store::forget_items(db, &["a".to_owned(), "b".to_owned()]).map(|()| GONE)
    });
    assert!(wiped.is_err());
    assert_eq!(store.read(store::unsent).unwrap().len(), 1);
    let states: Vec<_> = said(dir.path()).items.iter().map(|item| item.outbox("state").clone()).collect();
    assert_eq!(states, ["queued", "withdrawn"]);
}

#[test]
fn a_wipe_that_only_asks_leaves_the_journal_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    capture(&store, "a", 1);
    withdraw(&store, "a");
    let before = lines(dir.path());
    assert_eq!(store.wipe(|_| Ok(ControlFlow::Break("asked"))).unwrap(), ControlFlow::Break("asked"));
    assert_eq!(lines(dir.path()), before);
}

#[test]
fn what_has_ended_and_is_not_wiped_stays_in_the_journal() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    capture(&store, "a", 1);
    withdraw(&store, "a");
    capture(&store, "b", 2);
    let wipes = |db: &store::Writing<'_>| store::forget_items(db, &["b".to_owned()]).map(|()| GONE);
    assert!(store.wipe(wipes).unwrap().is_continue());
    let items = said(dir.path()).items;
    assert_eq!(items.iter().map(|item| item.item_id.as_str()).collect::<Vec<_>>(), ["a"]);
    assert!(items[0].has_ended());
}
