//! Reminders: what to notify now, what to take away, and when to look again.

use chrono::TimeDelta;
use chrono_tz::Tz;

use super::snapshot::Snapshot;
use super::{App, Error};
use crate::domain::{Agenda, Instant, ReminderKind, Resource, schedule};
use crate::store;
use crate::sync::clock;

/// Reminders of windows so long ago are forgotten.
const KEEP_REMINDERS: TimeDelta = TimeDelta::days(400);

/// What the shell is to do about reminders. Asking changes nothing, so it may be asked at any time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// To be shown now; after showing, tell [`App::reminder_shown`].
    pub notices: Vec<Notice>,
    /// Nothing is left to do: take away whatever reminder is still on show.
    pub take_away: bool,
    /// When to ask again.
    pub next_wake: Instant,
}

/// One notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The same at every planning.
    pub id: String,
    /// The moment of the window.
    pub kind: ReminderKind,
    /// First day of the window.
    pub opens: chrono::NaiveDate,
    /// Last day of the window.
    pub closes: chrono::NaiveDate,
    /// Whole hours until its end, rounded up.
    pub hours_left: i32,
    /// The last minute, as `HH:MM` of the utility's zone.
    pub until: String,
    /// How the zone is called: «по Москве».
    pub zone_phrase: String,
    /// Meters without a reading.
    pub missing: Vec<MeterName>,
    /// Readings that have not left the phone.
    pub unsent: i32,
    /// Offer SMS, letter and phone.
    pub offer_channels: bool,
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
}

impl App {
    /// What is due, and when to wake next.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn plan(&self) -> Result<Plan, Error> {
        let calendar = self.calendar();
        // An unknown zone of the phone's is treated as the utility's: quiet hours are then the city's.
        let phone_zone: Tz = self.env.clock.zone().parse().unwrap_or(calendar.zone);
        let plan = self.store.read(|db| {
            let snapshot = Snapshot::take(db, &calendar, clock::now(db, &self.env)?)?;
            let window = snapshot.position.window();
            let missing = snapshot.missing(window.period);
            let agenda = Agenda { missing: missing.len(), unsent: snapshot.unsent().count() };
            let shown = |id: &str| store::reminder_was_shown(db, id).unwrap_or(false);
            let planned = schedule(snapshot.now, &calendar, phone_zone, agenda, shown);
            let last_minute = (window.closes_at - TimeDelta::minutes(1)).with_timezone(&calendar.zone);
            let notices = planned.due.map(|reminder| Notice {
                id: reminder.id(),
                kind: reminder.kind,
                opens: window.opens,
                closes: window.closes,
                hours_left: hours_left(window.closes_at - snapshot.now),
                until: last_minute.format("%H:%M").to_string(),
                zone_phrase: self.profile.zone_phrase.clone(),
                missing: missing
                    .iter()
                    .map(|m| MeterName {
                        meter_id: m.id.clone(),
                        resource: m.resource,
                        place: m.place.clone(),
                    })
                    .collect(),
                unsent: i32::try_from(agenda.unsent).unwrap_or(i32::MAX),
                offer_channels: agenda.unsent > 0
                    && matches!(reminder.kind, ReminderKind::LastDay | ReminderKind::LastHours),
            });
            Ok(Plan {
                notices: notices.into_iter().collect(),
                take_away: !snapshot.position.is_open() || agenda == Agenda::default(),
                next_wake: planned.next_wake,
            })
        })?;
        Ok(plan)
    }

    /// The resident has been shown a reminder: it will not come again.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn reminder_shown(&self, id: &str) -> Result<(), Error> {
        let now = self.now()?;
        self.store.write(|db| {
            store::show_reminder(db, id, now)?;
            store::forget_reminders_before(db, now - KEEP_REMINDERS)
        })?;
        Ok(())
    }
}

fn hours_left(left: TimeDelta) -> i32 {
    i32::try_from((left.num_minutes() + 59) / 60).unwrap_or(i32::MAX)
}
