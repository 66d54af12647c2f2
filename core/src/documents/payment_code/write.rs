//! One code of a payment, or the named reason why there can be none: a broken code is worse than none at all, because
//! the money goes astray.

use super::field::Rule;
use super::{Encoding, FORMAT, Field, Payment, VERSION};
use crate::documents::qr;

/// The obligatory fields with their keys and separators: their limits add up to it in an encoding of one byte a letter.
const OBLIGATORY_BYTES: usize = 300;

/// In the order of preference; each one byte in every encoding, and no part of a key or of a number.
const SEPARATORS: [char; 12] = ['|', '~', '^', '#', ';', '!', '$', '&', '*', '@', '%', '_'];

/// Which encoding is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// This one, or nothing.
    Only(Encoding),
    /// UTF-8, which every bank's app reads; where it takes too many bytes, the first of the others that can hold it.
    Any,
}

/// A finished code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// How it is encoded.
    pub encoding: Encoding,
    /// What stands between the fields.
    pub separator: char,
    /// The code as text.
    pub text: String,
    /// The code as it is to be drawn.
    pub bytes: Vec<u8>,
}

/// Why there can be no code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteProblem {
    /// An obligatory field says nothing.
    #[error("{} is missing", field.key())]
    Missing {
        /// Which.
        field: Field,
    },
    /// A field stands twice.
    #[error("{} stands twice", field.key())]
    Twice {
        /// Which.
        field: Field,
    },
    /// A value is longer than the standard allows.
    #[error("{} is longer than {most} characters", field.key())]
    TooLong {
        /// Which.
        field: Field,
        /// Characters that it may have.
        most: usize,
    },
    /// A number has something else in it, or not as many digits as it must have.
    #[error("{} is not a number of as many digits as it must have", field.key())]
    NotDigits {
        /// Which.
        field: Field,
    },
    /// A value has a line break or another control character in it.
    #[error("{} has a control character in it", field.key())]
    Control {
        /// Which.
        field: Field,
    },
    /// A value has a character that the encoding does not have.
    #[error("{} has {character:?} in it, which {encoding:?} can't write", field.key())]
    NotInEncoding {
        /// Which.
        field: Field,
        /// The first such character.
        character: char,
        /// The encoding.
        encoding: Encoding,
    },
    /// Values hold every character that could stand between them.
    #[error("values hold every separator that there is")]
    NoSeparator,
    /// The obligatory fields take more than the standard allows.
    #[error("the obligatory fields take {bytes} bytes of at most {most}")]
    ObligatoryTooLong {
        /// Bytes that they take, keys and separators included.
        bytes: usize,
        /// Bytes that they may take.
        most: usize,
    },
    /// The whole is more than one QR code holds at the level of correction that paper needs.
    #[error("the code takes {bytes} bytes of at most {most}")]
    CodeTooLong {
        /// Bytes that it takes.
        bytes: usize,
        /// Bytes that it may take.
        most: usize,
    },
}

/// Writes the code of a payment.
///
/// # Errors
/// [`WriteProblem`] names the field and what the standard says against it.
pub fn write(payment: &Payment, wanted: Wanted) -> Result<Written, WriteProblem> {
    check(payment)?;
    let separator = SEPARATORS
        .into_iter()
        .find(|s| !payment.fields.iter().any(|(_, value)| value.contains(*s)))
        .ok_or(WriteProblem::NoSeparator)?;
    match wanted {
        Wanted::Only(encoding) => encoded(payment, separator, encoding),
        Wanted::Any => encoded(payment, separator, Encoding::Utf8).or_else(|problem| {
            [Encoding::Windows1251, Encoding::Koi8R]
                .into_iter()
                .find_map(|other| encoded(payment, separator, other).ok())
                .ok_or(problem)
        }),
    }
}

fn check(payment: &Payment) -> Result<(), WriteProblem> {
    for (index, (field, value)) in payment.fields.iter().enumerate() {
        let field = *field;
        if value.is_empty() {
            return Err(WriteProblem::Missing { field });
        }
        if payment.fields.iter().take(index).any(|(earlier, _)| *earlier == field) {
            return Err(WriteProblem::Twice { field });
        }
        if value.chars().any(char::is_control) {
            return Err(WriteProblem::Control { field });
        }
        let digits = |fits: bool| fits && value.bytes().all(|b| b.is_ascii_digit());
        match field.rule() {
            Rule::Text { most } if value.chars().count() > most => {
                return Err(WriteProblem::TooLong { field, most });
            }
            Rule::Digits { least, most } if !digits((least..=most).contains(&value.len())) => {
                return Err(WriteProblem::NotDigits { field });
            }
            Rule::DigitsOf { these, or } if !digits(value.len() == these || value.len() == or) => {
                return Err(WriteProblem::NotDigits { field });
            }
            Rule::Text { .. } | Rule::Digits { .. } | Rule::DigitsOf { .. } => {}
        }
    }
    Ok(())
}

fn encoded(payment: &Payment, separator: char, encoding: Encoding) -> Result<Written, WriteProblem> {
    let mut text = format!("{FORMAT}{VERSION}{}", encoding.digit());
    let mut bytes = text.clone().into_bytes();
    let head = bytes.len();
    for (index, (field, value)) in payment.fields.iter().enumerate() {
        let field = *field;
        let key = format!("{separator}{}=", field.key());
        bytes.extend_from_slice(key.as_bytes());
        bytes.extend(encoding.encode(value).map_err(|character| WriteProblem::NotInEncoding {
            field,
            character,
            encoding,
        })?);
        text.push_str(&key);
        text.push_str(value);
        let obligatory = bytes.len() - head;
        if index < Field::OBLIGATORY.len() && obligatory > OBLIGATORY_BYTES {
            return Err(WriteProblem::ObligatoryTooLong { bytes: obligatory, most: OBLIGATORY_BYTES });
        }
    }
    if bytes.len() > qr::MOST_BYTES {
        return Err(WriteProblem::CodeTooLong { bytes: bytes.len(), most: qr::MOST_BYTES });
    }
    Ok(Written { encoding, separator, text, bytes })
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
