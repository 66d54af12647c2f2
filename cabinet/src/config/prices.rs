//! What water costs, and how that is paid.

use serde::Deserialize;

use crate::domain::{Resource, Volume};

/// A number for each resource.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PerResource<T> {
    /// Cold water.
    pub cold_water: T,
    /// Hot water.
    pub hot_water: T,
    /// Sewage.
    pub sewage: T,
}

impl<T: Copy> PerResource<T> {
    /// The number for one.
    pub const fn of(&self, resource: Resource) -> T {
        match resource {
            Resource::ColdWater => self.cold_water,
            Resource::HotWater => self.hot_water,
            Resource::Sewage => self.sewage,
        }
    }
}

/// The norm per head and month; sewage's is the sum.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Norms {
    /// Cold water.
    pub cold_water: Volume,
    /// Hot water.
    pub hot_water: Volume,
}

/// Where the money goes. A utility's own bank would be another of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bank {
    /// Nowhere: a page pretends to be the bank, and anybody may call anything paid there. Never over real accounts.
    Pretended,
}

/// How accounts are paid online.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentRules {
    /// Where the money goes.
    pub bank: Bank,
    /// Minutes for which a payment's page is open.
    pub minutes: u32,
    /// More is not taken at once, kopecks.
    pub most_kopecks: i64,
}
