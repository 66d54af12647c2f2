//! The same random year to both: every answer alike.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use vodomer_core::portal::wire;
use vodomer_soak::utility::{COLD, HOT, LOGIN, PASSWORD};

use crate::sides::{At, Model, Real, Side, instant, item, post};

/// Posts in the random year; an HTTP call and two transactions each.
const POSTS: usize = 300;

#[test]
fn whatever_is_posted_the_model_answers_like_the_cabinet() {
    for seed in 0..3 {
        let mut rng = fastrand::Rng::with_seed(seed);
        let (model, real) = (Model::new(), Real::new());
        let mut now = instant(At::BEFORE);
        let mut tokens =
            [&model as &dyn Side, &real].map(|side| side.portal().login(LOGIN, PASSWORD).unwrap().body);
        let mut names = Names::default();
        let mut values = BTreeMap::from([(COLD, 119_i64), (HOT, 82)]);
        let mut posted: Vec<Value> = Vec::new();
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for step in 0..POSTS {
            now += TimeDelta::minutes(rng.i64(0..60 * 40));
            for (side, tokens) in [&model as &dyn Side, &real].into_iter().zip(&mut tokens) {
                side.set_clock(now);
                *tokens = side.portal().refresh(&tokens.refresh_token).unwrap().body;
            }
            if rng.u8(..) < 12 {
                let last = month(now - TimeDelta::days(28));
                model.bill(&last);
                let _ = real_bill(&real, &last);
            }
            let next = if !posted.is_empty() && rng.u8(..) < 60 {
                posted[rng.usize(..posted.len())].clone()
            } else {
                random_item(&mut rng, now, &mut values, &names)
            };
            posted.push(next.clone());
            let answers = [
                post(&model, &tokens[0].access_token, &[names.for_the_model(&next)]),
                post(&real, &tokens[1].access_token, &[names.for_the_cabinet(&next)]),
            ]
            .map(|mut answers| answers.remove(0));
            names.learn(&answers);
            let [of_model, of_real] = answers.each_ref().map(|answer| names.comparable(answer));
            assert_eq!(of_model, of_real, "seed {seed}, step {step}, {now}: {next}");
            *seen.entry(answers[0].code.clone().unwrap_or_else(|| answers[0].status.clone())).or_default() +=
                1;
        }
        assert!(seen.len() >= 8, "the year was not rich enough: {seen:?}");
        let [of_model, of_real] = [&model as &dyn Side, &real].map(|side| names.listed(side));
        assert_eq!(of_model, of_real, "seed {seed}: the lists at the end");
    }
}

/// Both number their readings as they like: the pairs that are the same reading.
#[derive(Default)]
struct Names(Vec<(String, String)>);

impl Names {
    fn learn(&mut self, answers: &[wire::ItemAnswer; 2]) {
        if let (Some(a), Some(b)) = (&answers[0].reading_id, &answers[1].reading_id)
            && !self.0.iter().any(|(known, _)| known == a)
        {
            self.0.push((a.clone(), b.clone()));
        }
    }

    fn common(&self, id: &str) -> String {
        let place = self.0.iter().position(|(a, b)| a == id || b == id);
        place.map_or_else(|| "of the utility".to_owned(), |place| place.to_string())
    }

    fn with_name(item: &Value, name: impl Fn(usize) -> String) -> Value {
        let mut item = item.clone();
        if let Some(place) = item["supersedes"].as_u64() {
            item["supersedes"] = name(usize::try_from(place).unwrap()).into();
        }
        item
    }

    fn for_the_model(&self, item: &Value) -> Value {
        Self::with_name(item, |place| self.0[place].0.clone())
    }

    fn for_the_cabinet(&self, item: &Value) -> Value {
        Self::with_name(item, |place| self.0[place].1.clone())
    }

    /// Everything of an answer but ids, receipts and words for developers.
    fn comparable(&self, answer: &wire::ItemAnswer) -> String {
        let mut params = answer.params.clone();
        params.remove("reason");
        params.remove("opens_at");
        if let Some(id) = params.get("reading_id").and_then(Value::as_str) {
            let id = self.common(id);
            params.insert("reading_id".to_owned(), id.into());
        }
        let id = answer.reading_id.as_deref().map(|id| self.common(id));
        let (period, at) = (answer.effective_period.map(|p| p.to_string()), answer.received_at);
        format!("{} {:?} {id:?} {period:?} {at:?} {params:?}", answer.status, answer.code)
    }

    fn listed(&self, side: &dyn Side) -> Vec<String> {
        let page = side.portal().changes(&side.sign_in(), None).unwrap().body;
        let line = |r: &wire::Reading| {
            let past = r.period.to_string().as_str() < "2026-11";
            (!past).then(|| {
                format!(
                    "{} {} {} {} {} {:?}",
                    r.meter_id, r.period, r.value, r.source, r.status, r.client_item_id
                )
            })
        };
        let mut lines: Vec<String> = page.readings.iter().filter_map(line).collect();
        lines.sort();
        let charges = page.charges.iter().filter(|c| c.period.to_string().as_str() > "2026-10");
        lines.extend(charges.map(|c| {
            let lines: Vec<_> = c.lines.iter().map(|l| (&l.basis, l.volume, l.amount_kopecks)).collect();
            format!("{} {} {lines:?}", c.period, c.total_kopecks)
        }));
        lines
    }
}

fn month(at: DateTime<Utc>) -> String {
    at.format("%Y-%m").to_string()
}

fn real_bill(real: &Real, period: &str) -> Result<(), String> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| real.bill(period)))
        .map_err(|_| period.to_owned())
}

fn random_item(
    rng: &mut fastrand::Rng,
    now: DateTime<Utc>,
    values: &mut BTreeMap<&'static str, i64>,
    names: &Names,
) -> Value {
    let meter = if rng.bool() { COLD } else { HOT };
    let value = values.entry(meter).or_default();
    *value += rng.i64(0..3);
    let value = match rng.u8(..) {
        0..200 => *value,
        200..220 => *value + 30,
        220..235 => *value - 20,
        235..245 => *value * 10,
        _ => 3,
    };
    let taken = now - TimeDelta::minutes(if rng.bool() { 5 } else { rng.i64(0..60 * 24 * 6) });
    let meant = match rng.u8(..) {
        0..220 => month(taken),
        220..240 => month(taken + TimeDelta::days(30)),
        _ => month(taken - TimeDelta::days(30)),
    };
    let mut but = json!({ "taken_at": taken, "period": meant });
    match rng.u8(..) {
        0..30 => but["confirmed"] = json!(["higher"]),
        30..40 => but["rollover"] = json!(true),
        40..50 => {
            let end = (value + 5).to_string();
            but["replacement"] = json!({ "final_value": end, "initial_value": "0", "serial": null });
            return item(meter, "2", &but);
        }
        50..54 => but["meter_version"] = json!(3),
        54..150 if !names.0.is_empty() => {
            but["supersedes"] = json!(names.0.len() - 1 - rng.usize(..names.0.len().min(3)))
        }
        _ => {}
    }
    item(meter, &value.to_string(), &but)
}
