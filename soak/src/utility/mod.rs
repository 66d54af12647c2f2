//! A utility's server in memory: the contract's meaning without its bytes, for a simulation that asks it millions of
//! times.
//!
//! It is a model of the same thing that `cabinet/` is; `tests/contract.rs` says the same sentences to both.
//!
//! - `rules`: the window, its grace, and what is usual; `past`: a meter's history
//! - `books`: what it holds, with the sequence of changes; `sessions`: tokens
//! - `posting`, `judge`, `refusal`: a batch, an item, and why not; `letters`: withdrawals and letters
//! - `billing`: the month's charges; `clerk`: readings that are turned down

mod billing;
pub mod books;
mod clerk;
mod judge;
mod letters;
mod past;
pub mod posting;
mod refusal;
pub mod rules;
mod sessions;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{NaiveDate, SubsecRound, TimeDelta};
use serde_json::value::RawValue;
use serde_json::{Map, json};
use vodomer_core::domain::{Dial, Instant, Period, Resource, Volume};
use vodomer_core::portal::{Answer, Failure, LetterBox, Portal, Reply, wire};

use self::books::{ACCOUNT, Books, Meter, Reading};
use self::sessions::{Refused, Sessions};

/// The login, which is the account's number.
pub const LOGIN: &str = "1204417";
/// The password at the beginning.
pub const PASSWORD: &str = "demo-1204417";
/// The cold meter.
pub const COLD: &str = "demo-cold";
/// The hot one.
pub const HOT: &str = "demo-hot";
/// Their readings of March to October 2026.
const PAST: [(&str, [i64; 8]); 2] =
    [(COLD, [91, 95, 98, 103, 107, 110, 115, 119]), (HOT, [61, 64, 67, 70, 73, 75, 79, 82])];

/// A server; clones share it.
#[derive(Clone)]
pub struct Utility(Arc<Mutex<Office>>);

/// What stands behind the server.
#[derive(Debug, Clone)]
pub struct Office {
    /// The utility's time.
    pub now: Instant,
    /// What it holds.
    pub books: Books,
    /// Who is signed in.
    pub sessions: Sessions,
    /// The password.
    pub password: String,
    /// Nothing is answered until then.
    pub maintenance: Option<Instant>,
    /// Records in one page of changes.
    pub page: usize,
}

impl Utility {
    /// The demonstration's account on 22 November 2026, its October charged.
    #[must_use]
    pub fn demo() -> Self {
        let mut books = Books::default();
        let opened = Period::of(NaiveDate::from_ymd_opt(2026, 3, 1).unwrap_or_default());
        books.open_account(rules::window(opened).opens);
        if let Ok(dial) = Dial::new(5, 3) {
            let cold = (COLD, "00417283", Resource::ColdWater, NaiveDate::from_ymd_opt(2029, 4, 18));
            let hot = (HOT, "00417290", Resource::HotWater, NaiveDate::from_ymd_opt(2027, 9, 5));
            for (id, serial, resource, verify_by) in [cold, hot] {
                let (id, version, archived, seq) = (id.to_owned(), 1, false, 0);
                books.add_meter(Meter { id, serial, resource, dial, version, verify_by, archived, seq });
            }
        }
        let mut month = opened;
        for n in 0..PAST[0].1.len() {
            let at = rules::window(month).opens + TimeDelta::hours(43);
            for (meter, values) in PAST {
                let value = Volume::from_units(values[n]);
                let id = format!("{meter}-{month}");
                books.add_reading(Reading {
                    taken_at: Some(at),
                    ..Reading::of_the_utility(id, meter, month, value, at)
                });
            }
            books.bill(month, rules::window(month).closes + TimeDelta::days(5));
            month = month.next();
        }
        let now = rules::window(month).opens - TimeDelta::hours(12);
        let sessions = Sessions::default();
        let office =
            Office { now, books, sessions, password: PASSWORD.to_owned(), maintenance: None, page: 500 };
        Self(Arc::new(Mutex::new(office)))
    }

    /// The same, to be changed on its own.
    #[must_use]
    pub fn copied(&self) -> Self {
        Self(Arc::new(Mutex::new(self.office().clone())))
    }

    /// Behind the counter.
    pub fn office(&self) -> MutexGuard<'_, Office> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Office {
    fn open(&self) -> Result<(), Failure> {
        let Some(until) = self.maintenance.filter(|until| *until > self.now) else { return Ok(()) };
        let seconds = u64::try_from((until - self.now).num_seconds()).unwrap_or(0) + 1;
        Err(problem(503, "MAINTENANCE", json!({ "until": until }), Some(seconds)))
    }

    fn admit(&mut self, access: &str) -> Result<(), Failure> {
        self.open()?;
        let now = self.now;
        if self.sessions.admits(access, now) { Ok(()) } else { Err(expired()) }
    }

