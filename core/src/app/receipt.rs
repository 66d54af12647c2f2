//! Charges as the utility made them, and the receipt as a document.

use chrono::NaiveDate;

use super::{App, Error};
use crate::documents::page::Paper;
use crate::documents::receipt::{self, Line, Meter, Receipt};
use crate::domain::{ChargeLine, Period};
use crate::store::{self, ChargeRow};

/// The charges of one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// The month.
    pub period: Period,
    /// Sum of the lines, kopecks.
    pub total_kopecks: i64,
    /// To be paid, kopecks; debts of before included.
    pub due_kopecks: i64,
    /// The last day of payment.
    pub pay_by: Option<NaiveDate>,
    /// The lines.
    pub lines: Vec<ChargeLine>,
}

/// A document to print, share or save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Title, in Russian.
    pub title: String,
    /// Name for the file.
    pub file_name: String,
    /// A page that needs nothing else.
    pub html: String,
}

impl App {
    /// An account's charges, the newest first.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn charges(&self, account_id: &str) -> Result<Vec<Charge>, Error> {
        self.store.read(|db| store::charges(db, account_id))?.iter().map(charge).collect()
    }

    /// The receipt of a month, on a sheet.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the account or the month's charges are not known.
    pub fn receipt(&self, account_id: &str, period: Period) -> Result<Document, Error> {
        self.receipt_on(account_id, period, Paper::A4)
    }

    /// The receipt of a month, on the paper given.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the account or the month's charges are not known.
    pub fn receipt_on(&self, account_id: &str, period: Period, paper: Paper) -> Result<Document, Error> {
        let (account, row, meters) = self.store.read(|db| {
            let account = store::account(db, account_id)?;
            Ok((account, store::charge(db, account_id, period)?, store::all_meters(db, account_id)?))
        })?;
        let account = account.ok_or_else(|| Error::not_found("account"))?;
        let charge = charge(&row.ok_or_else(|| Error::not_found("charge"))?)?;
        let meter = |line: &ChargeLine| {
            let meter = meters.iter().find(|m| Some(&m.id) == line.meter_id.as_ref())?;
            Some(Meter { place: meter.place.clone(), serial: meter.serial.clone(), zone: meter.zone.clone() })
        };
        let lines = charge.lines.into_iter().map(|line| Line { meter: meter(&line), charge: line });
        let receipt = Receipt {
            utility: &self.profile.name,
            account: &account.number,
            address: &account.address,
            period,
            lines: lines.collect(),
            total_kopecks: charge.total_kopecks,
            due_kopecks: charge.due_kopecks,
            pay_by: charge.pay_by,
            bank: self.profile.bank.as_ref(),
        };
        let name = match paper {
            Paper::A4 => format!("receipt-{period}.html"),
            Paper::Roll80 => format!("receipt-{period}-80mm.html"),
        };
        let html = receipt::html(&receipt, paper);
        Ok(Document { title: receipt::title(period), file_name: name, html })
    }
}

/// The lines of a stored charge, as the utility gave them.
pub(super) fn lines(row: &ChargeRow) -> Result<Vec<ChargeLine>, Error> {
    serde_json::from_str(&row.lines)
        .map_err(|_| Error::Internal { reason: "a stored charge can't be read".to_owned() })
}

fn charge(row: &ChargeRow) -> Result<Charge, Error> {
    Ok(Charge {
        period: row.period,
        total_kopecks: row.total_kopecks,
        due_kopecks: row.due_kopecks,
        pay_by: row.pay_by,
        lines: lines(row)?,
    })
}
