//! A foreign reader (ZXing) sees our drawings as a phone's camera does: the same bytes must come out, in each encoding,
//! and what it makes of them as text must still be understood.

use vodomer_core::documents::payment_code::{Encoding, Field, Payment, Scanned, Wanted, read_text, write};
use vodomer_core::documents::qr;
use vodomer_core::domain::Bank;

use super::answer;

/// What the reader finds in a drawing that was printed at 300 points an inch.
fn read_off(drawing: &str, arguments: &[&str]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let (svg, png) = (folder.path().join("code.svg"), folder.path().join("code.png"));
    std::fs::write(&svg, drawing).unwrap();
    answer("rsvg-convert", &["--dpi-x=300", "--dpi-y=300", "--output"], &[&png, &svg], "");
    answer("ZXingReader", arguments, &[&png], "")
}

fn payment(letters: &str) -> Payment {
    let bank = Bank {
        name: "ОБРАЗЕЦ Учебный водоканал".into(),
        account: "0".repeat(20),
        bank: "УЧЕБНЫЙ БАНК".into(),
        bic: "0".repeat(9),
        correspondent: "0".into(),
        inn: Some("0".repeat(10)),
        kpp: Some("0".repeat(9)),
        sample: true,
    };
    Payment::of_month(&bank, "1204417", "2026-11".parse().unwrap(), 12_345).with(Field::PayerAddress, letters)
}

const ALL_LETTERS: &str = "Ёё абвгдежзийклмнопрстуфхцчшщъыьэюя АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ |";

#[test]
fn a_foreign_reader_finds_the_same_bytes_in_each_encoding() {
    for encoding in [Encoding::Windows1251, Encoding::Utf8, Encoding::Koi8R] {
        for letters in ["", ALL_LETTERS, &"1".repeat(500)] {
            let code = write(&payment(letters), Wanted::Only(encoding)).unwrap();
            let drawing = qr::svg(&code.bytes, "Код для оплаты").unwrap();
            let seen = read_off(&drawing, &["-bytes"]);
            assert_eq!(seen, code.bytes, "{encoding:?} with {} letters more", letters.len());
        }
    }
}

#[test]
fn what_a_foreign_reader_takes_the_letters_for_is_still_understood() {
    for encoding in [Encoding::Windows1251, Encoding::Utf8, Encoding::Koi8R] {
        let code = write(&payment("ул. Примерная, д. 12"), Wanted::Only(encoding)).unwrap();
        let seen = String::from_utf8(read_off(&qr::svg(&code.bytes, "").unwrap(), &[])).unwrap();
        let text = seen.split_once("Text:").unwrap_or_else(|| panic!("{seen}")).1;
        let text = text.split_once('"').unwrap().1.split_once("\"\n").unwrap().0;
        let scanned = Scanned::of(&read_text(text).unwrap());
        assert_eq!(scanned.account.as_deref(), Some("1204417"), "{encoding:?}: {text}");
        assert_eq!(scanned.payee.as_deref(), Some("ОБРАЗЕЦ Учебный водоканал"), "{encoding:?}: {text}");
        assert_eq!(scanned.address.as_deref(), Some("ул. Примерная, д. 12"), "{encoding:?}: {text}");
    }
}

#[test]
fn the_largest_code_is_still_read() {
    let bytes: Vec<u8> = (0..qr::MOST_BYTES).map(|n| 0xC0 + u8::try_from(n % 0x3D).unwrap()).collect();
    let seen = read_off(&qr::svg(&bytes, "").unwrap(), &["-bytes"]);
    assert!(seen == bytes, "{} of {} bytes seen", seen.len(), bytes.len());
}
