//! What an operator sets: where to listen, where the database is, and the utility's rules (`config/demo.toml`).

mod limits;
mod prices;
mod rules;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use chrono::{DateTime, Utc};

pub use limits::{AppealRules, PasswordCost, RecoveryRules, RegistrationRules, SignInRules};
pub use prices::{Bank, Norms, PaymentRules, PerResource};
pub use rules::{ReadingRules, Rules};

use crate::database::Database;
use crate::mail::Mailer;
use crate::utility::Utility;

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