    fn at_account(&mut self, access: &str, account: &str) -> Result<(), Failure> {
        self.admit(access)?;
        if account == ACCOUNT { Ok(()) } else { Err(problem(404, "NO_SUCH_ACCOUNT", json!({}), None)) }
    }

    /// What HTTP's `Date` can say.
    fn reply<T>(&self, body: T) -> Answer<T> {
        Ok(Reply { body, server_time: Some(self.now.trunc_subsecs(0)) })
    }

    fn tokens(&self, tokens: Result<wire::Tokens, Refused>) -> Answer<wire::Tokens> {
        match tokens {
            Ok(tokens) => self.reply(tokens),
            Err(Refused::Expired) => Err(expired()),
            Err(Refused::BadCredentials) => Err(problem(401, "BAD_CREDENTIALS", json!({}), None)),
            Err(Refused::Limited(until)) => {
                let wait = ((until - self.now).num_milliseconds() + 999).div_euclid(1000);
                Err(problem(429, "RATE_LIMITED", json!({ "until": until }), u64::try_from(wait).ok()))
            }
        }
    }
}

impl Portal for Utility {
    fn login(&self, login: &str, password: &str) -> Answer<wire::Tokens> {
        let mut office = self.office();
        office.open()?;
        let (right, now) = (login == LOGIN && password == office.password, office.now);
        let tokens = office.sessions.sign_in(right, now);
        office.tokens(tokens)
    }

    fn refresh(&self, refresh_token: &str) -> Answer<wire::Tokens> {
        let mut office = self.office();
        office.open()?;
        let now = office.now;
        let tokens = office.sessions.renew(refresh_token, now);
        office.tokens(tokens)
    }

    fn logout(&self, refresh_token: &str) -> Answer<()> {
        let mut office = self.office();
        office.open()?;
        office.sessions.sign_out(refresh_token);
        office.reply(())
    }

    fn changes(&self, access: &str, cursor: Option<&str>) -> Answer<wire::Changes> {
        let mut office = self.office();
        office.admit(access)?;
        let place =
            cursor.and_then(|cursor| cursor.parse().ok()).filter(|place| *place <= office.books.end());
        let page = office.books.changes(place.unwrap_or(0), office.page);
        office.reply(page)
    }

    fn post_readings(
        &self,
        access: &str,
        account: &str,
        _sent_at: Instant,
        items: &[Box<RawValue>],
    ) -> Answer<wire::BatchAnswer> {
        let mut office = self.office();
        office.at_account(access, account)?;
        if items.len() > posting::MAX_ITEMS {
            return Err(problem(422, "TOO_MANY_ITEMS", json!({ "limit": posting::MAX_ITEMS }), None));
        }
        let now = office.now;
        let answers: Option<Vec<_>> = items.iter().map(|item| office.books.answer(item.get(), now)).collect();
        match answers {
            Some(answers) if !answers.is_empty() => office.reply(wire::BatchAnswer { items: answers }),
            Some(_) | None => Err(problem(422, "INVALID_REQUEST", json!({}), None)),
        }
    }

    fn withdraw(&self, access: &str, account: &str, reading_id: &str, key: &str) -> Answer<wire::Withdrawn> {
        let mut office = self.office();
        office.at_account(access, account)?;
        let now = office.now;
        match office.books.withdraw(reading_id, key, now) {
            Ok(at) => office.reply(wire::Withdrawn { reading_id: reading_id.to_owned(), withdrawn_at: at }),
            Err((status, code)) => Err(problem(status, code, json!({}), None)),
        }
    }

    fn post_letter(
        &self,
        access: Option<&str>,
        to: LetterBox<'_>,
        letter: &RawValue,
    ) -> Answer<wire::LetterAnswer> {
        let mut office = self.office();
        let kind = match to {
            LetterBox::Appeals => "appeal",
            LetterBox::ServiceRequests { .. } => "service_request",
            LetterBox::Questions { .. } => "question",
        };
        match to {
            LetterBox::Appeals => office.open()?,
            LetterBox::ServiceRequests { account } | LetterBox::Questions { account } => {
                office.at_account(access.unwrap_or_default(), account)?;
            }
        }
        let now = office.now;
        match office.books.register(kind, letter.get(), now) {
            Ok(answer) => office.reply(answer),
            Err((status, code)) => Err(problem(status, code, json!({}), None)),
        }
    }
}

fn expired() -> Failure {
    problem(401, "SESSION_EXPIRED", json!({}), None)
}

fn problem(status: u16, code: &str, params: serde_json::Value, retry_after: Option<u64>) -> Failure {
    let params: Map<_, _> = params.as_object().cloned().unwrap_or_default();
    Failure::Refused { status, code: Some(code.to_owned()), params, retry_after }
}
