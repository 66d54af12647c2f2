//! Tokens: the access token lives in memory, the refresh token in the phone's secret store.
//!
//! The password is never kept. A resident who did not ask to be remembered has a refresh token in memory only, and
//! is asked again by the next process.
//!
//! Of two processes either may have traded the token in last: the secret store has the newest, and a server ends the
//! session of whoever comes back with an older one.
//!
//! Signing out and wiping forget the token in the transaction that takes the login away, and a token is kept in one that
//! has found its login. One comes after the other, in whatever process, so that no token stays that nobody would find.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::domain::Instant;
use crate::env::Env;
use crate::portal::wire::Tokens;
use crate::portal::{Failure, Portal};
use crate::store::{self, LoginRow, Store};

use super::answers::session_is_over;
use super::policy;

/// The tokens of all logins.
#[derive(Default)]
pub struct TokenKeeper {
    held: Mutex<HashMap<String, Held>>,
}

struct Held {
    access: String,
    access_until: Instant,
    refresh: String,
    /// The secret store has it, or a newer one.
    stored: bool,
}

/// A token to work with.
#[derive(Debug)]
pub struct Access {
    /// The access token.
    pub token: String,
    /// The server's clock, where it had to be asked for the token.
    pub server_time: Option<Instant>,
}

/// Why there is no token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoToken {
    /// Only the password helps.
    NeedsSignIn,
    /// The server could not be asked.
    Failed(Failure),
}

/// What became of fresh tokens.
#[derive(Debug, PartialEq, Eq)]
enum Keeping {
    Kept,
    /// Somebody has got this one since.
    Newer(String),
    /// The resident has signed out, or wiped the phone.
    Left,
    /// The storage can't be written. The secret store may not have them, and the server still takes the one that was
    /// traded in, as after a lost answer, until somebody comes with these.
    Unwritten,
}

fn secret_name(login_id: &str) -> String {
    format!("refresh/{login_id}")
}

impl TokenKeeper {
    /// Keeps fresh tokens, if the login is still on the phone; tells whether it is. The secret store gets the new refresh
    /// token before anyone uses the access token, so that a crash does not leave us with a token that was already traded
    /// in. Where the storage can't be written, the session ends with the process.
    pub fn keep(&self, store: &Store, env: &Env, login_id: &str, remember: bool, tokens: &Tokens) -> bool {
        match self.keep_newest(store, env, (login_id, remember), None, tokens) {
            Keeping::Kept | Keeping::Newer(_) => true,
            Keeping::Unwritten => {
                self.hold(env, login_id, false, tokens);
                true
            }
            Keeping::Left => false,
        }
    }

    /// As [`TokenKeeper::keep`]; but what was got instead of `traded` gives way to what another has got since.
    fn keep_newest(
        &self,
        store: &Store,
        env: &Env,
        (login_id, remember): (&str, bool),
        traded: Option<&str>,
        tokens: &Tokens,
    ) -> Keeping {
        store
            .write(|db| {
                if store::logins(db)?.iter().all(|known| known.id != login_id) {
                    self.held().remove(login_id);
                    return Ok(Keeping::Left);
                }
                if let Some(newest) = traded.and_then(|traded| self.newer(env, login_id, traded)) {
                    return Ok(Keeping::Newer(newest));
                }
                self.hold(env, login_id, remember, tokens);
                Ok(Keeping::Kept)
            })
            .unwrap_or(Keeping::Unwritten)
    }

    fn hold(&self, env: &Env, login_id: &str, remember: bool, tokens: &Tokens) {
        let mut stored = remember;
        if remember && env.secrets.put(&secret_name(login_id), &tokens.refresh_token).is_err() {
            log::warn!("the secret store did not take the token: the session ends with the process");
            stored = false;
        }
        let held = Held {
            access: tokens.access_token.clone(),
            access_until: tokens.access_expires_at,
            refresh: tokens.refresh_token.clone(),
            stored,
        };
        self.held().insert(login_id.to_owned(), held);
    }

    /// A token to work with, renewed where it is about to end.
    ///
    /// # Errors
    /// [`NoToken`].
    pub fn access(
        &self,
        store: &Store,
        env: &Env,
        portal: &dyn Portal,
        login: &LoginRow,
        now: Instant,
    ) -> Result<Access, NoToken> {
        if let Some(held) = self.held().get(&login.id)
            && held.access_until - policy::TOKEN_MARGIN > now
        {
            return Ok(Access { token: held.access.clone(), server_time: None });
        }
        self.renew(store, env, portal, login)
    }

    /// Trades the refresh token in. The resident may sign in or out while that is on the wire.
    ///
    /// # Errors
    /// [`NoToken::NeedsSignIn`] when there is none, the server does not take it any more, or the resident has left.
    pub fn renew(
        &self,
        store: &Store,
        env: &Env,
        portal: &dyn Portal,
        login: &LoginRow,
    ) -> Result<Access, NoToken> {
        let known = (login.id.as_str(), login.remember);
        let mut refresh = self.refresh_token(env, &login.id).ok_or(NoToken::NeedsSignIn)?;
        loop {
            match portal.refresh(&refresh) {
                Ok(reply) => match self.keep_newest(store, env, known, Some(&refresh), &reply.body) {
                    Keeping::Kept => {
                        return Ok(Access { token: reply.body.access_token, server_time: reply.server_time });
                    }
                    Keeping::Newer(newest) => refresh = newest,
                    Keeping::Unwritten => return Err(NoToken::Failed(Failure::AnswerLost)),
                    Keeping::Left => {
                        // Told or not: a session that nobody has a token of ends by itself.
                        let _told = portal.logout(&reply.body.refresh_token);
                        return Err(NoToken::NeedsSignIn);
                    }
                },
                Err(failure) if session_is_over(&failure) => {
                    let Some(newest) = self.newer(env, &login.id, &refresh) else {
                        self.forget(env, &login.id);
                        return Err(NoToken::NeedsSignIn);
                    };
                    refresh = newest;
                }
                Err(failure) => return Err(NoToken::Failed(failure)),
            }
        }
    }

    /// The newest refresh token, to end the session with.
    pub fn refresh_token(&self, env: &Env, login_id: &str) -> Option<String> {
        let in_memory = self.held().get(login_id).map(|held| (held.refresh.clone(), held.stored));
        let stored = || env.secrets.get(&secret_name(login_id)).ok().flatten();
        match in_memory {
            Some((held, true)) => stored().or(Some(held)),
            Some((held, false)) => Some(held),
            None => stored(),
        }
    }

    /// What another process, or the resident with the password, has got since `known` was read.
    fn newer(&self, env: &Env, login_id: &str, known: &str) -> Option<String> {
        self.refresh_token(env, login_id).filter(|newest| newest != known)
    }

    /// Forgets the tokens of a login.
    pub fn forget(&self, env: &Env, login_id: &str) {
        self.held().remove(login_id);
        if env.secrets.remove(&secret_name(login_id)).is_err() {
            log::warn!("the secret store did not forget a token");
        }
    }

    fn held(&self) -> MutexGuard<'_, HashMap<String, Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
