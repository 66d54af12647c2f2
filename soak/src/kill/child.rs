//! The process that is killed: it lives through a tale, and tells each promise the moment after it was given.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use vodomer_core::app::{App, Error, LoginRequest, WipeOutcome, WipeRequest};
use vodomer_core::env::Env;

use super::phone::{self, Chance};
use super::tale::{COLD, HOT, Tale};
use super::told::{Saved, Told};

/// A budget that no pass of a tale exceeds.
pub(super) const BUDGET: i64 = 60_000;

/// Where and what.
#[derive(Debug, clap::Args)]
pub struct Life {
    /// The phone's folder.
    pub dir: PathBuf,
    /// The utility's server.
    pub url: String,
    /// What happens.
    pub tale: Tale,
    /// The number of the process in the phone's life.
    pub number: u16,
    /// Says that a reading is saved before it is.
    #[arg(long)]
    pub says_too_early: bool,
}

/// Lives.
///
/// # Errors
/// Any call's: an undisturbed tale meets none.
pub fn live(life: &Life) -> Result<(), Error> {
    let mut process = Process { life, chance: Arc::new(Chance::of(life.number)), last: None };
    let app = process.open()?;
    match life.tale {
        Tale::Beginning => {
            phone_signs_in(&app)?;
            tell(&Told::SignedIn)?;
            process.capture(&app, COLD, 122)?;
            drop(app);
            process.open()?;
        }
        Tale::Month => {
            process.capture(&app, COLD, 122)?;
            process.capture(&app, HOT, 84)?;
            let hot = process.last.take();
            process.capture(&app, COLD, 123)?;
            process.sync(&app)?;
            process.capture(&app, COLD, 124)?;
            if let Some(item) = hot {
                tell(&Told::Withdrawing(item.clone()))?;
                app.withdraw(&item)?;
                tell(&Told::Withdrawn(item))?;
            }
            process.sync(&app)?;
        }
        Tale::Wipe => wipe(&app)?,
        Tale::Damage | Tale::Upgrade => {}
    }
    tell(&Told::Ended)
}

struct Process<'a> {
    life: &'a Life,
    chance: Arc<Chance>,
    last: Option<String>,
}

impl Process<'_> {
    fn env(&self) -> Env {
        phone::env(self.life.number, Arc::clone(&self.chance))
    }

    fn open(&self) -> Result<App, Error> {
        let app = phone::open(&self.life.dir, &self.life.url, self.env())?;
        tell(&Told::Opened)?;
        Ok(app)
    }

    /// Each process of a phone reads a little more than the one before.
    fn capture(&mut self, app: &App, meter: &str, value: u16) -> Result<(), Error> {
        let value = (value + self.life.number).to_string();
        if self.life.says_too_early {
            let foreseen = phone::env(self.life.number, Arc::new(self.chance.foreseen()));
            let (item, key) = (foreseen.new_id(foreseen.clock.now()), foreseen.new_key());
            tell(&saved(item, key, meter, &value))?;
            self.last = Some(phone::capture(app, meter, &value)?);
            return Ok(());
        }
        let item = phone::capture(app, meter, &value)?;
        let key = app.proof(&item)?.idempotency_key;
        self.last = Some(item.clone());
        tell(&saved(item, key, meter, &value))
    }

    fn sync(&self, app: &App) -> Result<(), Error> {
        app.sync(BUDGET)?;
        tell(&Told::Synced)
    }
}

fn saved(item: String, key: String, meter: &str, value: &str) -> Told {
    Told::Saved(Saved { item, key, meter: meter.to_owned(), value: value.to_owned() })
}

/// Signs in; the server takes any password.
pub(super) fn phone_signs_in(app: &App) -> Result<(), Error> {
    let (login, password) = ("1204417".to_owned(), "secret".to_owned());
    app.login(&LoginRequest { login, password, remember: true })?;
    Ok(())
}

fn wipe(app: &App) -> Result<(), Error> {
    tell(&Told::Wiping)?;
    if let WipeOutcome::Asked { readings, letters } = app.wipe(&WipeRequest::default())? {
        let readings = readings.into_iter().map(|reading| reading.item_id);
        let confirmed = readings.chain(letters.into_iter().map(|letter| letter.item_id)).collect();
        app.wipe(&WipeRequest { account_id: None, confirmed })?;
    }
    tell(&Told::Wiped)
}

/// One write to the parent's pipe, nothing of it kept back.
fn tell(told: &Told) -> Result<(), Error> {
    let mut out = io::stdout();
    let written = out.write_all(told.line().as_bytes()).and_then(|()| out.flush());
    written.map_err(|error| Error::Internal { reason: error.to_string() })
}
