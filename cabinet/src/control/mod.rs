//! Steering a cabinet in the demo and in tests: its clock, faults on the way, what the utility's people do, and a look
//! inside.
//!
//! Nothing of it is part of the contract. The listener is there only when it is asked for, and on loopback only.

mod listener;

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::billing::{self, Adjustment, BillingError};
use crate::cabinet::Shared;
use crate::config::Config;
use crate::domain::{Period, Volume};
use crate::error::Broken;
use crate::faults::{Fault, Which};
use crate::import::{ImportError, Kind};
use crate::notices::{NewNews, NewOutage, News, NoticeError, Outage, Place};
use crate::readings::{self, Entry, EntryError};
use crate::records::{Reading, StoredLetter, StoredReading};
use crate::registrations::{self, Registration, Verdict, VerdictError};
use crate::request_log::RequestEntry;
use crate::running::StartError;
use crate::storage::{BillingRun, NewMeter, Result, StorageError};

pub(crate) use listener::serve;

/// A handle on a running cabinet. Its methods block for as long as the database takes.
#[derive(Clone)]
pub struct Control {
    shared: Arc<Shared>,
}

impl Control {
    /// A handle on a database, for an operator at a terminal: nothing is served by it. Other cabinets may run over the same
    /// database meanwhile.
    ///
    /// # Errors
    /// [`StartError`]
    pub fn over(config: &Config) -> std::result::Result<Self, StartError> {
        config.utility.check(&config.rules)?;
        let (recoveries, _) = crate::recovery::queue();
        Ok(Self::new(Shared::open(config, String::new(), recoveries)?))
    }

    /// Brings a table in; tells of how many lines.
    ///
    /// # Errors
    /// [`ImportError`]; then nothing was brought in.
    pub fn import(&self, kind: Kind, csv: &[u8]) -> std::result::Result<usize, ImportError> {
        kind.bring_in(&self.shared.storage, csv, self.now())
    }

    /// Gives somebody a login for an account, by letter. Telephone and address are as they are typed.
    ///
    /// # Errors
    /// [`VerdictError`]
    pub fn add_resident(
        &self,
        account_number: &str,
        phone: &str,
        email: &str,
    ) -> std::result::Result<(), VerdictError> {
        registrations::give_login(&self.shared, account_number, (phone, email))
    }

