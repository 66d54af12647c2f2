//! Text → digits before and after the comma, character by character.

use super::{Typed, TypedProblem};

/// No more accents than this are shown with the character that they stand on.
const MOST_MARKS: usize = 4;

/// Reads the digits of a text.
pub(super) fn scan(text: &str) -> Result<Typed, TypedProblem> {
    let leading = text.chars().take_while(|c| is_space(*c)).count();
    let body = text.trim_matches(is_space);
    if body.is_empty() {
        return Err(TypedProblem::Empty);
    }
    let mut typed = Typed::default();
    let mut comma = false;
    // The space that opened the group being read, and the group's digits so far.
    let mut group: Option<(i32, usize)> = None;
    for (index, c) in body.chars().enumerate() {
        let position = count(leading + index + 1);
        match c {
            '0'..='9' => {
                if comma { &mut typed.fraction } else { &mut typed.whole }.push(c);
                group = group.map(|(space, digits)| (space, digits + 1));
            }
            ',' | '.' if comma => return Err(TypedProblem::SecondComma { position }),
            ',' | '.' => {
                close_group(group.take())?;
                comma = true;
            }
            c if index == 0 && is_minus(c) => return Err(TypedProblem::Negative),
            c if is_space(c) => {
                close_group(group)?;
                let after_a_group = group.is_some() || (1..=3).contains(&typed.whole.len());
                if comma || parts_numbers(c) || !after_a_group {
                    return Err(TypedProblem::StraySpace { position });
                }
                group = Some((position, 0));
            }
            c => {
                let start = if is_mark(c) { index.saturating_sub(1) } else { index };
                return Err(TypedProblem::NotADigit {
                    position: count(leading + start + 1),
                    character: shown(body, start),
                });
            }
        }
    }
    close_group(group)?;
    if typed.whole.is_empty() {
        return Err(TypedProblem::NoWholeDigits);
    }
    Ok(typed)
}

/// A length as the boundary to Kotlin has it.
pub(super) fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

fn close_group(group: Option<(i32, usize)>) -> Result<(), TypedProblem> {
    match group {
        Some((position, digits)) if digits != 3 => Err(TypedProblem::StraySpace { position }),
        Some(_) | None => Ok(()),
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}') || parts_numbers(c)
}

/// What stands between two cells or lines of a pasted text: two numbers, never one.
fn parts_numbers(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r')
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '−' | '‐' | '‑' | '–' | '—' | '－')
}

/// The standard library escapes a character that can't be printed, or that stands on the one before it.
fn is_escaped(c: char) -> bool {
    c.escape_debug().nth(1) == Some('u')
}

/// Drawn onto the character before it: such a one is escaped alone and not after another.
fn is_mark(c: char) -> bool {
    is_escaped(c) && ['a', c].iter().collect::<String>().escape_debug().nth(1) == Some(c)
}

/// A character with its accents, or the code of one that would not be seen.
fn shown(body: &str, start: usize) -> String {
    let mut chars = body.chars().skip(start);
    match chars.next() {
        Some(c) if is_escaped(c) => format!("U+{:04X}", u32::from(c)),
        Some(c) => {
            std::iter::once(c).chain(chars.take_while(|c| is_mark(*c)).take(MOST_MARKS)).collect::<String>()
        }
        None => String::new(),
    }
}
