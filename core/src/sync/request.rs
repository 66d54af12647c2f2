//! A request with its token, and what every answer tells besides: the time, and a wish to be left alone.

use chrono::TimeDelta;

use super::pass::{Pass, Stop};
use super::settle::Failed;
use super::tokens::{Access, NoToken};
use super::{clock, policy};
use crate::domain::Instant;
use crate::portal::{Answer, Failure};
use crate::store::{self, LoginRow, StoreError};

/// Until when the server wants to be left alone, and since when: kept over restarts.
const QUIET_UNTIL: &str = "quiet_until";
const QUIET_SINCE: &str = "quiet_since";

impl Pass<'_> {
    /// A token for what is to leave next. It is there before anything is called sent: to trade one in may take half a
    /// minute, and fail, and whatever is due waits then.
    pub(super) fn token(&self, login: &LoginRow) -> Result<String, Stop> {
        let access = self.tokens.access(self.store, self.env, self.portal, login, self.now()?);
        match self.taken(access) {
            Ok(token) => Ok(token),
            Err(failed) => {
                self.hold_back(login, Some(failed.delay()), |_| true)?;
                Err(failed.stop())
            }
        }
    }

    /// A call with an access token; renews it once when the server says that it has ended.
    pub(super) fn with_token<T>(
        &self,
        login: &LoginRow,
        access: &str,
        call: impl Fn(&str) -> Answer<T>,
    ) -> Result<T, Failed> {
        let answer = match call(access) {
            Err(Failure::Refused { status: 401, .. }) => {
                call(&self.taken(self.tokens.renew(self.store, self.env, self.portal, login))?)
            }
            other => other,
        };
        match self.take_in(answer) {
            // A server that refuses a token that it has just given is not one to ask a password for.
            Err(Failure::Refused { status: 401, code, params, retry_after }) => {
                Err(Failed::BeforeTheRequest(Failure::Refused { status: 500, code, params, retry_after }))
            }
            other => other.map_err(Failed::Request),
        }
    }

    /// A token, or what it means for the request that was to go that there is none.
    fn taken(&self, access: Result<Access, NoToken>) -> Result<String, Failed> {
        match access {
            Ok(Access { token, server_time }) => {
                self.learn(server_time);
                Ok(token)
            }
            Err(NoToken::NeedsSignIn) => Err(Failed::NeedsSignIn),
            Err(NoToken::Failed(failure)) => {
                self.heed(&failure);
                Err(Failed::BeforeTheRequest(failure))
            }
        }
    }

    /// A call without a token.
    pub(super) fn openly<T>(&self, answer: Answer<T>) -> Result<T, Failed> {
        self.take_in(answer).map_err(Failed::Request)
    }

    fn take_in<T>(&self, answer: Answer<T>) -> Result<T, Failure> {
        match answer {
            Ok(reply) => {
                self.learn(reply.server_time);
                Ok(reply.body)
            }
            Err(failure) => {
                self.heed(&failure);
                Err(failure)
            }
        }
    }

    fn learn(&self, server_time: Option<Instant>) {
        if clock::learn(self.store, self.env, self.calendar, server_time).is_err() {
            log::warn!("the utility's time could not be kept");
        }
    }

    /// Notes the server's wish to be left alone. That it can't be kept is no reason to fail: each item waits by itself.
    fn heed(&self, failure: &Failure) {
        let Failure::Refused { status: 429 | 503, retry_after: Some(seconds), .. } = failure else {
            return;
        };
        let noted = self.now().and_then(|now| {
            let until = now + policy::wait(1, Some(*seconds), |limit| self.env.up_to(limit));
            self.store.write(|db| {
                store::set_note(db, QUIET_SINCE, now.timestamp_millis())?;
                store::set_note(db, QUIET_UNTIL, until.timestamp_millis())
            })
        });
        if noted.is_err() {
            log::warn!("the server's wish to be left alone could not be kept");
        }
    }

    /// The server has asked to be left alone, and the time is not over. A clock that went back ends it.
    pub(super) fn is_left_alone(&self) -> Result<bool, StoreError> {
        let now = self.now()?.timestamp_millis();
        self.store.read(|db| {
            // After the phone's start nobody knows how much of the time is over: one request tells.
            if !clock::is_sure(db, self.env)? {
                return Ok(false);
            }
            let (since, until) = (store::note(db, QUIET_SINCE)?, store::note(db, QUIET_UNTIL)?);
            Ok(since.zip(until).is_some_and(|(since, until)| since <= now && now < until))
        })
    }
}

/// Until when the server wants to be left alone, where that is still to come.
pub fn quiet_until(db: &rusqlite::Connection, now: Instant) -> rusqlite::Result<Option<Instant>> {
    let until = store::note(db, QUIET_UNTIL)?.and_then(chrono::DateTime::from_timestamp_millis);
    Ok(until.filter(|until| *until > now && *until - now < TimeDelta::days(2)))
}
