//! Every zone of the database × 400 years of months × the window rules.
//!
//! 400 years are a whole turn of the Gregorian calendar; those from 1900 to 2299 hold the clocks that were off by
//! seconds, every zone that crossed the date line in the 20th and 21st centuries, and the centuries in which the
//! database has no more jumps. What is expected is worked out beside the code under test: months in `civil`,
//! clocks in `clock`, rules in `rules`; only the offset of a zone at a moment is the library's. Many zones are a
//! second name of the same clock: both have every window compared, and one has every moment around it tried.
//!
//! Some twenty million windows take a minute or two in release mode and an hour without it:
//! `cargo test --profile exhaustive -p vodomer-domain --test every_month -- --nocapture`.

#![allow(clippy::unwrap_used, reason = "a test stops where it is not as told")]

mod civil;
mod clock;
mod rules;

use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta};
use chrono_tz::{TZ_VARIANTS, Tz};
use civil::{FIRST_YEAR, Month, YEARS};
use clock::Clock;
use rules::{Case, cases};
use vodomer_domain::{Instant, Period, Position, TakenWhen, Window};

const A_DAY: i64 = 86_400;

/// Runs a check of one zone over all of them, on every core, and adds up what it counts.
fn in_every_zone(check: impl Fn(Tz) -> usize + Sync) -> usize {
    let next = AtomicUsize::new(0);
    let work = || {
        let zones = std::iter::from_fn(|| TZ_VARIANTS.get(next.fetch_add(1, Ordering::Relaxed)));
        zones.map(|zone| check(*zone)).sum::<usize>()
    };
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).sum()
    })
}

fn moment(second: i64) -> Instant {
    DateTime::from_timestamp(second, 0).unwrap()
}

fn day_number(date: NaiveDate) -> i64 {
    i64::from(date.num_days_from_ce()) - 719_163
}

#[test]
#[cfg_attr(
    debug_assertions,
    ignore = "twenty million windows: cargo test --profile exhaustive --test every_month"
)]
fn every_month_of_400_years_has_its_window_in_every_zone() {
    let (months, cases) = (civil::months(), cases());
    let clocks = Mutex::new(HashSet::new());
    let windows = in_every_zone(|zone| {
        let clock = Clock::of(zone);
        let new_clock = clocks.lock().unwrap().insert(clock.clone());
        cases.iter().map(|case| check_case(zone, (&clock, new_clock), case, &months)).sum()
    });
    let clocks = clocks.into_inner().unwrap().len();
    println!("checked {windows} windows in {} zones ({clocks} different clocks)", TZ_VARIANTS.len());
    assert_eq!(windows, TZ_VARIANTS.len() * cases.len() * YEARS * 12);
    assert!(clocks > 300, "too many zones are one: {clocks}");
}

fn check_case(zone: Tz, (clock, new_clock): (&Clock, bool), case: &Case, months: &[Month]) -> usize {
    let calendar = case.calendar(zone);
    calendar.validate().unwrap();
    let mut before = calendar.window(Period::of(NaiveDate::from_ymd_opt(FIRST_YEAR - 1, 12, 1).unwrap()));
    // The last month is there for the windows that end in it.
    let pairs = months.windows(2);
    let mut now = calendar.window(before.period.next());
    for pair in pairs {
        let next = calendar.window(now.period.next());
        let name = || format!("{zone} {} {case:?}", now.period);
        let (opens, closes) = case.days(pair);
        assert_eq!((day_number(now.opens), day_number(now.closes)), (opens, closes), "{}", name());
        let (start, end) = (clock.first_second_of(opens), clock.first_second_of(closes + 1));
        assert_eq!((now.opens_at, now.closes_at), (moment(start), moment(end)), "{}", name());
        assert!(before.closes < now.opens && before.closes_at <= now.opens_at, "{}", name());
        if new_clock {
            check_edges(zone, clock, now, &name);
            check_positions(&calendar, [now, next], &name);
        }
        if let Some(until) = case.late_until(pair) {
            let place = calendar.place(now.closes_at);
            assert_eq!((place.period, place.taken), (now.period, TakenWhen::Late), "{}", name());
            let until = moment(clock.first_second_of(until + 1));
            let place = calendar.place(until);
            assert_eq!((place.period, place.held_until), (next.period, Some(next.opens_at)), "{}", name());
        }
        (before, now) = (now, next);
    }
    months.len() - 1
}

/// The zone's own calendar turns the page at both ends, or had no such page.
fn check_edges(zone: Tz, clock: &Clock, window: Window, name: &impl Fn() -> String) {
    let date = |at: Instant| at.with_timezone(&zone).date_naive();
    for (day, start) in
        [(window.opens, window.opens_at), (window.closes.succ_opt().unwrap(), window.closes_at)]
    {
        assert!(date(start - TimeDelta::milliseconds(1)) < day, "{}", name());
        let shown = date(start);
        assert!(shown == day || (shown > day && clock.skips(day_number(day))), "{}", name());
    }
}

fn check_positions(
    calendar: &vodomer_domain::Calendar,
    [now, next]: [Window; 2],
    name: &impl Fn() -> String,
) {
    let millisecond = TimeDelta::milliseconds(1);
    let after = if next.opens_at == now.closes_at && next.opens_at < next.closes_at {
        Position::Open(next)
    } else {
        Position::Before(next)
    };
    assert_eq!(calendar.position(now.closes_at), after, "{}", name());
    if now.opens_at < now.closes_at {
        assert_eq!(calendar.position(now.opens_at), Position::Open(now), "{}", name());
        assert_eq!(calendar.position(now.closes_at - millisecond), Position::Open(now), "{}", name());
    }
}

#[test]
#[cfg_attr(
    debug_assertions,
    ignore = "every jump of every zone: cargo test --profile exhaustive --test every_month"
)]
fn around_every_jump_a_time_is_the_first_moment_that_shows_it_or_more() {
    let compared = in_every_zone(|zone| {
        let clock = Clock::of(zone);
        let calendar = cases()[0].calendar(zone);
        let mut compared = 0;
        for local in clock.edges() {
            let wanted = moment(local).naive_utc();
            let found = calendar.at(wanted.date(), wanted.time());
            assert_eq!(found, moment(clock.first_second_showing(local)), "{zone} {wanted}");
            compared += 1;
        }
        compared
    });
    println!("compared {compared} times around jumps in {} zones", TZ_VARIANTS.len());
    assert!(compared > 100_000, "the database has more jumps than this: {compared}");
}

#[test]
fn the_model_itself_knows_a_few_days_by_heart() {
    let months = civil::months();
    assert_eq!(months.len(), YEARS * 12 + 1);
    assert_eq!(months[70 * 12].first_day, 0, "1 January 1970");
    assert_eq!(months[1].length, 28, "1900 was no leap year");
    assert_eq!(months[100 * 12 + 1].length, 29, "2000 was one");
    let samoa = Clock::of(chrono_tz::Pacific::Apia);
    let skipped = day_number(NaiveDate::from_ymd_opt(2011, 12, 30).unwrap());
    assert_eq!([skipped - 1, skipped, skipped + 1].map(|day| samoa.skips(day)), [false, true, false]);
    assert_eq!(samoa.first_second_of(skipped), skipped * A_DAY + 10 * 3_600);
}
