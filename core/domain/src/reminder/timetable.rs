//! The moments of each occasion.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeDelta};
use chrono_tz::Tz;

use super::rules::hour;
use super::{
    Agenda, AgreedVisit, CREDIBLE_YEARS, Occasions, PaymentDue, ReminderKind, ReminderRules, Topic,
    TopicKind, VerificationDue,
};
use crate::{Calendar, Instant, Window};

/// The last call comes so long before the end of a window.
const LAST_CALL: TimeDelta = TimeDelta::hours(3);
/// Days before the last day of a verification (rules): a visit of a verifier has to be found and agreed on.
const VERIFICATION_DAYS: [u64; 3] = [60, 30, 7];
/// A transfer may take a working day, and a weekend may lie before the last day; on that day itself the morning is
/// told, while banks and post offices are still open.
const PAYMENT_DAYS: [u64; 2] = [3, 0];
/// On the eve of a visit people are told when they are at home and can still ask a neighbour or clear the way to the
/// meters.
const EVE: NaiveTime = hour(19);
/// On the day of a visit they are told so long before it, time enough to come home.
const BEFORE_A_VISIT: TimeDelta = TimeDelta::hours(2);

/// Lays the moments of occasions out in time.
pub(super) struct Timetable<'a> {
    pub now: Instant,
    pub calendar: &'a Calendar,
    pub phone_zone: Tz,
    pub rules: &'a ReminderRules,
}

/// A moment before the quiet hours are heeded.
struct Wish {
    id: String,
    at: Instant,
    /// There is nothing to say before.
    from: Instant,
    kind: TopicKind,
}

