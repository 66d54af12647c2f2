//! What an operator sets: where to listen, where the database is, and the utility's rules (`config/demo.toml`).

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::database::Database;
use crate::domain::{Resource, Volume, WindowRule};
use crate::mail::Mailer;
use crate::utility::Utility;

/// What the contract lets anybody pay at once.
const MOST_KOPECKS: i64 = 100_000_000;
const DEMO_RULES: &str = include_str!("../config/demo.toml");

/// How one cabinet is started.
#[derive(Clone, Debug)]
pub struct Config {
    /// The database; made if missing.
    pub database: Database,
    /// Where residents' apps connect.
    pub listen: SocketAddr,
    /// How apps reach it, `https://host[:port][/path]`, where that is not the address above: behind a proxy.
    pub public_url: Option<String>,
    /// Where tests and the demo steer the cabinet; loopback only, absent by default.
    pub control: Option<SocketAddr>,
    /// Fill an empty database with the demonstration's account.
    pub demo: bool,
    /// Let the clock stand here from the start.
    pub now: Option<DateTime<Utc>>,
    /// The utility's rules.
    pub rules: Rules,
    /// What phones are told of the utility.
    pub utility: Utility,
    /// Carries letters to residents. Without one, forgotten logins are not recovered here.
    pub mailer: Option<Arc<dyn Mailer>>,
}

impl Config {
    /// A cabinet over this database on a free loopback port, with the demonstration's rules.
    pub fn new(database: impl Into<Database>) -> Self {
        let free_port = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self {
            database: database.into(),
            listen: free_port,
            public_url: None,
            control: None,
            demo: false,
            now: None,
            rules: Rules::demo(),
            utility: Utility::demo(),
            mailer: None,
        }
    }

    /// The same, with the demonstration's account in it.
    pub fn demo(database: impl Into<Database>) -> Self {
        Self { demo: true, ..Self::new(database) }
    }
}

/// The utility's rules: data, not code.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// When readings are taken.
    pub window: WindowRule,
    /// How values are checked.
    pub readings: ReadingRules,
    /// Kopecks for a cubic metre.
    pub tariffs: PerResource<i64>,
    /// Cubic metres a head and month, where there is no history to average.
    pub norms: Norms,
    /// What a password's hash costs.
    #[serde(default)]
    pub passwords: PasswordCost,
    /// How many wrong passwords a login may have.
    #[serde(default)]
    pub sign_in: SignInRules,
    /// How often a new login may be asked for.
    #[serde(default)]
    pub recovery: RecoveryRules,
    /// How accounts are paid online; without it, they are not.
    #[serde(default)]
    pub payments: Option<PaymentRules>,
    /// How many applications for an account are taken.
    #[serde(default)]
    pub registrations: RegistrationRules,
    /// How many appeals are taken from nobody in particular.
    #[serde(default)]
    pub appeals: AppealRules,
}

/// How posted values are checked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadingRules {
    /// Decimal places that the utility takes and charges; 0 for whole numbers only.
    pub places: u32,
    /// How many days after the window a reading may arrive that was taken inside it.
    pub grace_days: u32,
    /// A month's use over so many averages is asked about…
    pub ask_over_averages: i64,
    /// …unless it is no more than this.
    pub ask_from: Volume,
    /// A month's use over this is asked about, whatever the average.
    pub ask_over: Volume,
    /// A month's use over this is refused.
    pub refuse_over: Volume,
}

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

/// Cost of Argon2id. The default is OWASP's first choice for servers with little memory to spare.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordCost {
    /// KiB of memory.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Default for PasswordCost {
    fn default() -> Self {
        Self { memory_kib: 19 * 1024, passes: 2, lanes: 1 }
    }
}

/// After so many wrong passwords within the time, the login waits until it is over.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignInRules {
    /// Wrong passwords that are answered.
    pub failures: u32,
    /// Minutes from the first of them until all is forgotten.
    pub minutes: u32,
}

impl Default for SignInRules {
    fn default() -> Self {
        Self { failures: 5, minutes: 15 }
    }
}

/// How often a new login may be asked for.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecoveryRules {
    /// By one source: an address, behind which a whole house may be.
    pub of_one_source: u32,
    /// For one telephone or one address.
    pub for_one_contact: u32,
    /// Minutes from the first of them until all is forgotten.
    pub minutes: u32,
    /// A proxy stands before the cabinet, and the last address of `X-Forwarded-For` is the source.
    #[serde(default)]
    pub behind_a_proxy: bool,
}

