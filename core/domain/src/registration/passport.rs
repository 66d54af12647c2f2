//! Series, number and code: digits, however they are parted.

use zeroize::Zeroizing;

use super::RegistrationReason as Reason;

/// Series and number, parted where both were typed into the first field.
pub(super) fn parts(series: &str, number: &str) -> (Zeroizing<String>, Zeroizing<String>) {
    let (series, number) = (bare(series), bare(number));
    if number.is_empty() && series.len() == 10 && series.is_ascii() {
        let (series, number) = series.split_at(4);
        return (Zeroizing::new(series.to_owned()), Zeroizing::new(number.to_owned()));
    }
    (series, number)
}

/// `00 00`.
pub(super) fn series(typed: &str) -> Result<String, Reason> {
    let digits = Zeroizing::new(digits(typed, 4)?);
    Ok(joined(&digits, 2, ' '))
}

/// `000-000`.
pub(super) fn code(typed: &str) -> Result<String, Reason> {
    let digits = Zeroizing::new(digits(typed, 6)?);
    Ok(joined(&digits, 3, '-'))
}

/// So many digits and nothing else.
pub(super) fn digits(typed: &str, count: usize) -> Result<String, Reason> {
    let bare = bare(typed);
    if bare.is_empty() {
        Err(Reason::Empty)
    } else if bare.len() == count && bare.bytes().all(|b| b.is_ascii_digit()) {
        Ok(bare.to_string())
    } else {
        Err(Reason::NotDigits { digits: i32::try_from(count).unwrap_or(i32::MAX) })
    }
}

fn joined(digits: &str, at: usize, sign: char) -> String {
    let mut text = String::with_capacity(digits.len() + 1);
    text.push_str(&digits[..at]);
    text.push(sign);
    text.push_str(&digits[at..]);
    text
}

/// Without what people put between digits.
fn bare(typed: &str) -> Zeroizing<String> {
    let mut bare = Zeroizing::new(String::with_capacity(typed.len()));
    bare.extend(typed.chars().filter(|c| !c.is_whitespace() && !".,-‐‑–—−№".contains(*c)));
    bare
}
