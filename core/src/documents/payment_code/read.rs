//! Any code that is on paper somewhere: cases of keys, orders, encodings and separators as generators have them.
//!
//! Nothing is thrown away: fields that are not known here are kept, and whatever is odd becomes a warning. What a code
//! says is a claim of whoever printed it, never a pass to an account.

use super::{Encoding, FORMAT, Field, VERSION, repair};

/// More than any QR code holds.
const MOST_BYTES: u16 = 16_384;

/// A code as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentCode {
    /// How it is encoded, which is not always what it says.
    pub encoding: Encoding,
    /// What stands between the fields.
    pub separator: char,
    /// Every field in the order of the code: key and value, empty ones included.
    pub fields: Vec<(String, String)>,
    /// What is not as the standard has it.
    pub warnings: Vec<Warning>,
}

/// What is odd about a code that can be read all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// An obligatory field is missing or empty.
    Missing {
        /// Which.
        field: Field,
    },
    /// A key stands twice with different values; the first that says something counts.
    Twice {
        /// Its key.
        key: String,
    },
    /// A part without `=`; it was taken for the rest of the value before it.
    Stray,
    /// The encoding is not the one that the code says.
    OtherEncoding,
    /// The scanner had garbled letters, which were put right.
    Repaired,
    /// The scanner has lost letters for good.
    Lost,
    /// The sum is in roubles with kopecks behind a comma or a point.
    SumInRoubles,
    /// The sum is none.
    SumUnreadable,
    /// The month is none.
    PeriodUnreadable,
}

/// Why something is no code that can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadProblem {
    /// There is nothing.
    #[error("there is nothing")]
    Empty,
    /// More than any QR code holds.
    #[error("longer than {most} bytes")]
    TooLong {
        /// Bytes that it may have.
        most: i32,
    },
    /// A link, as those of the system of fast payments (СБП) are: a bank's app opens it.
    #[error("a link, not a payment code")]
    Link,
    /// It does not begin as payment codes do.
    #[error("not a payment code")]
    NotAPaymentCode,
    /// A payment code of another version.
    #[error("a payment code of version {version}")]
    OtherVersion {
        /// Its four digits.
        version: String,
    },
    /// Behind the beginning, there are no fields.
    #[error("a payment code without fields")]
    NoFields,
}

/// Reads the bytes of a code.
///
/// # Errors
/// [`ReadProblem`] says why it is none.
pub fn read_bytes(bytes: &[u8]) -> Result<PaymentCode, ReadProblem> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    // The head is the same in every encoding; what follows waits for it.
    let latin: String = bytes.iter().take(usize::from(MOST_BYTES) + 1).map(|b| char::from(*b)).collect();
    let declared = head(&latin)?.declared;
    // Many generators write UTF-8 and call it Windows-1251; that the bytes are both never happens.
    let in_utf_8 = repair::utf_8(bytes).map(|text| (Encoding::Utf8, text));
    let as_declared = || declared.and_then(|encoding| Some((encoding, encoding.decode(bytes)?)));
    let (encoding, text) = in_utf_8.or_else(as_declared).unwrap_or_else(|| repair::guessed(bytes));
    let mut code = split(&head(&text)?, encoding)?;
    if declared != Some(encoding) {
        code.warnings.push(Warning::OtherEncoding);
    }
    Ok(code.finished())
}

/// Reads a code as a scanner's app hands it over: as text, whatever that has made of the letters.
///
/// # Errors
/// [`ReadProblem`] says why it is none.
pub fn read_text(text: &str) -> Result<PaymentCode, ReadProblem> {
    let head = head(text)?;
    let declared = head.declared.unwrap_or(Encoding::Utf8);
    let mut code = split(&head, declared)?;
    code.warnings.extend(head.declared.is_none().then_some(Warning::OtherEncoding));
    let mut mended = false;
    for (_, value) in &mut code.fields {
        if let Some(better) = repair::repaired(value, declared) {
            *value = better;
            mended = true;
        }
    }
    let all: Vec<&str> = code.fields.iter().map(|(_, value)| value.as_str()).collect();
    if !mended && let Some(shown_as) = repair::swapped(&all.join(" "), declared) {
        for (_, value) in &mut code.fields {
            let again = shown_as.encode(value).ok().and_then(|bytes| declared.decode(&bytes));
            if let Some(again) = again {
                *value = again;
            }
        }
        mended = true;
    }
    if mended {
        code.warnings.push(Warning::Repaired);
    }
    Ok(code.finished())
}

