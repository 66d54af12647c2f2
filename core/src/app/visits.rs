//! Agreed visits: a specialist or an inspector comes, and somebody must be at home.
//!
//! A visit lives on this phone alone; the resident notes it when it was agreed by telephone.

use chrono::{NaiveDate, NaiveTime};

use super::{App, Error};
use crate::store::{self, VisitRow};

/// A visit to be noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitRequest {
    /// The account whose flat is visited.
    pub account_id: String,
    /// The day, of the utility's zone.
    pub date: NaiveDate,
    /// `HH:MM`, where a time was agreed.
    pub from: Option<String>,
    /// `HH:MM`, the end of the time agreed.
    pub until: Option<String>,
    /// Who comes and why.
    pub note: String,
}

/// A visit that was noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Names it in [`App::forget_visit`].
    pub id: String,
    /// The account whose flat is visited.
    pub account_id: String,
    /// The flat, by its address.
    pub flat: String,
    /// The day.
    pub date: NaiveDate,
    /// `HH:MM`, where a time was agreed.
    pub from: Option<String>,
    /// `HH:MM`, the end of the time agreed.
    pub until: Option<String>,
    /// Who comes and why.
    pub note: String,
}

impl App {
    /// Notes a visit; the plan reminds of it. Gives its id.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an account that is not known, [`Error::VisitTime`] for times that are none, or a day
    /// that is over; nothing is noted then.
    pub fn note_visit(&self, request: &VisitRequest) -> Result<String, Error> {
        let (from, until) = (time(request.from.as_deref())?, time(request.until.as_deref())?);
        let backwards = matches!((from, until), (Some(from), Some(until)) if until <= from);
        let now = self.now()?;
        let over = request.date < self.calendar().date(now);
        if backwards || over || (from.is_none() && until.is_some()) {
            return Err(Error::VisitTime);
        }
        let visit = VisitRow {
            id: self.env.new_id(now),
            account_id: request.account_id.clone(),
            date: request.date,
            from,
            until,
            note: request.note.trim().to_owned(),
        };
        let known = self.store.write(|db| {
            let known = store::accounts(db)?.iter().any(|a| a.id == visit.account_id);
            if known {
                store::put_visit(db, &visit)?;
            }
            Ok(known)
        })?;
        if known { Ok(visit.id) } else { Err(Error::not_found("account")) }
    }

    /// Visits that are still to come, the next first.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn visits(&self) -> Result<Vec<Visit>, Error> {
        let today = self.calendar().date(self.now()?);
        let (rows, accounts) = self.store.read(|db| Ok((store::visits(db, today)?, store::accounts(db)?)))?;
        let flat = |id: &str| accounts.iter().find(|a| a.id == id).map(|a| a.address.clone());
        let text = |time: Option<NaiveTime>| time.map(|t| t.format("%H:%M").to_string());
        let visits = rows.into_iter().map(|v| Visit {
            flat: flat(&v.account_id).unwrap_or_default(),
            id: v.id,
            account_id: v.account_id,
            date: v.date,
            from: text(v.from),
            until: text(v.until),
            note: v.note,
        });
        Ok(visits.collect())
    }

    /// Forgets a visit that does not take place.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn forget_visit(&self, visit_id: &str) -> Result<(), Error> {
        let there_was = self.store.write(|db| store::remove_visit(db, visit_id))?;
        if there_was { Ok(()) } else { Err(Error::not_found("visit")) }
    }
}

fn time(text: Option<&str>) -> Result<Option<NaiveTime>, Error> {
    text.map(|t| NaiveTime::parse_from_str(t, "%H:%M").map_err(|_| Error::VisitTime)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Phone;

    fn request(date: &str, from: Option<&str>, until: Option<&str>) -> VisitRequest {
        VisitRequest {
            account_id: "a1".to_owned(),
            date: date.parse().unwrap(),
            from: from.map(str::to_owned),
            until: until.map(str::to_owned),
            note: " Контролёр ".to_owned(),
        }
    }

    #[test]
    fn a_noted_visit_is_listed_until_its_day_is_over() {
        let phone = Phone::signed_in();
        let id = phone.app.note_visit(&request("2026-11-24", Some("09:00"), Some("12:00"))).unwrap();
        let listed = phone.app.visits().unwrap();
        assert_eq!(listed.len(), 1);
        assert_eq!((listed[0].id.as_str(), listed[0].note.as_str()), (id.as_str(), "Контролёр"));
        assert_eq!((listed[0].from.as_deref(), listed[0].until.as_deref()), (Some("09:00"), Some("12:00")));
        phone.set_clock("2026-11-24T23:59:00+03:00");
        assert_eq!(phone.app.visits().unwrap().len(), 1);
        phone.set_clock("2026-11-25T00:00:00+03:00");
        assert_eq!(phone.app.visits().unwrap(), []);
    }

    #[test]
    fn a_forgotten_visit_is_gone() {
        let phone = Phone::signed_in();
        let id = phone.app.note_visit(&request("2026-11-24", None, None)).unwrap();
        phone.app.forget_visit(&id).unwrap();
        assert_eq!(phone.app.visits().unwrap(), []);
        assert_eq!(phone.app.forget_visit(&id), Err(Error::not_found("visit")));
    }

    #[test]
    fn a_visit_at_no_time_is_refused_and_nothing_is_noted() {
        let phone = Phone::signed_in();
        let wrong = [
            request("2026-11-22", None, None),
            request("2026-11-24", Some("9 утра"), None),
            request("2026-11-24", Some("24:30"), None),
            request("2026-11-24", Some("12:00"), Some("12:00")),
            request("2026-11-24", None, Some("12:00")),
        ];
        for request in wrong {
            assert_eq!(phone.app.note_visit(&request), Err(Error::VisitTime), "{request:?}");
        }
        let strange = VisitRequest { account_id: "nobody".to_owned(), ..request("2026-11-24", None, None) };
        assert_eq!(phone.app.note_visit(&strange), Err(Error::not_found("account")));
        assert_eq!(phone.app.visits().unwrap(), []);
    }
}
