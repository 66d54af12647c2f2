//! Pasts to test with.

use proptest::prelude::*;

use crate::{Dial, Instant, Period, Replacement, Source, Volume};

use super::Point;

pub(crate) fn period(text: &str) -> Period {
    text.parse().unwrap()
}

pub(crate) fn instant(text: &str) -> Instant {
    text.parse().unwrap()
}

pub(crate) fn volume(text: &str) -> Volume {
    text.parse().unwrap()
}

/// Whole units; the tests that use it have nothing behind the comma.
pub(crate) fn units(volume: Volume) -> i64 {
    assert_eq!(volume, volume.truncated());
    volume.ten_thousandths() / 10_000
}

/// Five black digits, three red ones.
pub(crate) fn dial() -> Dial {
    Dial::new(5, 3).unwrap()
}

/// A resident's reading that the utility has.
pub(crate) fn point(month: &str, value: i64) -> Point {
    let period = period(month);
    let at = period.first_day().and_hms_opt(12, 0, 0).unwrap().and_utc() + chrono::TimeDelta::days(23);
    Point {
        period,
        value: Volume::from_units(value),
        source: Source::App,
        taken_at: Some(at),
        received_at: Some(at),
        rolled_over: false,
        replaced: None,
    }
}

/// The utility's average.
pub(crate) fn guess(month: &str, value: i64) -> Point {
    Point { source: Source::Estimated, ..point(month, value) }
}

/// The dial went over its end.
pub(crate) fn turned(point: Point) -> Point {
    Point { rolled_over: true, ..point }
}

/// The meter was replaced.
pub(crate) fn replaced(point: Point, final_value: i64, initial_value: i64) -> Point {
    let (final_value, initial_value) = (Volume::from_units(final_value), Volume::from_units(initial_value));
    Point { replaced: Some(Replacement { final_value, initial_value }), ..point }
}

/// Any source.
pub(crate) fn any_source() -> impl Strategy<Value = Source> {
    prop::sample::select(vec![
        Source::App,
        Source::App,
        Source::Inspector,
        Source::Import,
        Source::Estimated,
        Source::Norm,
    ])
}

/// Points within some years, with values out of `raw`; several a month, in any order.
pub(crate) fn any_points(
    raw: impl Strategy<Value = i64> + Clone + 'static,
) -> impl Strategy<Value = Vec<Point>> {
    let volume = raw.prop_map(Volume::from_ten_thousandths);
    let replaced = (volume.clone(), volume.clone())
        .prop_map(|(final_value, initial_value)| Replacement { final_value, initial_value });
    let received =
        prop::option::weighted(0.8, 0_i64..4).prop_map(|s| s.and_then(|s| Instant::from_timestamp(s, 0)));
    let one =
        (0_u32..40, volume, any_source(), received, any::<bool>(), prop::option::weighted(0.2, replaced))
            .prop_map(|(back, value, source, received_at, rolled_over, replaced)| Point {
                period: period("2026-11").months_back(back),
                value,
                source,
                taken_at: received_at,
                received_at,
                rolled_over,
                replaced,
            });
    prop::collection::vec(one, 0..14)
}
