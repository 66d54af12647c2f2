//! Reminders: what to notify now, what to take away, and when to look again.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use chrono_tz::Tz;
use rusqlite::Connection;

use super::snapshot::Snapshot;
use super::{App, Error};
use crate::domain::{
    Agenda, AgreedVisit, Calendar, Instant, Occasions, PaymentDue, Period, ReminderKind, Resource, Shown,
    Topic, TopicKind, VerificationDue, Window, plan,
};
use crate::store::{self, MeterRow, VisitRow};
use crate::sync::clock;

/// Reminders of so long ago are forgotten; the longest lasting, of a verification, begins two months before it.
const KEEP_REMINDERS: TimeDelta = TimeDelta::days(400);
/// Between the ids of a notice's topics; no id holds one.
const BETWEEN_IDS: char = '\n';

/// What the shell is to do about reminders. It may be asked at any time, any number of times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// To be shown now; after showing, tell [`App::reminder_shown`].
    pub notice: Option<Notice>,
    /// Nothing is left to do: take away whatever reminder is still on show.
    pub take_away: bool,
    /// When to ask again; an alarm up to an hour late does no harm.
    pub next_wake: Instant,
}

/// One notification: everything that is to be said at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The same at every planning of the same topics.
    pub id: String,
    /// What it says, the most urgent first; at least one.
    pub topics: Vec<NoticeTopic>,
}

/// One thing that a notification says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeTopic {
    /// Readings are to be submitted.
    Window {
        /// The moment of the window.
        kind: ReminderKind,
        /// First day of the window.
        opens: NaiveDate,
        /// Last day of the window.
        closes: NaiveDate,
        /// Whole hours until its end, rounded up.
        hours_left: i32,
        /// The last minute, as `HH:MM` of the utility's zone.
        until: String,
        /// How the zone is called: «по Москве».
        zone_phrase: String,
        /// Meters without a reading.
        missing: Vec<MeterName>,
        /// Readings that have not left the phone.
        unsent: i32,
        /// Offer SMS, letter and phone.
        offer_channels: bool,
    },
    /// Somebody of the utility comes.
    Visit {
        /// The visit.
        visit_id: String,
        /// The flat, by its address.
        flat: String,
        /// The day.
        date: NaiveDate,
        /// `HH:MM`, where a time was agreed.
        from: Option<String>,
        /// `HH:MM`, the end of the time agreed.
        until: Option<String>,
        /// Who comes and why.
        note: String,
        /// 1 on the day before, 0 on the day.
        days_left: i32,
    },
    /// A bill is to be paid.
    Payment {
        /// The account.
        account_id: String,
        /// The flat, by its address.
        flat: String,
        /// The month that is paid for.
        period: Period,
        /// The last day to pay.
        pay_by: NaiveDate,
        /// What is owed, kopecks.
        kopecks: i64,
        /// 0 on the last day.
        days_left: i32,
    },
    /// A meter is to be verified.
    Verification {
        /// The meter.
        meter: MeterName,
        /// The last day on which its readings count.
        verify_by: NaiveDate,
        /// 0 on the last day.
        days_left: i32,
    },
}

/// A meter, as it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeterName {
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
}

