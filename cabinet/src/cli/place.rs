//! Which cabinet: its database, its rules, its letters. The same for serving and for an operator.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use vodomer_cabinet::{Config, Database, FilesMailer, Mailer, Rules, Utility};

use super::Failure;

#[derive(clap::Args)]
pub struct Place {
    /// A file, made if it is missing, or postgres://user:password@host/database.
    // As text, since what can't be parsed would be printed, with its password.
    #[arg(long, env = "CABINET_DATABASE", hide_env_values = true)]
    database: String,
    /// The utility's rules; without it, the demonstration's, whose tariffs are invented.
    #[arg(long, env = "CABINET_CONFIG")]
    config: Option<PathBuf>,
    /// What phones are told of the utility, in the form of the app's profile; without it, the demonstration's.
    #[arg(long, env = "CABINET_UTILITY")]
    utility: Option<PathBuf>,
    /// A folder into which letters to residents are put; without it, none are sent and no login is recovered.
    #[arg(long, env = "CABINET_MAIL", value_name = "FOLDER")]
    mail: Option<PathBuf>,
    /// Lets the clock stand at an instant from the start.
    #[arg(long, value_name = "RFC3339")]
    now: Option<DateTime<Utc>>,
}

impl Place {
    /// What is said here, and the usual for the rest.
    pub fn config(&self) -> Result<Config, Failure> {
        let database: Database = self.database.parse()?;
        let rules = self.config.as_deref().map_or_else(|| Ok(Rules::demo()), Rules::read)?;
        let utility = self.utility.as_deref().map_or_else(|| Ok(Utility::demo()), Utility::read)?;
        let mailer = match &self.mail {
            Some(folder) => Some(Arc::new(FilesMailer::new(folder)?) as Arc<dyn Mailer>),
            None => None,
        };
        Ok(Config { rules, utility, mailer, now: self.now, ..Config::new(database) })
    }
}
