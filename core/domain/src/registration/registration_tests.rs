//! A form as old people type it, and each mistake at its field.

use super::{RegistrationField as Field, RegistrationReason as Reason, *};

fn today() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

/// Nobody's: zeros, and names of samples.
fn form() -> RegistrationForm {
    RegistrationForm {
        surname: "Образцова".into(),
        name: "Проба".into(),
        patronymic: "Примеровна".into(),
        born_on: "01.02.1950".into(),
        passport_series: "0000".into(),
        passport_number: "000000".into(),
        issued_by: "Отделом образцов".into(),
        issued_on: "03.02.1995".into(),
        department_code: "000-000".into(),
        address: "г. Пример, ул. Примерная, д. 12, кв. 34".into(),
        account: "1204417".into(),
        phone: "8 (900) 000-00-00".into(),
        email: "proba@example.invalid".into(),
    }
}

fn problems(change: impl Fn(&mut RegistrationForm)) -> Vec<(Field, Reason)> {
    let mut form = form();
    change(&mut form);
    match form.checked(today()) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(|p| (p.field, p.reason)).collect(),
    }
}

#[test]
fn spaces_dashes_and_small_letters_are_no_mistakes() {
    let mut typed = form();
    typed.surname = " образцова – пробная ".replace(" – ", "–");
    typed.name = "проба".into();
    typed.passport_series = " 00 00 ".into();
    typed.passport_number = "№ 000 000".into();
    typed.department_code = "000 000".into();
    typed.born_on = "1 2 1950 г.".into();
    typed.issued_on = "03/02-1995".into();
    typed.account = "л/с 12-044-17".into();
    typed.phone = "8-900-000-00-00".into();
    typed.email = " proba @example.invalid ".into();
    typed.issued_by = "Отделом \n образцов".into();
    let Ok(checked) = typed.checked(today()) else { panic!("refused") };
    assert_eq!(checked.full_name, "Образцова-Пробная Проба Примеровна");
    assert_eq!((checked.born_on.as_str(), checked.issued_on.as_str()), ("01.02.1950", "03.02.1995"));
    assert_eq!((checked.passport_series.as_str(), checked.passport_number.as_str()), ("00 00", "000000"));
    assert_eq!((checked.department_code.as_str(), checked.account.as_str()), ("000-000", "1204417"));
    assert_eq!(
        (checked.phone.as_str(), checked.email.as_str()),
        ("+7 (900) 000-00-00", "proba@example.invalid")
    );
    assert_eq!(checked.issued_by, "Отделом образцов");
}

#[test]
fn series_and_number_in_one_field_are_parted() {
    let mut typed = form();
    (typed.passport_series, typed.passport_number) = ("00 00 000001".into(), String::new());
    let Ok(checked) = typed.checked(today()) else { panic!("refused") };
    assert_eq!((checked.passport_series.as_str(), checked.passport_number.as_str()), ("00 00", "000001"));
}

#[test]
fn an_account_number_and_a_patronymic_may_be_missing() {
    let mut typed = form();
    (typed.account, typed.patronymic) = (String::new(), " ".into());
    let Ok(checked) = typed.checked(today()) else { panic!("refused") };
    assert_eq!((checked.account.as_str(), checked.full_name.as_str()), ("", "Образцова Проба"));
}

#[test]
fn an_empty_form_names_every_field_that_is_needed_in_its_order() {
    let Err(problems) = RegistrationForm::default().checked(today()) else { panic!("taken") };
    let fields: Vec<Field> = problems.iter().map(|p| p.field).collect();
    let needed = [
        Field::Surname,
        Field::Name,
        Field::BornOn,
        Field::PassportSeries,
        Field::PassportNumber,
        Field::IssuedBy,
        Field::IssuedOn,
        Field::DepartmentCode,
        Field::Address,
        Field::Phone,
        Field::Email,
    ];
    assert_eq!(fields, needed);
    assert!(problems.iter().all(|p| p.reason == Reason::Empty));
}

#[test]
fn names_are_cyrillic_words() {
    for (name, reason) in [
        ("Obraztsova", Reason::LatinLetters),
        ("Oбразцова", Reason::LatinLetters),
        ("Образцова1", Reason::NotLetters),
        ("-", Reason::NotLetters),
        ("Образцова.", Reason::NotLetters),
    ] {
        assert_eq!(problems(|f| f.surname = name.into()), [(Field::Surname, reason)], "{name}");
    }
    assert_eq!(problems(|f| f.name = "ж".repeat(61)), [(Field::Name, Reason::TooLong { most: 60 })]);
    for name in ["Ә", "Д’Образцов", "Пробы оглы", "Ё"] {
        assert_eq!(problems(|f| f.patronymic = name.into()), [], "{name}");
    }
}