struct Head<'a> {
    declared: Option<Encoding>,
    separator: char,
    /// All behind the first separator.
    body: &'a str,
}

fn head(text: &str) -> Result<Head<'_>, ReadProblem> {
    if text.chars().count() > usize::from(MOST_BYTES) {
        return Err(ReadProblem::TooLong { most: i32::from(MOST_BYTES) });
    }
    // Only what is white in ASCII: among garbled letters, other white characters are bytes of letters.
    let white = |c: char| c.is_ascii_whitespace() || c == '\0';
    let text = text.trim_start_matches(|c: char| white(c) || c == '\u{feff}').trim_end_matches(white);
    if text.is_empty() {
        return Err(ReadProblem::Empty);
    }
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        return Err(ReadProblem::Link);
    }
    let is_format = text.get(..FORMAT.len()).is_some_and(|start| start.eq_ignore_ascii_case(FORMAT));
    let digits = text.get(FORMAT.len()..FORMAT.len() + VERSION.len()).filter(|_| is_format);
    let version = digits.filter(|v| v.bytes().all(|b| b.is_ascii_digit()));
    let version = version.ok_or(ReadProblem::NotAPaymentCode)?;
    if version != VERSION {
        return Err(ReadProblem::OtherVersion { version: version.to_owned() });
    }
    let mut rest = text[FORMAT.len() + VERSION.len()..].chars();
    let digit = rest.next().ok_or(ReadProblem::NoFields)?;
    let separator = rest.next().ok_or(ReadProblem::NoFields)?;
    if separator.is_alphanumeric() || separator == '=' {
        return Err(ReadProblem::NotAPaymentCode);
    }
    Ok(Head { declared: Encoding::of_digit(digit), separator, body: rest.as_str() })
}

fn split(head: &Head<'_>, encoding: Encoding) -> Result<PaymentCode, ReadProblem> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut warnings = Vec::new();
    for part in head.body.split(head.separator) {
        let is_white = part.bytes().all(|b| b.is_ascii_whitespace());
        match (part.split_once('='), fields.last_mut()) {
            (Some((key, value)), _) if !key.trim().is_empty() => {
                fields.push((key.trim().to_owned(), value.to_owned()));
            }
            _ if is_white => {}
            (Some(_) | None, Some((_, before))) => {
                before.push(head.separator);
                before.push_str(part);
                warnings.push(Warning::Stray);
            }
            (Some(_) | None, None) => warnings.push(Warning::Stray),
        }
    }
    if fields.is_empty() {
        return Err(ReadProblem::NoFields);
    }
    Ok(PaymentCode { encoding, separator: head.separator, fields, warnings })
}

impl PaymentCode {
    /// The first value of a key, in any case, that says something.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        let of_key = self.fields.iter().filter(|(k, _)| k.eq_ignore_ascii_case(key));
        of_key.map(|(_, value)| value.as_str()).find(|value| !value.is_empty())
    }

    /// With its values trimmed, now that they are letters, and all that is odd about them said.
    fn finished(mut self) -> Self {
        for (_, value) in &mut self.fields {
            *value = value.trim().to_owned();
        }
        for field in Field::OBLIGATORY {
            if self.get(field.key()).is_none() {
                self.warnings.push(Warning::Missing { field });
            }
        }
        let mut told: Vec<&str> = Vec::new();
        for (key, value) in &self.fields {
            let contradicted = !value.is_empty() && self.get(key).is_some_and(|first| first != value);
            if contradicted && !told.iter().any(|k| k.eq_ignore_ascii_case(key)) {
                told.push(key);
            }
        }
        let twice: Vec<Warning> =
            told.into_iter().map(|key| Warning::Twice { key: key.to_owned() }).collect();
        self.warnings.extend(twice);
        if self.fields.iter().any(|(_, value)| value.contains('\u{fffd}')) {
            self.warnings.push(Warning::Lost);
        }
        self.warnings.dedup();
        self
    }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
