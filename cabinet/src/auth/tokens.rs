//! Short access tokens, and refresh tokens that are replaced at each use.
//!
//! A refresh token that comes back after its successor was used has been copied: the whole family ends. But
//! when nothing shows that the successor ever arrived (neither it nor its access token was used), the answer
//! was lost on the way: then the predecessor gets another successor, and the lost one is void.

use chrono::{DateTime, Duration, Utc};
use serde::Serialize;

use super::secret::{new_id, new_token, sha256};
use crate::error::Broken;
use crate::storage::Tx;

/// Long enough for a sync, short enough that a copied one is soon worthless.
const ACCESS: Duration = Duration::minutes(15);
/// Two months: who sends readings once a month stays signed in.
const REFRESH: Duration = Duration::days(60);

/// What signing in and refreshing answer.
#[derive(Debug, Serialize)]
pub struct Tokens {
    /// Sent as `Authorization: Bearer`.
    pub access_token: String,
    /// When it ends.
    pub access_expires_at: DateTime<Utc>,
    /// Buys the next pair, once.
    pub refresh_token: String,
}

/// Begins a family of tokens for a resident.
///
/// # Errors
/// The storage's, or no randomness.
pub fn start(tx: &Tx, resident: &str, now: DateTime<Utc>) -> Result<Tokens, Broken> {
    let session = new_id()?;
    tx.start_session(&session, resident, now)?;
    issue(tx, &session, None, now)
}

/// The next pair for a refresh token. `Ok(None)` means refused; the family's end, if that is due, is then part of
/// the transaction and must be kept.
///
/// # Errors
/// The storage's, or no randomness.
pub fn refresh(tx: &Tx, token: &str, now: DateTime<Utc>) -> Result<Option<Tokens>, Broken> {
    let presented = sha256(token);
    let Some(known) = tx.refresh_token(&presented)? else {
        return Ok(None);
    };
    if known.ended || known.expires <= now {
        return Ok(None);
    }
    if known.used {
        let Some(lost) = tx.undelivered_successor(&presented)? else {
            tx.end_session(&known.session, now)?;
            return Ok(None);
        };
        tx.void_refresh_token(&lost)?;
    } else if known.voided {
        tx.end_session(&known.session, now)?;
        return Ok(None);
    } else {
        tx.use_refresh_token(&presented)?;
    }
    issue(tx, &known.session, Some(&presented), now).map(Some)
}

/// Ends the family of a refresh token; an unknown one is none's.
///
/// # Errors
/// The storage's.
pub fn sign_out(tx: &Tx, token: &str, now: DateTime<Utc>) -> Result<(), Broken> {
    if let Some(known) = tx.refresh_token(&sha256(token))? {
        tx.end_session(&known.session, now)?;
    }
    Ok(())
}

fn issue(tx: &Tx, session: &str, predecessor: Option<&[u8]>, now: DateTime<Utc>) -> Result<Tokens, Broken> {
    let tokens =
        Tokens { access_token: new_token()?, access_expires_at: now + ACCESS, refresh_token: new_token()? };
    let refresh_sha256 = sha256(&tokens.refresh_token);
    tx.add_refresh_token(&refresh_sha256, session, predecessor, now + REFRESH)?;
    tx.add_access_token(&sha256(&tokens.access_token), &refresh_sha256, tokens.access_expires_at)?;
    Ok(tokens)
}
