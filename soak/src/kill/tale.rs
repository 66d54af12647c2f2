//! What happens on a phone, and the phone before it.

use std::path::Path;
use std::sync::Arc;

use vodomer_core::app::{App, Error};
use vodomer_core::store::FILE_NAME;

use super::Violation;
use super::child::{BUDGET, phone_signs_in};
use super::phone::{self, Chance};
use super::server::{Ledger, Server};
use super::told::Saved;

/// A cold meter, at 119 in October.
pub const COLD: &str = "m-cold";
/// A hot meter, at 82 in October.
pub const HOT: &str = "m-hot";

/// What a process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Tale {
    /// A new phone: the files are made, somebody signs in, keeps a reading, and comes again.
    Beginning,
    /// Two readings and a correction are kept and sent; then another correction, and a withdrawal.
    Month,
    /// Everything is removed, with one reading at the utility and one that is not.
    Wipe,
    /// The database is damaged, and two readings have not left.
    Damage,
    /// The database is of the first release.
    Upgrade,
}

/// A phone before the tale.
pub struct Prepared {
    pub tale: Tale,
    pub folder: tempfile::TempDir,
    pub ledger: Ledger,
    /// Readings that were kept before.
    pub kept: Vec<Saved>,
}

impl Tale {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Beginning, Self::Month, Self::Wipe, Self::Damage, Self::Upgrade];

    /// The account of the files is one of the server's.
    pub const fn can_be_sent(self) -> bool {
        !matches!(self, Self::Upgrade)
    }

    /// Makes the phone.
    pub(super) fn prepare(self) -> Result<Prepared, Violation> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let server = Server::start(Ledger::default())?;
        let dir = folder.path();
        let kept = self
            .fill(dir, &server.url())
            .map_err(|error| format!("the phone of {self:?} can't be made: {error:?}"))?;
        if self == Self::Damage {
            damage(&dir.join(FILE_NAME)).map_err(|error| error.to_string())?;
        }
        Ok(Prepared { tale: self, folder, ledger: server.ledger().clone(), kept })
    }

    fn fill(self, dir: &Path, url: &str) -> Result<Vec<Saved>, Error> {
        let open = || phone::open(dir, url, phone::env(0, Arc::new(Chance::of(0))));
        match self {
            Self::Beginning => Ok(Vec::new()),
            Self::Month => {
                phone_signs_in(&open()?)?;
                Ok(Vec::new())
            }
            Self::Wipe => {
                let app = open()?;
                phone_signs_in(&app)?;
                phone::capture(&app, COLD, "121")?;
                app.sync(BUDGET)?;
                phone::capture(&app, HOT, "83")?;
                shown(&app)
            }
            Self::Damage => {
                let app = open()?;
                phone_signs_in(&app)?;
                phone::capture(&app, COLD, "121")?;
                phone::capture(&app, HOT, "83")?;
                shown(&app)
            }
            Self::Upgrade => {
                let released = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/tests/schemas/001.db");
                let missing = |error: std::io::Error| Error::Internal { reason: error.to_string() };
                std::fs::copy(&released, dir.join(FILE_NAME)).map_err(missing)?;
                let kept = shown(&open()?)?;
                for entry in std::fs::read_dir(dir).map_err(missing)? {
                    std::fs::remove_file(entry.map_err(missing)?.path()).map_err(missing)?;
                }
                std::fs::copy(&released, dir.join(FILE_NAME)).map_err(missing)?;
                Ok(kept)
            }
        }
    }
}

/// Every reading of the queue.
pub(super) fn shown(app: &App) -> Result<Vec<Saved>, Error> {
    let saved = |entry: vodomer_core::app::OutboxEntry| {
        let key = app.proof(&entry.item_id)?.idempotency_key;
        Ok(Saved { item: entry.item_id, key, meter: entry.meter_id, value: entry.value.to_string() })
    };
    app.outbox()?.into_iter().map(saved).collect()
}

/// Every third page but the first two is gone: more than can be read around.
fn damage(path: &Path) -> std::io::Result<()> {
    const PAGE: usize = 4096;
    let mut bytes = std::fs::read(path)?;
    bytes.chunks_mut(PAGE).skip(2).step_by(3).for_each(|page| page.fill(0xA5));
    std::fs::write(path, bytes)
}
