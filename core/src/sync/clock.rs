//! The utility's time, as far as the phone knows it.
//!
//! The phone's clock may be wrong by years, and be set at any moment; the deadline is the utility's. Every answer brings
//! the server's time. From then on until the phone's next start it is the monotonic clock that counts, which nobody can
//! set; after a start, the phone's clock with the difference known of it, but never a moment before the last one known.

use chrono::TimeDelta;
use rusqlite::Connection;

use super::policy;
use crate::domain::{Calendar, Instant};
use crate::env::Env;
use crate::store::{self, Anchor, Clocks, Item, Redated, Store, StoreError, Writing};

/// Now, by the utility's clock.
pub fn now(db: &Connection, env: &Env) -> rusqlite::Result<Instant> {
    Ok(by(store::anchor(db)?, env))
}

/// What the utility's clock is ahead of the phone's at this moment, milliseconds; none when it was never measured.
pub fn skew(db: &Connection, env: &Env) -> rusqlite::Result<Option<i64>> {
    let anchor = store::anchor(db)?;
    Ok(anchor.map(|_| (by(anchor, env) - env.clock.now()).num_milliseconds()))
}

/// The utility's clock was seen since the phone's start, or is never told.
pub fn is_sure(db: &Connection, env: &Env) -> rusqlite::Result<bool> {
    Ok(store::anchor(db)?.is_none_or(|anchor| anchor.boot == env.clock.boot()))
}

/// The phone's own clocks.
#[must_use]
pub fn clocks(env: &Env) -> Clocks {
    Clocks {
        wall: env.clock.now().timestamp_millis(),
        monotonic: env.clock.monotonic(),
        boot: env.clock.boot(),
    }
}

fn by(anchor: Option<Anchor>, env: &Env) -> Instant {
    let phone = env.clock.now();
    let Some(anchor) = anchor else {
        return phone;
    };
    let since = env.clock.monotonic().saturating_sub(anchor.monotonic);
    let counted =
        TimeDelta::try_milliseconds(since).filter(|_| anchor.boot == env.clock.boot() && since >= 0);
    // A clock set to the end of time has no later moment.
    match counted {
        Some(counted) => anchor.server_at.checked_add_signed(counted).unwrap_or(anchor.server_at),
        None => {
            // The phone has run for so long since, at least: without this, time would stand still on a phone whose
            // battery was out.
            let run = TimeDelta::try_milliseconds(env.clock.monotonic().max(0)).unwrap_or_default();
            let earliest = anchor.server_at.checked_add_signed(run).unwrap_or(anchor.server_at);
            phone.checked_add_signed(anchor.server_at - anchor.phone_at).unwrap_or(phone).max(earliest)
        }
    }
}

/// Learns the utility's time from an answer, and puts right what was taken under a wrong clock and has not left.
pub fn learn(
    store: &Store,
    env: &Env,
    calendar: &Calendar,
    server_time: Option<Instant>,
) -> Result<(), StoreError> {
    let Some(server_time) = server_time else {
        return Ok(());
    };
    let Clocks { monotonic, boot, .. } = clocks(env);
    let phone_at = env.clock.now();
    // The header's rounding and the way's delay are no difference.
    let near = (server_time - phone_at).abs() <= policy::CLOCK_TOLERANCE;
    let fresh = Anchor { server_at: if near { phone_at } else { server_time }, phone_at, monotonic, boot };
    let known = store.read(store::anchor)?;
    let off = (fresh.server_at - by(known, env)).abs() > policy::CLOCK_TOLERANCE;
    let old = known.is_none_or(|known| {
        known.boot != boot
            || fresh.server_at - known.server_at > policy::ANCHOR_AGE
            || known.monotonic > monotonic
    });
    // Written only when it tells something: an answer a minute must not cost a write a minute.
    if off || old {
        store.write(|db| {
            store::set_anchor(db, &fresh)?;
            // Also when the phone's clock is right now: it may have been wrong since its start.
            redate(db, env, fresh, calendar)
        })?;
    }
    Ok(())
}

/// Readings that were taken by a clock which has turned out to be wrong.
fn redate(db: &Writing<'_>, env: &Env, fresh: Anchor, calendar: &Calendar) -> rusqlite::Result<()> {
    let moves = store::redatable(db)?.into_iter().filter_map(|item| {
        let taken_at = really_taken(&item, fresh);
        let place = calendar.place(taken_at);
        let not_before = place.held_until.unwrap_or(taken_at);
        let wrong = (taken_at - item.captured.taken_at).abs() > policy::CLOCK_TOLERANCE;
        let idempotency_key = env.new_key();
        wrong.then_some(Redated { item, taken_at, period: place.period, not_before, idempotency_key })
    });
    store::redate(db, &moves.collect::<Vec<_>>())
}

fn really_taken(item: &Item, fresh: Anchor) -> Instant {
    let before = |milliseconds: i64| {
        let ago = TimeDelta::try_milliseconds(milliseconds).unwrap_or_default();
        fresh.server_at.checked_sub_signed(ago).unwrap_or(fresh.server_at)
    };
    let ago = fresh.monotonic.saturating_sub(item.monotonic);
    match item.boot {
        Some(boot) if boot == fresh.boot && ago >= 0 => before(ago),
        // Taken before the phone's last start: all that is sure is that it was before that.
        Some(boot) if boot != fresh.boot => item.captured.taken_at.min(before(fresh.monotonic.max(0))),
        Some(_) | None => item.captured.taken_at.min(fresh.server_at),
    }
}

#[cfg(test)]
#[path = "clock_tests.rs"]
mod tests;
