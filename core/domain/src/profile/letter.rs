//! Readings by e-mail and by telephone: how the utility wants them said.

use serde::{Deserialize, Serialize};

use super::{ProfileProblems, template};

/// What a reading can be told by.
pub(super) const OF_A_READING: [&str; 5] = ["resource", "place", "zone", "serial", "value"];

/// How a letter with readings looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterTemplate {
    /// Its subject, with `{account}`, `{address}` and `{month}`.
    pub subject: String,
    /// Its text, with `{account}`, `{address}`, `{month}` and `{readings}`, one reading a line.
    pub body: String,
    /// One reading, with `{resource}`, `{place}`, `{zone}`, `{serial}`, `{value}`, and `{note}` for what explains it.
    pub reading: String,
}

/// What is said on the telephone, to a person or to an answering machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dictation {
    /// The account number, with `{account}`, its digits in groups.
    pub account: String,
    /// One reading, with `{resource}`, `{place}`, `{zone}`, `{serial}`, `{value}` in groups, and `{words}` spelled out.
    pub reading: String,
}

impl LetterTemplate {
    pub(super) fn check(&self, problems: &mut ProfileProblems) {
        let of_a_letter = ["account", "address", "month"];
        template::check("contacts.letter.subject", &self.subject, &["account"], &of_a_letter, problems);
        let with_readings = ["account", "address", "month", "readings"];
        let needed = ["account", "readings"];
        template::check("contacts.letter.body", &self.body, &needed, &with_readings, problems);
        let known: Vec<&str> = OF_A_READING.into_iter().chain(["note"]).collect();
        template::check("contacts.letter.reading", &self.reading, &["value"], &known, problems);
        problems.unless(
            !self.subject.contains(['\r', '\n']),
            "contacts.letter.subject",
            "has more than one line",
        );
    }
}

impl Dictation {
    pub(super) fn check(&self, problems: &mut ProfileProblems) {
        let account = ["account"];
        template::check("contacts.dictation.account", &self.account, &account, &account, problems);
        let known: Vec<&str> = OF_A_READING.into_iter().chain(["words"]).collect();
        template::check("contacts.dictation.reading", &self.reading, &["value"], &known, problems);
    }
}
