//! Text messages with readings: utilities' formats differ.

use serde::{Deserialize, Serialize};

use super::letter::OF_A_READING;
use super::{ProfileProblems, template};

/// How a text message with readings looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sms {
    /// Where to: `+79…` or a short number.
    pub number: String,
    /// The message, with `{account}` and `{readings}`.
    pub message: String,
    /// One reading, with `{resource}`, `{place}`, `{zone}`, `{serial}` and `{value}`.
    pub reading: String,
    /// Between readings.
    pub separator: String,
    /// The short form that the utility takes as well, where all readings don't fit into two segments otherwise.
    pub short: Option<ShortSms>,
}

/// A shorter form of the same message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShortSms {
    /// As [`Sms::message`].
    pub message: String,
    /// As [`Sms::reading`].
    pub reading: String,
    /// Between readings.
    pub separator: String,
}

impl Sms {
    pub(super) fn check(&self, problems: &mut ProfileProblems) {
        let digits = self.number.strip_prefix('+').unwrap_or(&self.number);
        let fine = (3..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        problems.unless(fine, "contacts.sms.number", "is not 3–15 digits, with or without a +");
        check_form("contacts.sms", &self.message, &self.reading, &self.separator, problems);
        if let Some(short) = &self.short {
            check_form("contacts.sms.short", &short.message, &short.reading, &short.separator, problems);
        }
    }
}

fn check_form(path: &str, message: &str, reading: &str, separator: &str, problems: &mut ProfileProblems) {
    let whole = ["account", "readings"];
    template::check(&format!("{path}.message"), message, &whole, &whole, problems);
    template::check(&format!("{path}.reading"), reading, &["value"], &OF_A_READING, problems);
    let runs_together = "is empty: readings would run together";
    problems.unless(!separator.is_empty(), format!("{path}.separator"), runs_together);
}
