//! Readings leave in batches, an account a request.

use serde_json::value::RawValue;

use super::pass::{Outcome, Pass, Report, Stop, Turn};
use super::policy;
use super::settle::{Settled, has_failed_often};
use crate::domain::Instant;
use crate::portal::wire::PostedReading;
use crate::store::{self, Item, State, StoreError};

impl Pass<'_> {
    /// Sends an account's readings; tells whether something has to be made anew from refreshed meters.
    pub(super) fn send_readings(
        &self,
        turn: &Turn<'_>,
        account: &str,
        report: &mut Report,
    ) -> Result<bool, Stop> {
        let mut limit = policy::BATCH;
        loop {
            self.may_go_on()?;
            if self.nothing_due(turn, account)? {
                return Ok(false);
            }
            let (access, now) = (self.token(turn.login)?, self.now()?);
            let frozen = self.freeze(turn, account, now, limit)?;
            let (items, payloads) = frozen.ok_or(Stop::Because(Outcome::Busy))?;
            if items.is_empty() {
                return Ok(false);
            }
            let answer = self.with_token(turn.login, &access, |access| {
                self.portal.post_readings(access, account, now, &payloads)
            });
            match answer {
                Ok(answer) => {
                    if self.settle_answers(&items, &answer, report)? {
                        return Ok(true);
                    }
                }
                Err(failed) => match self.settle_failure(&items, failed, report)? {
                    Settled::Stop(stop) => return Err(stop),
                    Settled::Skip(outcome) => {
                        report.outcome = outcome;
                        return Ok(false);
                    }
                    Settled::Smaller(next) => limit = next,
                    Settled::GoOn => {}
                },
            }
        }
    }

    fn nothing_due(&self, turn: &Turn<'_>, account: &str) -> Result<bool, StoreError> {
        let now = self.now()?;
        self.store.read(|db| Ok(store::batch(db, account, now, turn.looked, policy::OFTEN, 1)?.is_empty()))
    }

    /// Commits what is due as `sending`, with the payloads that go out now and at every replay; none when another pass
    /// has taken over. Chosen and frozen in one transaction: what the resident corrects meanwhile does not leave.
    fn freeze(
        &self,
        turn: &Turn<'_>,
        account: &str,
        now: Instant,
        limit: i64,
    ) -> Result<Option<Frozen>, StoreError> {
        self.store.write(|db| {
            let mut items = store::batch(db, account, now, turn.looked, policy::OFTEN, limit)?;
            items.truncate(together(&items));
            if items.is_empty() {
                return Ok(Some((items, Vec::new())));
            }
            if !self.keep_lease(db)? {
                return Ok(None);
            }
            let frozen = items.iter().map(|item| {
                let payload = match &item.payload {
                    Some(frozen) => frozen.clone(),
                    None => payload(db, item)?,
                };
                store::freeze_and_send(db, &item.captured.item_id, Some(&payload), now)?;
                raw(payload)
            });
            let payloads = frozen.collect::<rusqlite::Result<_>>()?;
            Ok(Some((items, payloads)))
        })
    }
}

/// How many go in one request. One that the server has failed on often goes by itself.
fn together(items: &[Item]) -> usize {
    let often = |item: &Item| has_failed_often(item.attempts, item.reason.as_deref());
    items.iter().take_while(|item| !often(item)).count().max(1)
}

/// Items as they were before they left, and their payloads.
type Frozen = (Vec<Item>, Vec<Box<RawValue>>);

pub(super) fn raw(json: String) -> rusqlite::Result<Box<RawValue>> {
    RawValue::from_string(json).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))
}

/// The payload of an item, from the newest record of its meter.
fn payload(db: &rusqlite::Connection, item: &Item) -> rusqlite::Result<String> {
    let c = &item.captured;
    let meter = store::meter(db, &c.meter_id)?;
    let forerunner = match &item.supersedes {
        Some(id) => match store::by_id(db, id)? {
            Some(ours) => ours.reading_id.filter(|_| ours.state != State::Withdrawn),
            None => Some(id.clone()),
        },
        None => None,
    };
    let posted = PostedReading {
        idempotency_key: &item.idempotency_key,
        client_item_id: &c.item_id,
        meter_id: &c.meter_id,
        meter_version: meter.map_or(item.meter_version, |m| m.version),
        period: c.period,
        value: c.value,
        entered: &c.entered,
        taken_at: c.taken_at,
        phone_at: item.phone_at,
        skew_ms: item.skew,
        monotonic_ms: item.monotonic,
        rollover: item.rollover,
        replacement: item.replacement,
        confirmed: &item.confirmed,
        supersedes: forerunner.as_deref(),
    };
    serde_json::to_string(&posted).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))
}
