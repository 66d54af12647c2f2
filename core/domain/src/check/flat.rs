//! The flats that the checks are tried on.

use super::*;
use crate::{Average, CheckRules, Dial, FractionPolicy, Typed, Volume};

/// A flat of five-drum meters, the one in question first.
pub(super) struct Flat {
    pub(super) past: Past,
    pub(super) siblings: Vec<Sibling>,
    pub(super) dial: Dial,
    pub(super) limit: Option<i64>,
    pub(super) rules: CheckRules,
}

pub(super) fn units(units: i64) -> Volume {
    Volume::from_units(units)
}

pub(super) fn past(last: i64, usual: Option<i64>) -> Past {
    let usual = usual.and_then(|usual| Average::over(units(usual * 6), 6));
    Past { last: Some(units(last)), months: 1, usual }
}

/// A meter that showed 123 a month ago and uses four a month.
pub(super) fn usual_flat() -> Flat {
    flat(123, Some(4))
}

pub(super) fn flat(last: i64, usual: Option<i64>) -> Flat {
    Flat {
        past: past(last, usual),
        siblings: Vec::new(),
        dial: Dial::new(5, 3).unwrap(),
        limit: None,
        rules: CheckRules::default(),
    }
}

impl Flat {
    pub(super) fn beside(
        mut self,
        meter_id: &str,
        last: i64,
        usual: Option<i64>,
        value: Option<i64>,
    ) -> Self {
        self.siblings.push(Sibling {
            meter_id: meter_id.to_owned(),
            past: past(last, usual),
            value: value.map(units),
            dial: Dial::new(5, 3).unwrap(),
        });
        self
    }

    pub(super) fn with_limit(mut self, limit: i64) -> Self {
        self.limit = Some(limit);
        self
    }

    pub(super) fn after(mut self, months: i32) -> Self {
        self.past.months = months;
        self
    }

    pub(super) fn judged(
        &self,
        text: &str,
        claim: Claim,
        confirmed: &[Doubt],
    ) -> Result<Judgement, ClaimProblem> {
        let typed = Typed::parse(text, self.dial).unwrap();
        let policy = FractionPolicy::Truncate;
        let taken = Taken {
            value: typed.keep(policy, self.dial).value,
            digits: Some(&typed),
            dial: self.dial,
            policy,
            limit: self.limit.map(units),
            claim,
            confirmed,
        };
        judge(&taken, &self.past, &self.siblings, &self.rules)
    }

    pub(super) fn asked(&self, text: &str) -> Option<Question> {
        self.judged(text, Claim::None, &[]).unwrap().question
    }

    pub(super) fn doubt(&self, text: &str) -> Option<Doubt> {
        self.asked(text).map(|q| q.doubt)
    }

    pub(super) fn guess(&self, text: &str) -> Option<Guess> {
        self.asked(text).unwrap_or_else(|| panic!("{text} is not asked about")).guess
    }

    /// The cause and the suggested value.
    pub(super) fn guessed(&self, text: &str) -> Option<(Cause, Option<String>)> {
        self.guess(text).map(|g| (g.cause, g.suggestion.map(|s| s.value.to_string())))
    }
}

pub(super) fn value(cause: Cause, value: &str) -> Option<(Cause, Option<String>)> {
    Some((cause, Some(value.to_owned())))
}
