//! What the utility's people answer to an application: a login and a password for an account, or why not. It goes by
//! letter, and is written down once the letter was taken.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::Registration;
use crate::auth::{self, NewLogin};
use crate::cabinet::Shared;
use crate::domain::LetterStatus;
use crate::error::Broken;
use crate::mail::{Mail, MailError};
use crate::recovery::Contact;
use crate::storage::{StorageError, Tx};

/// The answer to an application.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Verdict {
    /// Its sender gets a login for the account of this number.
    Accept {
        /// As it is printed on the bill; the account is there already.
        account_number: String,
    },
    /// Turned down.
    Decline {
        /// Why, in words for its sender.
        reason: String,
    },
}

/// Why an application can't be answered so.
#[derive(Debug, thiserror::Error)]
pub enum VerdictError {
    /// No such application.
    #[error("there is no such application")]
    NoSuchRegistration,
    /// It was answered before.
    #[error("it was answered already")]
    AlreadyAnswered,
    /// No account has this number.
    #[error("no account has this number")]
    NoSuchAccount,
    /// What was said is no telephone, or no address.
    #[error("no telephone, or no address")]
    NoContact,
    /// Nobody could be told.
    #[error("no mailer is set up")]
    NoMailer,
    /// The letter was not taken; the application still waits for its answer.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// The cabinet's own trouble.
    #[error(transparent)]
    Broken(#[from] Broken),
}

impl From<StorageError> for VerdictError {
    fn from(error: StorageError) -> Self {
        Self::Broken(error.into())
    }
}

impl Verdict {
    /// Answers an application.
    ///
    /// # Errors
    /// [`VerdictError`]; then it still waits for an answer.
    pub fn give(&self, shared: &Shared, id: &str, now: DateTime<Utc>) -> Result<(), VerdictError> {
        let found = shared.storage.read::<_, StorageError>(|tx| tx.registration(id))?;
        let registration = found.ok_or(VerdictError::NoSuchRegistration)?;
        if registration.answer.is_some() {
            return Err(VerdictError::AlreadyAnswered);
        }
        match self {
            Self::Accept { account_number } => accept(shared, &registration, account_number, now),
            Self::Decline { reason } => {
                let to = registration.email.clone();
                let subject = format!("Заявление № {}", registration.receipt);
                send(shared, Mail { to, subject, text: format!("Заявление отклонено. {reason}") })?;
                let status = LetterStatus::Declined;
                Ok(shared
                    .storage
                    .write::<_, StorageError>(|tx| tx.answer_registration(id, status, reason, now))?)
            }
        }
    }
}

fn accept(
    shared: &Shared,
    registration: &Registration,
    number: &str,
    now: DateTime<Utc>,
) -> Result<(), VerdictError> {
    let Registration { id, phone, email, .. } = registration;
    let give = |tx: &Tx| tx.answer_registration(id, LetterStatus::Answered, "принято", now);
    give_login_and(shared, number, (phone, email), give)
}

/// Gives somebody a login for the account of a number, by letter.
///
/// # Errors
/// [`VerdictError`]; then nobody was given anything.
pub fn give_login(shared: &Shared, number: &str, contact: (&str, &str)) -> Result<(), VerdictError> {
    give_login_and(shared, number, contact, |_| Ok(()))
}

fn give_login_and(
    shared: &Shared,
    number: &str,
    (phone, email): (&str, &str),
    and: impl FnOnce(&Tx) -> crate::storage::Result<()>,
) -> Result<(), VerdictError> {
    let account = shared.storage.read::<_, StorageError>(|tx| tx.account_numbered(number))?;
    let account = account.ok_or(VerdictError::NoSuchAccount)?;
    let contact = Contact::read(phone, email).ok_or(VerdictError::NoContact)?;
    let NewLogin { login, password, hash } = auth::new_login(&shared.storage, &shared.passwords)?;
    let text = format!(
        "Вам открыт личный кабинет.\n\nЛогин: {login}\nПароль: {password}\nЛицевой счёт: {number}\n\n\
         Сохраните это письмо и никому не сообщайте пароль."
    );
    let subject = format!("Личный кабинет, лицевой счёт {number}");
    send(shared, Mail { to: contact.email.clone(), subject, text })?;
    let resident = auth::new_id()?;
    shared.storage.write::<_, StorageError>(|tx| {
        tx.add_resident(&resident, &login, &hash)?;
        tx.grant(&resident, &account)?;
        tx.set_contact(&resident, &contact)?;
        and(tx)
    })?;
    Ok(())
}

fn send(shared: &Shared, mail: Mail) -> Result<(), VerdictError> {
    let mailer = shared.mailer.as_ref().ok_or(VerdictError::NoMailer)?;
    Ok(mailer.send(&mail)?)
}
