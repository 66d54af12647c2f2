//! How to reach the utility, and who answers now.

use super::{App, Error};
use crate::domain::{Answers, Hours, Instant, Line, PhonePurpose};

/// Everything that the contacts screen shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contacts {
    /// The utility's name.
    pub utility: String,
    /// IANA name of the zone that every time on the screen is in.
    pub zone: String,
    /// How the zone is called after a time: «по Москве».
    pub zone_phrase: String,
    /// The moment that the answers are about, by the utility's clock.
    pub now: Instant,
    /// The telephones, in the utility's order.
    pub lines: Vec<ContactLine>,
    /// Where residents come in person; none where that is not known.
    pub office: Option<ContactOffice>,
    /// The addresses of letters.
    pub emails: Vec<ContactEmail>,
    /// The number that takes text messages with readings; none where none are taken.
    pub sms_number: Option<String>,
}

/// A telephone, and whether somebody answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactLine {
    /// What it is for.
    pub purpose: PhonePurpose,
    /// For a `tel:` link.
    pub number: String,
    /// As people write it.
    pub display: String,
    /// Whether somebody answers.
    pub answers: Answers,
    /// Holidays are not known, and one would make another answer of it: the screen says so beside it.
    pub unless_holiday: bool,
}

/// Where residents come in person, and whether it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactOffice {
    /// As one writes it on a letter.
    pub address: String,
    /// Whether it is open.
    pub answers: Answers,
    /// As of a [`ContactLine`].
    pub unless_holiday: bool,
}

/// An address for letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactEmail {
    /// What it is for.
    pub purpose: EmailPurpose,
    /// The address.
    pub address: String,
}

/// What an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmailPurpose {
    /// Передача показаний.
    Readings,
    /// Заявление на регистрацию.
    Application,
    /// Приёмная.
    Reception,
}

impl App {
    /// How to reach the utility, and who answers at this moment.
    ///
    /// # Errors
    /// The `Storage…` variants: the utility's clock is kept there.
    pub fn contacts(&self) -> Result<Contacts, Error> {
        let (now, zone) = (self.now()?, self.calendar().zone);
        let known = &self.profile.contacts;
        let office = known.office.as_ref().map(|office| ContactOffice {
            address: office.address.clone(),
            answers: Hours::told_at(office.hours.as_ref(), now, zone),
            unless_holiday: office.hours.as_ref().is_some_and(Hours::hang_on_holidays),
        });
        let emails = [
            (EmailPurpose::Readings, &known.readings_email),
            (EmailPurpose::Application, &known.application_email),
            (EmailPurpose::Reception, &known.reception_email),
        ];
        let emails = emails.into_iter().filter_map(|(purpose, address)| {
            address.clone().map(|address| ContactEmail { purpose, address })
        });
        Ok(Contacts {
            utility: self.profile.name.clone(),
            zone: self.profile.zone.clone(),
            zone_phrase: self.profile.zone_phrase.clone(),
            now,
            lines: known.lines_at(now, zone).into_iter().map(line).collect(),
            office,
            emails: emails.collect(),
            sms_number: known.sms.as_ref().map(|sms| sms.number.clone()),
        })
    }
}

fn line(line: Line) -> ContactLine {
    let Line { phone, answers, unless_holiday } = line;
    ContactLine {
        purpose: phone.purpose,
        number: phone.number,
        display: phone.display,
        answers,
        unless_holiday,
    }
}

#[cfg(test)]
#[path = "contacts_tests.rs"]
mod tests;
