use std::collections::BTreeSet;
use std::io::ErrorKind;

use rusqlite::{Connection, ErrorCode, OpenFlags};
use vodomer_core::store::Medium;

use super::*;

const SEEDS: u64 = 20;

fn connect(disk: &SimDisk) -> Connection {
    disk.mount();
    Connection::open_with_flags_and_vfs(disk.path("a.db"), OpenFlags::default(), VFS_NAME).unwrap()
}

/// A database in WAL mode with an empty table, all of it in the main file.
fn with_table(synchronous: &str) -> (SimDisk, Connection) {
    let disk = SimDisk::new("phone");
    let db = connect(&disk);
    db.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; CREATE TABLE t (x INTEGER, y TEXT);
         PRAGMA wal_checkpoint(TRUNCATE);"
    ))
    .unwrap();
    (disk, db)
}

fn insert(db: &Connection, x: i64) -> rusqlite::Result<usize> {
    db.execute("INSERT INTO t VALUES (?1, hex(zeroblob(300)))", [x])
}

fn sum(db: &Connection) -> i64 {
    db.query_row("SELECT coalesce(sum(x), 0) FROM t", [], |row| row.get(0)).unwrap()
}

fn sound(db: &Connection) -> bool {
    let found: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    found == "ok"
}

/// The sums found in what any power loss now would leave.
fn sums_after_power_loss(disk: &SimDisk) -> Vec<i64> {
    let images = (0..6).flat_map(|seed| disk.images(seed));
    images
        .map(|(survival, image)| {
            let after = SimDisk::from_image("after", &image);
            let db = connect(&after);
            assert!(sound(&db), "{survival:?}");
            sum(&db)
        })
        .collect()
}

#[test]
fn two_connections_see_what_the_other_commits() {
    let (disk, one) = with_table("FULL");
    let two = connect(&disk);
    insert(&one, 1).unwrap();
    assert_eq!(sum(&two), 1);
    insert(&two, 2).unwrap();
    assert_eq!(sum(&one), 3);
}

#[test]
fn a_second_writer_is_told_that_the_first_is_at_work() {
    let (disk, one) = with_table("FULL");
    let two = connect(&disk);
    one.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(insert(&two, 2).unwrap_err().sqlite_error_code(), Some(ErrorCode::DatabaseBusy));
    one.execute_batch("COMMIT").unwrap();
    insert(&two, 2).unwrap();
}

#[test]
fn without_a_log_too_writers_wait_for_readers() {
    let disk = SimDisk::new("phone");
    let (one, two) = (connect(&disk), connect(&disk));
    one.execute_batch("PRAGMA journal_mode = DELETE; CREATE TABLE t (x INTEGER, y TEXT)").unwrap();
    insert(&one, 1).unwrap();
    two.execute_batch("BEGIN; SELECT * FROM t").unwrap();
    assert_eq!(insert(&one, 2).unwrap_err().sqlite_error_code(), Some(ErrorCode::DatabaseBusy));
    two.execute_batch("COMMIT").unwrap();
    insert(&one, 2).unwrap();
    assert_eq!(sum(&two), 3);
}

#[test]
fn a_removed_journal_may_come_back_and_takes_the_last_commit_with_it_unless_its_folder_was_synced() {
    for (synchronous, left) in [("FULL", BTreeSet::from([1, 3])), ("EXTRA", BTreeSet::from([3]))] {
        let disk = SimDisk::new("phone");
        let db = connect(&disk);
        db.execute_batch(&format!("PRAGMA synchronous = {synchronous}; CREATE TABLE t (x INTEGER, y TEXT)"))
            .unwrap();
        insert(&db, 1).unwrap();
        insert(&db, 2).unwrap();
        assert_eq!(sums_after_power_loss(&disk).into_iter().collect::<BTreeSet<_>>(), left, "{synchronous}");
    }
}

#[test]
fn what_was_committed_with_full_syncs_survives_every_power_loss() {
    let (disk, db) = with_table("FULL");
    for x in 1..=4 {
        insert(&db, x).unwrap();
        let sums = sums_after_power_loss(&disk);
        assert!(sums.iter().all(|found| *found == (1..=x).sum::<i64>()), "{sums:?}");
    }
}

#[test]
fn what_was_committed_with_normal_syncs_is_lost_by_some() {
    let (disk, db) = with_table("NORMAL");
    for x in 1..=3 {
        insert(&db, x).unwrap();
    }
    let sums = sums_after_power_loss(&disk);
    // Whole transactions, at the least.
    assert!(sums.iter().all(|found| [0, 1, 3, 6].contains(found)), "{sums:?}");
    assert!(sums.contains(&0) && sums.contains(&6), "{sums:?}");
}