#[test]
fn passports_have_their_digits() {
    for typed in ["000", "00000", "00О0", "0000/"] {
        assert_eq!(
            problems(|f| f.passport_series = typed.into()),
            [(Field::PassportSeries, Reason::NotDigits { digits: 4 })],
            "{typed}"
        );
    }
    let six = Reason::NotDigits { digits: 6 };
    assert_eq!(problems(|f| f.passport_number = "00000".into()), [(Field::PassportNumber, six)]);
    assert_eq!(problems(|f| f.department_code = "000-00".into()), [(Field::DepartmentCode, six)]);
}

#[test]
fn days_are_of_the_calendar_and_in_their_order() {
    for (typed, reason) in [
        ("30.02.1950", Reason::NotADate),
        ("1950-02-01", Reason::NotADate),
        ("01.02.50", Reason::NotADate),
        ("01.02", Reason::NotADate),
        ("+1.02.1950", Reason::NotADate),
        ("24.11.2026", Reason::InTheFuture),
        ("22.11.1906", Reason::TooLongAgo),
    ] {
        assert_eq!(problems(|f| f.born_on = typed.into()), [(Field::BornOn, reason)], "{typed}");
    }
    assert_eq!(problems(|f| f.born_on = "23.11.1906".into()), [], "120 years ago today");
    let today = problems(|f| (f.born_on, f.issued_on) = ("23.11.2026".into(), "23.11.2026".into()));
    assert_eq!(today, [(Field::IssuedOn, Reason::BeforeFourteen)], "born today, and without a passport");
    let issued = |on: &str| problems(|f| (f.born_on, f.issued_on) = ("23112012".into(), on.to_owned()));
    assert_eq!(issued("23.11.2026"), []);
    assert_eq!(issued("22.11.2026"), [(Field::IssuedOn, Reason::BeforeFourteen)]);
    assert_eq!(issued("24.11.2026"), [(Field::IssuedOn, Reason::InTheFuture)]);
}

#[test]
fn telephones_have_their_area_code() {
    for (typed, written) in [
        ("+7 471 000-00-00", Some("+7 (471) 000-00-00")),
        ("9000000000", Some("+7 (900) 000-00-00")),
        ("+375 00 000-00-00", Some("+375000000000")),
        ("+10000000", Some("+10000000")),
        ("+1000000", None),
        ("22-76-33", None),
        ("8 (100) 000-00-00", None),
        ("9000000000 доб. 5", None),
        ("+0000000000", None),
    ] {
        let mut typed_form = form();
        typed_form.phone = typed.into();
        let phone = typed_form.checked(today()).ok().map(|r| r.phone.clone());
        assert_eq!(phone.as_deref(), written, "{typed}");
    }
    assert_eq!(problems(|f| f.phone = "22-76-33".into()), [(Field::Phone, Reason::NotAPhone)]);
}

#[test]
fn addresses_are_words_and_mailboxes_are_mailboxes() {
    assert_eq!(problems(|f| f.address = "12".into()), [(Field::Address, Reason::NoWords)]);
    assert_eq!(problems(|f| f.address = "ж".repeat(251)), [(Field::Address, Reason::TooLong { most: 250 })]);
    assert_eq!(problems(|f| f.account = "нет".into()), [(Field::Account, Reason::NotAnAccount)]);
    for (typed, reason) in [
        ("proba@example,invalid", Reason::NotAnEmail),
        ("proba.example.invalid", Reason::NotAnEmail),
        ("проба@example.invalid", Reason::RussianLetters),
    ] {
        assert_eq!(problems(|f| f.email = typed.into()), [(Field::Email, reason)], "{typed}");
    }
    assert_eq!(problems(|f| f.email = "proba@водоканал.рф".into()), []);
}

#[test]
fn form_and_registration_are_zeroed_when_they_go() {
    fn goes_as_zeros<T: ZeroizeOnDrop>(mut secret: T, mut zero: impl FnMut(&mut T) -> bool) -> bool {
        zero(&mut secret)
    }
    assert!(goes_as_zeros(form(), |f| {
        f.zeroize();
        f.passport_series.is_empty() && f.surname.is_empty() && f.email.is_empty()
    }));
    let Ok(checked) = form().checked(today()) else { panic!("refused") };
    assert!(goes_as_zeros(checked, |r| {
        r.zeroize();
        r.passport_number.is_empty() && r.full_name.is_empty()
    }));
}
