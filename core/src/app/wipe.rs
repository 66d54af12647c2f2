//! Removing an account, or everything, from the phone: asked about first, when something would be lost by it.

use std::ops::ControlFlow;

use super::letters::{LetterEntry, letter_entry};
use super::outbox::{OutboxEntry, entry};
use super::{App, Error};
use crate::store::{self, LoginRow};
use crate::sync::clock;

/// What is to be removed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WipeRequest {
    /// The login of this account with all its accounts, or this account by hand; without one, everything on the phone.
    pub account_id: Option<String>,
    /// The items that the resident has agreed to lose.
    pub confirmed: Vec<String>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WipeOutcome {
    /// It is gone from the phone; what the utility holds stays there.
    Wiped,
    /// It is gone from the app, but the disk could not be cleaned: freed pages, or a damaged file that was set aside, may
    /// still hold some of it. Wiping everything once more cleans it, when the disk lets it.
    TracesLeft,
    /// Nothing is removed yet: this is not at the utility, and would be lost.
    Asked {
        /// Readings that would be lost.
        readings: Vec<OutboxEntry>,
        /// Letters that would be lost.
        letters: Vec<LetterEntry>,
    },
}

impl App {
    /// Removes a login with its accounts, an account by hand, or everything, from the phone.
    ///
    /// As long as something that the utility does not have would be lost and is not in `confirmed`, it asks instead; also
    /// when something was captured since the last asking.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an account that is not known, and the `Storage…` variants; nothing is removed then,
    /// though the session may be over.
    pub fn wipe(&self, request: &WipeRequest) -> Result<WipeOutcome, Error> {
        let calendar = self.calendar();
        let mut tokens = Vec::new();
        let asked = self.store.wipe(|db| {
            let now = clock::now(db, &self.env)?;
            let logins: Vec<LoginRow> = match &request.account_id {
                Some(account) => store::login_of_account(db, account)?.into_iter().collect(),
                None => store::logins(db)?,
            };
            if let Some(account) = &request.account_id
                && logins.is_empty()
                && store::own_account(db, account)?.is_none()
            {
                return Ok(ControlFlow::Break(Err(Error::not_found("account"))));
            }
            let items = match &request.account_id {
                Some(account) if logins.is_empty() => store::items_of_account(db, account)?,
                Some(_) => store::items_of_logins(db, &logins)?,
                None => store::all_items(db)?,
            };
            let (mut readings, mut letters) = (Vec::new(), Vec::new());
            for id in items.iter().filter(|id| !request.confirmed.contains(id)) {
                let reading = store::by_id(db, id)?.filter(|item| item.state.is_lost_by_wiping());
                readings.extend(reading.map(|item| entry(&item, &[], &calendar, now)));
                let letter = store::errand(db, id)?.filter(|errand| errand.state.is_lost_by_wiping());
                letters.extend(letter.as_ref().and_then(letter_entry));
            }
            if !readings.is_empty() || !letters.is_empty() {
                return Ok(ControlFlow::Break(Ok(WipeOutcome::Asked { readings, letters })));
            }
            store::forget_items(db, &items)?;
            logins.iter().try_for_each(|login| store::remove_login(db, &login.id))?;
            match &request.account_id {
                Some(account) if logins.is_empty() => store::remove_own_account(db, account)?,
                Some(_) => {}
                None => store::forget_everything(db)?,
            }
            for login in &logins {
                tokens.extend(self.tokens.refresh_token(&self.env, &login.id));
                self.tokens.forget(&self.env, &login.id);
            }
            Ok(ControlFlow::Continue(()))
        })?;
        if let ControlFlow::Break(asked) = asked {
            return asked;
        }
        let scrubbed = self.store.scrub(request.account_id.is_none());
        tokens.iter().for_each(|token| self.end_session(token));
        Ok(if scrubbed.is_ok() { WipeOutcome::Wiped } else { WipeOutcome::TracesLeft })
    }
}

#[cfg(test)]
#[path = "wipe_tests.rs"]
mod tests;
