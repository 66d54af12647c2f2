//! What holds for any past.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::history::fixtures::{any_points, dial, period};
use crate::{Dial, MissRules, Volume};

use super::{MonthUse, Point, chart, list, past, standing, use_by_month};

/// The sum of the months' uses in ten-thousandths. Months with one divisor add up to a whole number, because each
/// stretch holds as many of them as it is divided by.
fn sum(months: &[MonthUse]) -> i128 {
    let mut by_divisor: BTreeMap<i32, i128> = BTreeMap::new();
    for month in months {
        *by_divisor.entry(month.used.months()).or_default() +=
            i128::from(month.used.total().ten_thousandths());
    }
    by_divisor
        .into_iter()
        .map(|(divisor, total)| {
            assert_eq!(total % i128::from(divisor), 0, "a stretch has as many months as it is divided by");
            total / i128::from(divisor)
        })
        .sum()
}

/// What stands and was not closed over by a later reading, the first included.
fn counted(points: &[Point]) -> Vec<Point> {
    let mut counted: Vec<Point> = Vec::new();
    for point in standing(points) {
        if point.source.is_actual() {
            while counted.len() > 1 && counted.last().is_some_and(|p| !p.source.is_actual()) {
                counted.pop();
            }
        }
        counted.push(point.clone());
    }
    counted
}

proptest! {
    #[test]
    fn use_telescopes_to_last_minus_first_plus_turns_and_replacements(
        points in any_points(0_i64..1_000_000_000_000),
        whole in 3_u8..=9,
    ) {
        let dial = Dial::new(whole, 0).unwrap();
        let months = use_by_month(&points, dial);
        let counted = counted(&points);
        let raw = |volume: Volume| i128::from(volume.ten_thousandths());
        let (Some(first), Some(last)) = (counted.first(), counted.last()) else {
            prop_assert!(months.is_empty());
            return Ok(());
        };
        let claims: i128 = counted.iter().skip(1).map(|p| {
            let turned = if p.rolled_over { 10_i128.pow(u32::from(whole)) * 10_000 } else { 0 };
            turned + p.replaced.map_or(0, |r| raw(r.final_value) - raw(r.initial_value))
        }).sum();
        prop_assert_eq!(sum(&months), raw(last.value) - raw(first.value) + claims);
        prop_assert_eq!(months.len(), usize::try_from(last.period.months_since(first.period)).unwrap());
        for (month, next) in months.iter().zip(months.iter().skip(1)) {
            prop_assert_eq!(month.period.next(), next.period, "every month once");
        }
    }

    #[test]
    fn a_guess_between_two_readings_changes_nobodys_use(
        points in any_points(0_i64..1_000_000_000),
    ) {
        let readings: Vec<Point> = points.iter().filter(|p| p.source.is_actual()).cloned().collect();
        let (with, without) = (use_by_month(&points, dial()), use_by_month(&readings, dial()));
        for month in without {
            let same = with.iter().find(|m| m.period == month.period).unwrap();
            prop_assert_eq!(same.used, month.used);
        }
        let (november, rules) = (period("2026-11"), MissRules::default());
        prop_assert_eq!(past(&points, dial(), november, &rules), past(&readings, dial(), november, &rules));
    }

    #[test]
    fn no_value_that_a_server_may_send_overflows(
        points in any_points(prop_oneof![any::<i64>(), Just(i64::MIN), Just(i64::MAX)]),
        months in any::<i32>(),
        rules in (any::<i32>(), any::<i32>(), any::<i32>()),
    ) {
        let rules = MissRules { average_months: rules.0, fewest_months: rules.1, periods_by_average: rules.2 };
        let november = period("2026-11");
        let bars = chart(&points, dial(), november, months);
        prop_assert!(bars.len() <= 120);
        prop_assert_eq!(list(&points, dial()).len(), standing(&points).len());
        prop_assert!(use_by_month(&points, dial()).len() < 41);
        prop_assert!(past(&points, dial(), november, &rules).months <= 40);
    }
}
