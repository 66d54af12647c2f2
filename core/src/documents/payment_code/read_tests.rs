//! Codes as they are found on paper, and what scanners make of them.

use encoding_rs::{KOI8_R, WINDOWS_1251, WINDOWS_1252};

use super::super::Scanned;
use super::*;

const RUSSIAN: &str = "Name=ООО «Учебный водоканал»|PersonalAcc=00000000000000000000|BankName=УЧЕБНЫЙ БАНК|\
                       BIC=000000000|CorrespAcc=0|LastName=Образцова|PayerAddress=ул. Примерная, д. 12, кв. 34|\
                       PersAcc=1204417|Sum=12345";
/// The same without what KOI8-R has no letters for.
const PLAIN: &str = "Name=ООО Учебный водоканал|PersonalAcc=00000000000000000000|BankName=УЧЕБНЫЙ БАНК|\
                     BIC=000000000|CorrespAcc=0|LastName=Образцова|PayerAddress=ул. Примерная, д. 12, кв. 34|\
                     PersAcc=1204417|Sum=12345";

fn code(digit: char, body: &str) -> String {
    format!("ST0001{digit}|{body}")
}

fn fields(of: &PaymentCode) -> String {
    of.fields.iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join("|")
}

fn latin_1(bytes: &[u8]) -> String {
    bytes.iter().map(|b| char::from(*b)).collect()
}

#[test]
fn bytes_are_read_in_the_encoding_that_they_say() {
    for (digit, bytes, body) in [
        ('1', WINDOWS_1251.encode(&code('1', RUSSIAN)).0, RUSSIAN),
        ('2', code('2', RUSSIAN).into_bytes().into(), RUSSIAN),
        ('3', KOI8_R.encode(&code('3', PLAIN)).0, PLAIN),
    ] {
        let read = read_bytes(&bytes).unwrap();
        assert_eq!((fields(&read).as_str(), read.encoding.digit()), (body, digit));
        assert_eq!(read.warnings, []);
    }
}

#[test]
fn bytes_that_are_not_what_they_say_are_read_as_what_they_are() {
    let utf_8_called_windows = read_bytes(code('1', RUSSIAN).as_bytes()).unwrap();
    assert_eq!(fields(&utf_8_called_windows), RUSSIAN);
    assert_eq!(utf_8_called_windows.warnings, [Warning::OtherEncoding]);
    let windows_called_utf_8 = read_bytes(&WINDOWS_1251.encode(&code('2', RUSSIAN)).0).unwrap();
    assert_eq!(fields(&windows_called_utf_8), RUSSIAN);
    let koi_called_utf_8 = read_bytes(&KOI8_R.encode(&code('2', PLAIN)).0).unwrap();
    assert_eq!((fields(&koi_called_utf_8).as_str(), koi_called_utf_8.encoding), (PLAIN, Encoding::Koi8R));
    let both = read_bytes(b"ST00011|Name=\xCA\xB9|PersAcc=1").unwrap();
    assert_eq!(
        (both.get("Name"), both.encoding),
        (Some("К№"), Encoding::Windows1251),
        "UTF-8, and nothing Russian"
    );
    let unknown_digit = read_bytes(code('7', RUSSIAN).as_bytes()).unwrap();
    assert_eq!(unknown_digit.warnings, [Warning::OtherEncoding]);
}

#[test]
fn a_scanners_text_is_read_whatever_it_has_made_of_the_letters() {
    let windows = WINDOWS_1251.encode(&code('1', RUSSIAN)).0.into_owned();
    let koi = KOI8_R.encode(&code('3', PLAIN)).0.into_owned();
    let utf_8 = code('2', RUSSIAN);
    for (what, shown, body) in [
        ("Windows-1251 as Latin-1", latin_1(&windows), RUSSIAN),
        ("Windows-1251 as Western Windows", WINDOWS_1252.decode(&windows).0.into_owned(), RUSSIAN),
        ("KOI8-R as Latin-1", latin_1(&koi), PLAIN),
        ("KOI8-R as Windows-1251", WINDOWS_1251.decode(&koi).0.into_owned(), PLAIN),
        ("UTF-8 as Latin-1", latin_1(utf_8.as_bytes()), RUSSIAN),
        ("UTF-8 as Western Windows", WINDOWS_1252.decode(utf_8.as_bytes()).0.into_owned(), RUSSIAN),
        ("UTF-8 as Windows-1251", WINDOWS_1251.decode(utf_8.as_bytes()).0.into_owned(), RUSSIAN),
        ("UTF-8 as KOI8-R", KOI8_R.decode(utf_8.as_bytes()).0.into_owned(), RUSSIAN),
        ("UTF-8 called Windows-1251, as Latin-1", latin_1(code('1', RUSSIAN).as_bytes()), RUSSIAN),
    ] {
        let read = read_text(&shown).unwrap();
        assert_eq!(fields(&read), body, "{what}");
        assert_eq!(read.warnings, [Warning::Repaired], "{what}");
    }
}

