//! Rules that change from a day on: tariffs, norms, windows.

use chrono::NaiveDate;

/// A rule with the day from which it holds; without one, it always did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since<T> {
    /// The first day on which it holds.
    pub from: Option<NaiveDate>,
    /// The rule.
    pub rule: T,
}

/// The rule that holds on a day: of those that have begun, the one that began last.
#[must_use]
pub fn in_force<T>(rules: &[Since<T>], day: NaiveDate) -> Option<&T> {
    rules.iter().filter(|r| r.from.is_none_or(|from| from <= day)).max_by_key(|r| r.from).map(|r| &r.rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_that_began_last_holds() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let rules = [
            Since { from: Some(day("2026-07-01")), rule: 'b' },
            Since { from: None, rule: 'a' },
            Since { from: Some(day("2027-01-01")), rule: 'c' },
        ];
        assert_eq!(in_force(&rules, day("2026-06-30")), Some(&'a'));
        assert_eq!(in_force(&rules, day("2026-07-01")), Some(&'b'));
        assert_eq!(in_force(&rules, day("2028-01-01")), Some(&'c'));
        assert_eq!(in_force(&rules[2..], day("2026-12-31")), None);
    }
}
