//! The utility's rules, and which of them can't be kept.

use std::path::Path;

use serde::Deserialize;

use super::{
    AppealRules, ConfigError, Norms, PasswordCost, PaymentRules, PerResource, RecoveryRules,
    RegistrationRules, SignInRules,
};
use crate::domain::{Volume, WindowRule};

/// What the contract lets anybody pay at once.
const MOST_KOPECKS: i64 = 100_000_000;
const DEMO_RULES: &str = include_str!("../../config/demo.toml");

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
    use crate::domain::Resource;

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
