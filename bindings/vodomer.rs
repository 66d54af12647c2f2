//! The object that Kotlin holds.

use std::sync::Arc;

use vodomer_core::app::{
    self, AccountByHand, AccountChannels, App, ByHandError, CaptureOutcome, CaptureRequest, CaptureScreen,
    Channel, Charge, ChargeVerdict, Contacts, Document, Error as VodomerError, Home, LetterEntry,
    LetterRequest, LoginRequest, Message, MeterByHand, MeterHistory, MissingCost, OpenOptions, OutboxEntry,
    Paper, PaymentError, PaymentPicture, Plan, Preview, Proof, ReadProblem, Recovered, RegistrationError,
    RegistrationPapers, Scanned, SyncReport, Table, Visit, VisitRequest, WipeOutcome, WipeRequest, Withdrawn,
    ZoneReading, ZonesOutcome,
};
use vodomer_core::env::{self, Env};

use crate::lent::{Clock, LentClock, LentSecrets, SecretStore};
use crate::logging;
use crate::registration::EnteredForm;
use crate::values::Period;

/// The core of a water utility's app. One object a process; all calls are safe from any thread.
///
/// `login`, `logout` and `sync` use the network and belong on a background thread. Everything else works without
/// one, and takes well under a frame.
#[derive(uniffi::Object)]
pub struct Vodomer {
    app: App,
}

#[uniffi::export]
impl Vodomer {
    /// Opens the core in a private folder of the app. Without a clock, the system's is taken.
    ///
    /// # Errors
    /// `ProfileInvalid` and the `Storage…` variants; nothing is changed then.
    #[uniffi::constructor(default(clock = None))]
    pub fn open(
        options: OpenOptions,
        secrets: Arc<dyn SecretStore>,
        clock: Option<Arc<dyn Clock>>,
    ) -> Result<Arc<Self>, VodomerError> {
        logging::start();
        let clock: Arc<dyn env::Clock> = match clock {
            Some(clock) => Arc::new(LentClock(clock)),
            None => Arc::new(env::SystemClock::default()),
        };
        let env = Env::new(clock, Arc::new(LentSecrets(secrets)), options.app_version.clone());
        Ok(Arc::new(Self { app: App::open(&options, env)? }))
    }

