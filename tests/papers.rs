//! The papers as Kotlin gets them, through the exported object.

#![allow(clippy::unwrap_used, reason = "a test stops where it is not as told")]

mod common;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use vodomer::{RegistrationForm, SecretError, SecretStore, UniFfiTag, Vodomer};
use vodomer_core::app::{
    CaptureRequest, OpenOptions, Paper, PaymentError, ReadProblem, RegistrationError, RegistrationField,
};

use common::world::World;

/// A secret store in memory.
#[derive(Default)]
struct Keystore(Mutex<BTreeMap<String, String>>);

impl SecretStore for Keystore {
    fn get(&self, name: String) -> Result<Option<String>, SecretError> {
        Ok(self.0.lock().unwrap().get(&name).cloned())
    }
    fn put(&self, name: String, secret: String) -> Result<(), SecretError> {
        self.0.lock().unwrap().insert(name, secret);
        Ok(())
    }
    fn remove(&self, name: String) -> Result<(), SecretError> {
        self.0.lock().unwrap().remove(&name);
        Ok(())
    }
}

fn vodomer(world: &World) -> Arc<Vodomer> {
    let options = OpenOptions {
        dir: world.dir().to_str().unwrap().to_owned(),
        profile_json: Some(world.profile()),
        app_version: String::new(),
    };
    Vodomer::open(options, Arc::new(Keystore::default()), None).unwrap()
}

/// Nobody's: each field says its own name.
fn form() -> RegistrationForm {
    RegistrationForm {
        surname: "Фамилина".into(),
        name: "Имена".into(),
        patronymic: "Отчествова".into(),
        born_on: "1.2.1950".into(),
        passport_series: "0011".into(),
        passport_number: "000002".into(),
        issued_by: "Кем-то где-то".into(),
        issued_on: "03.04.1995".into(),
        department_code: "000003".into(),
        address: "ул. Адресная, 4".into(),
        account: "1204417".into(),
        phone: "8 900 000 00 05".into(),
        email: "pochta@example.invalid".into(),
    }
}

/// As Kotlin hands it over.
fn crossed(form: RegistrationForm) -> vodomer::EnteredForm {
    let buffer = <RegistrationForm as uniffi::Lower<UniFfiTag>>::lower(form);
    <vodomer::EnteredForm as uniffi::Lift<UniFfiTag>>::try_lift(buffer).unwrap()
}

#[test]
fn every_field_of_the_application_crosses_to_its_own_place_on_the_sheet() {
    let world = World::new();
    let Ok(papers) = vodomer(&world).registration_papers(crossed(form())) else { panic!("refused") };
    let sheet = String::from_utf8(papers.html.to_vec()).unwrap();
    for (what, value) in [
        ("Фамилия, имя, отчество", "Фамилина Имена Отчествова"),
        ("Дата рождения", "01.02.1950"),
        ("Паспорт, серия", "00 11"),
        ("Паспорт, номер", "000002"),
        ("Кем выдан", "Кем-то где-то"),
        ("Дата выдачи", "03.04.1995"),
        ("Код подразделения", "000-003"),
        ("Адрес", "ул. Адресная, 4"),
        ("Лицевой счёт", "1204417"),
        ("Телефон", "+7 (900) 000-00-05"),
        ("Электронная почта", "pochta@example.invalid"),
    ] {
        assert!(sheet.contains(&format!("{what}</th><td>{value}</td>")), "{what}: {sheet}");
    }
}

#[test]
fn a_mistake_in_the_application_crosses_as_a_field_and_a_reason() {
    let world = World::new();
    let wrong = RegistrationForm { email: "почта".into(), ..form() };
    let Err(RegistrationError::Form { problems }) = vodomer(&world).registration_papers(crossed(wrong))
    else {
        panic!("taken")
    };
    assert_eq!(problems.iter().map(|p| p.field).collect::<Vec<_>>(), [RegistrationField::Email]);
}

#[test]
fn what_is_no_form_is_refused_whole() {
    let mut buffer = <RegistrationForm as uniffi::Lower<UniFfiTag>>::lower(form()).destroy_into_vec();
    buffer.push(0);
    let buffer = uniffi::RustBuffer::from_vec(buffer);
    assert!(<vodomer::EnteredForm as uniffi::Lift<UniFfiTag>>::try_lift(buffer).is_err());
}

#[test]
fn receipts_codes_cards_tables_and_messages_are_one_call_each() {
    let world = World::new();
    let vodomer = vodomer(&world);
    vodomer.login(&world.credentials()).unwrap();
    let account = vodomer.home().unwrap().flats[0].account_id.clone();
    let charge = vodomer.charges(&account).unwrap().remove(0);
    let roll = vodomer.receipt_on(&account, charge.period, Paper::Roll80).unwrap();
    assert!(roll.file_name.ends_with("-80mm.html") && roll.html.starts_with("<!DOCTYPE html>"));
    match vodomer.payment_code(&account, charge.period) {
        Ok(code) => {
            assert_eq!(code.kopecks, charge.due_kopecks);
            let scanned = vodomer::scan_payment_code(&code.text).unwrap();
            assert_eq!((scanned.kopecks, scanned.period), (Some(charge.due_kopecks), Some(charge.period)));
            let bytes = vodomer::scan_payment_code_bytes(code.text.as_bytes()).unwrap();
            assert_eq!(bytes.account, scanned.account);
        }
        Err(PaymentError::NothingToPay) => assert!(charge.due_kopecks <= 0),
        Err(other) => panic!("{other}"),
    }
    let screen = vodomer.capture_screen("demo-cold").unwrap();
    let request =
        CaptureRequest { meter_id: "demo-cold".into(), same_as_last: true, ..CaptureRequest::default() };
    vodomer.capture(&request).unwrap();
    let item = vodomer.outbox().unwrap().remove(0).item_id;
    assert!(vodomer.proof_card(&item).unwrap().html.contains(&screen.serial));
    assert!(vodomer.history_table(&account).unwrap().csv.contains(&screen.serial));
    let words = vodomer.dictation(&account).unwrap();
    assert_eq!(words.len(), 2, "the account's number, and the reading: {words:?}");
    let messages = vodomer.sms_messages(&account).unwrap();
    assert!(messages.iter().all(|m| (1..=2).contains(&m.segments)), "{messages:?}");
    assert_eq!(vodomer.contacts().unwrap().sms_number.is_some(), !messages.is_empty());
}

#[test]
fn what_is_no_payment_code_says_why() {
    assert_eq!(vodomer::scan_payment_code("https://qr.nspk.ru/x"), Err(ReadProblem::Link));
    assert_eq!(vodomer::scan_payment_code(""), Err(ReadProblem::Empty));
    let long = ReadProblem::TooLong { most: 16_384 };
    assert_eq!(vodomer::scan_payment_code_bytes(&[b'S'; 16_385]), Err(long));
}
