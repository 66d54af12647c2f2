//! What missing this month would cost, in words.

use chrono::NaiveDate;

use super::*;
use crate::cost::fixtures::{COLD, HOT, meter, readings, tariff, terms};
use crate::history::fixtures::{instant, period, point};

fn of(meter: &MeterPast, month: &str, terms: &Terms) -> MissForecast {
    forecast(meter, period(month), instant("2026-11-25T12:00:00Z"), terms)
}

#[test]
fn a_first_miss_costs_the_average() {
    let mut points = readings("2026-10", 7, 4, 100);
    points[0] = point("2026-04", 75);
    let forecast = of(&meter(COLD, points), "2026-11", &terms());
    assert_eq!((forecast.missed_before, forecast.basis), (0, Basis::Average));
    assert_eq!(forecast.norm_from, Some(period("2027-02")));
    assert_eq!(forecast.volume, Average::over(Volume::from_units(25), 6));
    assert_eq!(forecast.about().unwrap().to_string(), "4");
    assert_eq!(forecast.kopecks, Some(16_000), "25/6 m³ at 38.40");
    assert!(forecast.unknown.is_empty() && !forecast.verification_expired);
}

#[test]
fn a_fourth_miss_costs_the_norm_and_no_factor_on_it() {
    let forecast = of(&meter(COLD, readings("2026-07", 7, 4, 100)), "2026-11", &terms());
    assert_eq!((forecast.missed_before, forecast.basis), (3, Basis::Norm));
    assert_eq!(forecast.volume, Some(Volume::from_units(9).into()));
    assert_eq!(forecast.kopecks, Some(9 * 3_840));
}

#[test]
fn a_reading_of_the_month_itself_is_not_looked_at() {
    let meter = meter(COLD, readings("2026-11", 8, 4, 100));
    let forecast = of(&meter, "2026-11", &terms());
    assert_eq!((forecast.basis, forecast.missed_before), (Basis::Average, 0));
}

#[test]
fn without_a_tariff_the_volume_is_told_and_the_cost_is_not() {
    let priceless = Terms { tariffs: vec![tariff(HOT, None, 1)], ..terms() };
    let forecast = of(&meter(COLD, readings("2026-10", 7, 4, 100)), "2026-11", &priceless);
    assert_eq!(forecast.about(), Some(Volume::from_units(4)));
    assert_eq!(forecast.kopecks, None);
    assert_eq!(forecast.unknown, [Unknown::Tariff { resource: COLD, since: None }]);
}

#[test]
fn where_the_norm_is_due_and_not_known_it_says_what_is_missing() {
    let unknown = |terms: &Terms| {
        let forecast = of(&meter(COLD, Vec::new()), "2026-11", terms);
        assert_eq!((forecast.volume, forecast.kopecks, forecast.about()), (None, None, None));
        forecast.unknown
    };
    assert_eq!(unknown(&Terms { residents: None, ..terms() }), [Unknown::Residents]);
    assert_eq!(unknown(&Terms { norms: Vec::new(), ..terms() }), [Unknown::Norm { resource: COLD }]);
    let neither = unknown(&Terms { norms: Vec::new(), tariffs: Vec::new(), ..terms() });
    assert_eq!(neither.len(), 2);
}

#[test]
fn the_average_needs_neither_norm_nor_residents() {
    let few = Terms { residents: None, norms: Vec::new(), ..terms() };
    let forecast = of(&meter(COLD, readings("2026-10", 7, 4, 100)), "2026-11", &few);
    assert_eq!((forecast.kopecks, forecast.unknown), (Some(4 * 3_840), Vec::new()));
}

#[test]
fn the_price_is_the_one_of_the_missed_month() {
    let rising =
        Terms { tariffs: vec![tariff(COLD, None, 100), tariff(COLD, Some("2026-12-01"), 200)], ..terms() };
    let meter = meter(COLD, readings("2026-10", 7, 4, 100));
    assert_eq!(of(&meter, "2026-11", &rising).kopecks, Some(400));
    assert_eq!(of(&meter, "2026-12", &rising).kopecks, Some(800));
}

#[test]
fn an_expired_verification_is_told_and_its_readings_do_not_count() {
    let expiring = |until: &str| MeterPast {
        verified_until: Some(instant(until)),
        ..meter(COLD, readings("2026-10", 10, 4, 100))
    };
    let forecast = of(&expiring("2026-07-01T00:00:00Z"), "2026-11", &terms());
    assert!(forecast.verification_expired);
    assert_eq!((forecast.missed_before, forecast.basis), (4, Basis::Norm));
    assert_eq!(forecast.norm_from, Some(period("2026-10")));
    assert!(of(&expiring("2026-11-25T12:00:00Z"), "2026-11", &terms()).verification_expired);
    assert!(!of(&expiring("2026-11-25T12:00:01Z"), "2026-11", &terms()).verification_expired);
}

#[test]
fn a_tariff_that_has_ended_is_named_with_its_day() {
    let until: NaiveDate = "2026-06-30".parse().unwrap();
    let ended =
        Terms { tariffs: vec![crate::Tariff { until: Some(until), ..tariff(COLD, None, 1) }], ..terms() };
    let unknown = of(&meter(COLD, readings("2026-10", 7, 4, 100)), "2026-11", &ended).unknown;
    assert_eq!(unknown, [Unknown::Tariff { resource: COLD, since: until.succ_opt() }]);
}
