//! The utility's windows: one rule, or several with the days from which they hold.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::check::{check_day, check_first_of_a_month};
use super::{Profile, ProfileProblems};
use crate::{Calendar, Day, LateReadings, Since, WindowEnd, WindowProblem, WindowRule};

/// A rule of windows as it stands in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatedWindow {
    /// It holds for the periods that begin on this day or later, a first of a month; one rule has none, and holds
    /// before the others.
    pub from: Option<NaiveDate>,
    /// The first day.
    pub opens: WindowEnd,
    /// The last day.
    pub closes: WindowEnd,
}

impl DatedWindow {
    const fn rule(self) -> WindowRule {
        WindowRule { opens: self.opens, closes: self.closes }
    }
}

impl Profile {
    /// The calendar of the utility.
    #[must_use]
    pub fn calendar(&self) -> Calendar {
        let dated = |w: &DatedWindow| Since { from: w.from, rule: w.rule() };
        let (first, changes): (Vec<&DatedWindow>, Vec<&DatedWindow>) =
            self.windows.iter().partition(|w| w.from.is_none());
        let rule = self.window.or(first.first().map(|w| w.rule())).unwrap_or(FIRST_OF_THE_MONTH);
        Calendar {
            zone: self.zone.parse().unwrap_or(Tz::UTC),
            rule,
            changes: changes.into_iter().map(dated).collect(),
            early: self.early_readings,
            late: self.late_readings,
        }
    }

    pub(super) fn check_windows(&self, problems: &mut ProfileProblems) {
        let known = problems.0.len();
        match (&self.window, self.windows.is_empty()) {
            (None, true) => problems.add("window", "is missing, and there are no windows either"),
            (Some(_), false) => {
                problems.add("windows", "are given, and window is too: one of them is enough")
            }
            (Some(_), true) | (None, false) => {}
        }
        if let LateReadings::SendUntil(last) = self.late_readings {
            check_end("late_readings.send_until.day", last, problems);
        }
        if let Some(rule) = &self.window {
            check_ends("window", rule, problems);
        }
        for (index, window) in self.windows.iter().enumerate() {
            check_ends(&format!("windows[{index}]"), &window.rule(), problems);
        }
        self.check_dates(problems);
        if problems.0.len() > known {
            return;
        }
        if let Some(rule) = &self.window {
            check_rule("window", rule, problems);
        }
        for (index, window) in self.windows.iter().enumerate() {
            check_rule(&format!("windows[{index}]"), &window.rule(), problems);
        }
        if problems.0.len() == known
            && let Err(problem) = self.calendar().validate()
        {
            problems.add(self.field_of(&problem), problem.to_string());
        }
    }

    fn check_dates(&self, problems: &mut ProfileProblems) {
        for (index, window) in self.windows.iter().enumerate() {
            let field = format!("windows[{index}].from");
            check_day(&field, window.from, problems);
            check_first_of_a_month(&field, window.from, problems);
            if self.windows.iter().take(index).any(|earlier| earlier.from == window.from) {
                problems.add(field, "is the same as in another window");
            }
        }
        if !self.windows.is_empty() && self.windows.iter().all(|w| w.from.is_some()) {
            problems.add("windows", "have none without from, for the time before the others");
        }
    }

    /// Each rule by itself is sound already: what is wrong lies in the passage between two, or in late readings.
    fn field_of(&self, problem: &WindowProblem) -> String {
        match problem {
            WindowProblem::LateEndsBeforeItCloses | WindowProblem::LateRunsIntoTheNext => {
                "late_readings.send_until".to_owned()
            }
            WindowProblem::Changed { problem, .. }
                if !matches!(**problem, WindowProblem::RunsIntoTheNext) =>
            {
                self.field_of(problem)
            }
            WindowProblem::Changed { from, .. } | WindowProblem::ChangedTwice(from) => {
                let index = self.windows.iter().position(|w| w.from == Some(*from)).unwrap_or(0);
                format!("windows[{index}].opens")
            }
            WindowProblem::NoSuchDay(_)
            | WindowProblem::ClosesBeforeItOpens
            | WindowProblem::RunsIntoTheNext
            | WindowProblem::ChangeWithoutADay => "windows".to_owned(),
        }
    }
}

/// Stands in for a rule that is missing, so that all other problems can be told too.
const FIRST_OF_THE_MONTH: WindowRule = {
    let first = WindowEnd { day: Day::Number(1), next_month: false };
    WindowRule { opens: first, closes: first }
};

fn check_rule(path: &str, rule: &WindowRule, problems: &mut ProfileProblems) {
    if let Err(problem) = rule.validate() {
        problems.add(format!("{path}.closes"), problem.to_string());
    }
}

fn check_ends(path: &str, rule: &WindowRule, problems: &mut ProfileProblems) {
    check_end(&format!("{path}.opens.day"), rule.opens, problems);
    check_end(&format!("{path}.closes.day"), rule.closes, problems);
}

fn check_end(field: &str, end: WindowEnd, problems: &mut ProfileProblems) {
    let is_in_a_month = match end.day {
        Day::Number(day) => (1..=31).contains(&day),
        Day::Last(_) => true,
    };
    problems.unless(is_in_a_month, field, "is in no month");
}
