//! What water costs: what missing a month would, and whether what was charged is right.
//!
//! Volumes stay exact rationals and money is whole kopecks, rounded once at the end, half up. Nothing here knows a
//! tariff or a norm by itself: they are dated data of the utility, and where one is not known the answer says which.

mod account;
mod bill;
mod due;
mod forecast;
mod kind;
mod line;
mod missing;
mod money;
mod sewage;
mod terms;
mod verdict;
mod why;

pub use account::{AccountForecast, ForecastLine, forecast_account};
pub use bill::check_charge;
pub use due::Basis;
pub use forecast::{MissForecast, forecast};
pub use money::cost;
pub use terms::{MeterPast, Terms, Unknown};
pub use verdict::{ChargeToCheck, ChargeVerdict, LineFinding, LineVerdict, Verdict};
pub use why::Why;

#[cfg(test)]
#[path = "fixtures_tests.rs"]
pub(crate) mod fixtures;
#[cfg(test)]
#[path = "properties_tests.rs"]
mod properties;
