//! Every number of the outbox, with its reason.
//!
//! [`wait`] is what a failure costs one phone; [`automatic`] is what keeps 200,000 of them apart. What the resident asks
//! for waits for neither.

use chrono::TimeDelta;
use sha2::{Digest, Sha256};

use crate::domain::Instant;

/// Readings in one request: a flat has 2–6 meters, a landlord's fifty go in one round trip.
pub const BATCH: i64 = 50;

/// A reading on which a server has failed so often goes in a request of its own, and its failure ends no pass. An outage
/// of hours is over by then, and phones that come back from one send their readings together.
pub const OFTEN: i64 = 6;

/// The first wait after a failure at most; short, because a cellar is left within a minute.
const FIRST_WAIT_SECONDS: u64 = 30;

/// No wait is shorter: what has just failed fails again in the same second, and costs the battery a radio's wake.
const SHORTEST_WAIT_SECONDS: u64 = 5;

/// The same as a span of time.
pub const SHORTEST_WAIT: TimeDelta = TimeDelta::seconds(SHORTEST_WAIT_SECONDS.cast_signed());

/// The longest wait: four attempts in a day, and never a whole window of three days asleep.
const LONGEST_WAIT_SECONDS: u64 = 6 * 60 * 60;

/// The longest wait that a server may ask for: maintenance lasts a night, or a weekend that is asked about daily; a
/// mistyped `Retry-After` must not lose a window of three days. With our own wait on top it is a day at most.
const LONGEST_ASKED_SECONDS: u64 = 24 * 60 * 60 - LONGEST_WAIT_SECONDS;

/// The longest that an opening named by the server is waited for without asking again: its calendar may be mistyped, too.
pub const LONGEST_HELD: TimeDelta = TimeDelta::days(1);

/// Over how long the automatic attempts of all phones are spread: 200,000 in six hours are ten a second, which a small
/// server bears; and who captured in the morning is served by the evening.
pub const SPREAD: TimeDelta = TimeDelta::hours(6);

/// Pages of changes taken in one pass; a year of a landlord's readings fits in ten.
pub const PAGES: usize = 20;

/// A difference of clocks below this is the header's rounding and the way's delay.
pub const CLOCK_TOLERANCE: TimeDelta = TimeDelta::seconds(2);

/// The utility's clock is noted anew after so long, although nothing has changed: after the phone's next start no
/// moment before the last noted one is believed.
pub const ANCHOR_AGE: TimeDelta = TimeDelta::hours(12);

/// The uploader's lease: longer than a request can last (30 s until its token is refused, 30 for another token, 30 to
/// fail again), shorter than a resident would wait for the next try.
pub const LEASE_MILLISECONDS: i64 = 120_000;

/// An access token that ends so soon is renewed before it is used.
pub const TOKEN_MARGIN: TimeDelta = TimeDelta::seconds(30);

/// The most that is waited after a number of failed attempts: doubled each time, up to the longest.
fn ceiling(attempts: u64) -> u64 {
    let doublings = u32::try_from(attempts.saturating_sub(1).min(20)).unwrap_or(20);
    (FIRST_WAIT_SECONDS << doublings).min(LONGEST_WAIT_SECONDS)
}

/// How long to wait after a number of failures in a row.
///
/// Full jitter: anything between the shortest wait and the ceiling is as likely as anything else, so that phones which
/// failed together do not come back together. (Half a ceiling fixed and half random would leave the first half of every
/// wait empty and double the rush in the second.) What the server asks for comes before that, cut to a day: the phones
/// that it has turned away in one second come back spread, too, and wider each time.
/// `up_to(n)` gives a random number in `0..=n`.
pub fn wait(attempts: u64, asked_seconds: Option<u64>, up_to: impl Fn(u64) -> u64) -> TimeDelta {
    let asked = asked_seconds.unwrap_or(0).min(LONGEST_ASKED_SECONDS);
    let own = SHORTEST_WAIT_SECONDS + up_to(ceiling(attempts) - SHORTEST_WAIT_SECONDS);
    TimeDelta::seconds(i64::try_from(asked + own).unwrap_or(i64::MAX / 1000))
}

/// The place of an installation within a span of time: always the same one, and as likely any as any other.
///
/// A hash rather than chance, so that asking again does not move it. SHA-256, because ids made by counting must not fall
/// together.
#[must_use]
pub fn slot(installation: &str, within: TimeDelta) -> TimeDelta {
    let mut place = [0; 8];
    place.copy_from_slice(&Sha256::digest(installation.as_bytes())[..8]);
    let span = u128::try_from(within.num_milliseconds()).unwrap_or(0);
    let into_it = (u128::from(u64::from_be_bytes(place)) * span) >> 64;
    TimeDelta::milliseconds(i64::try_from(into_it).unwrap_or(0))
}

/// When the automatic job of this installation should try to send what may go from `not_before` on (the opening of a
/// window, say): spread over [`SPREAD`], but within the first half of what is left until the window closes, so that the
/// other half is there for a second try, a sleeping phone and the resident. What is due already goes now.
///
/// Never before `not_before`, and never after the close where `not_before` and `now` are before it. Asked again later, it
/// gives the same moment.
#[must_use]
pub fn automatic(
    not_before: Instant,
    now: Instant,
    installation: &str,
    window_closes_at: Option<Instant>,
) -> Instant {
    let spread = match window_closes_at {
        // Late already: each hour counts, and few are left who are.
        Some(closes_at) => ((closes_at - not_before).max(TimeDelta::zero()) / 2).min(SPREAD),
        None => SPREAD,
    };
    not_before.checked_add_signed(slot(installation, spread)).unwrap_or(not_before).max(now)
}

/// A wait that would sleep through the rest of a window ends in the middle of what is left of it, so that a server's
/// mistyped wish, or the longest wait of our own, leaves time for another try.
#[must_use]
pub fn within_window(not_before: Instant, now: Instant, window_closes_at: Option<Instant>) -> Instant {
    match window_closes_at {
        Some(closes_at) if closes_at > now => not_before.min(now + (closes_at - now) / 2).max(now),
        _ => not_before,
    }
}

#[cfg(test)]
#[path = "policy_tests.rs"]
mod tests;