impl Default for RecoveryRules {
    fn default() -> Self {
        Self { of_one_source: 20, for_one_contact: 3, minutes: 60, behind_a_proxy: false }
    }
}

/// Appeals without a token are everybody's, and must not fill the disk.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppealRules {
    /// So many are taken within an hour.
    pub anonymous_an_hour: u32,
}

impl Default for AppealRules {
    fn default() -> Self {
        Self { anonymous_an_hour: 200 }
    }
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

/// Applications are everybody's, too.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegistrationRules {
    /// So many are taken within an hour.
    pub an_hour: u32,
}

impl Default for RegistrationRules {
    fn default() -> Self {
        Self { an_hour: 60 }
    }
}

/// Why a configuration is refused.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file can't be read.
    #[error("the configuration can't be read: {0}")]
    Unreadable(#[from] std::io::Error),
    /// It is not what `Rules` describes.
    #[error("the configuration is not understood: {0}")]
    NotUnderstood(#[from] toml::de::Error),
    /// What is said of the utility is not what a phone would take.
    #[error("what is said of the utility: {0}")]
    Utility(String),
    /// A rule that can't be kept.
    #[error("the configuration can't be kept: {0}")]
    Impossible(&'static str),
}

impl Rules {
    /// The demonstration's rules, with invented tariffs.
    #[expect(clippy::expect_used, reason = "the file is compiled in, and a test reads it")]
    pub fn demo() -> Self {
        Self::parse(DEMO_RULES).expect("config/demo.toml is valid")
    }

    /// Reads a file like `config/demo.toml`.
    ///
    /// # Errors
    /// Says what can't be read, understood or kept.
    pub fn read(file: &Path) -> Result<Self, ConfigError> {
        Self::parse(&std::fs::read_to_string(file)?)
    }

    fn parse(text: &str) -> Result<Self, ConfigError> {
        let rules: Self = toml::from_str(text)?;
        let PasswordCost { memory_kib, passes, lanes } = rules.passwords;
        if !rules.window.is_possible() {
            return Err(ConfigError::Impossible(
                "the window closes before it opens, or runs into the next one",
            ));
        }
        if rules.readings.places > 4 {
            return Err(ConfigError::Impossible("more than 4 decimal places"));
        }
        if rules.tariffs.cold_water < 0 || rules.tariffs.hot_water < 0 || rules.tariffs.sewage < 0 {
            return Err(ConfigError::Impossible("a tariff below zero"));
        }
        if argon2::Params::new(memory_kib, passes, lanes, None).is_err() {
            return Err(ConfigError::Impossible("a password cost that Argon2 does not know"));
        }
        if rules.sign_in.failures == 0 {
            return Err(ConfigError::Impossible("no password would ever be looked at"));
        }
        if rules.recovery.of_one_source == 0 || rules.recovery.for_one_contact == 0 {
            return Err(ConfigError::Impossible("no new login would ever be given"));
        }
        if rules.payments.is_some_and(|it| it.minutes == 0 || !(1..=MOST_KOPECKS).contains(&it.most_kopecks))
        {
            return Err(ConfigError::Impossible(
                "no payment would ever be taken, or one that the contract does not know",
            ));
        }
        if rules.registrations.an_hour == 0 {
            return Err(ConfigError::Impossible("no application would ever be taken"));
        }
        if rules.appeals.anonymous_an_hour == 0 {
            return Err(ConfigError::Impossible("no appeal would ever be taken without a token"));
        }
        Ok(rules)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demonstrations_rules_are_readable() {
        assert_eq!(Rules::demo().tariffs.of(Resource::HotWater), 2000);
    }

    #[test]
    fn impossible_rules_are_refused_with_a_reason() {
        let closing_before_opening = DEMO_RULES.replace("day = 25", "day = 5");
        assert!(matches!(Rules::parse(&closing_before_opening), Err(ConfigError::Impossible(_))));
        let misspelt = DEMO_RULES.replace("grace_days", "grace_dais");
        assert!(matches!(Rules::parse(&misspelt), Err(ConfigError::NotUnderstood(_))));
        let free_lunch = DEMO_RULES.replace("cold_water = 1000", "cold_water = -1");
        assert!(matches!(Rules::parse(&free_lunch), Err(ConfigError::Impossible(_))));
    }
}
