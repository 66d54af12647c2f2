//! What can become of a sector.

use std::path::Path;

use super::SECTOR;

/// A file of the phone's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The database itself.
    Database,
    /// SQLite's log of what is not in the database's file yet.
    Log,
    /// SQLite's index of that log.
    LogIndex,
    /// Our journal.
    Journal,
}

/// One damage.
#[derive(Debug, Clone)]
pub struct Damage {
    part: Part,
    sector: usize,
    how: How,
}

#[derive(Debug, Clone, Copy)]
enum How {
    Zeroed,
    Inverted,
    Garbage,
    /// One bit of the sector.
    Flipped(usize),
    CutOff,
    /// Garbage after the end.
    Longer,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Database, Self::Log, Self::LogIndex, Self::Journal];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Database => "vodomer.db",
            Self::Log => "vodomer.db-wal",
            Self::LogIndex => "vodomer.db-shm",
            Self::Journal => "vodomer.journal",
        }
    }
}

impl Damage {
    /// Any damage of a sector.
    #[must_use]
    pub fn any(part: Part, sector: usize, random: &mut fastrand::Rng) -> Self {
        let ways = [How::Zeroed, How::Inverted, How::Garbage, How::Flipped(random.usize(..SECTOR * 8))];
        Self { part, sector, how: ways[random.usize(..ways.len())] }
    }

    /// Does it.
    ///
    /// # Panics
    /// When the folder can't be written.
    #[allow(clippy::unwrap_used, reason = "a machine of tests, on a folder of its own")]
    pub fn apply(&self, dir: &Path) {
        let path = dir.join(self.part.name());
        let mut bytes = std::fs::read(&path).unwrap();
        let from = (self.sector * SECTOR).min(bytes.len());
        let until = (from + SECTOR).min(bytes.len());
        let mut random = fastrand::Rng::with_seed(self.sector as u64);
        let sector = &mut bytes[from..until];
        match self.how {
            How::Zeroed => sector.fill(0),
            How::Inverted => sector.iter_mut().for_each(|byte| *byte = !*byte),
            How::Garbage => sector.iter_mut().for_each(|byte| *byte = random.u8(..)),
            How::Flipped(bit) => {
                let bit = bit % (sector.len() * 8);
                sector[bit / 8] ^= 1 << (bit % 8);
            }
            How::CutOff => bytes.truncate(from),
            How::Longer => bytes.extend((0..700).map(|_| random.u8(..))),
        }
        std::fs::write(path, bytes).unwrap();
    }
}

/// Every damage of every sector of a file of so many bytes, the ways taking turns so that any stride meets all.
pub(super) fn of_part(part: Part, size: usize) -> impl Iterator<Item = Damage> {
    let sectors = size.div_ceil(SECTOR);
    let mut random = fastrand::Rng::with_seed(size as u64);
    let longer = std::iter::once(Damage { part, sector: sectors, how: How::Longer });
    let all = (0..sectors).flat_map(move |sector| {
        let flips = [0, 1, 2].map(|_| How::Flipped(random.usize(..SECTOR * 8)));
        let ways = [How::Zeroed, How::Inverted, How::Garbage, How::CutOff];
        ways.into_iter().chain(flips).map(move |how| Damage { part, sector, how })
    });
    all.chain(longer)
}
