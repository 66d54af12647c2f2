//! The application for an account (заявление на регистрацию): what the resident types, checked field by field.
//!
//! It holds a passport. So nothing of it has `Debug`, serializes or is compared, problems name fields and never values,
//! and all of it is overwritten with zeros when it is dropped.
//!
//! Old people type it, from a passport under a lamp: spaces, dashes and points are no mistakes.

mod contact;
mod date;
mod name;
mod passport;
mod problem;

use chrono::NaiveDate;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::account_number;

pub use problem::{RegistrationField, RegistrationProblem, RegistrationReason};

use problem::Problems;

/// What the resident has typed, as it was typed.
///
/// ```compile_fail
/// let form = vodomer_domain::RegistrationForm::default();
/// format!("{form:?}"); // Nobody logs a passport by mistake.
/// ```
#[derive(Default, Clone, Zeroize, ZeroizeOnDrop)]
pub struct RegistrationForm {
    /// Фамилия.
    pub surname: String,
    /// Имя.
    pub name: String,
    /// Отчество; empty for those who have none.
    pub patronymic: String,
    /// Day of birth: day, month, year.
    pub born_on: String,
    /// Series of the passport, 4 digits; with the number behind it, that may stay empty.
    pub passport_series: String,
    /// Number of the passport, 6 digits.
    pub passport_number: String,
    /// Who issued it.
    pub issued_by: String,
    /// The day of issue: day, month, year.
    pub issued_on: String,
    /// Код подразделения, 3 digits and 3 digits.
    pub department_code: String,
    /// Where the flat is.
    pub address: String,
    /// Account number; empty where it is not known.
    pub account: String,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
}

/// A form without a mistake, written as papers write it.
///
/// ```compile_fail
/// fn shown<T: std::fmt::Debug>() {}
/// shown::<vodomer_domain::Registration>();
/// ```
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Registration {
    /// Surname, name and patronymic.
    pub full_name: String,
    /// `01.02.1960`.
    pub born_on: String,
    /// `00 00`.
    pub passport_series: String,
    /// `000000`.
    pub passport_number: String,
    /// Who issued it.
    pub issued_by: String,
    /// `01.02.1960`.
    pub issued_on: String,
    /// `000-000`.
    pub department_code: String,
    /// Where the flat is.
    pub address: String,
    /// Account number; empty where it is not known.
    pub account: String,
    /// `+7 (000) 000-00-00`, or another country's digits behind a `+`.
    pub phone: String,
    /// E-mail.
    pub email: String,
}

/// Who issued a passport and where somebody lives: more is no such thing.
const LONGEST_TEXT: usize = 250;

impl RegistrationForm {
    /// Checks everything, so that one try tells all that is wrong. `today` is the day at the utility's.
    ///
    /// # Errors
    /// Each field with what is wrong about it, in the order of the form; never empty.
    pub fn checked(&self, today: NaiveDate) -> Result<Registration, Vec<RegistrationProblem>> {
        use RegistrationField as Field;
        let mut problems = Problems::default();
        let surname = problems.of(Field::Surname, name::checked(&self.surname));
        let name = problems.of(Field::Name, name::checked(&self.name));
        let patronymic = if self.patronymic.trim().is_empty() {
            String::new()
        } else {
            problems.of(Field::Patronymic, name::checked(&self.patronymic))
        };
        let born = problems.of(Field::BornOn, date::birth(&self.born_on, today));
        let (series, number) = passport::parts(&self.passport_series, &self.passport_number);
        let passport_series = problems.of(Field::PassportSeries, passport::series(&series));
        let passport_number = problems.of(Field::PassportNumber, passport::digits(&number, 6));
        let issued_by = problems.of(Field::IssuedBy, text(&self.issued_by));
        let issued = problems.of(Field::IssuedOn, date::issue(&self.issued_on, born, today));
        let department_code = problems.of(Field::DepartmentCode, passport::code(&self.department_code));
        let address = problems.of(Field::Address, text(&self.address));
        let account = if self.account.trim().is_empty() {
            String::new()
        } else {
            let account = account_number(&self.account).map_err(|_| RegistrationReason::NotAnAccount);
            problems.of(Field::Account, account)
        };
        let phone = problems.of(Field::Phone, contact::phone(&self.phone));
        let email = problems.of(Field::Email, contact::email(&self.email));
        problems.none()?;
        let mut full_name = String::with_capacity(surname.len() + name.len() + patronymic.len() + 2);
        for mut part in [surname, name, patronymic] {
            if !full_name.is_empty() && !part.is_empty() {
                full_name.push(' ');
            }
            full_name.push_str(&part);
            part.zeroize();
        }
        Ok(Registration {
            full_name,
            born_on: date::written(born),
            passport_series,
            passport_number,
            issued_by,
            issued_on: date::written(issued),
            department_code,
            address,
            account,
            phone,
            email,
        })
    }
}

/// A text of several words; spaces and line breaks in a row are one space.
fn text(typed: &str) -> Result<String, RegistrationReason> {
    let mut text = String::with_capacity(typed.len());
    for word in typed.split_whitespace() {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    match text.chars().count() {
        0 => Err(RegistrationReason::Empty),
        1..=LONGEST_TEXT if text.chars().any(char::is_alphabetic) => Ok(text),
        1..=LONGEST_TEXT => Err(RegistrationReason::NoWords),
        _ => Err(RegistrationReason::TooLong { most: 250 }),
    }
}

#[cfg(test)]
#[path = "registration_tests.rs"]
mod tests;
