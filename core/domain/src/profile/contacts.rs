//! How to reach the utility without its server.

use serde::{Deserialize, Serialize};

use super::{Dictation, Hours, LetterTemplate, ProfileProblems, Sms};

/// How to reach the utility without its server.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contacts {
    /// Telephones.
    #[serde(default)]
    pub phones: Vec<Phone>,
    /// Where residents come in person.
    pub office: Option<Office>,
    /// Address that takes readings.
    pub readings_email: Option<String>,
    /// Address that takes the application for an account.
    pub application_email: Option<String>,
    /// Address of the secretary (приёмная).
    pub reception_email: Option<String>,
    /// Text messages with readings.
    pub sms: Option<Sms>,
    /// How a letter with readings looks; absent where any form will do.
    pub letter: Option<LetterTemplate>,
    /// What is said on the telephone; absent where any words will do.
    pub dictation: Option<Dictation>,
}

/// Where residents come in person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// As one writes it on a letter.
    pub address: String,
    /// When it is open; absent where that is not known.
    pub hours: Option<Hours>,
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

impl Contacts {
    pub(super) fn check(&self, problems: &mut ProfileProblems) {
        for (index, phone) in self.phones.iter().enumerate() {
            phone.check(&format!("contacts.phones[{index}]"), problems);
        }
        if let Some(office) = &self.office {
            problems.unless(!office.address.trim().is_empty(), "contacts.office.address", "is empty");
            if let Some(hours) = &office.hours {
                hours.check("contacts.office.hours", problems);
            }
        }
        for (name, address) in [
            ("readings_email", &self.readings_email),
            ("application_email", &self.application_email),
            ("reception_email", &self.reception_email),
        ] {
            let fine = address.as_deref().is_none_or(is_email);
            problems.unless(fine, format!("contacts.{name}"), "is not an e-mail address");
        }
        if let Some(sms) = &self.sms {
            sms.check(problems);
        }
        if let Some(letter) = &self.letter {
            letter.check(problems);
        }
        if let Some(dictation) = &self.dictation {
            dictation.check(problems);
        }
    }
}

impl Phone {
    fn check(&self, path: &str, problems: &mut ProfileProblems) {
        let fine = self.number.strip_prefix('+').is_some_and(|digits| {
            (7..=15).contains(&digits.len())
                && digits.bytes().all(|b| b.is_ascii_digit())
                && !digits.starts_with('0')
        });
        problems.unless(fine, format!("{path}.number"), "is not + and 7–15 digits, as in a tel: link");
        problems.unless(!self.display.trim().is_empty(), format!("{path}.display"), "is empty");
        if let Some(hours) = &self.hours {
            hours.check(&format!("{path}.hours"), problems);
        }
    }
}

/// Whether a text has the form of an e-mail address; whether anybody reads it there, nobody knows.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let clean =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c == '@' || c == ',');
    let dotted = domain.split('.').count() > 1 && domain.split('.').all(|label| !label.is_empty());
    clean(local) && clean(domain) && dotted
}
