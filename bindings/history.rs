//! Records of a meter's past.

use vodomer_core::app::{ChartPoint, MeterHistory, PastReading, Replacement, Resource, Source, UseKind};

use crate::values::{Period, Volume};

/// Everything that the history of one meter shows.
#[uniffi::remote(Record)]
pub struct MeterHistory {
    /// The meter.
    pub meter_id: String,
    /// What it measures.
    pub resource: Resource,
    /// Where it hangs.
    pub place: String,
    /// The tariff zone, where the meter has several.
    pub zone: Option<String>,
    /// The flat, by its address.
    pub flat: String,
    /// Average use of a month to whole units, by the decree's rule; none where too little is known.
    pub usual: Option<Volume>,
    /// The bars, the oldest first; they end with the month that is due now.
    pub bars: Vec<ChartPoint>,
    /// Every value, the newest first.
    pub readings: Vec<PastReading>,
}

/// One value of the past.
#[uniffi::remote(Record)]
pub struct PastReading {
    /// The month that it counts for.
    pub period: Period,
    /// The value.
    pub value: Volume,
    /// Who says so.
    pub source: Source,
    /// The month's use to whole units; none for the first known value.
    pub used: Option<Volume>,
    /// What the use rests on.
    pub kind: Option<UseKind>,
    /// The dial went over its end.
    pub rolled_over: bool,
    /// The meter was replaced before it.
    pub replaced: Option<Replacement>,
    /// The item behind it, if it was taken here and its proof is kept.
    pub item_id: Option<String>,
}

/// One bar.
#[uniffi::remote(Record)]
pub struct ChartPoint {
    /// The month.
    pub period: Period,
    /// Its use to ten-thousandths of a unit, rounded once: the height. `None` where nothing is known.
    pub used: Option<Volume>,
    /// Its use to whole units, rounded once from the exact one: the number on top.
    pub units: Option<Volume>,
    /// What it rests on.
    pub kind: Option<UseKind>,
    /// Drawn hatched: the month's own use was not read off the dial, only worked out or spread.
    pub hatched: bool,
}

/// What the use of a month rests on.
#[uniffi::remote(Enum)]
pub enum UseKind {
    /// Read off the dial in this month and in the one before.
    Metered,
    /// One of several months between two readings: their use, spread evenly.
    Spread,
    /// The utility's average, or use counted from one.
    Estimated,
    /// The utility's norm, or use counted from one.
    Norm,
}

/// The source of a reading, as the contract names it.
#[uniffi::remote(Enum)]
pub enum Source {
    /// The resident, through the app or the website.
    App,
    /// The resident, by SMS.
    Sms,
    /// The resident, by letter.
    Email,
    /// The resident, by telephone.
    Phone,
    /// The resident, at the office.
    Office,
    /// Контролёр: the utility's inspector stood before the dial.
    Inspector,
    /// По среднему: the utility's guess for a missed month.
    Estimated,
    /// По нормативу: nobody read anything.
    Norm,
    /// Brought over from an older system.
    Import,
}

/// Where the old dial ended and the new one began; the use of both counts.
#[uniffi::remote(Record)]
pub struct Replacement {
    /// The last value of the old meter.
    pub final_value: Volume,
    /// The value with which the new meter was put up.
    pub initial_value: Volume,
}
