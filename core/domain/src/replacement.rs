//! A meter that was taken down and another that took its place.

use serde::{Deserialize, Serialize};

use super::Volume;

/// Where the old dial ended and the new one began; the use of both counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacement {
    /// The last value of the old meter.
    pub final_value: Volume,
    /// The value with which the new meter was put up.
    pub initial_value: Volume,
}