impl Timetable<'_> {
    /// The reminders of each occasion that is neither over nor done, in the order of their moments.
    pub(super) fn occasions(&self, occasions: &Occasions) -> Vec<Vec<Topic>> {
        let window = self.calendar.position(self.now).window();
        let mut all = vec![self.of_window(window, &occasions.agenda)];
        all.extend(occasions.verifications.iter().map(|v| self.of_verification(v)));
        all.extend(occasions.visits.iter().map(|v| self.of_visit(v)));
        all.extend(occasions.payments.iter().map(|p| self.of_payment(p)));
        all
    }

    /// Nothing is known yet of the window after this one: it wakes with its first moment.
    pub(super) fn first_of_the_next_window(&self) -> Instant {
        let this = self.calendar.position(self.now).window();
        let next = self.calendar.window(this.period.next());
        let agenda = Agenda { missing: vec![String::new()], unsent: 0 };
        self.of_window(next, &agenda).first().map_or(next.opens_at, |topic| topic.at)
    }

    pub(super) fn of_window(&self, window: Window, agenda: &Agenda) -> Vec<Topic> {
        let second = window.opens + Days::new(1);
        let wishes = ReminderKind::ALL
            .into_iter()
            .filter(|moment| match moment {
                ReminderKind::FirstDay => window.opens < window.closes,
                ReminderKind::SecondDay => second < window.closes,
                ReminderKind::LastDay | ReminderKind::LastHours => true,
            })
            // What has not left the phone is spoken of only near the end, because it mostly leaves by itself.
            .filter(|m| !agenda.missing.is_empty() || (agenda.unsent > 0 && m.announces_the_end()))
            .map(|moment| Wish {
                id: format!("{}/{}", window.period, moment.name()),
                at: match moment {
                    ReminderKind::FirstDay => self.morning(window.opens),
                    ReminderKind::SecondDay => self.morning(second),
                    ReminderKind::LastDay => self.morning(window.closes),
                    ReminderKind::LastHours => window.closes_at - LAST_CALL,
                },
                from: window.opens_at,
                kind: TopicKind::Window {
                    moment,
                    window,
                    hours_left: self.hours_until(window.closes_at),
                    missing: agenda.missing.clone(),
                    unsent: agenda.unsent,
                },
            });
        self.lay_out(window.closes_at, wishes.collect())
    }

    fn of_verification(&self, due: &VerificationDue) -> Vec<Topic> {
        let VerificationDue { meter_id, verify_by } = due;
        let Some(days_left) = self.days_until(*verify_by) else {
            return Vec::new();
        };
        let wishes = VERIFICATION_DAYS.map(|days| {
            let day = *verify_by - Days::new(days);
            Wish {
                id: format!("verify/{meter_id}/{verify_by}/{days}"),
                at: self.morning(day),
                from: self.calendar.start_of(day),
                kind: TopicKind::Verification {
                    meter_id: meter_id.clone(),
                    verify_by: *verify_by,
                    days_left,
                },
            }
        });
        self.lay_out(self.calendar.start_of(*verify_by + Days::new(1)), wishes.into())
    }

    fn of_visit(&self, visit: &AgreedVisit) -> Vec<Topic> {
        let AgreedVisit { id, date, from, until } = visit;
        let Some(days_left) = self.days_until(*date) else {
            return Vec::new();
        };
        let (eve, next_day) = (*date - Days::new(1), *date + Days::new(1));
        let time = |time: NaiveTime| self.calendar.at(*date, time);
        let morning = self.morning(*date);
        // An end before the beginning is none.
        let end = (*until).max(*from);
        let over = end.map_or_else(|| self.calendar.start_of(next_day), time);
        let before_it = from.or(end).map_or(morning, |begins| morning.min(time(begins) - BEFORE_A_VISIT));
        let hours =
            [from, until].map(|t| t.map(|t| t.format("%H:%M").to_string()).unwrap_or_default()).join("-");
        let wish = |name: &str, day, at| Wish {
            id: format!("visit/{id}/{date}T{hours}/{name}"),
            at,
            from: self.calendar.start_of(day),
            kind: TopicKind::Visit {
                visit_id: id.clone(),
                date: *date,
                from: *from,
                until: *until,
                days_left,
            },
        };
        let wishes = vec![wish("eve", eve, self.calendar.at(eve, EVE)), wish("day", *date, before_it)];
        self.lay_out(over, wishes)
    }

    fn of_payment(&self, due: &PaymentDue) -> Vec<Topic> {
        let PaymentDue { account_id, period, pay_by, kopecks } = due;
        let Some(days_left) = self.days_until(*pay_by).filter(|_| *kopecks > 0) else {
            return Vec::new();
        };
        let wishes = PAYMENT_DAYS.map(|days| {
            let day = *pay_by - Days::new(days);
            Wish {
                id: format!("pay/{account_id}/{period}/{pay_by}/{days}"),
                at: self.morning(day),
                from: self.calendar.start_of(day),
                kind: TopicKind::Payment {
                    account_id: account_id.clone(),
                    period: *period,
                    pay_by: *pay_by,
                    kopecks: *kopecks,
                    days_left,
                },
            }
        });
        self.lay_out(self.calendar.start_of(*pay_by + Days::new(1)), wishes.into())
    }

    fn lay_out(&self, until: Instant, wishes: Vec<Wish>) -> Vec<Topic> {
        let mut topics: Vec<Topic> = wishes
            .into_iter()
            .map(|Wish { id, at, from, kind }| {
                let at = self.rules.settle(at, from, until, self.phone_zone);
                Topic { id, at, until, kind }
            })
            .filter(|topic| topic.at < until && self.now < until)
            .collect();
        topics.sort_by_key(|topic| topic.at);
        topics
    }

    fn morning(&self, day: NaiveDate) -> Instant {
        self.calendar.at(day, self.rules.at)
    }

    /// None for a day that is past, and for one that no calendar shows.
    fn days_until(&self, day: NaiveDate) -> Option<i32> {
        let days = day.signed_duration_since(self.calendar.date(self.now)).num_days();
        i32::try_from(days).ok().filter(|days| *days >= 0 && CREDIBLE_YEARS.contains(&day.year()))
    }

    fn hours_until(&self, end: Instant) -> i32 {
        let minutes = end.signed_duration_since(self.now).num_minutes();
        i32::try_from((minutes + 59) / 60).unwrap_or(i32::MAX)
    }
}