#[test]
fn a_disk_that_lies_of_its_syncs_loses_commits() {
    let (disk, db) = with_table("FULL");
    disk.lie(Some(Lie::LogSyncs));
    insert(&db, 1).unwrap();
    assert!(sums_after_power_loss(&disk).contains(&0));
}

#[test]
fn a_transaction_under_way_is_there_whole_or_not_at_all() {
    let (disk, db) = with_table("FULL");
    insert(&db, 100).unwrap();
    db.execute_batch("PRAGMA cache_size = 1; BEGIN").unwrap();
    let before = disk.counts().writes;
    for _ in 0..200 {
        insert(&db, 1).unwrap();
    }
    assert!(disk.counts().writes - before > 20, "the cache spills into the log");
    let sums = sums_after_power_loss(&disk);
    assert!(sums.iter().all(|found| *found == 100), "{sums:?}");
}

#[test]
fn a_checkpoint_cut_short_anywhere_loses_nothing() {
    let (template, db) = with_table("FULL");
    for x in 1..=30 {
        insert(&db, x).unwrap();
    }
    let image = template.survivors(Survival::Everything, 0);
    let run = |plan: Option<Plan>| {
        let disk = SimDisk::from_image("run", &image);
        let db = connect(&disk);
        let start = disk.operations();
        disk.plan(plan);
        let _ended = db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
        (start, disk)
    };
    let (start, whole) = run(None);
    for at in start..whole.operations() {
        let (_, disk) = run(Some(Plan::once(at, Fault::PowerLoss)));
        let sums = sums_after_power_loss(&disk);
        assert!(sums.iter().all(|found| *found == 465), "at {at}: {sums:?}");
    }
    assert!(whole.operations() - start > 5);
}

#[test]
fn a_database_closed_and_opened_again_is_as_it_was() {
    let (disk, db) = with_table("FULL");
    insert(&db, 5).unwrap();
    drop(db);
    assert!(disk.load("a.db-wal").is_none(), "the last to close takes the log with it");
    assert_eq!(sum(&connect(&disk)), 5);
}

#[test]
fn files_go_to_and_fro_between_this_disk_and_a_real_one() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("real.db");
    let real = Connection::open(&path).unwrap();
    real.execute_batch("CREATE TABLE t (x INTEGER, y TEXT)").unwrap();
    insert(&real, 7).unwrap();
    drop(real);
    let disk = SimDisk::new("phone");
    disk.save("a.db", std::fs::read(&path).unwrap());
    let db = connect(&disk);
    assert!(sound(&db));
    insert(&db, 1).unwrap();
    assert_eq!(sum(&db), 8);
    drop(db);
    std::fs::write(&path, disk.load("a.db").unwrap()).unwrap();
    let real = Connection::open(&path).unwrap();
    assert!(sound(&real) && sum(&real) == 8);
}

#[test]
fn a_killed_process_leaves_its_writes_and_no_locks() {
    let (disk, db) = with_table("NORMAL");
    insert(&db, 1).unwrap();
    db.execute_batch("BEGIN IMMEDIATE; INSERT INTO t VALUES (2, '')").unwrap();
    disk.kill();
    assert!(db.execute_batch("COMMIT").is_err(), "its files are closed");
    let next = connect(&disk);
    insert(&next, 4).unwrap();
    drop(db);
    assert_eq!(sum(&next), 5);
}

#[test]
fn disks_on_one_thread_do_not_mix() {
    let (one, two) = (SimDisk::new("one"), SimDisk::new("one-and-a-half"));
    one.save("f", b"1".to_vec());
    assert!(two.load("f").is_none());
    for (disk, x) in [(&one, 1), (&two, 2)] {
        let db = connect(disk);
        db.execute_batch("CREATE TABLE t (x INTEGER, y TEXT)").unwrap();
        insert(&db, x).unwrap();
    }
    assert_eq!((sum(&connect(&one)), sum(&connect(&two))), (1, 2));
}

#[test]
fn a_fork_goes_its_own_way() {
    let (disk, db) = with_table("NORMAL");
    insert(&db, 1).unwrap();
    let fork = disk.fork("fork");
    let other = connect(&fork);
    insert(&other, 2).unwrap();
    assert_eq!((sum(&db), sum(&other)), (1, 3));
    assert!(sums_after_power_loss(&disk).contains(&0), "what waited for a sync does so still");
    assert_eq!(sums_after_power_loss(&fork).into_iter().collect::<BTreeSet<_>>(), [3].into());
}

