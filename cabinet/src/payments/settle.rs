//! What the bank says of a payment. Its first word counts; the same said again changes nothing. The balance is that of the
//! cabinet's own books: whoever keeps them elsewhere counts payments in there.

use chrono::{DateTime, Utc};

use super::Payment;
use crate::domain::PaymentStatus;
use crate::storage::{Result, Tx};

/// Settles a payment that is still pending, and counts what was paid into the balance with it. Answers the payment as it is
/// then; `None` if there is no such one. After its time it is cancelled, whatever is said.
pub fn settle(tx: &Tx, id: &str, said: PaymentStatus, now: DateTime<Utc>) -> Result<Option<Payment>> {
    let Some(payment) = tx.payment(id)? else { return Ok(None) };
    if payment.status != PaymentStatus::Pending {
        return Ok(Some(payment));
    }
    let status = if now < payment.expires_at { said } else { PaymentStatus::Cancelled };
    match status {
        PaymentStatus::Pending => return Ok(Some(payment)),
        PaymentStatus::Paid => {
            tx.set_paid(id, &tx.next_receipt()?, now)?;
            tx.credit(&payment.account_id, payment.amount_kopecks, now)?;
        }
        PaymentStatus::Failed | PaymentStatus::Cancelled => tx.set_payment_status(id, status)?,
    }
    tx.payment(id)
}
