//! The form from the shell to the papers, and that nothing of it stays.

use serde_json::json;

use super::*;
use crate::domain::{RegistrationField, RegistrationReason};
use crate::testing::Phone;

/// Nobody's: zeros, and names of samples.
fn form() -> RegistrationForm {
    RegistrationForm {
        surname: "Образцова".into(),
        name: "Проба".into(),
        patronymic: "Примеровна".into(),
        born_on: "1.2.1950".into(),
        passport_series: "00 00".into(),
        passport_number: "000001".into(),
        issued_by: "Отделом неповторимых образцов".into(),
        issued_on: "03.02.1995".into(),
        department_code: "000002".into(),
        address: "ул. Примерная, 12".into(),
        account: "1204417".into(),
        phone: "8 900 000 00 00".into(),
        email: "proba@example.invalid".into(),
    }
}

#[test]
fn a_form_becomes_a_sheet_and_a_letter_to_the_utilitys_address() {
    let contacts = json!({ "application_email": "application@example.invalid", "office": { "address": "ул. Конторская, 1" } });
    let phone = Phone::signed_in_where(&json!({ "contacts": contacts }));
    let Ok(papers) = phone.app.registration_papers(&form()) else { panic!("refused") };
    let sheet = String::from_utf8(papers.html.to_vec()).unwrap();
    assert!(sheet.contains("Образцова Проба Примеровна") && sheet.contains("000-002"), "{sheet}");
    let letter = papers.letter.unwrap();
    assert_eq!(letter.to, "application@example.invalid");
    assert!(letter.subject.contains("1204417") && !letter.body.contains("000-002"));
    assert_eq!(papers.office.as_deref(), Some("ул. Конторская, 1"));
}

#[test]
fn without_an_address_there_is_a_sheet_and_no_letter() {
    let Ok(papers) = Phone::signed_in().app.registration_papers(&form()) else { panic!("refused") };
    assert_eq!((papers.letter, papers.office), (None, None));
    assert!(!papers.html.is_empty());
}

#[test]
fn mistakes_are_named_field_by_field_against_the_utilitys_day() {
    let phone = Phone::signed_in();
    let mut form = form();
    form.passport_number = "1".into();
    form.issued_on = "24.11.2026".into();
    let Err(error) = phone.app.registration_papers(&form) else { panic!("taken") };
    let problem = |field, reason| RegistrationProblem { field, reason };
    let problems = vec![
        problem(RegistrationField::PassportNumber, RegistrationReason::NotDigits { digits: 6 }),
        problem(RegistrationField::IssuedOn, RegistrationReason::InTheFuture),
    ];
    assert_eq!(error, RegistrationError::Form { problems });
    phone.set_clock("2026-11-23T21:00:00Z");
    form.passport_number = "000001".into();
    assert!(phone.app.registration_papers(&form).is_ok(), "it is the 24th in Moscow");
}

#[test]
fn nothing_of_a_form_is_found_in_any_file_afterwards() {
    let phone = Phone::signed_in();
    let mut form = form();
    form.passport_number = "987654".into();
    assert!(phone.app.registration_papers(&form).is_ok());
    let mut looked_at = 0;
    for entry in std::fs::read_dir(phone.dir()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        looked_at += bytes.len();
        for secret in ["Образцова", "987654", "000-002", "неповторимых", "proba@example"]
        {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} in {}", path.display());
        }
    }
    assert!(looked_at > 10_000, "the database was looked at");
}
