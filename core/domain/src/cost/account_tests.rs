//! What a month would cost an account, in words.

use super::*;
use crate::Volume;
use crate::cost::fixtures::{COLD, HOT, SEWAGE, meter, readings, tariff, terms};
use crate::history::fixtures::{dial, period, point};

fn of(meters: &[MeterPast], terms: &Terms) -> AccountForecast {
    forecast_account(meters, period("2026-11"), terms)
}

fn rows(forecast: &AccountForecast) -> Vec<(Resource, Basis, Option<i64>)> {
    forecast.lines.iter().map(|l| (l.resource, l.basis, l.kopecks)).collect()
}

#[test]
fn sewage_is_cold_plus_hot_and_each_line_is_rounded_once() {
    let thirds = |last, months| vec![point("2026-07", 100), point("2026-10", last), point(months, 90)];
    let meters = [meter(COLD, thirds(110, "2026-01")), meter(HOT, readings("2026-11", 8, 2, 50))];
    let forecast = of(&meters, &terms());
    // Cold 20/9 m³ by the average, hot 2 m³ read, sewage 38/9 m³.
    assert_eq!(
        rows(&forecast),
        [
            (COLD, Basis::Average, Some(8_533)),
            (HOT, Basis::Meter, Some(22_612)),
            (SEWAGE, Basis::Average, Some(10_513)),
        ]
    );
    assert_eq!(forecast.lines[2].volume, Average::over(Volume::from_units(38), 9));
    assert_eq!(forecast.lines[0].meter_id.as_deref(), Some("cold_water"));
    assert_eq!(forecast.lines[2].meter_id, None);
    assert_eq!(forecast.kopecks, Some(8_533 + 22_612 + 10_513));
}

#[test]
fn sewage_rests_on_the_weakest_of_its_parts() {
    let meters = [meter(COLD, Vec::new()), meter(HOT, readings("2026-10", 7, 2, 50))];
    let bases: Vec<Basis> = of(&meters, &terms()).lines.iter().map(|l| l.basis).collect();
    assert_eq!(bases, [Basis::Norm, Basis::Average, Basis::Norm]);
}

#[test]
fn what_is_not_known_is_named_once_and_there_is_no_sum() {
    let few =
        Terms { residents: None, tariffs: vec![tariff(COLD, None, 1), tariff(HOT, None, 1)], ..terms() };
    let forecast = of(&[meter(COLD, Vec::new()), meter(HOT, Vec::new())], &few);
    let no_price = Unknown::Tariff { resource: SEWAGE, since: None };
    assert_eq!((forecast.kopecks, forecast.unknown), (None, vec![Unknown::Residents, no_price]));
    assert_eq!(forecast.lines[2].volume, None);
}

#[test]
fn an_account_without_meters_has_nothing_to_forecast() {
    assert_eq!(of(&[], &terms()), AccountForecast { lines: Vec::new(), kopecks: None, unknown: Vec::new() });
}

#[test]
fn a_reading_after_the_verification_ended_does_not_make_the_line() {
    let points = readings("2026-11", 8, 2, 50);
    let until = points[7].taken_at;
    let expired =
        MeterPast { id: "c".to_owned(), resource: COLD, dial: dial(), points, verified_until: until };
    assert_eq!(of(&[expired], &terms()).lines[0].basis, Basis::Average);
}
