//! Why a charge differs from what it should be, or why nobody can tell.

use crate::{Instant, Volume};

use super::{Basis, Unknown};

/// One reason, with the numbers that led to it.
#[derive(Debug, Clone, PartialEq, Eq)]
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
        received_at: Option<Instant>,
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

impl Why {
    /// Something is other than it should be; the other reasons say that nobody can tell.
    #[must_use]
    pub const fn is_difference(&self) -> bool {
        match self {
            Self::FromValueDiffers { .. }
            | Self::ToValueDiffers { .. }
            | Self::VolumeDiffers { .. }
            | Self::TariffDiffers { .. }
            | Self::ArithmeticDiffers { .. }
            | Self::ChargedByAverageThoughReadingWasTaken { .. }
            | Self::BasisDiffers { .. }
            | Self::SewageNotTheSum { .. }
            | Self::MissingLine
            | Self::ChargedTwice
            | Self::TotalDiffers { .. } => true,
            Self::NotKnown { .. }
            | Self::UnknownBasis { .. }
            | Self::UnknownMeter
            | Self::NoReading
            | Self::NoEarlierValue
            | Self::TooFewReadings
            | Self::NoWater => false,
        }
    }
}
