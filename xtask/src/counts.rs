//! How many tests ran: read from what the test programs themselves report.

use crate::failure::{Outcome, While};
use std::fs;
use std::ops::AddAssign;
use std::path::Path;

/// Tests that ran, by how they ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed, or could not be run to their end.
    pub failed: u64,
    /// Tests that were left out.
    pub skipped: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, more: Self) {
        self.passed += more.passed;
        self.failed += more.failed;
        self.skipped += more.skipped;
    }
}

/// Reads "test result: ok. 12 passed; 0 failed; 1 ignored; …", the line with which each Rust test program ends.
pub fn of_cargo_line(line: &str) -> Option<Counts> {
    let (_, numbers) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let number = |word: &str| -> Option<u64> {
        numbers.split("; ").find_map(|part| part.strip_suffix(word))?.trim().parse().ok()
    };
    Some(Counts { passed: number(" passed")?, failed: number(" failed")?, skipped: number(" ignored")? })
}

/// Adds up the reports that Maven's Surefire left in a folder, one file a test class.
pub fn of_surefire(folder: &Path) -> Outcome<Counts> {
    let mut counts = Counts::default();
    if !folder.exists() {
        return Ok(counts);
    }
    for entry in fs::read_dir(folder).when(folder.display())? {
        let path = entry.when(folder.display())?.path();
        if path.extension().is_some_and(|end| end == "xml") {
            let report = fs::read_to_string(&path).when(path.display())?;
            counts += of_report(&report).unwrap_or_default();
        }
    }
    Ok(counts)
}

/// Reads the attributes of a report's `<testsuite>` element.
fn of_report(report: &str) -> Option<Counts> {
    let (_, from_element) = report.split_once("<testsuite ")?;
    let (attributes, _) = from_element.split_once('>')?;
    let number = |name: &str| -> Option<u64> {
        let (_, value) = attributes.split_once(&format!(" {name}=\""))?;
        value.split_once('"')?.0.parse().ok()
    };
    let failed = number("failures")? + number("errors")?;
    let skipped = number("skipped")?;
    Some(Counts { passed: number("tests")?.checked_sub(failed + skipped)?, failed, skipped })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_closing_line_is_counted_and_no_other() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 7 filtered out; finished in 0.05s";
        let counted = Counts { passed: 12, failed: 3, skipped: 1 };
        assert_eq!(of_cargo_line(line), Some(counted));
        assert_eq!(of_cargo_line("test a::b ... ok"), None);
        assert_eq!(of_cargo_line("running 12 tests"), None);
    }

    #[test]
    fn surefires_errors_are_failures_and_skipped_tests_have_not_passed() {
        let report = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0.2" name="ru.vodomer.app.HomeTest" time="4.1" tests="9" errors="1" skipped="2" failures="1" flakes="0">
  <testcase name="a" classname="b" time="0.1"><failure message="tests=&quot;100&quot;"/></testcase>
</testsuite>"#;
        let counted = Counts { passed: 5, failed: 2, skipped: 2 };
        assert_eq!(of_report(report), Some(counted));
        assert_eq!(of_report("<html>"), None);
    }

    #[test]
    fn reports_of_a_folder_are_added_up_and_other_files_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let report = r#"<testsuite name="a" time="1" tests="3" errors="0" skipped="0" failures="1">"#;
        fs::write(folder.path().join("TEST-a.xml"), report).unwrap();
        fs::write(folder.path().join("TEST-b.xml"), report).unwrap();
        fs::write(folder.path().join("a.txt"), report).unwrap();
        let counted = Counts { passed: 4, failed: 2, skipped: 0 };
        assert_eq!(of_surefire(folder.path()).unwrap(), counted);
        assert_eq!(of_surefire(&folder.path().join("none")).unwrap(), Counts::default());
    }
}
