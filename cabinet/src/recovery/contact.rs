//! A telephone and an address, as they are compared.

/// Longer ones are nobody's.
const MAX_EMAIL: usize = 254;
const MAX_PHONE: usize = 40;
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 6..=15;

/// A resident's telephone and e-mail address.
#[derive(Clone, PartialEq, Eq)]
pub struct Contact {
    /// Digits, with the country's code.
    pub phone: String,
    /// In small letters.
    pub email: String,
}

impl Contact {
    /// However they are typed; `None` for what is no telephone or no address.
    pub fn read(phone: &str, email: &str) -> Option<Self> {
        if phone.chars().any(|it| !it.is_ascii_digit() && !" +-().\u{a0}".contains(it)) {
            return None;
        }
        let mut digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        // 8 is how a Russian number begins at home.
        if digits.len() == 11 && digits.starts_with('8') {
            digits.replace_range(..1, "7");
        }
        let has_room = phone.chars().count() <= MAX_PHONE && email.chars().count() <= MAX_EMAIL;
        let email = email.trim().to_lowercase();
        let (name, host) = email.split_once('@')?;
        let fits = PHONE_DIGITS.contains(&digits.len())
            && !name.is_empty()
            && host.contains('.')
            && host.split('.').all(|label| !label.is_empty() && !label.contains('@'))
            && has_room
            && !email.contains(|it: char| it.is_whitespace() || it.is_control() || it == ',');
        fits.then_some(Self { phone: digits, email })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_is_the_same_however_it_is_typed() {
        let phone = |text: &str| Contact::read(text, "a@example.org").map(|it| it.phone);
        for text in ["+7 900 123-45-67", "8 (900) 123-45-67", "79001234567"] {
            assert_eq!(phone(text).as_deref(), Some("79001234567"), "{text}");
        }
        assert_eq!(phone("позвоните"), None);
        assert_eq!(phone("12"), None);
    }

    #[test]
    fn characters_are_counted_and_not_bytes() {
        let read =
            |letters: usize| Contact::read("+7 900 123-45-67", &format!("{}@пример.рф", "ы".repeat(letters)));
        assert!(read(244).is_some());
        assert!(read(245).is_none());
    }

    #[test]
    fn an_address_has_a_name_and_a_host() {
        let email = |text: &str| Contact::read("+7 900 123-45-67", text).map(|it| it.email);
        assert_eq!(email(" Example@Example.ORG ").as_deref(), Some("example@example.org"));
        for text in [
            "",
            "example",
            "@example.org",
            "a@b",
            "a b@example.org",
            "a\0@example.org",
            "a@b@c.org",
            "a@.org",
            "a,b@c.org",
        ] {
            assert_eq!(email(text), None, "{text}");
        }
    }
}
