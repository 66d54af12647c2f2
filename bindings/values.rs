//! Domain values as Kotlin sees them: instants are milliseconds, everything exact is text.

use chrono::DateTime;
use vodomer_core::domain;

/// A moment: milliseconds since 1970 in UTC.
pub type UtcMillis = domain::Instant;
/// A date in the utility's zone: `2026-11-25`.
pub type CivilDate = chrono::NaiveDate;
/// A month: `2026-11`.
pub type Period = domain::Period;
/// A value or volume in the meter's unit, a decimal with a point: `127`, `127.5`.
pub type Volume = domain::Volume;

uniffi::custom_type!(UtcMillis, i64, {
    remote,
    try_lift: |ms| DateTime::from_timestamp_millis(ms).ok_or_else(|| uniffi::deps::anyhow::anyhow!("no such moment: {ms}")),
    lower: |at| at.timestamp_millis(),
});

uniffi::custom_type!(CivilDate, String, {
    remote,
    try_lift: |text| Ok(text.parse()?),
    lower: |date| date.to_string(),
});

uniffi::custom_type!(Period, String, {
    remote,
    try_lift: |text| Ok(text.parse()?),
    lower: |period| period.to_string(),
});

uniffi::custom_type!(Volume, String, {
    remote,
    try_lift: |text| Ok(text.parse()?),
    lower: |volume| volume.to_string(),
});
