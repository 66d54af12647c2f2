//! What a resident types: digits, and the value that is kept of them.

use vodomer_domain::{Dial, FractionPolicy, Typed};

/// Any text, on any dial.
pub fn typed(bytes: &[u8]) {
    let Some((face, text)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let Ok(dial) = Dial::new(3 + face % 7, (face / 7) % 5) else { panic!("a dial that may be") };
    let digits = Typed::digits(text);
    let Ok(typed) = Typed::parse(text, dial) else {
        return;
    };
    assert_eq!(digits.as_ref(), Ok(&typed), "the dial decides whether it fits, not what was typed");
    assert_eq!(typed.whole, digits_of(text.split([',', '.']).next()), "{text:?}");
    assert_eq!(typed.fraction, digits_of(text.split([',', '.']).nth(1)), "{text:?}");
    let cut = typed.keep(FractionPolicy::Truncate, dial);
    let significant = typed.whole.trim_start_matches('0');
    assert_eq!(cut.value.to_string(), if significant.is_empty() { "0" } else { significant }, "{text:?}");
    assert_eq!(cut.dropped, typed.fraction);
    for kept in 0..=4 {
        let part = typed.keep(FractionPolicy::Keep(kept), dial);
        assert!(part.value >= cut.value && typed.fraction.ends_with(&part.dropped), "{text:?}");
    }
    let rounded = typed.keep(FractionPolicy::HalfUp, dial);
    assert!(rounded.value >= cut.value, "{text:?}");
    assert_eq!(Typed::parse(&rounded.value.to_string(), dial).map(|t| t.fraction), Ok(String::new()));
}

fn digits_of(part: Option<&str>) -> String {
    part.unwrap_or_default().chars().filter(char::is_ascii_digit).collect()
}
