//! What a new value of a meter is compared with.

use crate::{Average, Volume};

/// A meter's past, as far as somebody read it off the dial: estimates and norms never count here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Past {
    /// The last actual value before the period in question.
    pub last: Option<Volume>,
    /// Months from that reading to the period in question; fewer than 1 count as 1.
    pub months: i32,
    /// Average use of a month, where enough of the past is known.
    pub usual: Option<Average>,
}
