//! Districts, streets and houses, and when two of them are the same.

use serde::{Deserialize, Serialize};

/// A district, a street, or a house; what is left out stands for all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The district.
    #[serde(default)]
    pub district: String,
    /// The street.
    #[serde(default)]
    pub street: String,
    /// The house, of this street.
    #[serde(default)]
    pub house: String,
}

/// A place as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    /// The district's.
    pub district: String,
    /// The street's.
    pub street: String,
    /// The house's.
    pub house: String,
}

impl Place {
    /// As it is compared.
    pub fn keys(&self) -> Keys {
        Keys { district: key(&self.district), street: key(&self.street), house: key(&self.house) }
    }

    /// Says something, and a house no less than its street.
    pub fn is_somewhere(&self) -> bool {
        let Keys { district, street, house } = self.keys();
        !street.is_empty() || (!district.is_empty() && house.is_empty())
    }
}

/// Neither capitals nor dots nor idle spaces nor «ё» make another street.
fn key(text: &str) -> String {
    let text = text.to_lowercase().replace('ё', "е").replace(['.', ','], " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_street_is_the_same_however_it_is_typed() {
        for text in ["ул. Зелёная", "Ул.Зеленая", " ул  ЗЕЛЁНАЯ ,"] {
            assert_eq!(key(text), "ул зеленая", "{text}");
        }
        assert_ne!(key("12а"), key("12"));
    }

    #[test]
    fn a_house_is_nowhere_without_its_street() {
        let place = |district: &str, street: &str, house: &str| Place {
            district: district.to_owned(),
            street: street.to_owned(),
            house: house.to_owned(),
        };
        assert!(place("Северный", "", "").is_somewhere() && place("", "ул. Новая", "3").is_somewhere());
        assert!(!place("", "", "3").is_somewhere() && !place("Северный", "", "3").is_somewhere());
        assert!(!place("", " . ", "").is_somewhere());
    }
}
