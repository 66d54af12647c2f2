//! Use, averages, forecasts and bills against Python's `fractions` and `decimal`, as JSON.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use vodomer_domain::{
    Average, Basis, LineVerdict, MeterPast, MonthUse, UseKind, Verdict, Why, check_charge, cost, forecast,
    forecast_account, past, use_by_month,
};

use super::costs_cases::{Case, Generator};
use super::python::ask;

const CASES_OF_A_KIND: usize = 2_000;

#[test]
#[allow(clippy::print_stdout, reason = "how much was compared is part of the proof")]
fn use_averages_forecasts_and_bills_are_what_fractions_make_them() {
    let mut generator = Generator::seeded(0x766f_646f_6d65_7221);
    let cases: Vec<Case> = (0..CASES_OF_A_KIND).flat_map(|_| generator.one_of_each_kind()).collect();
    let lines: Vec<String> = cases.iter().map(|case| case.to_json().to_string()).collect();
    let expected: Vec<Value> =
        ask("costs.py", &lines).iter().map(|answer| serde_json::from_str(answer).unwrap()).collect();
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for (case, expected) in cases.iter().zip(&expected) {
        let answer = answer(case);
        assert_eq!(answer, *expected, "ours, then the oracle's, of {}", case.to_json());
        *met.entry(case.what().to_owned()).or_default() += 1;
        let named = answer["why"].as_array().into_iter().flatten().chain(answer.get("verdict"));
        for name in named.filter_map(Value::as_str) {
            *met.entry(name.to_owned()).or_default() += 1;
        }
    }
    for (name, count) in &met {
        println!("{count:6} {name}");
        assert!(*count >= 20, "the cases hardly meet {name}");
    }
    assert_eq!(met.len(), 4 + 3 + 18, "every verdict and every reason was met");
    println!("costs.py: {} cases compared", cases.len());
}

fn answer(case: &Case) -> Value {
    match case {
        Case::Cost { volume, months, kopecks } => {
            json!(cost(Average::over(*volume, *months).unwrap(), *kopecks))
        }
        Case::History { meter, period, miss } => {
            let past = past(&meter.points, meter.dial, *period, miss);
            json!({
                "uses": use_by_month(&meter.points, meter.dial).iter().map(month_use).collect::<Vec<_>>(),
                "usual": past.usual.map(fraction),
                "last": past.last.map(|last| fraction(last.into())),
                "months": past.months,
            })
        }
        Case::Forecast { meters, period, terms } => {
            let one = |meter: &MeterPast| {
                let f = forecast(meter, *period, chrono::DateTime::UNIX_EPOCH, terms);
                json!([f.missed_before, f.basis.code(), f.norm_from, f.volume.map(fraction), f.kopecks])
            };
            let total = forecast_account(meters, *period, terms).kopecks;
            json!({ "meters": meters.iter().map(one).collect::<Vec<_>>(), "total": total })
        }
        Case::Bill { charge, meters, terms } => {
            let verdict = check_charge(charge, meters, terms);
            let mut why: Vec<&str> =
                verdict.lines.iter().flat_map(|l| &l.why).chain(&verdict.why).map(name).collect();
            why.sort_unstable();
            let amount = |line: &LineVerdict| line.expected_kopecks;
            json!({
                "expected": verdict.lines.iter().map(amount).collect::<Vec<_>>(),
                "difference": verdict.difference_kopecks,
                "why": why,
                "verdict": match verdict.verdict {
                    Verdict::Right => "right",
                    Verdict::Differs => "differs",
                    Verdict::CannotTell { .. } => "cannot tell",
                },
            })
        }
    }
}

fn month_use(month: &MonthUse) -> Value {
    let kind = match month.kind {
        UseKind::Metered => "metered",
        UseKind::Spread => "spread",
        UseKind::Estimated => "estimated",
        UseKind::Norm => "norm",
    };
    json!([month.period, fraction(month.used), kind, month.source.map(|source| source.code())])
}

/// In lowest terms, as Python writes a `Fraction`.
fn fraction(average: Average) -> String {
    let numerator = i128::from(average.total().ten_thousandths());
    let denominator = i128::from(average.months()) * 10_000;
    let (mut a, mut b) = (numerator.abs(), denominator);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    if denominator == a {
        format!("{}", numerator / a)
    } else {
        format!("{}/{}", numerator / a, denominator / a)
    }
}

fn name(why: &Why) -> &'static str {
    match why {
        Why::FromValueDiffers { .. } => "FromValueDiffers",
        Why::ToValueDiffers { .. } => "ToValueDiffers",
        Why::VolumeDiffers { .. } => "VolumeDiffers",
        Why::TariffDiffers { .. } => "TariffDiffers",
        Why::ArithmeticDiffers { .. } => "ArithmeticDiffers",
        Why::ChargedByAverageThoughReadingWasTaken { .. } => "ChargedByAverageThoughReadingWasTaken",
        Why::BasisDiffers { expected: Basis::Meter | Basis::Average | Basis::Norm, .. } => "BasisDiffers",
        Why::SewageNotTheSum { .. } => "SewageNotTheSum",
        Why::MissingLine => "MissingLine",
        Why::ChargedTwice => "ChargedTwice",
        Why::TotalDiffers { .. } => "TotalDiffers",
        Why::NotKnown { .. } => "Unknown",
        Why::UnknownBasis { .. } => "UnknownBasis",
        Why::UnknownMeter => "UnknownMeter",
        Why::NoReading => "NoReading",
        Why::NoEarlierValue => "NoEarlierValue",
        Why::TooFewReadings => "TooFewReadings",
        Why::NoWater => "NoWater",
    }
}
