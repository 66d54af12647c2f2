//! Dated prices at their borders.

use super::*;
use crate::cost::fixtures::{COLD, HOT, tariff, terms};
use crate::history::fixtures::{period, volume};

fn dated() -> Terms {
    let until = Some("2026-12-31".parse().unwrap());
    Terms {
        tariffs: vec![
            Tariff { until, ..tariff(COLD, Some("2026-07-01"), 4_000) },
            tariff(COLD, Some("2025-07-01"), 3_500),
        ],
        ..terms()
    }
}

fn cold(month: &str) -> Result<i64, Unknown> {
    dated().tariff(COLD, period(month))
}

fn none_since(day: Option<&str>) -> Result<i64, Unknown> {
    Err(Unknown::Tariff { resource: COLD, since: day.map(|day| day.parse().unwrap()) })
}

#[test]
fn a_month_has_the_tariff_of_its_first_day() {
    assert_eq!(cold("2026-06"), Ok(3_500));
    assert_eq!(cold("2026-07"), Ok(4_000));
    assert_eq!(cold("2026-12"), Ok(4_000));
}

#[test]
fn a_tariff_that_begins_within_a_month_holds_from_the_next() {
    let terms =
        Terms { tariffs: vec![tariff(COLD, None, 1), tariff(COLD, Some("2026-07-02"), 2)], ..terms() };
    assert_eq!(terms.tariff(COLD, period("2026-07")), Ok(1));
    assert_eq!(terms.tariff(COLD, period("2026-08")), Ok(2));
}

#[test]
fn after_the_last_day_of_the_last_tariff_there_is_none_and_the_day_is_named() {
    assert_eq!(cold("2027-01"), none_since(Some("2027-01-01")));
    assert_eq!(cold("2025-06"), none_since(None));
    let on_its_last_day = Some("2027-01-01".parse().unwrap());
    let terms =
        Terms { tariffs: vec![Tariff { until: on_its_last_day, ..tariff(COLD, None, 7) }], ..terms() };
    assert_eq!(terms.tariff(COLD, period("2027-01")), Ok(7));
}

#[test]
fn every_service_has_its_own_tariff() {
    assert_eq!(terms().tariff(HOT, period("2026-11")), Ok(11_306));
    assert_eq!(dated().tariff(HOT, period("2026-11")), Err(Unknown::Tariff { resource: HOT, since: None }));
}

#[test]
fn the_norm_is_for_everybody_who_lives_there() {
    assert_eq!(terms().norm(COLD, period("2026-11")), Ok(volume("9").into()));
    assert_eq!(
        Terms { residents: Some(1), ..terms() }.norm(COLD, period("2026-11")),
        Ok(volume("4.5").into())
    );
}

#[test]
fn where_nobody_lives_or_nobody_said_the_norm_is_not_known() {
    for residents in [None, Some(0), Some(-1)] {
        assert_eq!(Terms { residents, ..terms() }.norm(COLD, period("2026-11")), Err(Unknown::Residents));
    }
}

#[test]
fn a_norm_is_dated_too() {
    let norm =
        |from: &str, units| Norm { resource: HOT, from: Some(from.parse().unwrap()), volume: volume(units) };
    let terms = Terms { norms: vec![norm("2026-07-01", "3"), norm("2026-09-01", "4")], ..terms() };
    assert_eq!(terms.norm(HOT, period("2026-06")), Err(Unknown::Norm { resource: HOT }));
    assert_eq!(terms.norm(HOT, period("2026-08")), Ok(volume("6").into()));
    assert_eq!(terms.norm(HOT, period("2026-09")), Ok(volume("8").into()));
    assert_eq!(terms.norm(COLD, period("2026-09")), Err(Unknown::Norm { resource: COLD }));
}
