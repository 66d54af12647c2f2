//! The utility as data: what another city changes without touching code.
//!
//! A profile is JSON, described by `profiles/profile.schema.json`. Kursk's is compiled in; another one is handed
//! over by the shell. Reading one checks everything, and a refusal names the field. The shape is refused at its
//! first problem, because what follows can't be read; what a well-shaped profile says wrong is told all at once.

mod bank;
mod check;
pub(crate) mod clock_time;
mod contacts;
mod hours;
mod letter;
mod portal;
mod problem;
mod sms;
mod source_note;
mod template;
mod windows;

use serde::{Deserialize, Serialize};

use super::{
    CheckRules, EarlyReadings, FractionPolicy, LateReadings, MissRules, Norm, ReminderRules, Tariff,
    WindowRule,
};

pub use bank::Bank;
pub(crate) use contacts::is_email;
pub use contacts::{Contacts, Office, Phone, PhonePurpose};
pub use hours::{Answers, Hours, Line};
pub use letter::{Dictation, LetterTemplate};
pub use portal::Portal;
pub use problem::{ProfileProblem, ProfileProblems};
pub use sms::{ShortSms, Sms};
pub use source_note::{FactSource, SourceNote};
pub use template::fill_template;
pub use windows::DatedWindow;

/// The profile that is compiled in.
const KURSK: &str = include_str!("../../profiles/kursk.json");

/// A utility.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Where the schema of the file lies, for editors.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// The name that residents know.
    pub name: String,
    /// IANA name of the zone that business dates are in.
    pub zone: String,
    /// How the zone is called after a time: «по Москве».
    pub zone_phrase: String,
    /// The server.
    pub portal: Portal,
    /// When readings are taken; either this or [`windows`](Self::windows).
    pub window: Option<WindowRule>,
    /// When readings are taken, where the rule has changed or will.
    #[serde(default)]
    pub windows: Vec<DatedWindow>,
    /// What happens to a reading taken before the window opens.
    #[serde(default)]
    pub early_readings: EarlyReadings,
    /// What becomes of a reading taken after the window has closed.
    #[serde(default)]
    pub late_readings: LateReadings,
    /// What becomes of the fraction.
    #[serde(default)]
    pub fraction: FractionPolicy,
    /// Prices; none where they are not known.
    #[serde(default)]
    pub tariffs: Vec<Tariff>,
    /// Use without a meter; none where it is not known.
    #[serde(default)]
    pub norms: Vec<Norm>,
    /// When a value is asked about.
    #[serde(default)]
    pub checks: CheckRules,
    /// How a missed month is charged.
    #[serde(default)]
    pub missed: MissRules,
    /// When reminders ring.
    #[serde(default)]
    pub reminders: ReminderRules,
    /// Phones and addresses.
    #[serde(default)]
    pub contacts: Contacts,
    /// Whom to pay; absent where it is not known.
    pub bank: Option<Bank>,
    /// Where each fact comes from, for whoever edits the file.
    #[serde(default)]
    pub sources: Vec<SourceNote>,
    /// What else whoever edits the file should know.
    #[serde(default)]
    pub notes: Vec<String>,
}

impl Profile {
    /// The compiled-in profile of Kursk.
    ///
    /// # Errors
    /// Never, as a test reads it; a signature without panics all the same.
    pub fn kursk() -> Result<Self, ProfileProblems> {
        Self::from_json(KURSK)
    }

    /// Reads and checks a profile.
    ///
    /// # Errors
    /// [`ProfileProblems`] name each field and what is wrong with it.
    pub fn from_json(json: &str) -> Result<Self, ProfileProblems> {
        let mut reader = serde_json::Deserializer::from_str(json);
        let profile: Self = serde_path_to_error::deserialize(&mut reader).map_err(problem::of_shape)?;
        reader.end().map_err(problem::of_syntax)?;
        check::profile(&profile)?;
        Ok(profile)
    }

    /// The host of the server, for messages.
    #[must_use]
    pub fn host(&self) -> &str {
        self.portal.host()
    }
}

#[cfg(test)]
#[path = "profile_tests.rs"]
mod tests;
