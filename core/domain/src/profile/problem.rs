//! What is wrong with a profile, field by field.

use std::fmt;

/// Why a profile can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("profile field {field}: {reason}")]
pub struct ProfileProblem {
    /// Path of the field: `windows[1].closes.day`; `(file)` where the text is no JSON.
    pub field: String,
    /// What is wrong with it.
    pub reason: String,
}

/// All that is wrong; never empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ProfileProblems(pub Vec<ProfileProblem>);

impl fmt::Display for ProfileProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            write!(f, "{}{problem}", if index > 0 { "; " } else { "" })?;
        }
        Ok(())
    }
}

impl ProfileProblems {
    pub(super) fn add(&mut self, field: impl Into<String>, reason: impl Into<String>) {
        self.0.push(ProfileProblem { field: field.into(), reason: reason.into() });
    }

    pub(super) fn unless(&mut self, fine: bool, field: impl Into<String>, reason: impl Into<String>) {
        if !fine {
            self.add(field, reason);
        }
    }
}

/// The text is no JSON.
pub(super) fn of_syntax(error: serde_json::Error) -> ProfileProblems {
    ProfileProblems(vec![ProfileProblem { field: "(file)".to_owned(), reason: error.to_string() }])
}

/// The JSON has not the shape of a profile.
pub(super) fn of_shape(error: serde_path_to_error::Error<serde_json::Error>) -> ProfileProblems {
    let place = error.path().to_string();
    let error = error.into_inner();
    if !error.is_data() {
        return of_syntax(error);
    }
    let reason = error.to_string();
    let parent = if place == "." { "" } else { place.as_str() };
    // serde names a missing field, and one that stands twice, only in its message.
    let named = ["missing field `", "duplicate field `"].iter().find_map(|words| reason.strip_prefix(words));
    let field = match named.and_then(|rest| rest.split('`').next()) {
        Some(name) if parent.is_empty() => name.to_owned(),
        Some(name) => format!("{parent}.{name}"),
        None if parent.is_empty() => "(file)".to_owned(),
        None => parent.to_owned(),
    };
    ProfileProblems(vec![ProfileProblem { field, reason }])
}