/// A file of 2,000 bytes "a", synced.
fn synced_file() -> (SimDisk, std::path::PathBuf) {
    let disk = SimDisk::new("phone");
    let path = disk.path("j");
    disk.write(&path, &[b'a'; 2_000]).unwrap();
    (disk, path)
}

fn left(disk: &SimDisk, survival: Survival) -> Vec<Option<Vec<u8>>> {
    let images = (0..SEEDS).map(|seed| SimDisk::from_image("left", &disk.survivors(survival, seed)));
    images.map(|after| after.load("j")).collect()
}

#[test]
fn an_append_that_was_not_synced_is_lost_kept_torn_or_zeros() {
    let (disk, path) = synced_file();
    disk.append(&path, &[b'b'; 1_000]).unwrap();
    let file = |tail: &[u8]| Some([&[b'a'; 2_000][..], tail].concat());
    assert!(left(&disk, Survival::Nothing).iter().all(|f| *f == file(&[])));
    assert!(left(&disk, Survival::Everything).iter().all(|f| *f == file(&[b'b'; 1_000])));
    assert!(left(&disk, Survival::Lengths).iter().all(|f| *f == file(&[0; 1_000])));
    let torn = left(&disk, Survival::TornLast);
    // Sectors end at 2,048 and 2,560.
    assert!(torn.iter().all(|f| [&[][..], &[b'b'; 48], &[b'b'; 560]].iter().any(|tail| *f == file(tail))));
    assert!(torn.contains(&file(&[b'b'; 560])));
    let garbage = left(&disk, Survival::Garbage);
    assert!(
        garbage.iter().all(|f| f.as_ref().unwrap()[..2_000] == [b'a'; 2_000]),
        "nothing beside it is harmed"
    );
    assert!(garbage.iter().any(|f| f.as_ref().unwrap()[2_000..].iter().any(|b| ![0, b'b'].contains(b))));
    disk.sync(&path).unwrap();
    for survival in Survival::ALL {
        assert!(left(&disk, survival).iter().all(|f| *f == file(&[b'b'; 1_000])), "{survival:?}");
    }
}

#[test]
fn writes_survive_in_order_or_in_any() {
    let (disk, path) = synced_file();
    for letter in [b'b', b'c', b'd'] {
        disk.append(&path, &[letter; 10]).unwrap();
    }
    let tails = |survival| {
        left(&disk, survival).into_iter().map(|f| f.unwrap()[2_000..].to_vec()).collect::<Vec<_>>()
    };
    let whole = [[b'b'; 10], [b'c'; 10], [b'd'; 10]].concat();
    let prefixes = tails(Survival::Prefix);
    assert!((0..=3).all(|n| prefixes.contains(&whole[..n * 10].to_vec())), "{prefixes:?}");
    assert!(prefixes.iter().all(|tail| whole.starts_with(tail)));
    assert!(tails(Survival::Subset).contains(&[[0; 10], [0; 10], [b'd'; 10]].concat()));
}

#[test]
fn a_new_files_name_may_be_gone_until_it_is_synced() {
    let disk = SimDisk::new("phone");
    disk.append(&disk.path("j"), b"new").unwrap();
    assert_eq!(left(&disk, Survival::Nothing)[0], None);
    assert_eq!(left(&disk, Survival::Lengths)[0], Some(vec![0; 3]));
    disk.sync(&disk.path("j")).unwrap();
    assert_eq!(left(&disk, Survival::Nothing)[0], Some(b"new".to_vec()));
}

#[test]
fn a_renamed_file_has_taken_its_place_and_a_removed_one_may_come_back() {
    let (disk, path) = synced_file();
    disk.write(&disk.path("new"), b"new").unwrap();
    let before = disk.identity(&path).unwrap();
    disk.rename(&disk.path("new"), &path).unwrap();
    assert_ne!(disk.identity(&path).unwrap(), before);
    assert!(left(&disk, Survival::Nothing).iter().all(|f| *f == Some(b"new".to_vec())));
    assert!(!disk.exists(&disk.path("new")));
    disk.remove(&path).unwrap();
    disk.remove(&path).unwrap();
    assert_eq!(left(&disk, Survival::Nothing)[0], Some(b"new".to_vec()));
    assert_eq!(left(&disk, Survival::Everything)[0], None);
    // A new file of that name, synced, settles it.
    disk.write(&path, b"again").unwrap();
    for survival in Survival::ALL {
        assert!(left(&disk, survival).iter().all(|f| *f == Some(b"again".to_vec())), "{survival:?}");
    }
}

