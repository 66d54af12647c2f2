//! What every world begins with: a utility, and phones that are signed in. Made once, copied cheaply.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::TimeDelta;
use vodomer_core::app::{Error, LoginRequest, SyncOutcome};

use super::line::Line;
use super::older::{SCHEMAS, of_schema};
use super::phone::{Phone, TrueTime};
use super::trace::Trace;
use crate::disk::{Image, SimDisk};
use crate::utility::{COLD, HOT, LOGIN, PASSWORD, Utility};

/// How the phones are called, in traces and as disks.
pub const NAMES: [&str; 2] = ["A", "B"];

/// A utility and two signed-in phones.
pub struct Template {
    /// The utility.
    pub utility: Utility,
    /// When that was, in milliseconds.
    pub at: i64,
    /// Each phone's files and secrets.
    pub phones: Vec<(Image, BTreeMap<String, String>)>,
    /// Each phone's files as the older versions would have them, by schema.
    pub older: Vec<Vec<Image>>,
}

impl Template {
    /// Makes it.
    ///
    /// # Errors
    /// When a phone can't even sign in on a fine day.
    pub fn new() -> Result<Self, Error> {
        let utility = Utility::demo();
        let time = Arc::new(TrueTime::default());
        let opens = utility.office().now;
        time.advance_to((opens - TimeDelta::days(7)).timestamp_millis());
        for meter in [COLD, HOT] {
            utility.office().books.change_meter(meter, |meter| meter.verify_by = None);
        }
        let mut phones = Vec::new();
        for (seed, name) in (1..).zip(NAMES) {
            let disk = SimDisk::new(name);
            let trace = Trace::new(Arc::clone(&time), false);
            let line = Line::new(name, utility.clone(), Arc::clone(&time), trace, disk.clone(), seed);
            let mut phone = Phone::new(disk, &time, line, seed);
            let report = phone.app()?.login(&credentials(PASSWORD))?;
            if report.outcome != SyncOutcome::Done {
                return Err(Error::ServerBusy);
            }
            phone.close();
            phones.push((phone.disk.image(), phone.secrets.contents()));
        }
        let of_phone =
            |(image, _): &(Image, _)| (1..=SCHEMAS).map(|schema| of_schema(schema, image)).collect();
        let older = phones.iter().map(of_phone).collect::<rusqlite::Result<_>>();
        let older = older.map_err(|error| Error::Internal { reason: error.to_string() })?;
        Ok(Self { utility, at: time.millis(), phones, older })
    }
}

/// What the resident types to sign in.
pub fn credentials(password: &str) -> LoginRequest {
    LoginRequest { login: LOGIN.to_owned(), password: password.to_owned(), remember: true }
}
