//! Short access tokens, and refresh tokens that are replaced at each use: `contract/openapi.yaml`, `refresh`.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use vodomer_core::domain::Instant;
use vodomer_core::portal::wire;

const ACCESS: TimeDelta = TimeDelta::minutes(15);
const REFRESH: TimeDelta = TimeDelta::days(60);
const FAILURES: u32 = 5;
const FAILURES_SPAN: TimeDelta = TimeDelta::minutes(15);

/// All sessions of the one login.
#[derive(Debug, Clone, Default)]
pub struct Sessions {
    made: u64,
    ended: Vec<bool>,
    refresh: BTreeMap<String, RefreshToken>,
    access: BTreeMap<String, AccessToken>,
    failures: Option<(u32, Instant)>,
    /// Sessions that were ended because a token came that had been traded in.
    pub replayed: u64,
}

#[derive(Debug, Clone)]
struct RefreshToken {
    session: usize,
    predecessor: Option<String>,
    expires: Instant,
    used: bool,
    voided: bool,
    delivered: bool,
}

#[derive(Debug, Clone)]
struct AccessToken {
    refresh: String,
    expires: Instant,
}

/// Why there are no tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Login and password do not fit.
    BadCredentials,
    /// Too many wrong passwords, until then.
    Limited(Instant),
    /// The session is over.
    Expired,
}

impl Sessions {
    /// Opens a session.
    pub fn sign_in(&mut self, right: bool, now: Instant) -> Result<wire::Tokens, Refused> {
        let (failures, since) =
            self.failures.filter(|(_, since)| now < *since + FAILURES_SPAN).unwrap_or((0, now));
        if failures >= FAILURES {
            return Err(Refused::Limited(since + FAILURES_SPAN));
        }
        if !right {
            self.failures = Some((failures + 1, since));
            return Err(Refused::BadCredentials);
        }
        self.failures = None;
        self.forget_what_is_over(now);
        self.ended.push(false);
        Ok(self.issue(self.ended.len() - 1, None, now))
    }

    /// The next pair. One that comes back after its successor was used ends the session.
    pub fn renew(&mut self, token: &str, now: Instant) -> Result<wire::Tokens, Refused> {
        let known = self.refresh.get(token).cloned().ok_or(Refused::Expired)?;
        if self.ended[known.session] || known.expires <= now {
            return Err(Refused::Expired);
        }
        if known.used {
            let successor = |(_, t): &(&String, &RefreshToken)| {
                t.predecessor.as_deref() == Some(token) && !t.voided && !t.delivered
            };
            let Some(lost) = self.refresh.iter().find(successor).map(|(name, _)| name.clone()) else {
                self.ended[known.session] = true;
                self.replayed += 1;
                return Err(Refused::Expired);
            };
            self.access.retain(|_, access| access.refresh != lost);
            self.mark(&lost, |t| t.voided = true);
        } else if known.voided {
            self.ended[known.session] = true;
            return Err(Refused::Expired);
        } else {
            self.mark(token, |t| (t.used, t.delivered) = (true, true));
        }
        Ok(self.issue(known.session, Some(token.to_owned()), now))
    }

    /// Ends a session; one that never was is none's loss.
    pub fn sign_out(&mut self, token: &str) {
        if let Some(known) = self.refresh.get(token) {
            self.ended[known.session] = true;
        }
    }

    /// Whether an access token counts; its pair has then arrived.
    pub fn admits(&mut self, access: &str, now: Instant) -> bool {
        let Some(known) = self.access.get(access).filter(|a| a.expires > now).cloned() else { return false };
        let live = self.refresh.get(&known.refresh).is_some_and(|t| !self.ended[t.session]);
        if live {
            self.mark(&known.refresh, |t| t.delivered = true);
        }
        live
    }

    /// No access token counts any more; sessions go on.
    pub fn expire_access(&mut self) {
        self.access.clear();
    }

    /// All sessions are over: another password, or a clerk's hand.
    pub fn revoke_all(&mut self) {
        self.ended.iter_mut().for_each(|ended| *ended = true);
    }

    fn mark(&mut self, token: &str, change: impl FnOnce(&mut RefreshToken)) {
        if let Some(known) = self.refresh.get_mut(token) {
            change(known);
        }
    }

    fn issue(&mut self, session: usize, predecessor: Option<String>, now: Instant) -> wire::Tokens {
        self.made += 1;
        let (access_token, refresh_token) =
            (format!("access-{}", self.made), format!("refresh-{}", self.made));
        let (access_expires_at, expires) = (now + ACCESS, now + REFRESH);
        let token =
            RefreshToken { session, predecessor, expires, used: false, voided: false, delivered: false };
        self.refresh.insert(refresh_token.clone(), token);
        let access = AccessToken { refresh: refresh_token.clone(), expires: access_expires_at };
        self.access.insert(access_token.clone(), access);
        wire::Tokens { access_token, access_expires_at, refresh_token }
    }

    fn forget_what_is_over(&mut self, now: Instant) {
        self.access.retain(|_, access| access.expires > now);
        self.refresh.retain(|_, refresh| refresh.expires > now);
    }
}