#[test]
fn letters_shown_as_katakana_in_one_field_and_lost_in_another_spoil_no_third() {
    let shown =
        "ST00011|Name=ÎÎÎ \"Âîäà\"|BankName=\u{fffd}\u{fffd}\u{fffd}|LastName=ﾎﾁﾐﾀﾇﾖﾎﾂﾀ|PersAcc=1204417";
    let read = read_text(shown).unwrap();
    assert_eq!(read.get("Name"), Some("ООО \"Вода\""));
    assert_eq!(read.get("LastName"), Some("ОБРАЗЦОВА"));
    assert_eq!(read.get("PersAcc"), Some("1204417"));
    assert!(read.warnings.contains(&Warning::Lost) && read.warnings.contains(&Warning::Repaired));
}

#[test]
fn text_that_is_in_order_is_left_as_it_is() {
    for (digit, body) in
        [('1', RUSSIAN), ('2', RUSSIAN), ('3', PLAIN), ('3', "Name=ЩУКА"), ('2', "Name=«Voda» №5 é")]
    {
        let read = read_text(&code(digit, body)).unwrap();
        assert_eq!(fields(&read), body);
        assert!(!read.warnings.contains(&Warning::Repaired), "{digit} {body}");
    }
}

#[test]
fn a_garbled_letter_at_the_end_of_a_value_is_no_white_space() {
    // In UTF-8, р ends in 0x80 and х in 0x85, which Latin-1 has among its line breaks; Р ends in a hard space.
    for name in ["Прх", "НКР"] {
        let read = read_text(&latin_1(code('2', &format!("Sum=1|Name={name}")).as_bytes())).unwrap();
        assert_eq!(read.get("Name"), Some(name));
    }
}

#[test]
fn keys_in_any_case_and_order_empty_values_and_a_trailing_separator_are_read() {
    let text = " st00012~persacc= 1204417 ~NAME=Образец~KPP=~Unknown=Осталось~bic=000000000~~\r\n";
    let read = read_text(text).unwrap();
    assert_eq!(read.get("PersAcc"), Some("1204417"));
    assert_eq!((read.get("Name"), read.get("KPP"), read.separator), (Some("Образец"), None, '~'));
    assert!(read.fields.contains(&("Unknown".into(), "Осталось".into())));
    let missing = [Field::PersonalAcc, Field::BankName, Field::CorrespAcc];
    assert_eq!(read.warnings, missing.map(|field| Warning::Missing { field }));
}

#[test]
fn a_separator_within_a_value_does_not_cost_its_rest() {
    let read = read_text("ST00012|Purpose=Вода|тепло|PersAcc=1|PersAcc=2|Name=А=Б").unwrap();
    assert_eq!(read.get("Purpose"), Some("Вода|тепло"));
    assert_eq!((read.get("PersAcc"), read.get("Name")), (Some("1"), Some("А=Б")));
    assert!(read.warnings.contains(&Warning::Stray));
    assert!(read.warnings.contains(&Warning::Twice { key: "PersAcc".into() }));
}

#[test]
fn what_is_no_payment_code_says_why() {
    let problem = |text: &str| read_text(text).unwrap_err();
    assert_eq!(problem(" \r\n\u{0}"), ReadProblem::Empty);
    assert_eq!(problem("https://pay.example.invalid/AS1"), ReadProblem::Link);
    assert_eq!(problem("1204417"), ReadProblem::NotAPaymentCode);
    assert_eq!(problem("STREET"), ReadProblem::NotAPaymentCode);
    assert_eq!(problem("ST00012Name=Образец"), ReadProblem::NotAPaymentCode);
    assert_eq!(problem("ST00022|Name=Образец"), ReadProblem::OtherVersion { version: "0002".into() });
    assert_eq!(problem("ST00012"), ReadProblem::NoFields);
    assert_eq!(problem("ST00012||"), ReadProblem::NoFields);
    assert_eq!(problem(&"ж".repeat(16_385)), ReadProblem::TooLong { most: 16_384 });
    assert_eq!(read_bytes(&[b'S'; 16_385]), Err(ReadProblem::TooLong { most: 16_384 }));
    assert_eq!(read_bytes(&[0xFF, 0xFE, b'S', 0]), Err(ReadProblem::NotAPaymentCode));
}

#[test]
fn what_is_read_gives_a_resident_what_is_needed_without_an_account() {
    let scanned = Scanned::of(&read_text(&code('2', &format!("{RUSSIAN}|PaymPeriod=112026"))).unwrap());
    assert_eq!(scanned.account.as_deref(), Some("1204417"));
    assert_eq!(scanned.payee.as_deref(), Some("ООО «Учебный водоканал»"));
    assert_eq!(scanned.address.as_deref(), Some("ул. Примерная, д. 12, кв. 34"));
    assert_eq!((scanned.period, scanned.kopecks), ("2026-11".parse().ok(), Some(12_345)));
    assert_eq!(scanned.warnings, []);
}
