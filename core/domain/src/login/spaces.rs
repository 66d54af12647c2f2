//! Spaces and invisible characters that came along with a copied text.

/// Characters that nobody sees and nobody typed: zero-width spaces and joiners, marks of direction, soft hyphens, the
/// mark at a file's beginning.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// The text without spaces (and line feeds) at its ends and without invisible characters anywhere.
pub(super) fn trimmed(text: &str) -> String {
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    visible.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_kinds_of_spaces_are_trimmed_and_those_inside_stay() {
        for text in [" a b", "a b ", "a b\n", "a b\r\n", "\ta b", "a b\u{a0}", "\u{202f}a b", "\u{feff}a b"] {
            assert_eq!(trimmed(text), "a b", "{text:?}");
        }
        assert_eq!(trimmed("a\u{200b}\u{ad} \u{200f}b\u{2060}"), "a b");
        assert_eq!(trimmed("a\u{2010}b"), "a\u{2010}b", "a hyphen is seen");
    }
}
