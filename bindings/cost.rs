//! What missing a month costs, and whether what was charged is right.

use vodomer_core::app::{
    Basis, ChargeLine, ChargeVerdict, LineFinding, LineVerdict, MissingCost, MissingMeter, Resource, Unknown,
    Verdict, Why,
};

use crate::values::{CivilDate, Period, UtcMillis, Volume};

/// What it costs to hand nothing in for a month, as things stand.
#[uniffi::remote(Record)]
pub struct MissingCost {
    /// The month.
    pub period: Period,
    /// The meters that have no reading for it.
    pub missing: Vec<MissingMeter>,
    /// The whole bill of the account for the month, kopecks; none where a number is not known.
    pub bill_kopecks: Option<i64>,
    /// The numbers that are not known on the phone.
    pub unknown: Vec<Unknown>,
}

/// What becomes of one meter.
#[uniffi::remote(Record)]
pub struct MissingMeter {
    /// The meter.
    pub meter_id: String,
    /// What it measures.
    pub resource: Resource,
    /// Where it hangs.
    pub place: String,
    /// The tariff zone, where the meter has several.
    pub zone: Option<String>,
    /// It would be charged by the norm, not by the average.
    pub by_norm: bool,
    /// Months missed in a row just before.
    pub missed_before: i32,
    /// The month from which the norm counts if nothing is done.
    pub norm_from: Option<Period>,
    /// Its verification has run out: handing a reading in changes nothing.
    pub verification_expired: bool,
    /// «Около 4 м³», to whole units; none where the norm is not known.
    pub about: Option<Volume>,
    /// Kopecks; none where a number is not known.
    pub kopecks: Option<i64>,
}

/// What came of a bill.
#[uniffi::remote(Record)]
pub struct ChargeVerdict {
    /// Line by line, in the bill's order; missing ones follow.
    pub lines: Vec<LineVerdict>,
    /// What concerns the whole bill.
    pub why: Vec<Why>,
    /// The bill's total.
    pub charged_kopecks: i64,
    /// What it should be: lines of which nobody can tell are taken as they are.
    pub expected_kopecks: i64,
    /// Charged minus expected.
    pub difference_kopecks: i64,
    /// The answer.
    pub verdict: Verdict,
}

/// What came of a line.
#[uniffi::remote(Record)]
pub struct LineVerdict {
    /// The line, and with it the parts of the formula. For a missing line what it should have named: nothing is
    /// charged by it.
    pub line: ChargeLine,
    /// What should have been charged, kopecks; `None` where nobody can tell.
    pub expected_kopecks: Option<i64>,
    /// Of which volume; `None` where nobody can tell, and for sums that are taken as given.
    pub expected_volume: Option<Volume>,
    /// At which tariff, kopecks; `None` where none is known.
    pub expected_tariff_kopecks: Option<i64>,
    /// Charged minus expected: above zero where it is too much; 0 where nobody can tell. A single kopeck without a
    /// reason is another way of rounding, shown but no fault.
    pub difference_kopecks: i64,
    /// Why they differ, or why nobody can tell; empty if all is well.
    pub why: Vec<Why>,
    /// What all this comes to.
    pub finding: LineFinding,
}

/// What was found of a line.
#[uniffi::remote(Enum)]
pub enum LineFinding {
    /// It was checked, and is as it should be.
    Right,
    /// Something is other than it should be.
    Differs,
    /// Nobody can tell, or it is taken as given.
    NotChecked,
}

/// Whether a bill is right.
#[uniffi::remote(Enum)]
pub enum Verdict {
    /// All of it was checked, and no line is off by more than the kopeck of another way of rounding.
    Right,
    /// Something is other than it should be.
    Differs,
    /// Nothing was found wrong, and not all could be checked.
    CannotTell {
        /// Each reason once.
        why: Vec<Why>,
    },
}

/// One reason, with the numbers that led to it.
#[uniffi::remote(Enum)]
pub enum Why {
    /// The line's value at the beginning is not the one that was charged last.
    FromValueDiffers {
        /// The known value.
        expected: Volume,
        /// The line's.
        charged: Volume,
    },
    /// The line's value at the end is not the month's.
    ToValueDiffers {
        /// The known value.
        expected: Volume,
        /// The line's.
        charged: Volume,
    },
    /// Another volume than the readings, the average or the norm make.
    VolumeDiffers {
        /// What they make.
        expected: Volume,
        /// The line's.
        charged: Volume,
    },
    /// Another tariff than holds in the month.
    TariffDiffers {
        /// Kopecks for a unit.
        expected: i64,
        /// The line's.
        charged: i64,
    },
    /// The line's own volume times its own tariff is another amount, by more than a kopeck.
    ArithmeticDiffers {
        /// Kopecks.
        expected: i64,
        /// The line's.
        charged: i64,
    },
    /// By the average or the norm, though the utility had the month's reading.
    ChargedByAverageThoughReadingWasTaken {
        /// What the meter says.
        metered: Volume,
        /// When the utility got the reading, as far as known.
        received_at: Option<UtcMillis>,
    },
    /// The average where the norm is due, or the norm where the average is.
    BasisDiffers {
        /// What is due.
        expected: Basis,
        /// Months missed in a row before this one.
        missed_before: i32,
    },
    /// Sewage is not the cold and hot water of the same bill.
    SewageNotTheSum {
        /// Cold and hot of the bill.
        sum: Volume,
        /// The line's.
        charged: Volume,
    },
    /// A meter whose reading the utility has is not on the bill.
    MissingLine,
    /// The same service and meter has a line before.
    ChargedTwice,
    /// The bill's total is not the sum of its lines.
    TotalDiffers {
        /// The sum, kopecks.
        expected: i64,
        /// The bill's.
        charged: i64,
    },
    /// A number that is not known on the phone.
    NotKnown {
        /// Which.
        what: Unknown,
    },
    /// A basis that this version does not know.
    UnknownBasis {
        /// Its code.
        code: String,
    },
    /// A meter that is not known on the phone.
    UnknownMeter,
    /// Charged by the meter, and the phone knows of no reading of the month.
    NoReading,
    /// The phone knows of no value before the month's.
    NoEarlierValue,
    /// Too few readings are known for an average.
    TooFewReadings,
    /// Sewage, and no water on the bill.
    NoWater,
}

/// What a volume rests on; the later, the farther from the dial.
#[uniffi::remote(Enum)]
pub enum Basis {
    /// A reading.
    Meter,
    /// The average.
    Average,
    /// The norm.
    Norm,
}

/// A number that a cost needs and that is not known.
#[uniffi::remote(Enum)]
pub enum Unknown {
    /// No tariff holds.
    Tariff {
        /// The service.
        resource: Resource,
        /// The first day without one, where an earlier one has ended: «Нет тарифа с 1 июля».
        since: Option<CivilDate>,
    },
    /// No norm holds.
    Norm {
        /// The service.
        resource: Resource,
    },
    /// Nobody has said how many people the norm is for. With nobody living there the owners are counted (decree
    /// 354, item 56; unverified), whom the phone does not know either.
    Residents,
}
