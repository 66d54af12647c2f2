//! The utility's books: what its billing knows, and the cabinet shows.

use super::accounts::{ACCOUNT, METER, account, meter};
use super::changes::THEIRS;
use super::engine::params;
use super::{Result, Tx};
use crate::domain::Period;
use crate::records::{Account, Charge, Meter};

/// A stretch of the change sequence: after one place, up to and with another.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// Not this one…
    pub after: i64,
    /// …but this one.
    pub upto: i64,
}

/// What changed in the books, whole records.
#[derive(Debug, Default)]
pub struct ChangedBooks {
    /// Accounts.
    pub accounts: Vec<Account>,
    /// Meters.
    pub meters: Vec<Meter>,
    /// Charges.
    pub charges: Vec<Charge>,
}

/// Accounts with their balance, meters and charges, as a utility's billing would answer them.
///
/// The cabinet's own tables are the books of a utility that has no others ([`Tx::books`] is where it gets them). Readings,
/// letters, sessions and keys stay the cabinet's; they refer to accounts and meters by id, so whoever keeps the books
/// elsewhere keeps a row here for each of those, under an id that never changes its meaning.
///
/// All answers within one transaction must agree with each other: a balance that counts a charge in goes with a list
/// that holds it. Ids that are not there are answered with nothing, never with an error. Whether somebody may see an
/// account has been asked before.
///
/// # Errors
/// [`StorageError::Elsewhere`](super::StorageError::Elsewhere) when the books can't be reached; the request then fails,
/// and is repeated.
pub trait Books {
    /// The accounts that a resident may see, by number.
    fn accounts_of(&self, resident: &str) -> Result<Vec<Account>>;

    /// An account's meters, archived ones too: old readings refer to them.
    fn meters(&self, account: &str) -> Result<Vec<Meter>>;

    /// One meter of an account; none if it is another's. Its `version` rises with every change of the record, for a
    /// reading is judged by the record that the resident saw.
    fn meter(&self, account: &str, id: &str) -> Result<Option<Meter>>;

    /// An account's charges, newest first, with all their lines. A line's volume times its tariff is its amount, unless
    /// it is a benefit or a recalculation.
    fn charges(&self, account: &str) -> Result<Vec<Charge>>;

    /// The newest month for which an account takes no more readings, since it was charged. It never goes back.
    fn charged_upto(&self, account: &str) -> Result<Option<Period>>;

    /// The first places after one, rising and at most `limit` of them, at which something of a resident's changed. A
    /// record stands at the place of its last change, numbered by the cabinet's own sequence in the order of the
    /// commits: a place that is seen has no unseen one before it, or a phone would miss it for good.
    fn places(&self, resident: &str, after: i64, limit: i64) -> Result<Vec<i64>>;

    /// The records of a resident that stand within a span.
    fn changed(&self, resident: &str, span: Span) -> Result<ChangedBooks>;
}

impl Tx<'_> {
    /// The books that go with this transaction: the one place where others than the cabinet's own are put in.
    pub fn books(&self) -> &dyn Books {
        self
    }
}

impl Books for Tx<'_> {
    fn accounts_of(&self, resident: &str) -> Result<Vec<Account>> {
        let sql = format!(
            "SELECT {ACCOUNT} FROM accounts JOIN resident_accounts ON id = account_id \
             WHERE resident_id = ?1 ORDER BY number"
        );
        self.all(&sql, params![resident], account)
    }

    fn meters(&self, account: &str) -> Result<Vec<Meter>> {
        let sql = format!("SELECT {METER} FROM meters WHERE account_id = ?1 ORDER BY resource, id");
        self.all(&sql, params![account], meter)
    }

    fn meter(&self, account: &str, id: &str) -> Result<Option<Meter>> {
        let sql = format!("SELECT {METER} FROM meters WHERE account_id = ?1 AND id = ?2");
        self.one(&sql, params![account, id], meter)
    }

    fn charges(&self, account: &str) -> Result<Vec<Charge>> {
        self.charges_where("account_id = ?1 ORDER BY period DESC", params![account])
    }

    /// Its own last charge while a run is under way; the last run for one that was entered after it.
    fn charged_upto(&self, account: &str) -> Result<Option<Period>> {
        let sql = "SELECT max(period) FROM (SELECT period FROM charges WHERE account_id = ?1 \
                   UNION ALL SELECT period FROM billing_runs) AS charged";
        Ok(self.one(sql, params![account], |row| row.get(0))?.flatten())
    }

    fn places(&self, resident: &str, after: i64, limit: i64) -> Result<Vec<i64>> {
        let sql = format!(
            "SELECT seq FROM accounts WHERE id {THEIRS} AND seq > ?2 \
             UNION ALL SELECT seq FROM meters WHERE account_id {THEIRS} AND seq > ?2 \
             UNION ALL SELECT seq FROM charges WHERE account_id {THEIRS} AND seq > ?2 \
             ORDER BY seq LIMIT ?3"
        );
        self.all(&sql, params![resident, after, limit], |row| row.get(0))
    }

    fn changed(&self, resident: &str, Span { after, upto }: Span) -> Result<ChangedBooks> {
        let range = params![resident, after, upto];
        let between = "seq > ?2 AND seq <= ?3 ORDER BY seq";
        let accounts = format!("SELECT {ACCOUNT} FROM accounts WHERE id {THEIRS} AND {between}");
        let meters = format!("SELECT {METER} FROM meters WHERE account_id {THEIRS} AND {between}");
        Ok(ChangedBooks {
            accounts: self.all(&accounts, range, account)?,
            meters: self.all(&meters, range, meter)?,
            charges: self.charges_where(&format!("account_id {THEIRS} AND {between}"), range)?,
        })
    }
}