impl App {
    /// What is due, and when to wake next. Nothing is changed, but that records which a wrong clock has made are
    /// forgotten.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn plan(&self) -> Result<Plan, Error> {
        let calendar = self.calendar();
        // An unknown zone of the phone's is treated as the utility's: quiet hours are then the city's.
        let phone_zone: Tz = self.env.clock.zone().parse().unwrap_or(calendar.zone);
        let (schedule, known) = self.store.read(|db| {
            let snapshot = Snapshot::take(db, &calendar, clock::now(db, &self.env)?)?;
            let known = Known { visits: store::visits(db, calendar.date(snapshot.now))?, snapshot };
            let occasions = known.occasions(db)?;
            let shown: Vec<Shown> = store::shown_reminders(db)?;
            let rules = &self.profile.reminders;
            Ok((plan(known.snapshot.now, &calendar, phone_zone, rules, &occasions, &shown), known))
        })?;
        if !schedule.forget.is_empty() {
            self.store.write(|db| store::forget_reminders(db, &schedule.forget))?;
        }
        Ok(Plan {
            take_away: schedule.due.is_none() && schedule.standing.is_empty(),
            notice: schedule.due.map(|due| self.notice(&due.topics, &known, &calendar)),
            next_wake: schedule.next_wake,
        })
    }

    /// The resident has been shown a notice: its topics will not come again.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn reminder_shown(&self, notice_id: &str) -> Result<(), Error> {
        let now = self.now()?;
        self.store.write(|db| {
            notice_id.split(BETWEEN_IDS).try_for_each(|id| store::show_reminder(db, id, now))?;
            store::forget_reminders_before(db, now - KEEP_REMINDERS)
        })?;
        Ok(())
    }

    fn notice(&self, topics: &[Topic], known: &Known, calendar: &Calendar) -> Notice {
        let ids: Vec<&str> = topics.iter().map(|t| t.id.as_str()).collect();
        Notice {
            id: ids.join(&BETWEEN_IDS.to_string()),
            topics: topics.iter().filter_map(|t| self.topic(t, known, calendar)).collect(),
        }
    }

    fn topic(&self, topic: &Topic, known: &Known, calendar: &Calendar) -> Option<NoticeTopic> {
        Some(match &topic.kind {
            TopicKind::Window { moment, window, hours_left, missing, unsent } => NoticeTopic::Window {
                kind: *moment,
                opens: window.opens,
                closes: window.closes,
                hours_left: *hours_left,
                until: last_minute(window, calendar),
                zone_phrase: self.profile.zone_phrase.clone(),
                missing: missing.iter().filter_map(|id| known.meter(id)).collect(),
                unsent: *unsent,
                offer_channels: *unsent > 0 && moment.announces_the_end(),
            },
            TopicKind::Visit { visit_id, date, from, until, days_left } => {
                let visit = known.visits.iter().find(|v| v.id == *visit_id);
                let time = |time: &Option<NaiveTime>| time.map(|t| t.format("%H:%M").to_string());
                NoticeTopic::Visit {
                    visit_id: visit_id.clone(),
                    flat: visit.map(|v| known.flat(&v.account_id)).unwrap_or_default(),
                    date: *date,
                    from: time(from),
                    until: time(until),
                    note: visit.map(|v| v.note.clone()).unwrap_or_default(),
                    days_left: *days_left,
                }
            }
            TopicKind::Payment { account_id, period, pay_by, kopecks, days_left } => NoticeTopic::Payment {
                account_id: account_id.clone(),
                flat: known.flat(account_id),
                period: *period,
                pay_by: *pay_by,
                kopecks: *kopecks,
                days_left: *days_left,
            },
            TopicKind::Verification { meter_id, verify_by, days_left } => NoticeTopic::Verification {
                meter: known.meter(meter_id)?,
                verify_by: *verify_by,
                days_left: *days_left,
            },
        })
    }
}

/// What the reminders are about.
struct Known {
    snapshot: Snapshot,
    visits: Vec<VisitRow>,
}

impl Known {
    fn occasions(&self, db: &Connection) -> rusqlite::Result<Occasions> {
        let snapshot = &self.snapshot;
        let missing = snapshot.missing(snapshot.position.window().period);
        let verification =
            |m: &MeterRow| m.verify_by.map(|verify_by| VerificationDue { meter_id: m.id.clone(), verify_by });
        let visit =
            |v: &VisitRow| AgreedVisit { id: v.id.clone(), date: v.date, from: v.from, until: v.until };
        Ok(Occasions {
            agenda: Agenda {
                missing: missing.iter().map(|m| m.id.clone()).collect(),
                unsent: i32::try_from(snapshot.unsent().count()).unwrap_or(i32::MAX),
            },
            verifications: snapshot.meters.iter().filter_map(verification).collect(),
            visits: self.visits.iter().map(visit).collect(),
            payments: self.payments(db)?,
        })
    }

    /// The newest bill of each account, as long as something is owed.
    fn payments(&self, db: &Connection) -> rusqlite::Result<Vec<PaymentDue>> {
        let mut payments = Vec::new();
        for account in &self.snapshot.accounts {
            let Some(bill) = store::newest_charge(db, &account.id)? else {
                continue;
            };
            if let Some(pay_by) = bill.pay_by {
                payments.push(PaymentDue {
                    account_id: account.id.clone(),
                    period: bill.period,
                    pay_by,
                    // What was paid since the bill is off the balance; what the next one adds is not due yet.
                    kopecks: bill.due_kopecks.min(account.balance_kopecks),
                });
            }
        }
        Ok(payments)
    }

    fn meter(&self, id: &str) -> Option<MeterName> {
        let meter = self.snapshot.meters.iter().find(|m| m.id == id)?;
        Some(MeterName {
            meter_id: meter.id.clone(),
            resource: meter.resource,
            place: meter.place.clone(),
            zone: meter.zone.clone(),
            flat: self.flat(&meter.account_id),
        })
    }

    fn flat(&self, account_id: &str) -> String {
        let account = self.snapshot.accounts.iter().find(|a| a.id == account_id);
        account.map(|a| a.address.clone()).unwrap_or_default()
    }
}

fn last_minute(window: &Window, calendar: &Calendar) -> String {
    let last = (window.closes_at - TimeDelta::minutes(1)).with_timezone(&calendar.zone);
    last.format("%H:%M").to_string()
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
