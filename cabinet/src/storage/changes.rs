//! What changed since a place in the change sequence.

use super::books::{ChangedBooks, Span};
use super::engine::params;
use super::letters::{self, LETTER, letter};
use super::notices::their_outages;
use super::readings::{READING, reading};
use super::{Result, Tx};
use crate::notices::{News, Outage};
use crate::payments::Payment;
use crate::records::{Letter, Reading};

/// Whole records, changed after one place in the sequence and up to another.
pub struct Batch {
    /// Up to here.
    pub upto: i64,
    /// Another batch is waiting.
    pub more: bool,
    /// Accounts, meters, charges.
    pub books: ChangedBooks,
    /// Readings.
    pub readings: Vec<Reading>,
    /// Letters.
    pub letters: Vec<Letter>,
    /// News.
    pub news: Vec<News>,
    /// Payments of their accounts.
    pub payments: Vec<Payment>,
    /// Outages of their accounts' addresses.
    pub outages: Vec<Outage>,
}

/// The accounts of resident `?1`, as a condition on a column before it.
pub(super) const THEIRS: &str = "IN (SELECT account_id FROM resident_accounts WHERE resident_id = ?1)";

impl Tx<'_> {
    /// Tells the cursors of this database from those of another.
    pub fn database_id(&self) -> Result<String> {
        let id = self.one("SELECT value FROM facts WHERE name = 'database_id'", &[], |row| row.get(0))?;
        Ok(id.unwrap_or_default())
    }

    /// The end of the change sequence.
    pub fn last_change(&self) -> Result<i64> {
        let last = self.one("SELECT last FROM sequences WHERE name = 'change'", &[], |row| row.get(0))?;
        Ok(last.unwrap_or_default())
    }

    /// At most `limit` records of a resident and of their accounts that changed after a place in the sequence.
    pub fn changes(&self, resident: &str, after: i64, limit: usize) -> Result<Batch> {
        let one_more = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
        let mut changed = self.places_of_their_own(resident, after, one_more)?;
        changed.extend(self.books().places(resident, after, one_more)?);
        changed.sort_unstable();
        let more = changed.len() > limit;
        let upto = if more { changed[limit - 1] } else { self.last_change()? };
        let (range, span) = (params![resident, after, upto], Span { after, upto });
        let between = "seq > ?2 AND seq <= ?3 ORDER BY seq";
        let their_letters = letters::THEIRS;
        let readings = format!("SELECT {READING} FROM readings WHERE account_id {THEIRS} AND {between}");
        let letters = format!("SELECT {LETTER} FROM letters WHERE {their_letters} AND {between}");
        Ok(Batch {
            upto,
            more,
            books: self.books().changed(resident, span)?,
            readings: self.all(&readings, range, reading)?,
            letters: self.all(&letters, range, letter)?,
            payments: self.changed_payments(resident, span)?,
            news: self.changed_news(span)?,
            outages: self.changed_outages(resident, span)?,
        })
    }

    /// Like [`Books::places`](super::Books::places), of what is in no books.
    fn places_of_their_own(&self, resident: &str, after: i64, limit: i64) -> Result<Vec<i64>> {
        let (their_letters, their_outages) = (letters::THEIRS, their_outages());
        let sql = format!(
            "SELECT seq FROM readings WHERE account_id {THEIRS} AND seq > ?2 \
             UNION ALL SELECT seq FROM letters WHERE {their_letters} AND seq > ?2 \
             UNION ALL SELECT seq FROM payments WHERE account_id {THEIRS} AND seq > ?2 \
             UNION ALL SELECT seq FROM news WHERE seq > ?2 \
             UNION ALL SELECT seq FROM ({their_outages}) AS found WHERE seq > ?2 \
             ORDER BY seq LIMIT ?3"
        );
        self.all(&sql, params![resident, after, limit], |row| row.get(0))
    }
}
