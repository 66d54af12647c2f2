//! A meter's past: what stands of it, what was used month by month, what is usual.
//!
//! The utility's list and what the phone has taken and not yet sent make the points. Of a month's points one stands
//! ([`standing`]); between two that stand lies a stretch of one month or more ([`Stretch`]), and every month of it
//! has the stretch's use divided by its months, exactly. So use telescopes: whatever happened between, the months'
//! uses add up to the last value minus the first, plus what turned dials and replaced meters hide.

mod chart;
mod months;
mod past;
mod point;
mod standing;
mod stretch;

pub use chart::{ChartPoint, ListedReading, chart, list};
pub use months::{MonthUse, use_by_month};
pub use past::{past, usual_before};
pub use point::Point;
pub(crate) use standing::{standing, standing_before, standing_of};
pub use stretch::UseKind;
pub(crate) use stretch::{Turns, used_between};

#[cfg(test)]
#[path = "fixtures_tests.rs"]
pub(crate) mod fixtures;
#[cfg(test)]
#[path = "properties_tests.rs"]
mod properties;
