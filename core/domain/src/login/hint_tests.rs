//! What is said of which login and password.

use proptest::prelude::*;

use super::{LoginCause, LoginField, login_hint};

fn of_password(password: &str) -> Option<LoginCause> {
    let hint = login_hint("12345678", password)?;
    assert_eq!((hint.field, hint.suggestion), (LoginField::Password, None));
    Some(hint.cause)
}

fn of_login(login: &str) -> Option<(LoginCause, String)> {
    let hint = login_hint(login, "k3m9x2pd")?;
    assert_eq!(hint.field, LoginField::Login);
    Some((hint.cause, hint.suggestion.expect("a login comes with a suggestion")))
}

fn meant(cause: LoginCause, login: &str) -> Option<(LoginCause, String)> {
    Some((cause, login.to_owned()))
}

#[test]
fn the_keyboards_tricks_with_a_password_are_told_apart() {
    assert_eq!(of_password("зфыыцщкв"), Some(LoginCause::RussianLetters));
    assert_eq!(of_password("passцщкв"), Some(LoginCause::RussianLetters), "switched halfway");
    assert_eq!(of_password("1234№"), Some(LoginCause::RussianLetters));
    assert_eq!(of_password("pаsswоrd"), Some(LoginCause::MixedAlphabets));
    assert_eq!(of_password("PASSW0RD"), Some(LoginCause::CapsLock));
    assert_eq!(of_password("pASSWORD"), Some(LoginCause::CapsLock));
    assert_eq!(of_password("passw0rd "), Some(LoginCause::StraySpace));
    assert_eq!(of_password("passw0rd\n"), Some(LoginCause::StraySpace));
    assert_eq!(of_password("ghbdtn22"), Some(LoginCause::LatinLetters));
}

#[test]
fn a_password_that_looks_right_has_no_hint() {
    for password in ["passw0rd", "A1234567", "", "two words", "#1.,;'[", "k3m9x2pd", "12345678"] {
        assert_eq!(of_password(password), None, "{password:?}");
    }
}

#[test]
fn an_account_number_is_suggested_clean() {
    assert_eq!(of_login("1234-5678"), meant(LoginCause::Separators, "12345678"));
    assert_eq!(of_login("л/с 12345678"), meant(LoginCause::Separators, "12345678"));
    assert_eq!(of_login("12345678 "), meant(LoginCause::StraySpace, "12345678"));
    assert_eq!(of_login("1234\u{200b}5678"), meant(LoginCause::StraySpace, "12345678"));
    assert_eq!(of_login("1234567О"), meant(LoginCause::LookAlikeDigits, "12345670"));
    assert_eq!(of_login("12З4-5678 "), meant(LoginCause::LookAlikeDigits, "12345678"));
    assert_eq!(of_login("12345678"), None);
}

#[test]
fn a_login_of_letters_is_suggested_as_it_was_meant() {
    assert_eq!(of_login("шмфтщм"), meant(LoginCause::RussianLetters, "ivanov"));
    assert_eq!(of_login(" ЗУЕКЩМ77"), meant(LoginCause::RussianLetters, "PETROV77"));
    assert_eq!(of_login("ivaтщм"), meant(LoginCause::RussianLetters, "ivanov"));
    assert_eq!(of_login("ivаnov "), meant(LoginCause::MixedAlphabets, "ivanov"));
    assert_eq!(of_login("bdfyjd"), meant(LoginCause::LatinLetters, "иванов"));
    assert_eq!(of_login("iVANOV"), meant(LoginCause::CapsLock, "Ivanov"));
    assert_eq!(of_login("ivanov\u{a0}"), meant(LoginCause::StraySpace, "ivanov"));
}

#[test]
fn a_login_that_looks_right_has_no_hint() {
    for login in ["ivanov", "иванов", "user@mail.example", "petrova-77", "", "a1"] {
        assert_eq!(of_login(login), None, "{login:?}");
    }
}

#[test]
fn the_surest_cause_is_named_and_the_passwords_before_the_logins() {
    let cause = |login, password| login_hint(login, password).map(|h| (h.field, h.cause));
    let (login, password) = (LoginField::Login, LoginField::Password);
    assert_eq!(cause("1234-5678", "зфыы"), Some((password, LoginCause::RussianLetters)));
    assert_eq!(cause("1234567О", "passw0rd "), Some((login, LoginCause::LookAlikeDigits)));
    assert_eq!(cause("1234-5678", "passw0rd "), Some((password, LoginCause::StraySpace)));
    assert_eq!(cause("1234-5678", "PASSWORD"), Some((login, LoginCause::Separators)));
    assert_eq!(cause("12345678 ", "passw0rd "), Some((password, LoginCause::StraySpace)));
    assert_eq!(cause("bdfyjd", "PASSWORD"), Some((password, LoginCause::CapsLock)));
    assert_eq!(cause("12345678", "ПАРОЛЬ "), Some((password, LoginCause::RussianLetters)));
    assert_eq!(cause("12345678", "GHBDTN"), Some((password, LoginCause::CapsLock)));
}

#[test]
fn neither_an_account_number_nor_a_password_is_printed() {
    let printed = format!("{:?}", login_hint("1234-5678", "").unwrap());
    assert_eq!(printed, r#"LoginHint { field: Login, cause: Separators, suggestion: Some("…") }"#);
    let printed = format!("{:?}", login_hint("12345678", "зфыы").unwrap());
    assert_eq!(printed, "LoginHint { field: Password, cause: RussianLetters, suggestion: None }");
}

proptest! {
    #[test]
    fn nothing_of_a_password_is_given_back(login in "\\PC{0,12}", password in "\\PC{0,12}") {
        if let Some(hint) = login_hint(&login, &password) {
            match hint.field {
                LoginField::Password => prop_assert_eq!(hint.suggestion, None),
                LoginField::Login => {
                    let alone = login_hint(&login, "").unwrap();
                    prop_assert!(hint.suggestion.is_some() && hint == alone, "the password has no part in it");
                    prop_assert_ne!(hint.suggestion.unwrap(), login);
                }
            }
        }
    }

    #[test]
    fn a_password_with_a_space_at_an_end_is_always_hinted_at(password in "[!-~]{1,12}", space in "[ \n\u{a0}]") {
        for typed in [format!("{password}{space}"), format!("{space}{password}")] {
            prop_assert!(login_hint("12345678", &typed).is_some());
        }
    }
}
