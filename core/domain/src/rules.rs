//! The numbers that the rules turn on, as data: a utility's profile may set each of them.
//!
//! Where a number comes from stands beside it; "unverified" means that nobody has seen it in a source.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Resource, Volume};

/// When a value is asked about. Asking never forbids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CheckRules {
    /// Asked about above so many times the average (seen: 3).
    pub unusual_times: i64,
    /// A month's use up to this is never unusual, however small the average; about 1 m³ in three days, so that
    /// a family that comes home is not asked (unverified; utilities were seen to ask above 1 m³ a day).
    pub never_unusual: Volume,
    /// Without an average, a month's use above this is asked about (seen: 100 m³).
    pub unusual_alone: Volume,
    /// A month's use that the utility will not take at all, where it has such a limit.
    pub hard_limit: Option<Volume>,
}

impl Default for CheckRules {
    fn default() -> Self {
        Self {
            unusual_times: 3,
            never_unusual: Volume::from_units(10),
            unusual_alone: Volume::from_units(100),
            hard_limit: None,
        }
    }
}

/// What a unit costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tariff {
    /// The service.
    pub resource: Resource,
    /// The first day on which it holds; without one, it always did.
    pub from: Option<NaiveDate>,
    /// The last day on which it holds, where the decision names one; without one, until another begins.
    #[serde(default)]
    pub until: Option<NaiveDate>,
    /// Kopecks for one unit.
    pub kopecks: i64,
}

/// Норматив потребления: what a person without a meter is taken to use in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Norm {
    /// The service.
    pub resource: Resource,
    /// The first day on which it holds; without one, it always did.
    pub from: Option<NaiveDate>,
    /// Units a person a month.
    pub volume: Volume,
}

/// How a missed month is charged: decree 354 of 06.05.2011, items 59 and 60.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MissRules {
    /// Months that an average is made of, at least (seen: 6).
    pub average_months: i32,
    /// The fewest months, where the meter has not worked longer (seen: 3; below it the norm, unverified).
    pub fewest_months: i32,
    /// Missed periods in a row that go by the average, before the norm (seen: 3).
    pub periods_by_average: i32,
}

impl Default for MissRules {
    fn default() -> Self {
        Self { average_months: 6, fewest_months: 3, periods_by_average: 3 }
    }
}
