//! What only a server can do to a cabinet: lose its connections, or be shared by several.

use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::storage::PostgresError;

fn reading_is_there(storage: &Storage, id: &str) -> bool {
    read(storage, |tx| tx.reading("a", id)).is_some()
}

#[test]
fn a_write_that_is_cut_before_its_commit_is_an_error_and_leaves_nothing_behind() {
    let database = a_database();
    let storage = open(&database);
    furnish(&storage);
    let cut = storage.write(|tx| {
        tx.add_reading(&reading("x"))?;
        assert!(database.cut_all_connections() > 0);
        Ok(())
    });
    assert!(matches!(cut, Err(StorageError::Postgres(_))), "{cut:?}");
    assert!(!reading_is_there(&storage, "x"));
    write(&storage, |tx| tx.add_reading(&reading("x")));
    assert!(reading_is_there(&storage, "x"));
}

#[test]
fn a_write_that_is_cut_in_its_middle_is_an_error_and_leaves_nothing_behind() {
    let database = a_database();
    let storage = open(&database);
    furnish(&storage);
    let cut = storage.write(|tx| {
        tx.add_reading(&reading("x"))?;
        database.cut_all_connections();
        tx.set_key("a", "k", b"x", None, at(0))
    });
    assert!(matches!(cut, Err(StorageError::Postgres(_))), "{cut:?}");
    assert!(!reading_is_there(&storage, "x"));
}

#[test]
fn connections_that_were_lost_between_two_requests_are_replaced_unseen() {
    let database = a_database();
    let storage = open(&database);
    furnish(&storage);
    for _ in 0..3 {
        assert!(database.cut_all_connections() > 0);
        assert!(!reading_is_there(&storage, "x"));
        database.cut_all_connections();
        write(&storage, |tx| tx.set_limit("m", None));
    }
}

#[test]
fn a_write_that_overlooks_a_failed_statement_is_not_taken_for_done() {
    let database = a_database();
    let storage = open(&database);
    furnish(&storage);
    let overlooked = storage.write(|tx| {
        tx.add_reading(&reading("x"))?;
        assert!(tx.add_reading(&reading("x")).is_err());
        Ok(())
    });
    assert!(matches!(overlooked, Err(StorageError::Postgres(PostgresError::Overlooked))), "{overlooked:?}");
    assert!(!reading_is_there(&storage, "x"));
}

#[test]
fn what_the_server_says_of_an_error_is_told_without_what_the_columns_hold() {
    let database = a_database();
    let storage = open(&database);
    furnish(&storage);
    let twice = storage.write(|tx| tx.add_resident("other", "login", "hash"));
    let told = twice.map_err(|error| format!("{error} {error:?}")).expect_err("is refused");
    assert!(told.contains("23505") && !told.contains("(login)="), "{told}");
}

#[test]
fn a_reader_sees_one_state_whoever_writes_meanwhile() {
    let database = a_database();
    let storage = open(&database);
    furnish(&storage);
    read(&storage, |tx| {
        let before = tx.last_change()?;
        std::thread::scope(|scope| {
            let written = scope.spawn(|| write(&storage, |tx| tx.add_reading(&reading("x"))));
            written.join().expect("writes beside the reader");
        });
        assert_eq!(tx.last_change()?, before);
        assert!(tx.readings("a")?.is_empty());
        Ok(())
    });
    assert!(reading_is_there(&storage, "x"));
}

#[test]
fn a_reader_that_writes_is_refused() {
    let database = a_database();
    let storage = open(&database);
    assert!(storage.read(|tx| tx.set_key("a", "k", b"x", None, at(0))).is_err());
}

#[test]
fn cabinets_that_begin_at_the_same_time_make_the_tables_once() {
    let database = Cluster::of_this_run().empty_database();
    let together = Barrier::new(4);
    let begin = || {
        together.wait();
        read(&open(&database), |tx| tx.database_id())
    };
    let ids: Vec<String> = std::thread::scope(|scope| {
        let begun: Vec<_> = (0..4).map(|_| scope.spawn(begin)).collect();
        begun.into_iter().map(|it| it.join().expect("begins")).collect()
    });
    assert_eq!(ids[0].len(), 8);
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
}

#[test]
fn a_database_of_a_later_version_is_refused_and_left_alone() {
    let database = Cluster::of_this_run().empty_database();
    drop(open(&database));
    database
        .connect()
        .batch_execute("UPDATE facts SET value = '999' WHERE name = 'version'")
        .expect("is set");
    let address: Database = database.url.parse().expect("an address");
    assert!(matches!(Storage::open(&address), Err(StorageError::Newer(999))));
}

#[test]
fn a_cursor_misses_nothing_that_cabinets_write_at_the_same_time() {
    let database = a_database();
    let cabinets = [open(&database), open(&database), open(&database)];
    write(&cabinets[0], |tx| tx.add_resident("r", "login", "hash"));
    let done = AtomicBool::new(false);
    let writers = cabinets.iter().enumerate().map(|(number, cabinet)| {
        move || {
            for letter_number in 0..40 {
                let item = format!("{number}.{letter_number}");
                let kept = LetterKept { resident_id: Some("r".to_owned()), ..letter(&item, "?").kept };
                write(cabinet, |tx| tx.add_letter(&Letter { kept, ..letter(&item, "?") }));
            }
        }
    });
    let follow = || {
        let (mut cursor, mut seen) = (0, Vec::new());
        // Once more after the last write.
        for cabinet in cabinets.iter().cycle() {
            let is_last = done.load(Ordering::SeqCst);
            let batch = read(cabinet, |tx| tx.changes("r", cursor, 7));
            cursor = batch.upto;
            seen.extend(batch.letters.into_iter().map(|letter| letter.client_item_id));
            if is_last && !batch.more {
                break;
            }
        }
        seen
    };
    let mut seen = std::thread::scope(|scope| {
        let follower = scope.spawn(follow);
        let writers: Vec<_> = writers.map(|write| scope.spawn(write)).collect();
        writers.into_iter().for_each(|writer| writer.join().expect("writes"));
        done.store(true, Ordering::SeqCst);
        follower.join().expect("reads")
    });
    assert_eq!(seen.len(), 120);
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 120);
}