#[test]
fn a_name_that_is_given_anew_and_synced_has_no_past() {
    let disk = SimDisk::new("phone");
    disk.append(&disk.path("j"), b"old").unwrap();
    disk.remove(&disk.path("j")).unwrap();
    disk.write(&disk.path("j"), b"new").unwrap();
    disk.write(&disk.path("other"), b"").unwrap();
    disk.rename(&disk.path("other"), &disk.path("another")).unwrap();
    for survival in Survival::ALL {
        assert!(left(&disk, survival).iter().all(|f| *f == Some(b"new".to_vec())), "{survival:?}");
    }
}

#[test]
fn a_rename_under_way_at_the_power_loss_has_happened_or_not() {
    let (disk, path) = synced_file();
    disk.write(&disk.path("new"), b"new").unwrap();
    disk.plan(Some(Plan::once(disk.operations(), Fault::PowerLoss)));
    disk.rename(&disk.path("new"), &path).unwrap_err();
    assert_eq!(left(&disk, Survival::Nothing)[0].as_ref().unwrap().len(), 2_000);
    assert_eq!(left(&disk, Survival::Everything)[0], Some(b"new".to_vec()));
}

#[test]
fn an_error_strikes_once_or_from_then_on() {
    let (disk, path) = synced_file();
    disk.plan(Some(Plan::once(disk.operations(), Fault::IoError)));
    assert!(disk.read(&path).is_err() && disk.struck());
    assert_eq!(disk.read(&path).unwrap().len(), 2_000);
    disk.plan(Some(Plan::from_then_on(disk.operations(), Fault::IoError)));
    assert!(disk.read(&path).is_err() && disk.append(&path, b"b").is_err() && !disk.exists(&path));
    disk.plan(None);
    assert_eq!(disk.read(&path).unwrap().len(), 2_000);
}

#[test]
fn a_short_read_gives_half_and_fails_and_a_full_disk_takes_half() {
    let (disk, path) = synced_file();
    disk.plan(Some(Plan::from_then_on(0, Fault::ShortRead)));
    let mut half = [0; 10];
    let file = disk.state().open("/j", false).unwrap();
    disk.state().read(file, 0, &mut half).unwrap_err();
    assert_eq!(half, *b"aaaaa\0\0\0\0\0");
    disk.append(&path, b"").unwrap();
    disk.plan(Some(Plan::from_then_on(0, Fault::Full)));
    assert_eq!(disk.append(&path, b"four").unwrap_err().kind(), ErrorKind::StorageFull);
    assert_eq!(disk.write(&disk.path("new"), b"").unwrap_err().kind(), ErrorKind::StorageFull);
    assert_eq!(disk.read(&path).unwrap().len(), 2_002);
}

#[test]
fn after_a_power_loss_everything_fails_until_the_restart() {
    let (disk, db) = with_table("FULL");
    insert(&db, 1).unwrap();
    disk.plan(Some(Plan::once(disk.operations() + 1, Fault::PowerLoss)));
    insert(&db, 2).unwrap_err();
    let counted = disk.operations();
    assert!(disk.read(&disk.path("a.db")).is_err() && insert(&db, 4).is_err());
    assert_eq!(disk.operations(), counted, "what is not done is not counted");
    disk.restart(&disk.survivors(Survival::Nothing, 0));
    assert!(insert(&db, 8).is_err(), "it was opened before the power loss");
    let after = connect(&disk);
    assert_eq!(sum(&after), 1);
    drop(db);
    insert(&after, 16).unwrap();
    assert_eq!(sum(&after), 17);
}

#[test]
fn what_would_have_failed_by_itself_can_be_the_last_operation_too() {
    let (disk, path) = synced_file();
    disk.plan(Some(Plan::once(disk.operations(), Fault::PowerLoss)));
    disk.remove(&disk.path("nowhere")).unwrap();
    assert!(disk.read(&path).is_err());
}

#[test]
fn sqlite_tells_an_error_from_a_full_disk() {
    let (disk, db) = with_table("FULL");
    for (fault, code) in [(Fault::IoError, ErrorCode::SystemIoFailure), (Fault::Full, ErrorCode::DiskFull)] {
        disk.plan(Some(Plan::from_then_on(disk.operations(), fault)));
        assert_eq!(insert(&db, 1).unwrap_err().sqlite_error_code(), Some(code));
        disk.plan(None);
        insert(&db, 2).unwrap();
    }
    assert_eq!(sum(&db), 4);
}

#[test]
fn what_is_done_is_counted() {
    let (disk, path) = synced_file();
    let before = disk.counts();
    disk.append(&path, b"four").unwrap();
    disk.sync(&path).unwrap();
    let after = disk.counts();
    assert_eq!(
        (
            after.writes - before.writes,
            after.syncs - before.syncs,
            after.bytes_written - before.bytes_written
        ),
        (1, 1, 4)
    );
}
