//! A meter with everything that a value of it is judged by.

use rusqlite::Connection;

use super::LastReading;
use crate::app::past::{points, value_of};
use crate::app::{App, Error};
use crate::domain::{
    Claim, Doubt, Guess, Instant, Judgement, Past, Placement, Sibling, Taken, Typed, Volume, explain_misfit,
    judge, past,
};
use crate::store::{self, AccountRow, MeterRow};
use crate::sync::clock;

pub(super) struct Subject {
    pub meter: MeterRow,
    pub account: Option<AccountRow>,
    pub past: Past,
    pub place: Placement,
    pub now: Instant,
    /// Milliseconds since the phone's start, then.
    pub monotonic: i64,
    /// The value already taken for the period.
    pub taken: Option<Volume>,
}

impl Subject {
    /// Its account was typed in.
    pub(super) fn is_by_hand(&self) -> bool {
        self.account.as_ref().is_some_and(|account| account.login_id.is_none())
    }

    pub(super) fn last(&self) -> Option<LastReading> {
        let months_ago = self.past.months;
        let period = self.place.period.months_back(u32::try_from(months_ago).unwrap_or(0));
        self.past.last.map(|value| LastReading { value, period, months_ago })
    }
}

impl App {
    pub(super) fn subject(&self, meter_id: &str) -> Result<Subject, Error> {
        let subject = self.store.read(|db| self.read_subject(db, meter_id))?;
        subject.ok_or_else(|| Error::not_found("meter"))
    }

    fn read_subject(&self, db: &Connection, meter_id: &str) -> rusqlite::Result<Option<Subject>> {
        let Some(meter) = store::meter(db, meter_id)? else {
            return Ok(None);
        };
        let (now, monotonic) = (clock::now(db, &self.env)?, self.env.clock.monotonic());
        let place = self.calendar().place(now);
        let points = points(db, meter_id, place.period)?;
        Ok(Some(Subject {
            account: store::account(db, &meter.account_id)?,
            past: past(&points, meter.dial, place.period, &self.profile.missed),
            taken: value_of(&points, place.period),
            place,
            now,
            monotonic,
            meter,
        }))
    }

    /// What is thought of a value. The other meters are looked at only when there is something to explain.
    pub(super) fn judge(
        &self,
        s: &Subject,
        value: Volume,
        digits: Option<&Typed>,
        claim: Claim,
        confirmed: &[Doubt],
    ) -> Result<Judgement, Error> {
        let alone = self.judge_among(s, value, digits, claim, confirmed, &[])?;
        if alone.question.is_none() {
            return Ok(alone);
        }
        let siblings = self.store.read(|db| self.siblings(db, s))?;
        self.judge_among(s, value, digits, claim, confirmed, &siblings)
    }

    /// The same among the siblings given; without any, only the guess at swapped meters is lost.
    pub(super) fn judge_among(
        &self,
        s: &Subject,
        value: Volume,
        digits: Option<&Typed>,
        claim: Claim,
        confirmed: &[Doubt],
        siblings: &[Sibling],
    ) -> Result<Judgement, Error> {
        let (dial, limit) = (s.meter.dial, s.meter.limit);
        let taken = Taken { value, digits, dial, policy: self.profile.fraction, limit, claim, confirmed };
        Ok(judge(&taken, &s.past, siblings, &self.profile.checks)?)
    }

    /// What was probably meant by more digits than the dial has.
    pub(super) fn explain_misfit(&self, s: &Subject, digits: &Typed) -> Option<Guess> {
        let (policy, rules) = (self.profile.fraction, &self.profile.checks);
        explain_misfit(digits, s.meter.dial, policy, &s.past, rules, s.meter.limit)
    }

    fn siblings(&self, db: &Connection, s: &Subject) -> rusqlite::Result<Vec<Sibling>> {
        let others = store::meters(db)?.into_iter();
        let others = others.filter(|m| m.account_id == s.meter.account_id && m.id != s.meter.id);
        others
            .map(|m| {
                let points = points(db, &m.id, s.place.period)?;
                Ok(Sibling {
                    past: past(&points, m.dial, s.place.period, &self.profile.missed),
                    value: value_of(&points, s.place.period),
                    dial: m.dial,
                    meter_id: m.id,
                })
            })
            .collect()
    }
}
