//! What a code must be, and each reason why there is none.

use super::*;
use crate::domain::Bank;

fn bank() -> Bank {
    Bank {
        name: "ОБРАЗЕЦ".into(),
        account: "0".repeat(20),
        bank: "УЧЕБНЫЙ БАНК".into(),
        bic: "0".repeat(9),
        correspondent: String::new(),
        inn: None,
        kpp: None,
        sample: true,
    }
}

fn of_month(bank: &Bank) -> Payment {
    Payment::of_month(bank, "1204417", "2026-11".parse().unwrap(), 12_345)
}

fn any(payment: &Payment) -> Result<Written, WriteProblem> {
    write(payment, Wanted::Any)
}

/// As the standard's form has it, with values that nobody could pay to.
const VECTOR: &str = "|Name=ОБРАЗЕЦ|PersonalAcc=00000000000000000000|BankName=УЧЕБНЫЙ БАНК|BIC=000000000|\
                      CorrespAcc=0|Sum=12345|Purpose=Оплата воды, лицевой счёт 1204417|PersAcc=1204417|\
                      PaymPeriod=112026|TechCode=02";

#[test]
fn a_months_payment_is_written_field_by_field_in_the_order_of_the_standard() {
    let code = any(&of_month(&bank())).unwrap();
    assert_eq!(code.text, format!("ST00012{VECTOR}"));
    assert_eq!((code.encoding, code.bytes), (Encoding::Utf8, code.text.into_bytes()));
}

#[test]
fn each_encoding_has_its_digit_and_its_own_bytes() {
    for (encoding, digit, d) in [(Encoding::Windows1251, '1', 0xC4), (Encoding::Koi8R, '3', 0xE4)] {
        let mut payee = bank();
        payee.name = "Д".into();
        let code = write(&Payment::to(&payee), Wanted::Only(encoding)).unwrap();
        let head = format!("ST0001{digit}|Name=");
        assert_eq!(code.bytes[..head.len() + 2], [head.as_bytes(), &[d, b'|']].concat(), "{encoding:?}");
        assert_eq!(code.text.chars().count(), code.bytes.len(), "one byte a letter");
    }
}

#[test]
fn a_value_with_the_separator_in_it_changes_the_separator_everywhere() {
    let mut payee = bank();
    payee.name = "А|Б~В".into();
    let code = any(&Payment::to(&payee)).unwrap();
    assert!(code.text.starts_with("ST00012^Name=А|Б~В^PersonalAcc="), "{}", code.text);
    assert_eq!(code.separator, '^');
}

#[test]
fn values_with_every_separator_in_them_make_no_code() {
    let payment = Payment::to(&bank()).with(Field::Purpose, &SEPARATORS.iter().collect::<String>());
    assert_eq!(any(&payment), Err(WriteProblem::NoSeparator));
}

#[test]
fn what_is_not_said_is_left_out_and_what_is_obligatory_is_asked_for() {
    let payment = Payment::to(&bank()).with(Field::LastName, " ").with(Field::Kpp, "");
    assert!(any(&payment).unwrap().text.ends_with("|CorrespAcc=0"));
    let mut payee = bank();
    payee.bank = " ".into();
    assert_eq!(any(&Payment::to(&payee)), Err(WriteProblem::Missing { field: Field::BankName }));
}

#[test]
fn numbers_have_exactly_the_digits_that_they_must_have() {
    let wrong = |change: fn(&mut Bank)| {
        let mut payee = bank();
        change(&mut payee);
        any(&Payment::to(&payee)).unwrap_err()
    };
    let not_digits = |field| WriteProblem::NotDigits { field };
    assert_eq!(wrong(|b| b.account = "0".repeat(19)), not_digits(Field::PersonalAcc));
    assert_eq!(wrong(|b| b.account = "0".repeat(21)), not_digits(Field::PersonalAcc));
    assert_eq!(wrong(|b| b.bic = "00000000О".into()), not_digits(Field::Bic));
    assert_eq!(wrong(|b| b.correspondent = "0".repeat(21)), not_digits(Field::CorrespAcc));
    assert_eq!(wrong(|b| b.inn = Some("0".repeat(11))), not_digits(Field::PayeeInn));
    assert_eq!(wrong(|b| b.kpp = Some("0".repeat(8))), not_digits(Field::Kpp));
    let negative = Payment::of_month(&bank(), "1", "2026-11".parse().unwrap(), -1);
    assert_eq!(any(&negative), Err(not_digits(Field::Sum)));
}

#[test]
fn texts_have_the_length_that_they_may_have_in_letters_not_in_bytes() {
    let named = |name: usize, bank_name: usize, wanted| {
        let mut payee = bank();
        (payee.name, payee.bank) = ("Ж".repeat(name), "Ж".repeat(bank_name));
        payee.correspondent = "0".repeat(20);
        write(&Payment::to(&payee), wanted)
    };
    assert_eq!(named(161, 1, Wanted::Any), Err(WriteProblem::TooLong { field: Field::Name, most: 160 }));
    assert_eq!(named(1, 46, Wanted::Any), Err(WriteProblem::TooLong { field: Field::BankName, most: 45 }));
    assert_eq!(
        named(160, 45, Wanted::Only(Encoding::Utf8)),
        Err(WriteProblem::ObligatoryTooLong { bytes: 326, most: 300 }),
        "already with the name alone"
    );
    let full = named(160, 45, Wanted::Any).unwrap();
    assert_eq!((full.encoding, full.bytes.len()), (Encoding::Windows1251, 7 + 300), "the limits add up");
}

#[test]
fn a_letter_that_the_encoding_lacks_is_named_with_its_field() {
    let payment = Payment::to(&bank()).with(Field::Purpose, "Счёт №1");
    let problem =
        WriteProblem::NotInEncoding { field: Field::Purpose, character: '№', encoding: Encoding::Koi8R };
    assert_eq!(write(&payment, Wanted::Only(Encoding::Koi8R)), Err(problem));
    assert!(write(&payment, Wanted::Only(Encoding::Windows1251)).is_ok());
    assert_eq!(any(&payment).unwrap().encoding, Encoding::Utf8);
}

#[test]
fn line_breaks_and_repeated_fields_make_no_code() {
    let broken = Payment::to(&bank()).with(Field::Purpose, "а\nб");
    assert_eq!(any(&broken), Err(WriteProblem::Control { field: Field::Purpose }));
    let twice = Payment::to(&bank()).with(Field::PersAcc, "1").with(Field::PersAcc, "2");
    assert_eq!(any(&twice), Err(WriteProblem::Twice { field: Field::PersAcc }));
}

#[test]
fn more_than_one_code_holds_makes_none() {
    let size = |letters| {
        let payment = Payment::to(&bank()).with(Field::PayerAddress, &"1".repeat(letters));
        write(&payment, Wanted::Only(Encoding::Utf8)).map(|code| code.bytes.len())
    };
    let head = size(1).unwrap() - 1;
    assert_eq!(size(2331 - head), Ok(2331));
    assert_eq!(size(2332 - head), Err(WriteProblem::CodeTooLong { bytes: 2332, most: 2331 }));
}