    pub(crate) const fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }

    /// Lets the clock stand at an instant until it is set again; `None` gives it back to the system.
    pub fn set_clock(&self, now: impl Into<Option<DateTime<Utc>>>) {
        self.shared.clock.set(now.into());
    }

    /// The cabinet's time.
    pub fn now(&self) -> DateTime<Utc> {
        self.shared.clock.now()
    }

    /// Loses the next so many answers to what residents send (readings, withdrawals, letters), after it was stored: the
    /// connection closes without a word. Counts from here, whatever was left.
    pub fn lose_answers(&self, count: u32) {
        self.shared.faults.lose_answers(count);
    }

    /// Loses the next so many requests before anything is done: the connection closes without a word. After the faults
    /// that are staged already.
    pub fn lose_requests(&self, which: Which, count: u32) {
        self.shared.faults.stage(which, count, Fault::LoseRequest);
    }

    /// Answers the next so many requests with a status, 400–599, as something before the cabinet would, and without
    /// anything done. After the faults that are staged already.
    pub fn answer_with(&self, which: Which, count: u32, status: u16, retry_after: Option<u32>) {
        self.shared.faults.stage(which, count, Fault::Answer { status, retry_after, bare: false });
    }

    /// The same without a problem in it, as a gateway does, which does not know whether the request was handled.
    pub fn answer_bare(&self, which: Which, count: u32, status: u16, retry_after: Option<u32>) {
        self.shared.faults.stage(which, count, Fault::Answer { status, retry_after, bare: true });
    }

    /// Lets everything go its way again.
    pub fn no_more_faults(&self) {
        self.shared.faults.clear();
    }

    /// Enters a reading that came another way than the app, as a clerk would.
    ///
    /// # Errors
    /// [`EntryError`]
    pub fn enter_reading(&self, entry: &Entry) -> std::result::Result<StoredReading, EntryError> {
        let entered =
            self.shared.storage.write(|tx| readings::enter(tx, &self.shared.rules, entry, self.now()))?;
        Ok(stored(entered))
    }

    /// Answers a letter; `false` if there is no such letter.
    ///
    /// # Errors
    /// The storage's.
    pub fn answer_letter(&self, letter_id: &str, answer: &str) -> Result<bool> {
        self.shared.storage.write(|tx| tx.answer_letter(letter_id, answer, self.now()))
    }

    /// Every letter, in the order in which they came.
    ///
    /// # Errors
    /// The storage's.
    pub fn letters(&self) -> Result<Vec<StoredLetter>> {
        let letters = self.shared.storage.read::<_, StorageError>(|tx| tx.all_letters())?;
        Ok(letters.into_iter().map(|letter| StoredLetter { kept: letter.kept.clone(), letter }).collect())
    }

    /// Every application for an account, in the order in which they came.
    ///
    /// # Errors
    /// The storage's.
    pub fn registrations(&self) -> Result<Vec<Registration>> {
        self.shared.storage.read(|tx| tx.registrations())
    }

    /// Answers an application, by letter.
    ///
    /// # Errors
    /// [`VerdictError`]
    pub fn answer_registration(&self, id: &str, verdict: &Verdict) -> std::result::Result<(), VerdictError> {
        verdict.give(&self.shared, id, self.now())
    }

    /// Publishes news, or changes what was published.
    ///
    /// # Errors
    /// [`NoticeError`]
    pub fn publish_news(&self, news: &NewNews) -> std::result::Result<News, NoticeError> {
        news.publish(&self.shared.storage, self.now())
    }

    /// Publishes an outage, or changes one that was published.
    ///
    /// # Errors
    /// [`NoticeError`]
    pub fn publish_outage(&self, outage: &NewOutage) -> std::result::Result<Outage, NoticeError> {
        outage.publish(&self.shared.storage, self.now())
    }

    /// Writes where an account is, by which outages are found for it.
    ///
    /// # Errors
    /// The storage's.
    pub fn set_place(&self, account_id: &str, place: &Place) -> Result<()> {
        self.shared.storage.write(|tx| tx.set_place(account_id, place))
    }

    /// Charges a month for all accounts; a charged month is answered again and stays as it is.
    ///
    /// # Errors
    /// [`BillingError`]
    pub fn billing_run(&self, period: Period) -> std::result::Result<BillingRun, BillingError> {
        billing::run(&self.shared.storage, &self.shared.rules, period, self.now())
    }

    /// Puts a benefit or a recalculation on an account's newest receipt.
    ///
    /// # Errors
    /// [`BillingError`]
    pub fn adjust(&self, adjustment: &Adjustment) -> std::result::Result<(), BillingError> {
        billing::adjust(&self.shared.storage, adjustment, self.now())
    }

    /// The newest requests as the cabinet saw them, oldest first.
    pub fn requests(&self) -> Vec<RequestEntry> {
        self.shared.requests.entries()
    }

    /// Everything that is stored for a meter, oldest period first.
    ///
    /// # Errors
    /// The storage's.
    pub fn readings(&self, meter_id: &str) -> Result<Vec<StoredReading>> {
        let readings = self.shared.storage.read::<_, StorageError>(|tx| tx.readings_of_meter(meter_id))?;
        Ok(readings.into_iter().map(stored).collect())
    }

    /// Forgets old keys, tokens and failures now, as the cabinet does every hour.
    ///
    /// # Errors
    /// The storage's.
    pub fn forget_what_is_over(&self) -> std::result::Result<(), Broken> {
        self.shared.forget_what_is_over()
    }

    /// Takes a meter out of use, in favour of another if there is one.
    ///
    /// # Errors
    /// The storage's.
    pub fn archive_meter(&self, meter_id: &str, replaced_by: Option<&str>) -> Result<()> {
        self.shared.storage.write(|tx| tx.archive_meter(meter_id, replaced_by))
    }

    /// Writes the last day on which a meter's readings count.
    ///
    /// # Errors
    /// The storage's.
    pub fn set_verify_by(&self, meter_id: &str, day: Option<chrono::NaiveDate>) -> Result<()> {
        self.shared.storage.write(|tx| tx.set_verify_by(meter_id, day))
    }

    /// Writes a meter's own limit of a month's use; `None` leaves it to the utility's for all meters.
    ///
    /// # Errors
    /// The storage's.
    pub fn set_limit(&self, meter_id: &str, limit: Option<Volume>) -> Result<()> {
        self.shared.storage.write(|tx| tx.set_limit(meter_id, limit))
    }

    /// Enters a meter, or one more register of a meter.
    ///
    /// # Errors
    /// The storage's.
    pub fn add_meter(&self, meter: &NewMeter) -> Result<()> {
        self.shared.storage.write(|tx| tx.add_meter(meter))
    }
}

fn stored(reading: Reading) -> StoredReading {
    StoredReading { kept: reading.kept.clone(), reading }
}
