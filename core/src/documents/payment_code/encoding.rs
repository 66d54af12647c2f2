//! The three encodings that the standard knows.

use encoding_rs::{KOI8_R, UTF_8, WINDOWS_1251};

/// How the bytes of a code are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Windows-1251, one byte a letter.
    Windows1251,
    /// UTF-8, two bytes a Cyrillic letter.
    Utf8,
    /// KOI8-R, one byte a letter; it has neither «» nor №.
    Koi8R,
}

impl Encoding {
    /// The digit that stands for it.
    pub(super) const fn digit(self) -> char {
        match self {
            Self::Windows1251 => '1',
            Self::Utf8 => '2',
            Self::Koi8R => '3',
        }
    }

    pub(super) const fn of_digit(digit: char) -> Option<Self> {
        match digit {
            '1' => Some(Self::Windows1251),
            '2' => Some(Self::Utf8),
            '3' => Some(Self::Koi8R),
            _ => None,
        }
    }

    const fn table(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Windows1251 => WINDOWS_1251,
            Self::Utf8 => UTF_8,
            Self::Koi8R => KOI8_R,
        }
    }

    /// The bytes, or the first character that has none here.
    pub(super) fn encode(self, text: &str) -> Result<Vec<u8>, char> {
        let mut bytes = Vec::with_capacity(text.len());
        let mut buffer = [0; 4];
        for character in text.chars() {
            let (encoded, _, replaced) = self.table().encode(character.encode_utf8(&mut buffer));
            if replaced {
                return Err(character);
            }
            bytes.extend_from_slice(&encoded);
        }
        Ok(bytes)
    }

    /// The text; none where the bytes are none of this encoding.
    pub(super) fn decode(self, bytes: &[u8]) -> Option<String> {
        self.table().decode_without_bom_handling_and_without_replacement(bytes).map(String::from)
    }
}
