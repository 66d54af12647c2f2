//! Without an account at the utility's server: an account and its meters, typed in from a receipt and the dials.
//!
//! They are captured for, checked, reminded of and shown like any others. Only their readings never leave by the app: the
//! resident hands them over by SMS, letter or telephone, and says so. Who signs in later keeps all of it.

use chrono::NaiveDate;

use super::{App, Error};
use crate::domain::{AccountNumberProblem, Dial, Period, Resource, account_number};
use crate::store::{self, Item, MeterRow, State};
use crate::sync::{self, clock};

/// An account as the resident types it, from a receipt or out of its code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountByHand {
    /// The account that is changed; none for a new one.
    pub account_id: Option<String>,
    /// The number on the receipt, as typed.
    pub number: String,
    /// Where the flat is, or what the resident calls it; may be empty.
    pub address: String,
}

/// A meter as the resident reads it off its face.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeterByHand {
    /// The meter that is changed; none for a new one.
    pub meter_id: Option<String>,
    /// Its account, one by hand.
    pub account_id: String,
    /// What it measures.
    pub resource: Resource,
    /// Factory number; may be empty where there is a place.
    pub serial: String,
    /// Where it hangs; may be empty where there is a number.
    pub place: String,
    /// Black drums, 3–9.
    pub whole_digits: i32,
    /// Red drums, 0–4.
    pub fraction_digits: i32,
    /// The last day on which its readings count, if the resident has its papers.
    pub verify_by: Option<NaiveDate>,
}

/// Why something typed by hand is not kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ByHandError {
    /// The number is none: show the problem at the field.
    #[error("the account's number: {problem}")]
    Number {
        /// What is wrong, and where.
        problem: AccountNumberProblem,
    },
    /// The number is on the phone already.
    #[error("the account is known already")]
    KnownAccount {
        /// The account.
        account_id: String,
    },
    /// A meter needs a number or a place to be told from others.
    #[error("the meter has neither number nor place")]
    Nameless,
    /// The account has such a meter already.
    #[error("the meter is known already")]
    KnownMeter {
        /// The meter.
        meter_id: String,
    },
    /// No dial has so many digits.
    #[error("no dial has so many digits")]
    Digits,
    /// The account or meter is not known, or not by hand; or the storage fails.
    #[error(transparent)]
    Storage(#[from] Error),
}

impl App {
    /// Keeps an account by hand; gives its id.
    ///
    /// # Errors
    /// [`ByHandError`] says what is wrong; nothing is changed then.
    pub fn keep_account(&self, request: &AccountByHand) -> Result<String, ByHandError> {
        let number = account_number(&request.number).map_err(|problem| ByHandError::Number { problem })?;
        let now = self.now().map_err(Error::from)?;
        let id = request.account_id.clone().unwrap_or_else(|| self.env.new_id(now));
        let kept = self.store.write(|db| {
            let accounts = store::accounts(db)?;
            let other = accounts.iter().find(|a| a.id != id && sync::is_number(&a.number, &number));
            if let Some(other) = other {
                return Ok(Err(ByHandError::KnownAccount { account_id: other.id.clone() }));
            }
            if request.account_id.is_some() && store::own_account(db, &id)?.is_none() {
                return Ok(Err(Error::not_found("account").into()));
            }
            store::put_own_account(db, &id, &number, request.address.trim(), now)?;
            Ok(Ok(()))
        });
        kept.map_err(Error::from)?.map(|()| id)
    }

    /// Keeps a meter by hand; gives its id.
    ///
    /// # Errors
    /// [`ByHandError`] says what is wrong; nothing is changed then.
    pub fn keep_meter(&self, request: &MeterByHand) -> Result<String, ByHandError> {
        let dial = digits(request.whole_digits).zip(digits(request.fraction_digits));
        let dial = dial.and_then(|(whole, fraction)| Dial::new(whole, fraction).ok());
        let now = self.now().map_err(Error::from)?;
        let meter = MeterRow {
            id: request.meter_id.clone().unwrap_or_else(|| self.env.new_id(now)),
            account_id: request.account_id.clone(),
            serial: request.serial.trim().to_owned(),
            resource: request.resource,
            place: request.place.trim().to_owned(),
            dial: dial.ok_or(ByHandError::Digits)?,
            version: 0,
            verify_by: request.verify_by,
            archived: false,
            zone: None,
            limit: None,
            replaces: None,
        };
        if meter.serial.is_empty() && meter.place.is_empty() {
            return Err(ByHandError::Nameless);
        }
        let kept = self.store.write(|db| {
            if store::own_account(db, &meter.account_id)?.is_none() {
                return Ok(Err(Error::not_found("account").into()));
            }
            let others = store::own_meters(db, Some(&meter.account_id))?;
            if request.meter_id.is_some() && others.iter().all(|other| other.id != meter.id) {
                return Ok(Err(Error::not_found("meter").into()));
            }
            let mark = |m: &MeterRow| {
                let place = if m.serial.is_empty() { m.place.to_lowercase() } else { String::new() };
                (m.resource, m.serial.to_lowercase(), place)
            };
            let other = others.iter().find(|other| other.id != meter.id && mark(other) == mark(&meter));
            if let Some(other) = other {
                return Ok(Err(ByHandError::KnownMeter { meter_id: other.id.clone() }));
            }
            store::put_own_meter(db, &meter)?;
            Ok(Ok(()))
        });
        kept.map_err(Error::from)?.map(|()| meter.id)
    }

    /// The resident says which of the utility's meters is the one that was typed in, where that was not clear after
    /// signing in. Its readings are that meter's from now on.
    ///
    /// # Errors
    /// [`Error::NotFound`] when one of them is not there, or they are not of one account.
    pub fn same_meter(&self, typed_meter_id: &str, meter_id: &str) -> Result<(), Error> {
        let calendar = self.calendar();
        let done = self.store.write(|db| {
            let now = clock::now(db, &self.env)?;
            sync::take_over_meter(db, typed_meter_id, meter_id, &calendar, now)
        })?;
        if done { Ok(()) } else { Err(Error::not_found("meter")) }
    }
}

fn digits(typed: i32) -> Option<u8> {
    u8::try_from(typed).ok()
}

/// Whether a reading is one to be told by another way: everything that waits to leave by the app; of what never does, the
/// last of its meter, until it was handed over, and again as long as its month is open or still to open.
pub(super) fn is_to_be_told(item: &Item, all: &[Item], open: Period) -> bool {
    if !item.apart {
        return true;
    }
    // Once the owner has signed in, what stays apart is history.
    let is_history = item.taken_over || item.state != State::Queued;
    let of_meter = all.iter().filter(|other| other.captured.meter_id == item.captured.meter_id);
    let last = of_meter.map(|other| other.captured.item_id.as_str()).max();
    let is_last = last == Some(item.captured.item_id.as_str());
    !is_history && is_last && (item.channel.is_none() || item.captured.period >= open)
}

#[cfg(test)]
#[path = "by_hand_tests.rs"]
mod tests;
