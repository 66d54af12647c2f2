//! What is written is read again, and nothing that is read makes the program fall.

use proptest::prelude::*;

use super::{Encoding, Field, Payment, Wanted, read_bytes, read_text, write};
use crate::domain::Bank;

/// Letters that Windows-1251 has; KOI8-R lacks the last three.
const LETTERS: &str =
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ abcXYZ0123456789|~^#;.,=-/()\"";

fn value(encoding: Encoding) -> BoxedStrategy<String> {
    let in_table = prop::sample::select(LETTERS.chars().collect::<Vec<_>>());
    let more = prop::sample::select(vec!['«', '»', '№']);
    let letter = match encoding {
        Encoding::Koi8R => in_table.boxed(),
        Encoding::Windows1251 => prop_oneof![9 => in_table, 1 => more].boxed(),
        Encoding::Utf8 => {
            // U+FFFD stands for a letter that was lost.
            let written = |c: &char| !c.is_control() && *c != '\u{fffd}';
            prop_oneof![in_table, any::<char>().prop_filter("written", written)].boxed()
        }
    };
    prop::collection::vec(letter, 0..40).prop_map(String::from_iter).boxed()
}

fn payments() -> impl Strategy<Value = (Encoding, Payment)> {
    prop::sample::select(vec![Encoding::Windows1251, Encoding::Utf8, Encoding::Koi8R]).prop_flat_map(
        |encoding| {
            let texts = (value(encoding), value(encoding), value(encoding), value(encoding));
            (Just(encoding), texts, 0..i64::MAX).prop_map(
                |(encoding, (name, bank, purpose, address), kopecks)| {
                    let bank = Bank {
                        name: format!("ОБРАЗЕЦ {name}"),
                        account: "0".repeat(20),
                        bank: format!("Б{bank}"),
                        bic: "0".repeat(9),
                        correspondent: "0".into(),
                        inn: None,
                        kpp: None,
                        sample: true,
                    };
                    let payment = Payment::to(&bank)
                        .with(Field::Sum, &(kopecks / 10).to_string())
                        .with(Field::Purpose, &purpose)
                        .with(Field::PayerAddress, &address)
                        .with(Field::PersAcc, "1204417");
                    (encoding, payment)
                },
            )
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_written_in_an_encoding_is_read_out_of_its_bytes((encoding, payment) in payments()) {
        let code = write(&payment, Wanted::Only(encoding)).unwrap();
        let read = read_bytes(&code.bytes).unwrap();
        prop_assert_eq!(read.encoding, encoding);
        prop_assert_eq!(read.separator, code.separator);
        prop_assert_eq!(&read.warnings, &vec![]);
        let written: Vec<(String, String)> =
            payment.fields.iter().map(|(field, value)| (field.key().to_owned(), value.clone())).collect();
        prop_assert_eq!(read.fields, written);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_bytes(&bytes);
        let _ = read_bytes(&[b"ST00011|Name=".as_slice(), &bytes].concat());
        let _ = read_bytes(&[b"ST0001".as_slice(), &bytes].concat());
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        for head in ["", "ST0001", "ST00013|PaymPeriod=", "ST00011|Sum=", "ST00012|Purpose=лс"] {
            if let Ok(code) = read_text(&format!("{head}{text}")) {
                let _ = super::Scanned::of(&code);
            }
        }
    }
}
