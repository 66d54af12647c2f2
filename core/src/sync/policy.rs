//! Every number of the outbox, with its reason.

use chrono::TimeDelta;

/// Readings in one request: a flat has 2–6 meters, a landlord's fifty go in one round trip.
pub const BATCH: i64 = 50;

/// The first wait after a failure; short, because a cellar is left within a minute.
const FIRST_WAIT_SECONDS: u64 = 30;

/// The longest wait: four attempts in a day, and never a whole window of three days asleep.
const LONGEST_WAIT_SECONDS: u64 = 6 * 60 * 60;

/// The longest wait that a server may ask for; a mistyped `Retry-After` must not lose a window.
const LONGEST_ASKED_SECONDS: u64 = 24 * 60 * 60;

/// Pages of changes taken in one pass; a year of a landlord's readings fits in ten.
pub const PAGES: usize = 20;

/// A difference of clocks below this is the header's rounding and the way's delay.
pub const CLOCK_TOLERANCE: TimeDelta = TimeDelta::seconds(2);

/// The utility's clock is noted anew after so long, although nothing has changed: after the phone's next start no
/// moment before the last noted one is believed.
pub const ANCHOR_AGE: TimeDelta = TimeDelta::hours(12);

/// The uploader's lease: longer than a request can last (30 s to fail, and a token's renewal before it), shorter than a
/// resident would wait for the next try.
pub const LEASE_MILLISECONDS: i64 = 90_000;

/// An access token that ends so soon is renewed before it is used.
pub const TOKEN_MARGIN: TimeDelta = TimeDelta::seconds(30);

/// The wait after a number of failed attempts, before jitter: doubled each time, up to the longest.
fn ceiling(attempts: u64) -> u64 {
    let doublings = u32::try_from(attempts.saturating_sub(1).min(20)).unwrap_or(20);
    (FIRST_WAIT_SECONDS << doublings).min(LONGEST_WAIT_SECONDS)
}

/// How long to wait after a failure.
///
/// What the server asks is heeded within bounds, plus some jitter, so that all phones do not come back in the same
/// second. Otherwise half of the doubling wait and a random part of the other half.
/// `up_to(n)` gives a random number in `0..=n`.
pub fn wait(attempts: u64, asked_seconds: Option<u64>, up_to: impl Fn(u64) -> u64) -> TimeDelta {
    let seconds = match asked_seconds {
        Some(asked) => {
            let asked = asked.min(LONGEST_ASKED_SECONDS);
            asked + up_to(asked / 10 + 5)
        }
        None => {
            let half = ceiling(attempts) / 2;
            half + up_to(half)
        }
    };
    TimeDelta::seconds(i64::try_from(seconds).unwrap_or(i64::MAX / 1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_six_hours() {
        let longest = |attempts| wait(attempts, None, |n| n).num_seconds();
        assert_eq!([longest(1), longest(2), longest(3)], [30, 60, 120]);
        assert_eq!(longest(50), 6 * 60 * 60);
        assert_eq!(wait(1, None, |_| 0).num_seconds(), 15, "never less than half");
    }

    #[test]
    fn an_absurd_wish_of_the_server_is_cut_to_a_day() {
        assert_eq!(wait(1, Some(u64::MAX), |_| 0), TimeDelta::days(1));
        assert_eq!(wait(1, Some(120), |_| 0).num_seconds(), 120);
        assert_eq!(wait(1, Some(120), |n| n).num_seconds(), 137);
    }
}
