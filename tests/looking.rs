//! Looking at things changes nothing on the disk.

#![allow(clippy::unwrap_used, reason = "a test stops where it is not as told")]

mod common;

use common::world::World;

#[test]
fn looking_costs_no_write() {
    let world = World::new();
    world.set_clock("2026-11-23T12:00:00+03:00");
    let app = world.open();
    app.login(&world.credentials()).unwrap();
    drop(app);
    // Opening again, with nothing new to the file.
    let app = world.open();
    let before = std::fs::read(world.dir().join("vodomer.db")).unwrap();
    app.home().unwrap();
    app.plan().unwrap();
    app.outbox().unwrap();
    app.preview("demo-cold", "123").unwrap();
    let wal = std::fs::metadata(world.dir().join("vodomer.db-wal")).map_or(0, |file| file.len());
    assert_eq!((std::fs::read(world.dir().join("vodomer.db")).unwrap(), wal), (before, 0));
}
