//! The frame of every printed page: it needs nothing else, no script, no font, no picture from anywhere.

/// What a page is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// A sheet, 210 × 297 mm.
    #[default]
    A4,
    /// The roll of a cash register's printer, 80 mm wide, of which 72 are printed.
    Roll80,
}

impl Paper {
    /// For `@page`: what a sheet is, and what of it stays white.
    const fn sheet(self) -> &'static str {
        match self {
            Self::A4 => "@page { size: A4; margin: 14mm 15mm }",
            // A roll has no end, but a page must have one: what is longer goes on upon the next.
            Self::Roll80 => "@page { size: 80mm 297mm; margin: 4mm }",
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Roll80 => "roll",
        }
    }
}

/// Black on white, whatever the phone's theme, and rows in one piece.
const STYLE: &str = include_str!("style/page.css");

/// What every document ends with.
pub(super) const END: &str = "</body></html>\n";

/// A whole document. `style` adds to what all pages have; `body` is markup, `title` is text.
pub(super) fn page(title: &str, paper: Paper, style: &str, body: &str) -> String {
    format!("{}{body}{END}", start(title, paper, style))
}

/// A document up to where its body begins, for those who must know where their secrets are copied to.
pub(super) fn start(title: &str, paper: Paper, style: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"ru\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light\">\
         <title>{title}</title><style>\n{sheet}\n{STYLE}{style}</style></head>\n<body class=\"{class}\">\n",
        title = escaped(title),
        sheet = paper.sheet(),
        class = paper.class(),
    )
}

/// Text as it stands between tags or in a quoted attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(&mut out, text);
    out
}

/// The same, behind what is there already. What no document may hold (control characters, which even a reference can't
/// bring in) is left out.
pub(super) fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || is_noncharacter(c) => {}
            c => out.push(c),
        }
    }
}

fn is_noncharacter(c: char) -> bool {
    let code = u32::from(c);
    (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text_whatever_is_in_it() {
        assert_eq!(escaped("<b>\"А & Б\"</b>"), "&lt;b&gt;&quot;А &amp; Б&quot;&lt;/b&gt;");
        assert_eq!(escaped("а\u{0}\u{7}\u{85}\u{fffe}\u{1ffff}\r\nб"), "а\nб");
        assert!(page("А < Б", Paper::A4, "", "").contains("<title>А &lt; Б</title>"));
    }

    #[test]
    fn each_paper_has_its_own_sheet() {
        assert!(page("", Paper::A4, "", "").contains("size: A4"));
        assert!(page("", Paper::Roll80, "", "").contains("size: 80mm 297mm"));
    }
}
