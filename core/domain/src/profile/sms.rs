//! Text messages with readings: utilities' formats differ.

use serde::{Deserialize, Serialize};

use super::ProfileProblems;

/// How a text message with readings looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sms {
    /// Where to: `+79…` or a short number.
    pub number: String,
    /// The message, with `{account}` and `{readings}`.
    pub message: String,
    /// One reading, with `{serial}`, `{resource}` and `{value}`.
    pub reading: String,
    /// Between readings.
    pub separator: String,
}

impl Sms {
    pub(super) fn check(&self, problems: &mut ProfileProblems) {
        let digits = self.number.strip_prefix('+').unwrap_or(&self.number);
        let fine = (3..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        problems.unless(fine, "contacts.sms.number", "is not 3–15 digits, with or without a +");
        check_template(
            "contacts.sms.message",
            &self.message,
            &["account", "readings"],
            &["account", "readings"],
            problems,
        );
        check_template(
            "contacts.sms.reading",
            &self.reading,
            &["value"],
            &["serial", "resource", "value"],
            problems,
        );
        problems.unless(
            !self.separator.is_empty(),
            "contacts.sms.separator",
            "is empty: readings would run together",
        );
    }
}

fn check_template(field: &str, text: &str, needed: &[&str], known: &[&str], problems: &mut ProfileProblems) {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (brace, after) = rest.split_at(at).1.split_at(1);
        let Some((name, after)) = after.split_once('}').filter(|_| brace == "{") else {
            return problems.add(field, "has a brace without its fellow");
        };
        problems.unless(known.contains(&name), field, format!("{{{name}}} is unknown here"));
        found.push(name);
        rest = after;
    }
    for name in needed {
        problems.unless(found.contains(name), field, format!("{{{name}}} is missing"));
    }
}
