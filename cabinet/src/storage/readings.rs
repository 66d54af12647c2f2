//! Readings of every source.

use chrono::{DateTime, Utc};

use super::engine::{Row, params};
use super::row::{instant, instant_if_any, ms};
use super::{Result, Tx};
use crate::domain::{Period, Replacement, Status, Volume};
use crate::records::{Kept, Reading};

pub(super) const READING: &str = "id, account_id, meter_id, period, meant_period, value, entered, rollover, taken_ms, \
    received_ms, source, status, receipt, client_item_id, supersedes, replacement_final, replacement_initial, \
    replacement_serial, phone_ms, skew_ms, monotonic_ms, sent_ms, withdrawn_ms";
/// Statuses of a reading that stands: at most one a meter and period.
const LIVE: &str = "status IN ('received', 'processing', 'accounted')";

impl Tx<'_> {
    /// Writes a reading. Its meter and period must hold no other that stands.
    pub fn add_reading(&self, reading: &Reading) -> Result<()> {
        let sql = format!(
            "INSERT INTO readings ({READING}, seq) VALUES \
             (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, \
             ?21, ?22, ?23, ?24)"
        );
        let (kept, replacement) = (&reading.kept, reading.replacement.as_ref());
        self.run(
            &sql,
            params![
                reading.id,
                kept.account_id,
                reading.meter_id,
                reading.period,
                kept.meant_period,
                reading.value,
                kept.entered,
                reading.rollover,
                reading.taken_at.map(ms),
                ms(reading.received_at),
                reading.source,
                reading.status,
                reading.receipt,
                reading.client_item_id,
                kept.supersedes,
                replacement.map(|it| it.final_value),
                replacement.map(|it| it.initial_value),
                replacement.and_then(|it| it.serial.as_deref()),
                kept.phone_at.map(ms),
                kept.skew_ms,
                kept.monotonic_ms,
                reading.sent_at.map(ms),
                kept.withdrawn_at.map(ms),
                self.next("change")?,
            ],
        )?;
        Ok(())
    }

    /// The number of the next receipt.
    pub fn next_receipt(&self) -> Result<String> {
        Ok(format!("{:08}", self.next("receipt")?))
    }

    /// Moves a reading on.
    pub fn set_reading_status(&self, id: &str, status: Status) -> Result<()> {
        self.run(
            "UPDATE readings SET status = ?2, seq = ?3 WHERE id = ?1",
            params![id, status, self.next("change")?],
        )?;
        Ok(())
    }

    /// Takes a reading back.
    pub fn withdraw_reading(&self, id: &str, now: DateTime<Utc>) -> Result<()> {
        self.run(
            "UPDATE readings SET status = 'withdrawn', withdrawn_ms = ?2, seq = ?3 WHERE id = ?1",
            params![id, ms(now), self.next("change")?],
        )?;
        Ok(())
    }

    /// One reading of an account.
    pub fn reading(&self, account: &str, id: &str) -> Result<Option<Reading>> {
        let sql = format!("SELECT {READING} FROM readings WHERE account_id = ?1 AND id = ?2");
        self.one(&sql, params![account, id], reading)
    }

    /// The reading that a receipt was given for.
    pub fn reading_of_receipt(&self, receipt: &str) -> Result<Option<Reading>> {
        self.one(&format!("SELECT {READING} FROM readings WHERE receipt = ?1"), params![receipt], reading)
    }

    /// The reading that stands for a meter's month.
    pub fn reading_of(&self, meter: &str, period: Period) -> Result<Option<Reading>> {
        let sql = format!("SELECT {READING} FROM readings WHERE meter_id = ?1 AND period = ?2 AND {LIVE}");
        self.one(&sql, params![meter, period], reading)
    }

    /// The reading that an item of the app became, whatever it is now.
    pub fn reading_of_item(&self, meter: &str, meant: Period, item: &str) -> Result<Option<Reading>> {
        let sql = format!(
            "SELECT {READING} FROM readings WHERE meter_id = ?1 AND meant_period = ?2 AND client_item_id = ?3"
        );
        self.one(&sql, params![meter, meant, item], reading)
    }

    /// A meter's readings before a month that stand, newest first: ten years of them at most.
    pub fn readings_before(&self, meter: &str, period: Period) -> Result<Vec<Reading>> {
        let sql = format!(
            "SELECT {READING} FROM readings WHERE meter_id = ?1 AND period < ?2 AND {LIVE} \
             ORDER BY period DESC LIMIT 120"
        );
        self.all(&sql, params![meter, period], reading)
    }

    /// All readings of an account, newest first.
    pub fn readings(&self, account: &str) -> Result<Vec<Reading>> {
        let sql = format!(
            "SELECT {READING} FROM readings WHERE account_id = ?1 ORDER BY period DESC, received_ms DESC, id"
        );
        self.all(&sql, params![account], reading)
    }

    /// All readings of a meter, in the order in which they came.
    pub fn readings_of_meter(&self, meter: &str) -> Result<Vec<Reading>> {
        let sql =
            format!("SELECT {READING} FROM readings WHERE meter_id = ?1 ORDER BY period, received_ms, id");
        self.all(&sql, params![meter], reading)
    }
}

pub(super) fn reading(row: &Row) -> Result<Reading> {
    Ok(Reading {
        id: row.get("id")?,
        meter_id: row.get("meter_id")?,
        period: row.get("period")?,
        value: row.get("value")?,
        rollover: row.get("rollover")?,
        replacement: replacement(row)?,
        taken_at: instant_if_any(row, "taken_ms")?,
        received_at: instant(row, "received_ms")?,
        source: row.get("source")?,
        status: row.get("status")?,
        receipt: row.get("receipt")?,
        client_item_id: row.get("client_item_id")?,
        sent_at: instant_if_any(row, "sent_ms")?,
        kept: Kept {
            account_id: row.get("account_id")?,
            meant_period: row.get("meant_period")?,
            entered: row.get("entered")?,
            supersedes: row.get("supersedes")?,
            phone_at: instant_if_any(row, "phone_ms")?,
            skew_ms: row.get("skew_ms")?,
            monotonic_ms: row.get("monotonic_ms")?,
            withdrawn_at: instant_if_any(row, "withdrawn_ms")?,
        },
    })
}

fn replacement(row: &Row) -> Result<Option<Replacement>> {
    let final_value: Option<Volume> = row.get("replacement_final")?;
    let initial_value: Option<Volume> = row.get("replacement_initial")?;
    let serial = row.get("replacement_serial")?;
    Ok(final_value.zip(initial_value).map(|(final_value, initial_value)| Replacement {
        final_value,
        initial_value,
        serial,
    }))
}
