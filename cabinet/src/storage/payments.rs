//! Payments, and what they change in the balance.

use chrono::{DateTime, Utc};

use super::changes::THEIRS;
use super::engine::{Row, params};
use super::row::{instant, instant_if_any, ms};
use super::{Result, Span, Tx};
use crate::domain::PaymentStatus;
use crate::payments::Payment;

const PAYMENT: &str = "id, account_id, resident_id, amount_kopecks, period, purpose, status, created_ms, expires_ms, \
    paid_ms, receipt";

impl Tx<'_> {
    /// Writes a payment.
    pub fn add_payment(&self, payment: &Payment) -> Result<()> {
        let sql = format!(
            "INSERT INTO payments ({PAYMENT}, seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
        );
        self.run(
            &sql,
            params![
                payment.id,
                payment.account_id,
                payment.resident_id,
                payment.amount_kopecks,
                payment.period,
                payment.purpose,
                payment.status,
                ms(payment.created_at),
                ms(payment.expires_at),
                payment.paid_at.map(ms),
                payment.receipt,
                self.next("change")?,
            ],
        )?;
        Ok(())
    }

    /// One payment.
    pub fn payment(&self, id: &str) -> Result<Option<Payment>> {
        self.one(&format!("SELECT {PAYMENT} FROM payments WHERE id = ?1"), params![id], payment)
    }

    /// An account's payments, newest first.
    pub fn payments(&self, account: &str) -> Result<Vec<Payment>> {
        let sql = format!(
            "SELECT {PAYMENT} FROM payments WHERE account_id = ?1 ORDER BY created_ms DESC, seq DESC"
        );
        self.all(&sql, params![account], payment)
    }

    /// The payments of a resident's accounts that stand within a span of the change sequence.
    pub(super) fn changed_payments(
        &self,
        resident: &str,
        Span { after, upto }: Span,
    ) -> Result<Vec<Payment>> {
        let sql = format!(
            "SELECT {PAYMENT} FROM payments WHERE account_id {THEIRS} AND seq > ?2 AND seq <= ?3 ORDER BY seq"
        );
        self.all(&sql, params![resident, after, upto], payment)
    }

    /// Writes that a payment was paid.
    pub fn set_paid(&self, id: &str, receipt: &str, now: DateTime<Utc>) -> Result<()> {
        let sql = "UPDATE payments SET status = ?2, receipt = ?3, paid_ms = ?4, seq = ?5 WHERE id = ?1";
        self.run(sql, params![id, PaymentStatus::Paid, receipt, ms(now), self.next("change")?])?;
        Ok(())
    }

    /// Writes what else became of a payment.
    pub fn set_payment_status(&self, id: &str, status: PaymentStatus) -> Result<()> {
        let sql = "UPDATE payments SET status = ?2, seq = ?3 WHERE id = ?1";
        self.run(sql, params![id, status, self.next("change")?])?;
        Ok(())
    }

    /// Cancels what is pending after its time.
    pub fn cancel_expired_payments(&self, now: DateTime<Utc>) -> Result<usize> {
        let expired = "SELECT id FROM payments WHERE status = 'pending' AND expires_ms <= ?1";
        let expired: Vec<String> = self.all(expired, params![ms(now)], |row| row.get(0))?;
        expired.iter().try_for_each(|id| self.set_payment_status(id, PaymentStatus::Cancelled))?;
        Ok(expired.len())
    }

    /// Takes what was paid off what an account owes.
    pub fn credit(&self, account: &str, kopecks: i64, now: DateTime<Utc>) -> Result<()> {
        let sql = "UPDATE accounts SET balance_kopecks = balance_kopecks - ?2, balance_as_of_ms = ?3, seq = ?4 \
                   WHERE id = ?1";
        self.run(sql, params![account, kopecks, ms(now), self.next("change")?])?;
        Ok(())
    }
}

fn payment(row: &Row) -> Result<Payment> {
    Ok(Payment {
        id: row.get("id")?,
        account_id: row.get("account_id")?,
        resident_id: row.get("resident_id")?,
        amount_kopecks: row.get("amount_kopecks")?,
        period: row.get("period")?,
        purpose: row.get("purpose")?,
        status: row.get("status")?,
        created_at: instant(row, "created_ms")?,
        expires_at: instant(row, "expires_ms")?,
        paid_at: instant_if_any(row, "paid_ms")?,
        receipt: row.get("receipt")?,
    })
}
