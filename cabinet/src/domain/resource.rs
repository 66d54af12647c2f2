//! The closed lists of the contract: resources, sources, statuses, letters, payments, bases.

use serde::{Deserialize, Serialize};

/// A list of names that stand in the contract and in the database alike.
macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// The name in the contract.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// By its name in the contract.
            pub fn named(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

names! {
    /// What is charged.
    Resource {
        /// Cold water, by its meter.
        ColdWater = "cold_water",
        /// Hot water, by its meter.
        HotWater = "hot_water",
        /// What goes down: cold and hot together.
        Sewage = "sewage",
    }
}

names! {
    /// Where a reading came from.
    Source {
        /// The resident's app.
        App = "app",
        /// A text message.
        Sms = "sms",
        /// A letter.
        Email = "email",
        /// The readings line.
        Phone = "phone",
        /// The counter.
        Office = "office",
        /// The utility's inspector.
        Inspector = "inspector",
        /// Worked out from the average, for a missed month.
        Estimated = "estimated",
        /// Worked out from the norm, for a missed month without enough history.
        Norm = "norm",
        /// Another system.
        Import = "import",
    }
}

impl Source {
    /// Read off a dial, and not worked out: only such values are compared with and averaged over.
    pub const fn is_actual(self) -> bool {
        !matches!(self, Self::Estimated | Self::Norm)
    }
}

names! {
    /// What became of a reading.
    Status {
        /// Held; may be corrected still.
        Received = "received",
        /// A clerk looks at it.
        Processing = "processing",
        /// Charged.
        Accounted = "accounted",
        /// Turned down by a clerk.
        Declined = "declined",
        /// Corrected by a later one.
        Superseded = "superseded",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
}

names! {
    /// What a resident writes.
    LetterKind {
        /// Asks for a specialist.
        ServiceRequest = "service_request",
        /// Asks about the account.
        Question = "question",
        /// Turns to the utility; needs no account.
        Appeal = "appeal",
    }
}

names! {
    /// What became of a letter.
    LetterStatus {
        /// Registered.
        Received = "received",
        /// Answered.
        Answered = "answered",
        /// Done with, without an answer.
        Closed = "closed",
        /// Turned down.
        Declined = "declined",
    }
}

names! {
    /// What became of a payment.
    PaymentStatus {
        /// The bank has not said anything yet.
        Pending = "pending",
        /// The money is in the books.
        Paid = "paid",
        /// The bank said no.
        Failed = "failed",
        /// Given up, or not done in time.
        Cancelled = "cancelled",
    }
}

names! {
    /// What a line of the charges rests on.
    Basis {
        /// A reading.
        Meter = "meter",
        /// The average of the months before.
        Average = "average",
        /// The norm per head.
        Norm = "norm",
        /// No volume: what the resident need not pay, by law.
        Benefit = "benefit",
        /// No volume: what was charged wrongly before.
        Recalculation = "recalculation",
    }
}

/// Digits of a dial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dial {
    /// Black ones.
    pub whole: u32,
    /// Red ones.
    pub fraction: u32,
}
