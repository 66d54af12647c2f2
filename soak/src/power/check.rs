//! Whether a phone is as it must be after something went wrong.

use std::collections::BTreeMap;

use rusqlite::{Connection, OpenFlags};
use serde_json::Value;
use vodomer_core::app::{App, Error};
use vodomer_core::store::FILE_NAME;

use super::Violation;
use super::run::{Reference, Scenario, Sends};
use super::view::View;
use crate::disk::{Image, SimDisk, VFS_NAME};
use crate::phone::World;

/// Longer than any wait after a failure.
const SEVEN_HOURS_MS: i64 = 7 * 60 * 60 * 1000;

/// Time for a pass, milliseconds.
const BUDGET: i64 = 60_000;

/// Opens what was left after so many steps, looks at it, and sends what waits. `world` is the run's.
///
/// # Errors
/// The first violation.
pub fn check(
    scenario: &Scenario,
    reference: &Reference,
    image: &Image,
    world: &World,
    done: usize,
) -> Result<View, Violation> {
    let disk = SimDisk::from_image("after", image);
    let next = world.fork();
    next.clock.reboot();
    let app = next.open(&disk).map_err(|error| format!("it does not open: {error:?}"))?;
    sound(&disk)?;
    let (before, after) = reference.around(done);
    let view =
        View::take(&app, after.items()).map_err(|error| format!("it can't be looked at: {error:?}"))?;
    if let Some(wrong) = view.not_between(before, after) {
        return Err(wrong);
    }
    if let Some(wrong) = scenario.also.and_then(|also| also(&reference.prepared.image, &disk)) {
        return Err(wrong);
    }
    if scenario.sends != Sends::Nowhere {
        let anew = scenario.sends == Sends::SignedInAnew;
        send_what_waits(&app, &next, &view, &posted(world), anew)?;
    }
    Ok(view)
}

fn sound(disk: &SimDisk) -> Result<(), Violation> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let look = || -> rusqlite::Result<_> {
        let db = Connection::open_with_flags_and_vfs(disk.path(FILE_NAME), flags, VFS_NAME)?;
        let said: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
        let astray = db.prepare("PRAGMA foreign_key_check")?.exists([])?;
        Ok((said, astray))
    };
    match look() {
        Ok((said, false)) if said == "ok" => Ok(()),
        other => Err(format!("it is not sound: {other:?}")),
    }
}

/// Everything that waits goes, each item once, with its own key and, if it went before, the same body.
fn send_what_waits(
    app: &App,
    world: &World,
    view: &View,
    before: &BTreeMap<String, Value>,
    anew: bool,
) -> Result<(), Violation> {
    let waiting: Vec<&String> = view.waiting().collect();
    if waiting.is_empty() {
        return Ok(());
    }
    world.clock.pass(SEVEN_HOURS_MS);
    world.will_renew_tokens();
    for _ in 0..3 {
        world.will_take(view.items());
        world.will_register();
        world.nothing_new();
    }
    app.sync(BUDGET).map_err(|error| format!("it can't be sent: {error:?}"))?;
    if anew && world.portal.posted().is_empty() {
        sign_in_anew(app, world).map_err(|error| format!("nobody can sign in: {error:?}"))?;
    }
    let sent = posted(world);
    if world.portal.posted().len() != sent.len() {
        return Err("an item went twice in one pass".to_owned());
    }
    for item in waiting {
        let Some(body) = sent.get(item) else {
            return Err(format!("{item} waits and does not go"));
        };
        if body["idempotency_key"].as_str() != view.key(item) {
            return Err(format!("{item} went under another key"));
        }
        if before.get(item).is_some_and(|earlier| earlier != body) {
            return Err(format!("{item} went with another body: {body}, not {}", before[item]));
        }
    }
    let left = View::take(app, view.items()).map_err(|error| format!("it can't be looked at: {error:?}"))?;
    left.waiting().next().map_or(Ok(()), |item| Err(format!("{item} still waits, though the server has it")))
}

/// Signs in, and syncs until the pages that were meant for other passes are through.
fn sign_in_anew(app: &App, world: &World) -> Result<(), Error> {
    world.sign_in(app)?;
    (0..4).try_for_each(|_| app.sync(BUDGET).map(drop))
}

/// What the server was sent last of each item.
fn posted(world: &World) -> BTreeMap<String, Value> {
    let items = world.portal.posted().into_iter();
    items.filter_map(|body| Some((body["client_item_id"].as_str()?.to_owned(), body))).collect()
}
