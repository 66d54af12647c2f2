//! What the screen of the past shows.

use super::*;
use crate::history::fixtures::{dial, guess, period, point, replaced, turned, units};

fn points() -> Vec<Point> {
    vec![point("2026-06", 100), point("2026-07", 104), guess("2026-08", 109), point("2026-10", 115)]
}

#[test]
fn the_bars_end_with_the_month_asked_for_and_a_month_nobody_knows_has_none() {
    let bars = chart(&points(), dial(), period("2026-11"), 6);
    let shown: Vec<(String, Option<i64>)> =
        bars.iter().map(|b| (b.period.to_string(), b.units.map(units))).collect();
    let expected = [
        ("2026-06", None),
        ("2026-07", Some(4)),
        ("2026-08", Some(4)),
        ("2026-09", Some(4)),
        ("2026-10", Some(4)),
        ("2026-11", None),
    ];
    assert_eq!(shown, expected.map(|(month, bar)| (month.to_owned(), bar)));
}

#[test]
fn a_spread_use_is_rounded_once_for_the_bar_and_once_for_its_number() {
    let bars = chart(&points(), dial(), period("2026-10"), 1);
    assert_eq!(bars[0].used.unwrap().to_string(), "3.6667");
    assert_eq!(bars[0].units.unwrap().to_string(), "4");
}

#[test]
fn only_what_was_read_off_the_dial_in_its_own_month_is_not_hatched() {
    let open = [point("2026-06", 100), point("2026-07", 104), guess("2026-08", 109)];
    let hatched = |points: &[Point], last| -> Vec<bool> {
        chart(points, dial(), period(last), 3).iter().map(|b| b.hatched).collect()
    };
    assert_eq!(hatched(&open, "2026-08"), [false, false, true]);
    assert_eq!(hatched(&points(), "2026-10"), [true, true, true]);
    assert_eq!(chart(&open, dial(), period("2026-08"), 3)[2].kind, Some(UseKind::Estimated));
}

#[test]
fn a_chart_has_as_many_bars_as_asked_for_within_reason() {
    let count = |months| chart(&points(), dial(), period("2026-11"), months).len();
    assert_eq!([count(12), count(0), count(-1), count(120), count(i32::MAX)], [12, 0, 0, 120, 120]);
}

#[test]
fn the_list_has_every_standing_value_with_its_source_the_newest_first() {
    let listed = list(&points(), dial());
    let shown: Vec<_> = listed.iter().map(|r| (r.period.to_string(), units(r.value), r.source)).collect();
    let row = |month: &str, value, source| (month.to_owned(), value, source);
    let expected = [
        row("2026-10", 115, Source::App),
        row("2026-08", 109, Source::Estimated),
        row("2026-07", 104, Source::App),
        row("2026-06", 100, Source::App),
    ];
    assert_eq!(shown, expected);
    assert_eq!(listed[0].used.map(|u| (units(u.total()), u.months())), Some((11, 3)));
    assert_eq!((listed[1].kind, listed[2].kind), (Some(UseKind::Spread), Some(UseKind::Metered)));
    assert_eq!((listed[3].used, listed[3].kind), (None, None));
}

#[test]
fn the_list_tells_of_turned_dials_and_replaced_meters() {
    let points = [point("2026-09", 99_999), turned(point("2026-10", 2)), replaced(point("2026-11", 1), 4, 0)];
    let listed = list(&points, dial());
    assert_eq!([listed[0].rolled_over, listed[1].rolled_over], [false, true]);
    assert_eq!(listed[0].replaced.map(|r| units(r.final_value)), Some(4));
    assert_eq!(listed[1].replaced, None);
}
