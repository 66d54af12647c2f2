//! What a scanner hands over of a paper receipt: bytes, or what it took them for.

use vodomer_core::documents::payment_code::{PaymentCode, Scanned, read_bytes, read_text};

/// Any bytes, bare and behind the head that every code has.
pub fn codes(bytes: &[u8]) {
    let behind_a_head = [b"ST0001".as_slice(), bytes].concat();
    for bytes in [bytes, &behind_a_head] {
        if let Ok(code) = read_bytes(bytes) {
            judge(&code);
        }
        let as_latin_1: String = bytes.iter().map(|b| char::from(*b)).collect();
        for text in [Some(as_latin_1.as_str()), std::str::from_utf8(bytes).ok()].into_iter().flatten() {
            if let Ok(code) = read_text(text) {
                judge(&code);
            }
        }
    }
}

fn judge(code: &PaymentCode) {
    assert!(!code.fields.is_empty());
    for (key, value) in &code.fields {
        assert!(!key.is_empty() && key.trim() == key && value.trim() == value, "{code:?}");
        assert_eq!(code.get(key).is_some(), code.get(&key.to_ascii_uppercase()).is_some(), "{code:?}");
    }
    let scanned = Scanned::of(code);
    assert!(scanned.kopecks.is_none_or(|kopecks| kopecks >= 0), "{code:?}");
    assert!(scanned.account.is_none_or(|account| !account.contains(char::is_whitespace)), "{code:?}");
    assert!(scanned.warnings.len() >= code.warnings.len());
}
