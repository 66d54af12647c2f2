//! What all requests share, and how a cabinet is put together.

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::auth::Passwords;
use crate::billing::BillingError;
use crate::clock::Clock;
use crate::config::{Config, Rules};
use crate::error::Broken;
use crate::faults::Faults;
use crate::http::Problem;
use crate::mail::Mailer;
use crate::recovery::Queue;
use crate::request_log::RequestLog;
use crate::storage::Storage;
use crate::utility::Utility;

/// Passwords hashed at the same time: each takes a core and 19 MiB.
const PASSWORD_TURNS: usize = 2;

/// Everything that requests, the control listener and tests reach.
pub struct Shared {
    /// The database.
    pub storage: Storage,
    /// The time.
    pub clock: Clock,
    /// The utility's rules.
    pub rules: Rules,
    /// What phones are told of the utility.
    pub utility: Utility,
    /// Hashes passwords.
    pub passwords: Passwords,
    /// Lets two at a time do so.
    pub password_turns: Semaphore,
    /// What stands before a payment's id in the address of its page.
    pub bank_pages: String,
    /// Carries letters, where somebody does.
    pub mailer: Option<Arc<dyn Mailer>>,
    /// Who asked for a new login, until they are looked up.
    pub recoveries: Queue,
    /// The requests as the cabinet saw them.
    pub requests: RequestLog,
    /// Answers to be lost.
    pub faults: Faults,
}

impl Shared {
    /// Opens the database and fills in the demonstration, if that is wanted.
    pub fn open(config: &Config, bank_pages: String, recoveries: Queue) -> Result<Arc<Self>, BillingError> {
        let shared = Self {
            storage: Storage::open(&config.database)?,
            clock: Clock::default(),
            passwords: Passwords::new(config.rules.passwords)?,
            password_turns: Semaphore::new(PASSWORD_TURNS),
            rules: config.rules.clone(),
            utility: config.utility.clone(),
            bank_pages,
            mailer: config.mailer.clone(),
            recoveries,
            requests: RequestLog::default(),
            faults: Faults::default(),
        };
        shared.clock.set(config.now);
        if config.demo {
            crate::demo::fill(&shared.storage, &shared.passwords, &shared.rules)?;
        }
        shared.forget_what_is_over()?;
        Ok(Arc::new(shared))
    }

    /// Work that blocks, on a thread where it may.
    pub async fn in_background<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let shared = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || work(&shared)).await;
        done.unwrap_or_else(|error| {
            tracing::error!(%error, "a request's work did not end");
            Err(Problem::internal())
        })
    }

    /// Drops tokens, keys and failures that nobody may ask for any more.
    pub fn forget_what_is_over(&self) -> Result<(), Broken> {
        crate::housekeeping::forget(&self.storage, &self.rules, self.clock.now())
    }
}
