//! Tables for spreadsheets: RFC 4180, as Excel in Russia opens them with a double click.
//!
//! Three things are not in the RFC and are needed: the mark of UTF-8 (BOM), without which Excel takes Cyrillic for the
//! system's own encoding; `;` between cells, because in Russia the comma parts decimals and Excel takes the list separator
//! of the system; and the same comma in numbers. Lines end with CR LF.

/// What a file begins with.
const BOM: char = '\u{feff}';

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// Somebody's words: never taken for a formula.
    Text(String),
    /// A number of ours, with a decimal comma; a spreadsheet counts with it.
    Number(String),
    /// Nothing.
    Empty,
}

/// The file.
pub(super) fn file(head: &[&str], rows: &[Vec<Cell>]) -> String {
    let head: Vec<String> = head.iter().map(|name| text(name)).collect();
    let mut out = format!("{BOM}{}\r\n", head.join(";"));
    for row in rows {
        let cells: Vec<String> = row.iter().map(Cell::written).collect();
        out.push_str(&cells.join(";"));
        out.push_str("\r\n");
    }
    out
}

impl Cell {
    fn written(&self) -> String {
        match self {
            Self::Text(said) => text(said),
            Self::Number(number) => quoted(number),
            Self::Empty => String::new(),
        }
    }
}

/// What begins like a formula gets an apostrophe before it, which spreadsheets take for "this is text". Full-width signs
/// are signs to some of them, and they skip white space to find one.
fn text(said: &str) -> String {
    let first = said.trim_start().chars().next();
    let formula = first.is_some_and(|c| "=+-@＝＋－＠|%".contains(c)) || said.starts_with(['\t', '\r', '\n']);
    if formula { quoted(&format!("'{said}")) } else { quoted(said) }
}

fn quoted(cell: &str) -> String {
    let needed = cell.contains([';', ',', '"', '\r', '\n', '\t', '\''])
        || cell.starts_with(' ')
        || cell.ends_with(' ');
    if needed { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(cells: &[Cell]) -> String {
        let file = file(&["а"], &[cells.to_vec()]);
        file.split_once("\r\n").unwrap().1.to_owned()
    }

    #[test]
    fn a_file_begins_with_the_mark_of_utf_8_and_its_lines_end_with_cr_lf() {
        let file = file(&["Прибор", "Значение"], &[vec![Cell::Text("а".into()), Cell::Empty]]);
        assert_eq!(file, "\u{feff}Прибор;Значение\r\nа;\r\n");
    }

    #[test]
    fn quotes_separators_and_line_breaks_stay_within_their_cell() {
        let cell = |said: &str| line(&[Cell::Text(said.into()), Cell::Number("1".into())]);
        assert_eq!(cell("а;б"), "\"а;б\";1\r\n");
        assert_eq!(cell("«а» \"б\""), "\"«а» \"\"б\"\"\";1\r\n");
        assert_eq!(cell("а\r\nб"), "\"а\r\nб\";1\r\n");
    }

    #[test]
    fn no_text_is_ever_a_formula_and_numbers_stay_numbers() {
        for formula in ["=1+1", "+7", "-5", "@SUM(A1)", "\t=1", " =1", "＝1", "|cmd", "\r=1"] {
            let written = line(&[Cell::Text(formula.into())]);
            assert!(written.starts_with("\"'"), "{written:?}");
        }
        assert_eq!(line(&[Cell::Number("-5".into()), Cell::Number("127,5".into())]), "-5;\"127,5\"\r\n");
    }
}
