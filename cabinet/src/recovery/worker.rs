//! Looking up who asked, one after the other and beside the answers: those have left long before, alike for everybody.
//!
//! The letter goes first. Only when it was taken do login and password change and the sessions end: a letter that can't be
//! sent leaves the resident with what they have.

use std::sync::Arc;

use tokio::sync::{mpsc, watch};

use super::Contact;
use crate::auth::{NewLogin, new_login};
use crate::cabinet::Shared;
use crate::error::Broken;
use crate::mail::{Mail, MailError};
use crate::storage::StorageError;

/// Takes what was asked for.
pub type Queue = mpsc::Sender<Contact>;

#[derive(Debug, thiserror::Error)]
enum NotRenewed {
    #[error(transparent)]
    Mail(#[from] MailError),
    #[error(transparent)]
    Broken(#[from] Broken),
}

impl From<StorageError> for NotRenewed {
    fn from(error: StorageError) -> Self {
        Self::Broken(error.into())
    }
}

/// Works until told to stop, and then through what waits.
pub async fn work(shared: Arc<Shared>, mut asked: mpsc::Receiver<Contact>, mut stop: watch::Receiver<bool>) {
    loop {
        let contact = tokio::select! {
            contact = asked.recv() => contact,
            () = has_stopped(&mut stop), if !asked.is_closed() => {
                asked.close();
                continue;
            }
        };
        let Some(contact) = contact else { return };
        // Argon2 takes memory and a core for a while.
        let Ok(_turn) = shared.password_turns.acquire().await else { return };
        let renewed = shared.in_background(move |shared| {
            if let Err(error) = renew(shared, &contact) {
                tracing::error!(%error, "a new login could not be given");
            }
            Ok(())
        });
        // Its only error was logged where it came up.
        let _ = renewed.await;
    }
}

async fn has_stopped(stop: &mut watch::Receiver<bool>) {
    // An error says that whoever could stop it is gone.
    let _ = stop.wait_for(|stop| *stop).await;
}

fn renew(shared: &Shared, contact: &Contact) -> Result<(), NotRenewed> {
    let Some(mailer) = &shared.mailer else { return Ok(()) };
    let residents = shared.storage.read::<_, StorageError>(|tx| tx.residents_behind(contact))?;
    for resident in residents {
        let accounts = shared.storage.read::<_, StorageError>(|tx| tx.books().accounts_of(&resident))?;
        let NewLogin { login, password, hash } = new_login(&shared.storage, &shared.passwords)?;
        let numbers: Vec<_> = accounts.iter().map(|account| account.number.as_str()).collect();
        mailer.send(&letter(contact, &login, &password, &numbers.join(", ")))?;
        shared.storage.write::<_, StorageError>(|tx| {
            tx.set_login(&resident, &login)?;
            tx.set_password(&resident, &hash)?;
            tx.end_sessions(&resident, shared.clock.now())
        })?;
        tracing::info!("a new login was given");
    }
    Ok(())
}

fn letter(contact: &Contact, login: &str, password: &str, accounts: &str) -> Mail {
    Mail {
        to: contact.email.clone(),
        subject: "Новые логин и пароль".to_owned(),
        text: format!(
            "Вы просили восстановить вход в личный кабинет.\n\n\
             Логин: {login}\nПароль: {password}\nЛицевой счёт: {accounts}\n\n\
             Прежние логин и пароль больше не действуют, вход на всех устройствах завершён.\n\
             Если вы этого не просили, войдите с новым паролем и сообщите нам."
        ),
    }
}
