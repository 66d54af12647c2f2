//! What holds for any bill.

use proptest::prelude::*;

use crate::history::fixtures::{any_points, dial, period};
use crate::{Average, ChargeLine, Instant, MissRules, Norm, Resource, Tariff, Volume};

use super::*;

fn any_raw() -> BoxedStrategy<i64> {
    prop_oneof![any::<i64>(), -100_000_i64..1_000_000, Just(i64::MIN), Just(i64::MAX)].boxed()
}

fn any_volume() -> BoxedStrategy<Volume> {
    any_raw().prop_map(Volume::from_ten_thousandths).boxed()
}

fn any_resource() -> impl Strategy<Value = Resource> {
    prop::sample::select(vec![Resource::ColdWater, Resource::HotWater, Resource::Sewage])
}

fn any_meters() -> impl Strategy<Value = Vec<MeterPast>> {
    let one = (any_resource(), any_points(any_raw()), prop::option::of(-5_i64..5)).prop_map(
        |(resource, points, until)| {
            let verified_until = until.and_then(|s| Instant::from_timestamp(s, 0));
            MeterPast { id: resource.code().to_owned(), resource, dial: dial(), points, verified_until }
        },
    );
    prop::collection::vec(one, 0..4)
}

fn any_terms() -> impl Strategy<Value = Terms> {
    let tariff = (any_resource(), any_raw()).prop_map(|(resource, kopecks)| Tariff {
        resource,
        from: None,
        until: None,
        kopecks,
    });
    let norm =
        (any_resource(), any_volume()).prop_map(|(resource, volume)| Norm { resource, from: None, volume });
    let miss = (any::<i32>(), any::<i32>(), any::<i32>()).prop_map(
        |(average_months, fewest_months, periods_by_average)| MissRules {
            average_months,
            fewest_months,
            periods_by_average,
        },
    );
    let miss = prop_oneof![miss, Just(MissRules::default())];
    let lists = (prop::collection::vec(tariff, 0..4), prop::collection::vec(norm, 0..4));
    (miss, lists, prop::option::of(any::<i32>()), any::<u8>()).prop_map(
        |(miss, (tariffs, norms), residents, places)| Terms { miss, tariffs, norms, residents, places },
    )
}

fn any_line() -> impl Strategy<Value = ChargeLine> {
    let basis =
        prop::sample::select(vec!["meter", "meter", "average", "norm", "benefit", "recalculation", "moon"]);
    let numbers =
        (prop::option::of(any_volume()), prop::option::of(any_volume()), any_volume(), any_raw(), any_raw());
    (prop::option::weighted(0.9, any_resource()), any::<bool>(), basis, numbers).prop_map(
        |(resource, named, basis, (from_value, to_value, volume, tariff_kopecks, amount_kopecks))| {
            ChargeLine {
                resource,
                meter_id: resource.filter(|_| named).map(|r| r.code().to_owned()),
                basis: basis.to_owned(),
                from_value,
                to_value,
                volume,
                tariff_kopecks,
                amount_kopecks,
                ..ChargeLine::default()
            }
        },
    )
}

proptest! {
    #[test]
    fn a_cost_is_the_nearest_kopeck_and_of_two_the_upper(
        total in -1_000_000_000_000_i64..1_000_000_000_000,
        months in 1_i32..500,
        kopecks in -1_000_000_i64..1_000_000,
    ) {
        let average = Average::over(Volume::from_ten_thousandths(total), months).unwrap();
        let divisor = i128::from(months) * 10_000;
        let off = i128::from(cost(average, kopecks)) * divisor - i128::from(total) * i128::from(kopecks);
        prop_assert!(-divisor < 2 * off && 2 * off <= divisor);
    }

    #[test]
    fn no_number_that_a_server_may_send_overflows(
        meters in any_meters(),
        terms in any_terms(),
        lines in prop::collection::vec(any_line(), 0..6),
        total_kopecks in any_raw(),
    ) {
        let october = period("2026-10");
        for meter in &meters {
            let forecast = forecast(meter, october, Instant::UNIX_EPOCH, &terms);
            prop_assert_eq!(forecast.kopecks.is_none(), !forecast.unknown.is_empty());
        }
        let account = forecast_account(&meters, october, &terms);
        prop_assert_eq!(account.kopecks.is_none(), !account.unknown.is_empty() || meters.is_empty());
        let charge = ChargeToCheck { period: october, lines, total_kopecks };
        let verdict = check_charge(&charge, &meters, &terms);
        prop_assert!(verdict.lines.len() >= charge.lines.len());
    }

    #[test]
    fn a_verdict_is_what_its_reasons_say(
        meters in any_meters(),
        terms in any_terms(),
        lines in prop::collection::vec(any_line(), 0..6),
        total_kopecks in any_raw(),
    ) {
        let charge = ChargeToCheck { period: period("2026-10"), lines, total_kopecks };
        let verdict = check_charge(&charge, &meters, &terms);
        let reasons: Vec<&Why> = verdict.lines.iter().flat_map(|l| &l.why).chain(&verdict.why).collect();
        let expected = if reasons.iter().any(|why| why.is_difference()) {
            "differs"
        } else if reasons.is_empty() {
            "right"
        } else {
            "cannot tell"
        };
        let said = match &verdict.verdict {
            Verdict::Right => "right",
            Verdict::Differs => "differs",
            Verdict::CannotTell { why } => {
                prop_assert!(why.iter().all(|why| reasons.contains(&why)));
                "cannot tell"
            }
        };
        prop_assert_eq!(said, expected);
        for line in &verdict.lines {
            if line.why.is_empty() {
                prop_assert!(line.difference_kopecks.abs() <= 1, "a difference has a reason");
            }
        }
    }
}
