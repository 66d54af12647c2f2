use chrono::DateTime;
use proptest::prelude::*;

use super::*;

fn at(text: &str) -> Instant {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

fn second(seconds: i64) -> Instant {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

#[test]
fn the_longest_waits_double_up_to_six_hours() {
    let longest = |attempts| wait(attempts, None, |n| n).num_seconds();
    assert_eq!([longest(0), longest(1), longest(2), longest(3)], [30, 30, 60, 120]);
    assert_eq!([longest(10), longest(11), longest(50)], [15_360, 21_600, 21_600]);
    assert_eq!(longest(u64::MAX), 6 * 60 * 60);
}

#[test]
fn a_wait_may_be_as_short_as_five_seconds_however_many_failed_before() {
    for attempts in [0, 1, 2, 9, u64::MAX] {
        assert_eq!(wait(attempts, None, |_| 0).num_seconds(), 5);
    }
}

#[test]
fn an_absurd_wish_of_the_server_is_cut_to_a_day() {
    let shortest = |asked| wait(1, Some(asked), |_| 0).num_seconds();
    assert_eq!([shortest(0), shortest(120), shortest(64_800)], [5, 125, 64_805]);
    assert_eq!([shortest(64_801), shortest(u64::MAX)], [64_805, 64_805]);
    assert_eq!(wait(99, Some(u64::MAX), |most| most).num_hours(), 24);
}

#[test]
fn phones_turned_away_together_come_back_spread_over_the_whole_wait() {
    // Every value that the jitter can draw after the third failure, once each.
    let waits: Vec<i64> = (0..=115).map(|drawn| wait(3, Some(100), |_| drawn).num_seconds()).collect();
    assert_eq!(waits, (105..=220).collect::<Vec<i64>>());
}

#[test]
fn two_hundred_thousand_phones_fill_six_hours_evenly() {
    let (mut seconds, mut minutes) = (vec![0_u32; 21_600], vec![0_u32; 360]);
    for phone in 0..200_000 {
        let millis = slot(&format!("phone-{phone}"), SPREAD).num_milliseconds();
        seconds[usize::try_from(millis / 1_000).unwrap()] += 1;
        minutes[usize::try_from(millis / 60_000).unwrap()] += 1;
    }
    // 9.3 a second and 556 a minute on average; in one of 40,000 such draws would chance alone put 33 in a second.
    let most = seconds.iter().max().copied().unwrap();
    assert!(most <= 32, "{most} in one second, far below 0.1 % (200)");
    let (least, most) = (minutes.iter().min().unwrap(), minutes.iter().max().unwrap());
    assert!((430..=690).contains(least) && (430..=690).contains(most), "{least}–{most} a minute");
}

#[test]
fn a_slot_does_not_move_between_versions() {
    // What the hash of this very name gives: were it to change, all phones would meet once after an update.
    assert_eq!(slot("019ab0c4-6a3e-7c11-9d52-0b5a7f1e2c01", SPREAD).num_milliseconds(), 4_626_339);
}

#[test]
fn what_waited_for_the_window_goes_in_its_first_hours_and_not_in_one_second() {
    let (opens, closes) = (at("2026-11-23T00:00:00+03:00"), at("2026-11-25T23:59:59+03:00"));
    let before = at("2026-11-20T12:00:00+03:00");
    let (one, other) =
        (automatic(opens, before, "one", Some(closes)), automatic(opens, before, "other", Some(closes)));
    assert_ne!(one, other);
    for at in [one, other] {
        assert!(at >= opens && at < opens + SPREAD);
    }
    assert_eq!(automatic(opens, before, "one", None), one);
}

#[test]
fn asking_again_does_not_move_the_moment_and_what_is_due_goes_now() {
    let (opens, closes) = (at("2026-11-23T00:00:00+03:00"), at("2026-11-25T23:59:59+03:00"));
    let planned = automatic(opens, opens - TimeDelta::days(3), "phone", Some(closes));
    assert_eq!(automatic(opens, opens, "phone", Some(closes)), planned);
    assert_eq!(automatic(opens, planned, "phone", Some(closes)), planned);
    let late = planned + TimeDelta::hours(9);
    assert_eq!(automatic(opens, late, "phone", Some(closes)), late);
    assert_eq!(automatic(second(0), late, "phone", Some(closes)), late, "captured without a network");
}

#[test]
fn the_spread_shrinks_towards_the_close() {
    let closes = at("2026-11-25T23:59:59+03:00");
    for (left, widest) in [(48, 6 * 60), (12, 6 * 60), (6, 3 * 60), (1, 30)] {
        let due = closes - TimeDelta::hours(left);
        let latest = (0..200).map(|n| automatic(due, due, &n.to_string(), Some(closes)) - due).max().unwrap();
        assert!(latest <= TimeDelta::minutes(widest), "{left} hours before the close: {latest}");
        assert!(latest * 10 > TimeDelta::minutes(widest) * 9, "{left} hours before the close: {latest}");
    }
    assert_eq!(automatic(closes, closes, "phone", Some(closes)), closes);
    let after = closes + TimeDelta::hours(1);
    assert_eq!(automatic(after, after, "phone", Some(closes)), after, "late: at once");
}

#[test]
fn no_wait_sleeps_through_the_rest_of_a_window() {
    let closes = at("2026-11-25T23:59:59+03:00");
    let now = closes - TimeDelta::hours(10);
    let tomorrow = now + TimeDelta::days(1);
    assert_eq!(within_window(tomorrow, now, Some(closes)), now + TimeDelta::hours(5));
    let soon = now + TimeDelta::minutes(2);
    assert_eq!(within_window(soon, now, Some(closes)), soon);
    assert_eq!(within_window(tomorrow, closes, Some(closes)), tomorrow, "the window is over");
    assert_eq!(within_window(tomorrow, now, None), tomorrow);
}

proptest! {
    #[test]
    fn a_wait_lies_between_its_bounds(attempts in 0_u64..100, asked in proptest::option::of(any::<u64>()), drawn: u64) {
        let waited = wait(attempts, asked, |limit| if limit == u64::MAX { drawn } else { drawn % (limit + 1) });
        let asked = i64::try_from(asked.unwrap_or(0).min(64_800)).unwrap();
        prop_assert!(waited.num_seconds() >= asked + 5);
        prop_assert!(waited.num_seconds() <= asked + 21_600);
    }

    #[test]
    fn an_automatic_attempt_is_never_too_early_and_never_too_late(
        not_before in 0_i64..4_000_000_000, now in 0_i64..4_000_000_000, left in 1_i64..1_000_000, phone: String,
    ) {
        let (not_before, now) = (second(not_before), second(now));
        let closes = not_before + TimeDelta::seconds(left);
        let tried = automatic(not_before, now, &phone, Some(closes));
        prop_assert!(tried >= not_before && tried >= now);
        prop_assert!(tried < closes || now >= closes);
        prop_assert!(tried <= now.max(not_before + TimeDelta::seconds(left) / 2));
        prop_assert_eq!(automatic(not_before, tried, &phone, Some(closes)), tried);
    }

    #[test]
    fn a_slot_lies_within_its_span(phone: String, span in 0_i64..10_000_000_000) {
        let span = TimeDelta::milliseconds(span);
        let slot = slot(&phone, span);
        prop_assert!(slot >= TimeDelta::zero() && slot < span.max(TimeDelta::milliseconds(1)));
    }

    #[test]
    fn a_wait_within_a_window_ends_before_its_close(
        now in 0_i64..4_000_000_000, wait in -1_000_000_i64..1_000_000, left in 2_i64..1_000_000,
    ) {
        let now = second(now);
        let (due, closes) = (now + TimeDelta::seconds(wait), now + TimeDelta::seconds(left));
        let cut = within_window(due, now, Some(closes));
        prop_assert!(cut >= now && cut < closes && cut <= due.max(now));
    }
}

#[test]
fn clocks_at_the_ends_of_time_break_nothing() {
    let (first, last) = (DateTime::<chrono::Utc>::MIN_UTC, DateTime::<chrono::Utc>::MAX_UTC);
    for (not_before, now, closes) in
        [(first, last, last), (last, first, first), (last, first, last), (first, first, last)]
    {
        assert!(automatic(not_before, now, "phone", Some(closes)) >= now);
        assert!(within_window(not_before, now, Some(closes)) >= now.min(not_before));
        assert!(automatic(not_before, now, "phone", None) >= now);
    }
}
