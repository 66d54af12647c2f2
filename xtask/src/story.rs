//! The steps of the story, as the app's test leaves them: `steps.json` and the pictures beside it.

use crate::failure::{Outcome, While};
use serde::Deserialize;
use std::fs;
use std::path::Path;

/// One step of the resident's month.
#[derive(Debug, Clone, Deserialize)]
pub struct Step {
    /// Its number in the story, from 1.
    pub number: u32,
    /// What it is about.
    pub title: String,
    /// What happened, in English, quoting the app.
    #[serde(default)]
    pub lines: Vec<String>,
    /// The pictures of its screens, as file names in the demo's folder.
    #[serde(default)]
    pub pictures: Vec<String>,
    /// What was compared and found as told.
    #[serde(default)]
    pub checked: Vec<String>,
}

/// The steps that were played, in order; none when the story never began.
pub fn played(folder: &Path) -> Outcome<Vec<Step>> {
    let file = folder.join("steps.json");
    if !file.exists() {
        return Ok(Vec::new());
    }
    let text = fs::read_to_string(&file).when(file.display())?;
    let mut steps: Vec<Step> = serde_json::from_str(&text).when(file.display())?;
    steps.sort_by_key(|step| step.number);
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_read_in_their_order_and_may_lack_pictures() {
        let folder = tempfile::tempdir().unwrap();
        let text = r#"[{"number":2,"title":"Cellar","lines":["a"]},
            {"number":1,"title":"Login","pictures":["1-home.png"],"checked":["two meters"]}]"#;
        fs::write(folder.path().join("steps.json"), text).unwrap();
        let steps = played(folder.path()).unwrap();
        assert_eq!(steps[0].pictures, ["1-home.png"]);
        assert_eq!(steps[1].lines, ["a"]);
    }

    #[test]
    fn a_story_that_never_began_has_no_steps() {
        let folder = tempfile::tempdir().unwrap();
        assert!(played(folder.path()).unwrap().is_empty());
    }
}
