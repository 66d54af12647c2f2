//! Rules that can't be, refused by name before anything is planned by them.
//!
//! That every period has a window needs no check: one rule always held, and changes only replace it. What can be
//! wrong is that windows meet, within a rule or where one follows another.

use chrono::{Datelike, NaiveDate};

use super::{Calendar, Day, LateReadings, WindowEnd, WindowRule};
use crate::Period;

/// Why a rule can't be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WindowProblem {
    /// No month has the day.
    #[error("day {0} is in no month")]
    NoSuchDay(u8),
    /// The end lies before the beginning.
    #[error("it closes before it opens")]
    ClosesBeforeItOpens,
    /// It is still open when the next one opens.
    #[error("it is still open when the next one opens")]
    RunsIntoTheNext,
    /// Late readings end while the window is open.
    #[error("late readings are sent until a day before it closes")]
    LateEndsBeforeItCloses,
    /// Late readings of one period are still sent when the next window opens.
    #[error("late readings are still sent when the next one opens")]
    LateRunsIntoTheNext,
    /// A change of the rule without a day leaves nothing of the rule before it.
    #[error("a changed rule has no day from which it holds")]
    ChangeWithoutADay,
    /// Two changes from the same day on: which one holds?
    #[error("two rules hold from {0} on")]
    ChangedTwice(NaiveDate),
    /// The changed rule itself, or the passage to it, can't be.
    #[error("the rule from {from} on: {problem}")]
    Changed {
        /// The first day of the change.
        from: NaiveDate,
        /// What is wrong.
        problem: Box<WindowProblem>,
    },
}

impl WindowEnd {
    fn validate(self) -> Result<(), WindowProblem> {
        match self.day {
            Day::Number(day) if !(1..=31).contains(&day) => Err(WindowProblem::NoSuchDay(day)),
            Day::Number(_) | Day::Last(_) => Ok(()),
        }
    }
}

impl WindowRule {
    /// Checks that the rule gives every month one window, apart from its neighbours.
    ///
    /// # Errors
    /// [`WindowProblem`] names what is impossible.
    pub fn validate(&self) -> Result<(), WindowProblem> {
        self.opens.validate()?;
        self.closes.validate()?;
        months().try_for_each(|period| {
            if self.closes.date(period) < self.opens.date(period) {
                return Err(WindowProblem::ClosesBeforeItOpens);
            }
            self.leaves_room_for(*self, period)
        })
    }

    fn leaves_room_for(self, next: Self, period: Period) -> Result<(), WindowProblem> {
        if self.closes.date(period) < next.opens.date(period.next()) {
            Ok(())
        } else {
            Err(WindowProblem::RunsIntoTheNext)
        }
    }
}

impl LateReadings {
    fn validate(self, rule: WindowRule) -> Result<(), WindowProblem> {
        let Self::SendUntil(end) = self else {
            return Ok(());
        };
        end.validate()?;
        months().try_for_each(|period| {
            if end.date(period) < rule.closes.date(period) {
                return Err(WindowProblem::LateEndsBeforeItCloses);
            }
            self.leaves_room_for(rule, period)
        })
    }

    fn leaves_room_for(self, next: WindowRule, period: Period) -> Result<(), WindowProblem> {
        match self {
            Self::SendUntil(end) if end.date(period) >= next.opens.date(period.next()) => {
                Err(WindowProblem::LateRunsIntoTheNext)
            }
            Self::SendUntil(_) | Self::NextPeriod => Ok(()),
        }
    }
}

impl Calendar {
    /// Checks the rule, every change of it, the passage from one to the other, and the end of late readings.
    ///
    /// # Errors
    /// [`WindowProblem`] names what is impossible, and the change that it is about.
    pub fn validate(&self) -> Result<(), WindowProblem> {
        self.rule.validate()?;
        self.late.validate(self.rule)?;
        let mut days = Vec::new();
        for change in &self.changes {
            let from = change.from.ok_or(WindowProblem::ChangeWithoutADay)?;
            if days.contains(&from) {
                return Err(WindowProblem::ChangedTwice(from));
            }
            days.push(from);
            self.validate_change(from, change.rule)
                .map_err(|problem| WindowProblem::Changed { from, problem: Box::new(problem) })?;
        }
        Ok(())
    }

    fn validate_change(&self, from: NaiveDate, rule: WindowRule) -> Result<(), WindowProblem> {
        rule.validate()?;
        self.late.validate(rule)?;
        let month = Period::of(from);
        let last_of_the_old = if from.day() == 1 { month.previous() } else { month };
        let first_of_the_new = self.rule_of(last_of_the_old.next());
        self.rule_of(last_of_the_old).leaves_room_for(first_of_the_new, last_of_the_old)?;
        self.late.leaves_room_for(first_of_the_new, last_of_the_old)
    }
}

/// Four years hold every pair of month lengths, the leap February included.
fn months() -> impl Iterator<Item = Period> {
    std::iter::successors(Some(Period::of(NaiveDate::default())), |period| Some(period.next())).take(48)
}

#[cfg(test)]
#[path = "validation_tests.rs"]
mod tests;
