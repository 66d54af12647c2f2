//! Use, averages, forecasts and bills against an oracle: Python's `fractions` and `decimal`.
//!
//! Cases come from a fixed seed and go to `oracles/costs.py` as JSON, a line each; the answers are compared as JSON.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test")]

#[path = "oracles/costs_cases.rs"]
mod cases;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use cases::{Case, Generator};
use serde_json::{Value, json};
use vodomer_domain::{
    Average, Basis, LineVerdict, MeterPast, MonthUse, UseKind, Verdict, Why, check_charge, cost, forecast,
    forecast_account, past, use_by_month,
};

const CASES_OF_A_KIND: usize = 2_000;

#[test]
fn use_averages_forecasts_and_bills_are_what_fractions_make_them() {
    let mut generator = Generator::seeded(0x766f_646f_6d65_7221);
    let cases: Vec<Case> = (0..CASES_OF_A_KIND).flat_map(|_| generator.one_of_each_kind()).collect();
    let expected = ask_python(&cases.iter().map(Case::to_json).collect::<Vec<_>>());
    assert_eq!(expected.len(), cases.len(), "one answer a case");
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
    println!("{} cases compared with Python's fractions and decimals", cases.len());
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

fn ask_python(cases: &[Value]) -> Vec<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracles/costs.py");
    let mut python = Command::new("python3")
        .arg(&script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 has to be installed: it is the oracle that this test compares with");
    let lines: Vec<String> = cases.iter().map(Value::to_string).collect();
    // The script reads everything before it answers, so that neither side waits for the other.
    python.stdin.take().unwrap().write_all(lines.join("\n").as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "the oracle failed");
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}
