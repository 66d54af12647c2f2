//! Opening the core.

use std::path::Path;
use std::sync::Arc;

use super::{App, Error};
use crate::domain::Profile;
use crate::env::Env;
use crate::store::{self, Medium, RealMedium, Store};

/// How to open the core.
#[derive(Debug, Clone)]
pub struct OpenOptions {
    /// A private folder of the app; the database lives in it.
    pub dir: String,
    /// The utility as JSON; without it, Kursk's profile that is compiled in.
    pub profile_json: Option<String>,
    /// Version of the app, for the server's log.
    pub app_version: String,
}

impl App {
    /// Opens the core. No network, no threads; a few milliseconds.
    ///
    /// # Errors
    /// [`Error::ProfileInvalid`] and the `Storage…` variants; the file is then as it was.
    pub fn open(options: &OpenOptions, env: Env) -> Result<Self, Error> {
        Self::open_on(options, env, Arc::new(RealMedium))
    }

    /// The same on another disk, for tests that pull the battery out.
    ///
    /// # Errors
    /// As [`App::open`].
    pub fn open_on(options: &OpenOptions, env: Env, medium: Arc<dyn Medium>) -> Result<Self, Error> {
        let profile = match &options.profile_json {
            Some(json) => Profile::from_json(json)?,
            None => Profile::kursk()?,
        };
        let store = Store::open(Path::new(&options.dir), medium)?;
        Ok(Self {
            store,
            env,
            profile,
            tokens: Default::default(),
            passing: Default::default(),
            cancelled: Default::default(),
            verified: Default::default(),
        })
    }
}

/// Moves a database that can't be opened aside, so that the next opening starts anew; gives its new name.
///
/// # Errors
/// [`Error::StorageNotWritable`]; everything is then as it was.
pub fn set_aside_damaged(dir: &str) -> Result<String, Error> {
    let aside = store::set_aside(Path::new(dir), Arc::new(RealMedium))?;
    Ok(aside.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default())
}
