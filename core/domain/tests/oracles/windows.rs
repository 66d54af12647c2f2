//! Windows and positions, against Python's `calendar` and `zoneinfo`.
//!
//! Two zone databases of different ages agree about neither the future nor, sometimes, the past: 1990–2019 is
//! taken, without the zones that a release of 2023 or later told anew for those years. Before 1970 even
//! databases of one age differ, by how they were packed.

use chrono::{DateTime, Datelike, Offset, TimeZone};
use chrono_tz::{TZ_VARIANTS, Tz};
use vodomer_domain::{Calendar, Day, Instant, LastDay, Period, Position, WindowEnd, WindowRule};

use super::cases::Cases;
use super::python::{ask, compare};

/// Zones about which releases 2023d to 2025a told these years anew: Vostok, Mongolia, Manila, and names of rules
/// (`WET`, `EST5EDT`) that became second names of cities.
const TOLD_ANEW: [&str; 18] = [
    "Antarctica/Vostok",
    "Asia/Choibalsan",
    "Asia/Hovd",
    "Asia/Manila",
    "Asia/Ulaanbaatar",
    "Asia/Ulan_Bator",
    "CET",
    "CST6CDT",
    "EET",
    "EST",
    "EST5EDT",
    "HST",
    "MET",
    "MST",
    "MST7MDT",
    "PST8PDT",
    "WET",
    "Factory",
];

const A_DAY: i64 = 86_400;
/// 1 January 1990 and 1 January 2020.
const FROM: i64 = 631_152_000;
const UNTIL: i64 = 1_577_836_800;

/// A day, 0 for the last, and whether it is of the month after; for both ends.
type Ends = [(u8, bool); 2];
const RULES: [Ends; 8] = [
    [(23, false), (25, false)],
    [(15, false), (3, true)],
    [(25, false), (5, true)],
    [(28, false), (1, true)],
    [(1, false), (0, false)],
    [(31, false), (27, true)],
    [(30, false), (31, false)],
    [(1, true), (10, true)],
];

fn calendar(zone: Tz, ends: Ends) -> Calendar {
    let [opens, closes] = ends.map(|(day, next_month)| WindowEnd {
        day: if day == 0 { Day::Last(LastDay::Last) } else { Day::Number(day) },
        next_month,
    });
    Calendar::new(zone, WindowRule { opens, closes })
}

fn written(zone: Tz, ends: Ends) -> String {
    let [opens, closes] = ends.map(|(day, next)| format!("{day} {}", u8::from(next)));
    format!("{zone} {opens} {closes}")
}

/// The zones that both databases have and that nobody rewrote.
fn zones() -> Vec<Tz> {
    let told: Vec<Tz> = TZ_VARIANTS.into_iter().filter(|zone| !TOLD_ANEW.contains(&zone.name())).collect();
    let questions: Vec<String> = told.iter().map(|zone| format!("zone {zone}")).collect();
    let known = ask("windows.py", &questions);
    let zones: Vec<Tz> =
        told.into_iter().zip(known).filter(|(_, known)| known == "known").map(|(zone, _)| zone).collect();
    assert!(zones.len() > 550, "python3 knows only {} of {} zones", zones.len(), TZ_VARIANTS.len());
    zones
}

fn moment(second: i64) -> Instant {
    DateTime::from_timestamp(second, 0).unwrap()
}

/// Days of the years on which the zone's clock jumped, by its own calendar, and the days after them.
fn days_of_jumps(zone: Tz) -> Vec<chrono::NaiveDate> {
    let ahead =
        |second: i64| zone.offset_from_utc_datetime(&moment(second).naive_utc()).fix().local_minus_utc();
    (FROM..UNTIL)
        .step_by(86_400)
        .filter(|day| ahead(*day) != ahead(day + A_DAY))
        .flat_map(|day| [day, day + A_DAY])
        .map(|second| moment(second).with_timezone(&zone).date_naive())
        .collect()
}

struct Windows {
    questions: Vec<String>,
    answers: Vec<String>,
}

impl Windows {
    fn add(&mut self, zone: Tz, ends: Ends, period: Period) {
        let window = calendar(zone, ends).window(period);
        self.questions.push(format!("window {} {period}", written(zone, ends)));
        self.answers.push(format!(
            "{} {} {} {}",
            window.opens,
            window.closes,
            window.opens_at.timestamp(),
            window.closes_at.timestamp()
        ));
    }
}

#[test]
fn windows_open_and_close_when_zoneinfo_says_so() {
    let mut cases = Cases::seeded(23);
    let mut windows = Windows { questions: Vec::new(), answers: Vec::new() };
    for zone in zones() {
        for _ in 0..40 {
            let period = Period::of(moment(cases.between(FROM, UNTIL - 62 * A_DAY)).date_naive());
            windows.add(zone, cases.one_of(&RULES), period);
        }
        // A window of the very day on which the clock jumped.
        for day in days_of_jumps(zone) {
            let end = (u8::try_from(day.day()).unwrap(), false);
            windows.add(zone, [end, end], Period::of(day));
        }
    }
    compare("windows.py", &windows.questions, &windows.answers);
}

#[test]
fn any_moment_counts_for_the_period_that_zoneinfo_and_calendar_give_it() {
    let mut cases = Cases::seeded(25);
    let (mut questions, mut answers) = (Vec::new(), Vec::new());
    let zones = zones();
    for _ in 0..10_000 {
        let (zone, ends) = (cases.one_of(&zones), cases.one_of(&RULES));
        let calendar = calendar(zone, ends);
        let mut now = cases.between(FROM + 93 * A_DAY, UNTIL - 93 * A_DAY);
        if cases.between(0, 1) == 1 {
            // Half of them at the very edges.
            let window = calendar.position(moment(now)).window();
            let edge = cases.one_of(&[window.opens_at, window.closes_at]);
            now = edge.timestamp() - cases.between(0, 1);
        }
        let (word, window) = match calendar.position(moment(now)) {
            Position::Open(window) => ("open", window),
            Position::Before(window) => ("before", window),
        };
        let left = (window.days_left(calendar.date(moment(now))), window.hours_left(moment(now)));
        questions.push(format!("position {} {now}", written(zone, ends)));
        answers.push(format!("{word} {} {} {}", window.period, left.0, left.1));
    }
    compare("windows.py", &questions, &answers);
}
