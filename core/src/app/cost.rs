//! What missing a month would cost, and whether what was charged is right.

use std::collections::HashMap;

use rusqlite::Connection;

use super::past::{meter_past, points, utilitys_past, value_of};
use super::receipt::lines;
use super::{App, Error};
use crate::domain::{
    Basis, ChargeToCheck, ChargeVerdict, FractionPolicy, Instant, MeterPast, MissForecast, Period, Resource,
    Tariff, Terms, Unknown, Volume, check_charge, forecast, forecast_account,
};
use crate::store::{self, AccountRow, ChargeRow, MeterRow};

/// What it costs to hand nothing in for a month, as things stand.
#[derive(Debug, Clone, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
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

impl App {
    /// What it costs an account to hand nothing in for a month.
    ///
    /// Where the utility's profile names no tariff, the one that was charged last is taken.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the account is not known.
    pub fn cost_of_missing(&self, account_id: &str, period: Period) -> Result<MissingCost, Error> {
        let known = self.store.read(|db| {
            let Some((account, meters)) = account_with_meters(db, account_id)? else {
                return Ok(None);
            };
            let pasts = self.pasts(db, &meters, period)?;
            Ok(Some((self.terms(&account, &store::charges(db, account_id)?), meters, pasts)))
        })?;
        let (terms, meters, pasts) = known.ok_or_else(|| Error::not_found("account"))?;
        let now = self.now()?;
        let bill = forecast_account(&pasts, period, &terms);
        let missing = pasts.iter().zip(&meters).filter(|(past, _)| is_missing(past, period));
        Ok(MissingCost {
            period,
            missing: missing
                .map(|(past, m)| missing_meter(m, &forecast(past, period, now, &terms)))
                .collect(),
            bill_kopecks: bill.kopecks,
            unknown: bill.unknown,
        })
    }

    /// The charges of a month, checked against readings, tariffs and norms.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the account or the month's charges are not known.
    pub fn check_charge(&self, account_id: &str, period: Period) -> Result<ChargeVerdict, Error> {
        let calendar = self.calendar();
        let known = self.store.read(|db| {
            let Some(charge) = store::charge(db, account_id, period)? else {
                return Ok(None);
            };
            let Some(account) = store::account(db, account_id)? else {
                return Ok(None);
            };
            // A meter that was replaced since is on the bill all the same.
            let meters = store::all_meters(db, account_id)?;
            let pasts = meters.iter().map(|m| utilitys_past(db, m, period, &calendar));
            Ok(Some((charge, account, pasts.collect::<rusqlite::Result<Vec<_>>>()?)))
        })?;
        let (charge, account, meters) = known.ok_or_else(|| Error::not_found("charge"))?;
        Ok(check_charge(&to_check(&charge)?, &meters, &self.terms(&account, &[])))
    }

    /// What becomes of the meters of a month that nobody has handed a reading in for, in a few words.
    pub(super) fn missed_in_short(
        &self,
        db: &Connection,
        accounts: &[AccountRow],
        meters: &[MeterRow],
        period: Period,
        now: Instant,
    ) -> rusqlite::Result<MissedInShort> {
        let mut forecasts = Vec::new();
        for account in accounts {
            let terms = self.terms(account, &[]);
            let pasts = self.pasts(db, meters.iter().filter(|m| m.account_id == account.id), period)?;
            let missing = pasts.iter().filter(|past| is_missing(past, period));
            forecasts.extend(missing.map(|past| forecast(past, period, now, &terms)));
        }
        let volumes = forecasts.iter().map(MissForecast::about);
        Ok(MissedInShort {
            about: volumes.into_iter().try_fold(Volume::default(), |sum, one| Some(sum.plus(one?))),
            by_norm: forecasts.iter().any(|f| f.basis == Basis::Norm),
        })
    }

    fn pasts<'m>(
        &self,
        db: &Connection,
        meters: impl IntoIterator<Item = &'m MeterRow>,
        period: Period,
    ) -> rusqlite::Result<Vec<MeterPast>> {
        let calendar = self.calendar();
        let past = |m: &MeterRow| Ok(meter_past(m, points(db, &m.id, period)?, &calendar));
        meters.into_iter().map(past).collect()
    }

    /// The utility's terms for an account; for a service without a tariff the one that was charged last.
    fn terms(&self, account: &AccountRow, charges: &[ChargeRow]) -> Terms {
        let mut tariffs = self.profile.tariffs.clone();
        for (resource, kopecks) in last_charged(charges) {
            if tariffs.iter().all(|t| t.resource != resource) {
                tariffs.push(Tariff { resource, from: None, until: None, kopecks });
            }
        }
        Terms {
            miss: self.profile.missed,
            tariffs,
            norms: self.profile.norms.clone(),
            residents: account.residents,
            places: match self.profile.fraction {
                FractionPolicy::Keep(places) => places,
                FractionPolicy::Truncate | FractionPolicy::HalfUp => 0,
            },
        }
    }
}

/// What becomes of a missed month, over all flats.
pub(super) struct MissedInShort {
    /// To whole units; none where a norm is not known.
    pub about: Option<Volume>,
    /// Some of it goes by the norm.
    pub by_norm: bool,
}

fn is_missing(past: &MeterPast, period: Period) -> bool {
    value_of(&past.points, period).is_none()
}

fn account_with_meters(
    db: &Connection,
    account_id: &str,
) -> rusqlite::Result<Option<(AccountRow, Vec<MeterRow>)>> {
    let Some(account) = store::account(db, account_id)? else {
        return Ok(None);
    };
    let meters = store::meters(db)?.into_iter().filter(|m| m.account_id == account_id).collect();
    Ok(Some((account, meters)))
}

fn missing_meter(m: &MeterRow, miss: &MissForecast) -> MissingMeter {
    MissingMeter {
        meter_id: m.id.clone(),
        resource: m.resource,
        place: m.place.clone(),
        zone: m.zone.clone(),
        by_norm: miss.basis == Basis::Norm,
        missed_before: miss.missed_before,
        norm_from: miss.norm_from,
        verification_expired: miss.verification_expired,
        about: miss.about(),
        kopecks: miss.kopecks,
    }
}

/// The newest tariff that each service was charged by.
fn last_charged(charges: &[ChargeRow]) -> HashMap<Resource, i64> {
    let mut tariffs = HashMap::new();
    for line in charges.iter().filter_map(|charge| lines(charge).ok()).flatten() {
        if let (Some(resource), "meter" | "average" | "norm") = (line.resource, line.basis.as_str()) {
            tariffs.entry(resource).or_insert(line.tariff_kopecks);
        }
    }
    tariffs
}

fn to_check(charge: &ChargeRow) -> Result<ChargeToCheck, Error> {
    Ok(ChargeToCheck { period: charge.period, lines: lines(charge)?, total_kopecks: charge.total_kopecks })
}

#[cfg(test)]
#[path = "cost_tests.rs"]
mod tests;
