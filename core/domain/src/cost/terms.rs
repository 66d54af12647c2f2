//! What prices and guesses are made of.

use chrono::NaiveDate;

use crate::history::Point;
use crate::{
    Average, Dial, Instant, MissRules, Norm, Period, Resource, Since, Tariff, Volume, exact, in_force,
};

/// A meter and all that is known of its past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeterPast {
    /// The utility's id.
    pub id: String,
    /// What it measures.
    pub resource: Resource,
    /// Its face.
    pub dial: Dial,
    /// Its past. For a forecast, what was not sent yet too; for checking charges, only what the utility took.
    pub points: Vec<Point>,
    /// The first moment at which its verification no longer holds, in the utility's zone the midnight after the
    /// last day; `None` where it never ends as far as known.
    pub verified_until: Option<Instant>,
}

/// The utility's terms for an account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    /// How a missed month is charged.
    pub miss: MissRules,
    /// Dated tariffs.
    pub tariffs: Vec<Tariff>,
    /// Dated norms.
    pub norms: Vec<Norm>,
    /// Who lives there; `None` where nobody has said.
    pub residents: Option<i32>,
    /// Decimal places of the volumes that the utility charges, to which it rounds averages and norms half up.
    pub places: u8,
}

/// A number that a cost needs and that is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// No tariff holds.
    Tariff {
        /// The service.
        resource: Resource,
        /// The first day without one, where an earlier one has ended: «Нет тарифа с 1 июля».
        since: Option<NaiveDate>,
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

impl Terms {
    /// Kopecks for a unit in a month.
    ///
    /// A month has one tariff, the one of its first day: a reading does not say which part of its use came before a
    /// day within it. Tariffs have begun on the first of a month (seen); one that does not holds from the next.
    pub(super) fn tariff(&self, resource: Resource, period: Period) -> Result<i64, Unknown> {
        let day = period.first_day();
        let dated: Vec<Since<&Tariff>> = self
            .tariffs
            .iter()
            .filter(|t| t.resource == resource)
            .map(|t| Since { from: t.from, rule: t })
            .collect();
        let begun_last = in_force(&dated, day).copied();
        match begun_last {
            Some(tariff) if tariff.until.is_none_or(|until| day <= until) => Ok(tariff.kopecks),
            ended => {
                let since = ended.and_then(|t| t.until).and_then(|until| until.succ_opt());
                Err(Unknown::Tariff { resource, since })
            }
        }
    }

    /// The norm of everybody who lives there, for a month; by its first day, as tariffs are.
    pub(super) fn norm(&self, resource: Resource, period: Period) -> Result<Average, Unknown> {
        let dated: Vec<Since<Volume>> = self
            .norms
            .iter()
            .filter(|n| n.resource == resource)
            .map(|n| Since { from: n.from, rule: n.volume })
            .collect();
        let norm = in_force(&dated, period.first_day()).ok_or(Unknown::Norm { resource })?;
        let residents = self.residents.filter(|count| *count > 0).ok_or(Unknown::Residents)?;
        let all = i128::from(norm.ten_thousandths()) * i128::from(residents);
        Ok(Volume::from_ten_thousandths(exact::saturated(all)).into())
    }
}

#[cfg(test)]
#[path = "terms_tests.rs"]
mod tests;
