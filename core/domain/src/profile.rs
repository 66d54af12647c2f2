//! The utility as data: what another city changes without touching code.
//!
//! A profile is JSON. Kursk's is compiled in; another one is handed over by the shell. Reading one checks
//! everything, and a refusal names the field.

use chrono::{Datelike, NaiveTime};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{Calendar, EarlyReadings, FractionPolicy, Instant, WindowRule};

/// The profile that is compiled in.
const KURSK: &str = include_str!("../profiles/kursk.json");

/// A utility.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The name that residents know.
    pub name: String,
    /// IANA name of the zone that business dates are in.
    pub zone: String,
    /// How the zone is called after a time: «по Москве».
    pub zone_phrase: String,
    /// The server.
    pub portal: Portal,
    /// When readings are taken.
    pub window: WindowRule,
    /// What happens to a reading taken before the window opens.
    #[serde(default)]
    pub early_readings: EarlyReadings,
    /// What becomes of the fraction.
    #[serde(default)]
    pub fraction: FractionPolicy,
    /// Phones and addresses.
    #[serde(default)]
    pub contacts: Contacts,
    /// Whom to pay; absent where it is not known.
    pub bank: Option<Bank>,
    /// Facts that are not certain, for whoever edits the file.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// Where the utility's server is and whom to trust about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Portal {
    /// `https://host[:port]`; plain `http` only for this very machine, for trying things out.
    pub base_url: String,
    /// PEM certificates trusted for this host besides Mozilla's roots.
    #[serde(default)]
    pub extra_roots: Vec<String>,
}

/// How to reach the utility without its server.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contacts {
    /// Telephones.
    #[serde(default)]
    pub phones: Vec<Phone>,
    /// Address that takes readings.
    pub readings_email: Option<String>,
    /// Text messages with readings.
    pub sms: Option<Sms>,
}

/// A telephone line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phone {
    /// What it is for.
    pub purpose: PhonePurpose,
    /// As in a `tel:` link: `+74712226333`.
    pub number: String,
    /// As people write it.
    pub display: String,
    /// When it answers; absent where that is not known.
    pub hours: Option<Hours>,
}

/// What a line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhonePurpose {
    /// Аварийная служба.
    Emergency,
    /// Приёмная.
    Reception,
    /// Передача показаний.
    Readings,
}

/// When a line answers, in the utility's zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Not on Saturday and Sunday.
    #[serde(default)]
    pub weekdays_only: bool,
    /// `HH:MM`, with `until`; without both, all day or unknown within the day.
    pub from: Option<NaiveTime>,
    /// `HH:MM`, exclusive.
    pub until: Option<NaiveTime>,
    /// Day and night, every day.
    #[serde(default)]
    pub always: bool,
}

/// How a text message with readings looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sms {
    /// Where to.
    pub number: String,
    /// The message, with `{account}` and `{readings}`.
    pub message: String,
    /// One reading, with `{serial}`, `{resource}` and `{value}`.
    pub reading: String,
    /// Between readings.
    pub separator: String,
}

/// Whom to pay (ГОСТ Р 56042-2014).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bank {
    /// Name of the payee, at most 160 characters.
    pub name: String,
    /// Account of the payee, 20 digits.
    pub account: String,
    /// Name of the bank, at most 45 characters.
    pub bank: String,
    /// БИК, 9 digits.
    pub bic: String,
    /// Correspondent account, at most 20 digits.
    pub correspondent: String,
    /// These are no real details: documents say so.
    #[serde(default)]
    pub sample: bool,
}

/// Why a profile can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("profile field {field}: {reason}")]
pub struct ProfileProblem {
    /// Path of the field: `window.opens.day`.
    pub field: String,
    /// What is wrong with it.
    pub reason: String,
}

impl Profile {
    /// The compiled-in profile of Kursk.
    ///
    /// # Errors
    /// Never, as a test reads it; a signature without panics all the same.
    pub fn kursk() -> Result<Self, ProfileProblem> {
        Self::from_json(KURSK)
    }

    /// Reads and checks a profile.
    ///
    /// # Errors
    /// [`ProfileProblem`] names the field and what is wrong with it.
    pub fn from_json(json: &str) -> Result<Self, ProfileProblem> {
        let profile: Self = serde_json::from_str(json).map_err(|e| problem("(file)", &e.to_string()))?;
        profile.check()?;
        Ok(profile)
    }

    /// The calendar of the utility.
    #[must_use]
    pub fn calendar(&self) -> Calendar {
        let calendar = Calendar::new(self.zone.parse().unwrap_or(Tz::UTC), self.window);
        Calendar { early: self.early_readings, ..calendar }
    }

