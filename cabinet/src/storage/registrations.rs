//! Applications for an account.

use chrono::{DateTime, Utc};

use super::engine::{Row, params};
use super::row::{instant, instant_if_any, ms};
use super::{Result, Tx};
use crate::domain::LetterStatus;
use crate::registrations::Registration;

const REGISTRATION: &str = "id, client_item_id, surname, name, patronymic, address, account_number, phone, email, \
    written_ms, received_ms, receipt, status, answer, answered_ms";

impl Tx<'_> {
    /// Writes an application.
    pub fn add_registration(&self, registration: &Registration) -> Result<()> {
        let sql = format!(
            "INSERT INTO registrations ({REGISTRATION}) VALUES \
             (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"
        );
        self.run(
            &sql,
            params![
                registration.id,
                registration.client_item_id,
                registration.surname,
                registration.name,
                registration.patronymic,
                registration.address,
                registration.account_number,
                registration.phone,
                registration.email,
                ms(registration.written_at),
                ms(registration.received_at),
                registration.receipt,
                registration.status,
                registration.answer,
                registration.answered_at.map(ms),
            ],
        )?;
        Ok(())
    }

    /// One application.
    pub fn registration(&self, id: &str) -> Result<Option<Registration>> {
        let sql = format!("SELECT {REGISTRATION} FROM registrations WHERE id = ?1");
        self.one(&sql, params![id], registration)
    }

    /// The application that an item of the app became.
    pub fn registration_of_item(&self, item: &str) -> Result<Option<Registration>> {
        let sql = format!("SELECT {REGISTRATION} FROM registrations WHERE client_item_id = ?1");
        self.one(&sql, params![item], registration)
    }

    /// Every application, in the order of their receipts.
    pub fn registrations(&self) -> Result<Vec<Registration>> {
        self.all(&format!("SELECT {REGISTRATION} FROM registrations ORDER BY receipt"), &[], registration)
    }

    /// When the so-manieth newest came, counted from one.
    pub fn registration_received(&self, place: u32) -> Result<Option<DateTime<Utc>>> {
        let sql = "SELECT received_ms FROM registrations ORDER BY received_ms DESC LIMIT 1 OFFSET ?1";
        self.one(sql, params![place.saturating_sub(1)], |row| instant(row, "received_ms"))
    }

    /// Writes what an application was answered.
    pub fn answer_registration(
        &self,
        id: &str,
        status: LetterStatus,
        answer: &str,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let sql = "UPDATE registrations SET status = ?2, answer = ?3, answered_ms = ?4 WHERE id = ?1";
        self.run(sql, params![id, status, answer, ms(now)])?;
        Ok(())
    }
}

fn registration(row: &Row) -> Result<Registration> {
    Ok(Registration {
        id: row.get("id")?,
        client_item_id: row.get("client_item_id")?,
        surname: row.get("surname")?,
        name: row.get("name")?,
        patronymic: row.get("patronymic")?,
        address: row.get("address")?,
        account_number: row.get("account_number")?,
        phone: row.get("phone")?,
        email: row.get("email")?,
        written_at: instant(row, "written_ms")?,
        received_at: instant(row, "received_ms")?,
        receipt: row.get("receipt")?,
        status: row.get("status")?,
        answer: row.get("answer")?,
        answered_at: instant_if_any(row, "answered_ms")?,
    })
}
