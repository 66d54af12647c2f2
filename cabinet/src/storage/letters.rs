//! What residents wrote, and what they were answered.

use chrono::{DateTime, Utc};

use super::engine::{Row, params};
use super::row::{date_if_any, instant, instant_if_any, ms};
use super::{Result, Tx};
use crate::domain::LetterKind;
use crate::records::{Letter, LetterKept};

pub(super) const LETTER: &str = "id, kind, account_id, resident_id, client_item_id, topic, text, written_ms, \
    meter_id, wanted_on, name, contact, received_ms, receipt, status, answer, answered_ms";
/// The letters that resident `?1` sees: those of their accounts, and their own appeals.
pub(super) const THEIRS: &str = "(account_id IN (SELECT account_id FROM resident_accounts WHERE resident_id = ?1) \
    OR (kind = 'appeal' AND resident_id = ?1))";

impl Tx<'_> {
    /// Writes a letter.
    pub fn add_letter(&self, letter: &Letter) -> Result<()> {
        let sql = format!(
            "INSERT INTO letters ({LETTER}, seq) VALUES \
             (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)"
        );
        self.run(
            &sql,
            params![
                letter.id,
                letter.kind,
                letter.account_id,
                letter.kept.resident_id,
                letter.client_item_id,
                letter.topic,
                letter.text,
                ms(letter.written_at),
                letter.meter_id,
                letter.wanted_on.map(|day| day.to_string()),
                letter.kept.name,
                letter.kept.contact,
                ms(letter.received_at),
                letter.receipt,
                letter.status,
                letter.answer,
                letter.answered_at.map(ms),
                self.next("change")?,
            ],
        )?;
        Ok(())
    }

    /// Writes what a letter was answered, in place of what it was before; `false` if there is no such letter.
    pub fn answer_letter(&self, id: &str, answer: &str, now: DateTime<Utc>) -> Result<bool> {
        let sql =
            "UPDATE letters SET status = 'answered', answer = ?2, answered_ms = ?3, seq = ?4 WHERE id = ?1";
        Ok(self.run(sql, params![id, answer, ms(now), self.next("change")?])? == 1)
    }

    /// The letter that an item of the app became; of an account, or of none.
    pub fn letter_of_item(&self, account: Option<&str>, item: &str) -> Result<Option<Letter>> {
        let sql = format!(
            "SELECT {LETTER} FROM letters WHERE ifnull(account_id, '') = ifnull(?1, '') AND client_item_id = ?2"
        );
        self.one(&sql, params![account, item], letter)
    }

    /// An account's letters of a kind, newest first.
    pub fn letters(&self, account: &str, kind: LetterKind) -> Result<Vec<Letter>> {
        let sql = format!(
            "SELECT {LETTER} FROM letters WHERE account_id = ?1 AND kind = ?2 ORDER BY received_ms DESC, receipt DESC"
        );
        self.all(&sql, params![account, kind], letter)
    }

    /// Every letter, in the order of their receipts.
    pub fn all_letters(&self) -> Result<Vec<Letter>> {
        self.all(&format!("SELECT {LETTER} FROM letters ORDER BY receipt"), &[], letter)
    }

    /// When the appeal came that is the so-manieth newest of those without a sender, counted from one.
    pub fn appeal_of_nobody(&self, place: u32) -> Result<Option<DateTime<Utc>>> {
        let sql = "SELECT received_ms FROM letters WHERE resident_id IS NULL \
                   ORDER BY received_ms DESC LIMIT 1 OFFSET ?1";
        self.one(sql, params![place.saturating_sub(1)], |row| instant(row, "received_ms"))
    }
}

pub(super) fn letter(row: &Row) -> Result<Letter> {
    Ok(Letter {
        id: row.get("id")?,
        kind: row.get("kind")?,
        account_id: row.get("account_id")?,
        topic: row.get("topic")?,
        text: row.get("text")?,
        written_at: instant(row, "written_ms")?,
        meter_id: row.get("meter_id")?,
        wanted_on: date_if_any(row, "wanted_on")?,
        status: row.get("status")?,
        received_at: instant(row, "received_ms")?,
        receipt: row.get("receipt")?,
        client_item_id: row.get("client_item_id")?,
        answer: row.get("answer")?,
        answered_at: instant_if_any(row, "answered_ms")?,
        kept: LetterKept {
            resident_id: row.get("resident_id")?,
            name: row.get("name")?,
            contact: row.get("contact")?,
        },
    })
}