    /// The host of the server, for messages.
    #[must_use]
    pub fn host(&self) -> &str {
        let after_scheme = self.portal.base_url.split_once("://").map_or("", |(_, rest)| rest);
        after_scheme.split(['/', ':']).next().unwrap_or("")
    }

    fn check(&self) -> Result<(), ProfileProblem> {
        if self.name.trim().is_empty() {
            return Err(problem("name", "is empty"));
        }
        if self.zone.parse::<Tz>().is_err() {
            return Err(problem("zone", "is not in the zone database"));
        }
        self.window.validate().map_err(|e| problem("window", &e.to_string()))?;
        if let FractionPolicy::Keep(digits) = self.fraction
            && digits > 4
        {
            return Err(problem("fraction.keep", "is more than 4 digits"));
        }
        self.check_portal()?;
        self.check_bank()
    }

    fn check_portal(&self) -> Result<(), ProfileProblem> {
        let url = &self.portal.base_url;
        if self.host().is_empty() {
            return Err(problem("portal.base_url", "is not a web address"));
        }
        let this_machine = matches!(self.host(), "127.0.0.1" | "localhost");
        if !(url.starts_with("https://") || (url.starts_with("http://") && this_machine)) {
            return Err(problem("portal.base_url", "must begin with https://"));
        }
        Ok(())
    }

    fn check_bank(&self) -> Result<(), ProfileProblem> {
        let Some(bank) = &self.bank else {
            return Ok(());
        };
        let digits =
            |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(&bank.account, 20) {
            return Err(problem("bank.account", "is not 20 digits"));
        }
        if !digits(&bank.bic, 9) {
            return Err(problem("bank.bic", "is not 9 digits"));
        }
        if bank.name.chars().count() > 160 || bank.bank.chars().count() > 45 {
            return Err(problem("bank.name", "or bank.bank is too long for a payment code"));
        }
        Ok(())
    }
}

impl Hours {
    /// Whether the line answers at a moment; `None` when the profile does not say at which hours.
    #[must_use]
    pub fn open_at(&self, at: Instant, zone: Tz) -> Option<bool> {
        if self.always {
            return Some(true);
        }
        let local = at.with_timezone(&zone);
        if self.weekdays_only && local.weekday().number_from_monday() > 5 {
            return Some(false);
        }
        match (self.from, self.until) {
            (Some(from), Some(until)) => Some((from..until).contains(&local.time())),
            (None | Some(_), None | Some(_)) => None,
        }
    }
}

fn problem(field: &str, reason: &str) -> ProfileProblem {
    ProfileProblem { field: field.to_owned(), reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(change: impl Fn(&mut serde_json::Value)) -> String {
        let mut json: serde_json::Value = serde_json::from_str(KURSK).unwrap();
        change(&mut json);
        Profile::from_json(&json.to_string()).unwrap_err().field
    }

    #[test]
    fn kursk_is_compiled_in_and_sound() {
        let kursk = Profile::kursk().unwrap();
        assert_eq!(kursk.zone, "Europe/Moscow");
        assert_eq!(kursk.fraction, FractionPolicy::Truncate);
    }

    #[test]
    fn a_refusal_names_the_field() {
        assert_eq!(refused(|p| p["window"]["closes"]["day"] = 22.into()), "window");
        assert_eq!(refused(|p| p["zone"] = "Europe/Kursk".into()), "zone");
        assert_eq!(refused(|p| p["portal"]["base_url"] = "http://example.org".into()), "portal.base_url");
        assert_eq!(refused(|p| p["portal"]["base_url"] = "vodokanal".into()), "portal.base_url");
        assert_eq!(refused(|p| p["name"] = " ".into()), "name");
        assert_eq!(refused(|p| p["widnow"] = 1.into()), "(file)");
    }

    #[test]
    fn the_readings_line_is_closed_at_the_weekend_and_silent_about_its_hours() {
        let kursk = Profile::kursk().unwrap();
        let line = kursk.contacts.phones.iter().find(|p| p.purpose == PhonePurpose::Readings).unwrap();
        let hours = line.hours.as_ref().unwrap();
        let at = |text: &str| chrono::DateTime::parse_from_rfc3339(text).unwrap().to_utc();
        let zone = kursk.calendar().zone;
        assert_eq!(hours.open_at(at("2026-11-22T12:00:00+03:00"), zone), Some(false), "a Sunday");
        assert_eq!(hours.open_at(at("2026-11-23T12:00:00+03:00"), zone), None, "a Monday");
    }
}
