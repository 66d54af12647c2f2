//! Texts of a profile with places to fill: `{account}`.

use super::ProfileProblems;

/// A text with its places filled, in one pass: what stands in a value is never taken for a place. A place without a
/// value stays as it is; a checked profile has none.
#[must_use]
pub fn fill_template(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let value = after.split_once('}').and_then(|(name, behind)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((*value, behind))
        });
        match value {
            Some((value, behind)) => {
                out.push_str(value);
                rest = behind;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Refuses places that nobody fills, and texts without those that must be.
pub(super) fn check(
    field: &str,
    text: &str,
    needed: &[&str],
    known: &[&str],
    problems: &mut ProfileProblems,
) {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (brace, after) = rest.split_at(at).1.split_at(1);
        let Some((name, after)) = after.split_once('}').filter(|_| brace == "{") else {
            return problems.add(field, "has a brace without its fellow");
        };
        problems.unless(known.contains(&name), field, format!("{{{name}}} is unknown here"));
        found.push(name);
        rest = after;
    }
    for name in needed {
        problems.unless(found.contains(name), field, format!("{{{name}}} is missing"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_never_taken_for_places() {
        let values = [("account", "{value}"), ("value", "{account}")];
        assert_eq!(fill_template("{account}: {value}.", &values), "{value}: {account}.");
    }

    #[test]
    fn what_is_no_known_place_stays_as_it_is() {
        assert_eq!(fill_template("{x} { {a} {", &[("a", "1")]), "{x} { 1 {");
    }
}
