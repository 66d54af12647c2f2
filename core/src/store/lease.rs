//! One uploader at a time, whatever number of threads and processes have the file open.
//!
//! A lease ends by itself: a holder that was killed is waited for no longer than it had asked for, by whichever of the
//! phone's clocks says so first. That two overlap for a moment is harmless, since keys make one effect of both.

use rusqlite::{OptionalExtension, params};

use super::Writing;

/// What the phone's clocks say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clocks {
    /// The wall clock, UTC milliseconds.
    pub wall: i64,
    /// Milliseconds since the phone's start.
    pub monotonic: i64,
    /// Which start that was.
    pub boot: i64,
}

/// Takes the lease, or prolongs one's own; tells whether it is ours now.
pub fn take_lease(
    db: &Writing<'_>,
    name: &str,
    holder: &str,
    clocks: Clocks,
    milliseconds: i64,
) -> rusqlite::Result<bool> {
    let taken: Option<(String, Clocks, i64)> = db
        .prepare_cached(
            "SELECT holder, since, since_monotonic, boot, milliseconds FROM lease WHERE name = ?1",
        )?
        .query_row([name], |row| {
            let since = Clocks { wall: row.get(1)?, monotonic: row.get(2)?, boot: row.get(3)? };
            Ok((row.get(0)?, since, row.get(4)?))
        })
        .optional()?;
    if let Some((other, since, length)) = taken
        && other != holder
        && !is_over(since, clocks, length)
    {
        return Ok(false);
    }
    db.prepare_cached("INSERT OR REPLACE INTO lease VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(params![
        name,
        holder,
        clocks.boot,
        clocks.wall,
        clocks.monotonic,
        milliseconds
    ])?;
    Ok(true)
}

/// Gives the lease back, if it is still ours.
pub fn give_back_lease(db: &Writing<'_>, name: &str, holder: &str) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM lease WHERE name = ?1 AND holder = ?2")?.execute([name, holder])?;
    Ok(())
}

fn is_over(since: Clocks, now: Clocks, milliseconds: i64) -> bool {
    let past = |from: i64, to: i64| to < from || to.saturating_sub(from) >= milliseconds;
    since.boot != now.boot || past(since.wall, now.wall) || past(since.monotonic, now.monotonic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn over(wall: i64, monotonic: i64, boot: i64) -> bool {
        is_over(Clocks { wall: 1_000_000, monotonic: 5_000, boot: 3 }, Clocks { wall, monotonic, boot }, 100)
    }

    #[test]
    fn a_lease_lasts_until_either_clock_says_that_it_is_over() {
        assert!(!over(1_000_000, 5_000, 3));
        assert!(!over(1_000_099, 5_099, 3));
        assert!(over(1_000_100, 5_050, 3), "by the wall clock");
        assert!(over(1_000_050, 5_100, 3), "by the monotonic one");
    }

    #[test]
    fn a_holder_of_before_a_restart_or_of_another_time_is_gone() {
        assert!(over(1_000_050, 5_050, 4), "the phone was started anew");
        assert!(over(999_999, 5_050, 3), "the wall clock was set back");
        assert!(over(1_000_050, 4_999, 3));
    }
}