    /// Everything that the first screen shows.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn home(&self) -> Result<Home, VodomerError> {
        self.app.home()
    }

    /// What the capture screen shows before the first key.
    ///
    /// # Errors
    /// `NotFound` when the meter is gone.
    pub fn capture_screen(&self, meter_id: &str) -> Result<CaptureScreen, VodomerError> {
        self.app.capture_screen(meter_id)
    }

    /// What the screen shows of a typed text, at every key press; stores nothing.
    ///
    /// # Errors
    /// `NotFound` when the meter is gone; a text that is no reading is part of the preview.
    pub fn preview(&self, meter_id: &str, typed: &str) -> Result<Preview, VodomerError> {
        self.app.preview(meter_id, typed)
    }

    /// Keeps a reading: `Saved` means that it is on the disk, whatever happens next. Then call `sync`.
    ///
    /// # Errors
    /// `Typed`, `NotFound`, `StorageFull` and its like; nothing is stored then.
    pub fn capture(&self, request: &CaptureRequest) -> Result<CaptureOutcome, VodomerError> {
        self.app.capture(request)
    }

    /// Keeps the readings of all tariff zones of a meter, or none; `meter_id` is any of its registers.
    ///
    /// # Errors
    /// `Zones` names the zone and what is wrong; `NotFound`, `StorageFull` and its like. Nothing is stored then.
    pub fn capture_zones(
        &self,
        meter_id: &str,
        readings: Vec<ZoneReading>,
    ) -> Result<ZonesOutcome, VodomerError> {
        self.app.capture_zones(meter_id, &readings)
    }

    /// A meter's history with the bars of so many months, at most 120.
    ///
    /// # Errors
    /// `NotFound` when the meter is gone.
    #[uniffi::method(default(months = 12))]
    pub fn history(&self, meter_id: &str, months: i32) -> Result<MeterHistory, VodomerError> {
        self.app.history(meter_id, months)
    }

    /// What it costs an account to hand nothing in for a month.
    ///
    /// # Errors
    /// `NotFound` when the account is not known.
    pub fn cost_of_missing(&self, account_id: &str, period: Period) -> Result<MissingCost, VodomerError> {
        self.app.cost_of_missing(account_id, period)
    }

    /// The charges of a month, checked line by line against readings, tariffs and norms.
    ///
    /// # Errors
    /// `NotFound` when the month's charges are not known.
    pub fn check_charge(&self, account_id: &str, period: Period) -> Result<ChargeVerdict, VodomerError> {
        self.app.check_charge(account_id, period)
    }

    /// The queue: what needs the resident first.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn outbox(&self) -> Result<Vec<OutboxEntry>, VodomerError> {
        self.app.outbox()
    }

    /// Proof of one reading, to be shown in a dispute.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn proof(&self, item_id: &str) -> Result<Proof, VodomerError> {
        self.app.proof(item_id)
    }

    /// "It is so": answers the utility's question about an item, which then goes again.
    ///
    /// # Errors
    /// `NotFound` when the utility asks nothing about it.
    pub fn confirm(&self, item_id: &str) -> Result<(), VodomerError> {
        self.app.confirm(item_id)
    }

    /// Ready texts for everything that has not left the phone, one entry an account; nothing is sent.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn other_channels(&self) -> Result<Vec<AccountChannels>, VodomerError> {
        self.app.other_channels()
    }

    /// The resident says that an account's unsent readings went another way; gives their number.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn hand_over(&self, account_id: &str, channel: Channel) -> Result<i32, VodomerError> {
        self.app.hand_over(account_id, channel)
    }

    /// Keeps an account that the resident has typed in, without a login; gives its id. Its readings leave by SMS, letter or
    /// telephone only, until the owner signs in.
    ///
    /// # Errors
    /// `ByHandError` says what is wrong; nothing is changed then.
    pub fn keep_account(&self, request: &AccountByHand) -> Result<String, ByHandError> {
        self.app.keep_account(request)
    }

    /// Keeps a meter of an account by hand; gives its id.
    ///
    /// # Errors
    /// `ByHandError` says what is wrong; nothing is changed then.
    pub fn keep_meter(&self, request: &MeterByHand) -> Result<String, ByHandError> {
        self.app.keep_meter(request)
    }

    /// The resident says which of the utility's meters is the one that was typed in, where that was not clear after
    /// signing in. Its readings are that meter's from now on.
    ///
    /// # Errors
    /// `NotFound` when one of them is not there, or they are not of one account.
    pub fn same_meter(&self, typed_meter_id: &str, meter_id: &str) -> Result<(), VodomerError> {
        self.app.same_meter(typed_meter_id, meter_id)
    }

    /// How to reach the utility, and who answers at this moment.
    ///
    /// # Errors
    /// The `Storage…` variants: the utility's clock is kept there.
    pub fn contacts(&self) -> Result<Contacts, VodomerError> {
        self.app.contacts()
    }

    /// Takes a reading or a letter back: at once, or by a withdrawal that waits in the queue. Asked twice, it is one.
    ///
    /// # Errors
    /// `NotFound` for an item that is not there, or was withdrawn or corrected already.
    pub fn withdraw(&self, item_id: &str) -> Result<Withdrawn, VodomerError> {
        self.app.withdraw(item_id)
    }

    /// Keeps a request for a specialist, a question or an appeal: when this returns its item, it is on the disk and in
    /// the queue.
    ///
    /// # Errors
    /// `Letter` says what is missing; `NotFound` for an account or meter that is not known.
    pub fn write_letter(&self, request: LetterRequest) -> Result<String, VodomerError> {
        self.app.write_letter(&request)
    }

    /// The letters of a year and those that still wait, the newest first.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn letters(&self) -> Result<Vec<LetterEntry>, VodomerError> {
        self.app.letters()
    }

    /// Removes a login with its accounts, an account by hand, or everything, from the phone. Asks first, naming everything that the utility
    /// does not have and that is not in `confirmed`.
    ///
    /// # Errors
    /// `NotFound` for an account that is not known, and the `Storage…` variants; nothing is removed then.
    pub fn wipe(&self, request: WipeRequest) -> Result<WipeOutcome, VodomerError> {
        self.app.wipe(&request)
    }

    /// A damaged database that was set aside and made anew, until the resident has been told.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn recovered(&self) -> Result<Option<Recovered>, VodomerError> {
        self.app.recovered()
    }

    /// The resident has been told of the recovery.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn recovery_told(&self) -> Result<(), VodomerError> {
        self.app.recovery_told()
    }

    /// Signs in and brings the account. Uses the network. The password is not kept.
    ///
    /// # Errors
    /// `BadCredentials`, `TooManyTries`, `Offline`, `ServerNotFound`, `NotTheUtility`, `ServerBusy`; nothing is changed
    /// then.
    pub fn login(&self, request: &LoginRequest) -> Result<SyncReport, VodomerError> {
        self.app.login(request)
    }

    /// Signs an account's login out. Uses the network. Readings that have not left stay in the queue.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn logout(&self, account_id: &str) -> Result<(), VodomerError> {
        self.app.logout(account_id)
    }

    /// One pass with the resident before the screen: sends what is due and what only waits for a better network, reads
    /// back, refreshes. Uses the network; ends after `budget_ms` between two steps.
    ///
    /// # Errors
    /// The `Storage…` variants; whatever the network does is in the report.
    pub fn sync(&self, budget_ms: i64) -> Result<SyncReport, VodomerError> {
        self.app.sync(budget_ms)
    }

    /// One pass that a job runs by itself: what failed at the server waits for its time. Uses the network.
    ///
    /// # Errors
    /// As `sync`.
    pub fn sync_unattended(&self, budget_ms: i64) -> Result<SyncReport, VodomerError> {
        self.app.sync_unattended(budget_ms)
    }

    /// The phone has no network: what waits says so, without an attempt that would only fail.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn note_offline(&self) -> Result<(), VodomerError> {
        self.app.note_offline()
    }

    /// Ends the pass that is under way at its next step; from any thread.
    pub fn cancel(&self) {
        self.app.cancel();
    }

    /// Which reminders are due, and when to wake next. It may be asked at any time, any number of times.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn plan(&self) -> Result<Plan, VodomerError> {
        self.app.plan()
    }

    /// The resident has been shown a notice: what it says will not come again.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn reminder_shown(&self, notice_id: &str) -> Result<(), VodomerError> {
        self.app.reminder_shown(notice_id)
    }

    /// Notes a visit of a specialist or an inspector; the plan reminds of it. Gives its id.
    ///
    /// # Errors
    /// `NotFound` for an account that is not known, `VisitTime` for a day that is over or times that are none.
    pub fn note_visit(&self, request: &VisitRequest) -> Result<String, VodomerError> {
        self.app.note_visit(request)
    }

    /// Visits that are still to come, the next first.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn visits(&self) -> Result<Vec<Visit>, VodomerError> {
        self.app.visits()
    }

    /// Forgets a visit that does not take place.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn forget_visit(&self, visit_id: &str) -> Result<(), VodomerError> {
        self.app.forget_visit(visit_id)
    }

    /// An account's charges, the newest first.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn charges(&self, account_id: &str) -> Result<Vec<Charge>, VodomerError> {
        self.app.charges(account_id)
    }

    /// The receipt (квитанция) of a month as a page for a sheet of A4.
    ///
    /// # Errors
    /// `NotFound` when the month's charges are not known.
    pub fn receipt(&self, account_id: &str, period: Period) -> Result<Document, VodomerError> {
        self.app.receipt(account_id, period)
    }

    /// The receipt of a month as a page for the paper given.
    ///
    /// # Errors
    /// `NotFound` when the month's charges are not known.
    pub fn receipt_on(
        &self,
        account_id: &str,
        period: Period,
        paper: Paper,
    ) -> Result<Document, VodomerError> {
        self.app.receipt_on(account_id, period, paper)
    }

    /// The code that pays what is due for a month.
    ///
    /// # Errors
    /// `PaymentError` says why there is none; no code is ever half right.
    pub fn payment_code(&self, account_id: &str, period: Period) -> Result<PaymentPicture, PaymentError> {
        self.app.payment_code(account_id, period)
    }

    /// The proof card of one reading, a sheet for a dispute.
    ///
    /// # Errors
    /// `NotFound` when the item is not known here.
    pub fn proof_card(&self, item_id: &str) -> Result<Document, VodomerError> {
        self.app.proof_card(item_id)
    }

    /// All readings of an account that stand or wait, of every meter that it has or had, as CSV.
    ///
    /// # Errors
    /// `NotFound` when the account is not known.
    pub fn history_table(&self, account_id: &str) -> Result<Table, VodomerError> {
        self.app.history_table(account_id)
    }

    /// Checks the application for an account, and makes the sheet and the letter out of it. Nothing of the form is kept.
    ///
    /// # Errors
    /// `Form` names every field that has a mistake, and never a value.
    pub fn registration_papers(&self, form: EnteredForm) -> Result<RegistrationPapers, RegistrationError> {
        self.app.registration_papers(form.form())
    }

    /// An account's unsent readings as text messages of at most two segments each, by the utility's template; none where
    /// it takes none, or nothing waits.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn sms_messages(&self, account_id: &str) -> Result<Vec<Message>, VodomerError> {
        self.app.sms_messages(account_id)
    }

    /// An account's unsent readings in words, to be said to a person or an answering machine, the account's number first;
    /// none where nothing waits.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn dictation(&self, account_id: &str) -> Result<Vec<String>, VodomerError> {
        self.app.dictation(account_id)
    }
}

/// What a paper receipt's code says, from the text that a scanner hands over. It is a claim, never a pass to an account.
///
/// # Errors
/// `ReadProblem` says why it is no payment code.
#[uniffi::export]
pub fn scan_payment_code(text: &str) -> Result<Scanned, ReadProblem> {
    app::scan_payment_code(text)
}

/// The same from the bytes of the code, where a scanner hands those over: letters can't be lost then.
///
/// # Errors
/// `ReadProblem` says why it is no payment code.
#[uniffi::export]
pub fn scan_payment_code_bytes(bytes: &[u8]) -> Result<Scanned, ReadProblem> {
    app::scan_payment_code_bytes(bytes)
}

/// Moves a database that can't be opened aside, never deleting a byte, so that the next `open` starts anew; gives its
/// new name.
///
/// # Errors
/// `StorageNotWritable`; nothing is changed then.
#[uniffi::export]
pub fn set_aside_damaged(dir: &str) -> Result<String, VodomerError> {
    app::set_aside_damaged(dir)
}
