//! What a power loss may leave of what waited for a sync.

use std::collections::BTreeMap;
use std::sync::Arc;

use fastrand::Rng;

use super::change::{Change, apply, apply_to_names};
use super::files::State;

/// What a disk writes in one piece.
const SECTOR: usize = 512;

/// All files of a disk, by their names within it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Image(pub(super) BTreeMap<String, Arc<Vec<u8>>>);

/// A way in which what waited for a sync may come through a power loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Survival {
    /// Nothing of it.
    Nothing,
    /// All of it.
    Everything,
    /// What was done first.
    Prefix,
    /// Any operations: the disk had put them into another order.
    Subset,
    /// Any sectors of any operations.
    Sectors,
    /// All, but the last write only up to one of its sectors.
    TornLast,
    /// Sectors hold what was written, or random bytes, or what they held before.
    Garbage,
    /// Lengths and names only: files have grown by zeros.
    Lengths,
}

impl Survival {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Nothing,
        Self::Everything,
        Self::Prefix,
        Self::Subset,
        Self::Sectors,
        Self::TornLast,
        Self::Garbage,
        Self::Lengths,
    ];
}

impl Image {
    /// The files' names and bytes.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(name, bytes)| (name.trim_start_matches('/'), bytes.as_slice()))
    }
}

/// What becomes of a sector of a write.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Lost,
    Landed,
    Random,
}

pub(super) fn survivors(state: &State, survival: Survival, seed: u64) -> Image {
    let mut rng = Rng::with_seed(seed);
    let mut names = state.synced_names.clone();
    let mut files: BTreeMap<_, _> =
        state.files.iter().map(|(id, contents)| (*id, Arc::clone(&contents.synced))).collect();
    let prefix = rng.usize(0..=state.waiting.len());
    let is_write = |change: &Change| matches!(change, Change::Write { .. });
    let last_write = state.waiting.iter().rposition(|waited| is_write(&waited.change));
    for (index, waited) in state.waiting.iter().enumerate() {
        let lost = match survival {
            Survival::Nothing => true,
            Survival::Prefix => index >= prefix,
            Survival::Subset => rng.bool(),
            // A write's sectors have fates of their own.
            Survival::Sectors | Survival::Garbage => !is_write(&waited.change) && rng.bool(),
            Survival::Everything | Survival::TornLast | Survival::Lengths => false,
        };
        if lost {
            continue;
        }
        apply_to_names(&mut names, waited);
        let Some(contents) = files.get_mut(&waited.file).map(Arc::make_mut) else {
            continue;
        };
        let Change::Write { offset, bytes } = &waited.change else {
            apply(contents, &waited.change);
            continue;
        };
        match survival {
            Survival::Sectors => {
                land(
                    contents,
                    *offset,
                    bytes,
                    &mut rng,
                    |rng| if rng.bool() { Fate::Landed } else { Fate::Lost },
                );
            }
            Survival::Garbage => {
                let fates = [Fate::Landed, Fate::Random, Fate::Lost];
                land(contents, *offset, bytes, &mut rng, |rng| fates[rng.usize(0..3)]);
            }
            Survival::TornLast if Some(index) == last_write => {
                let mut whole = rng.usize(0..sectors(*offset, bytes.len()).count().max(1));
                land(contents, *offset, bytes, &mut rng, |_| {
                    let landed = whole > 0;
                    whole = whole.saturating_sub(1);
                    if landed { Fate::Landed } else { Fate::Lost }
                });
            }
            Survival::Lengths => {
                let length = contents.len().max(offset + bytes.len());
                contents.resize(length, 0);
            }
            Survival::Nothing
            | Survival::Everything
            | Survival::Prefix
            | Survival::Subset
            | Survival::TornLast => apply(contents, &waited.change),
        }
    }
    Image(names.into_iter().filter_map(|(name, file)| Some((name, files.get(&file)?.clone()))).collect())
}

/// The parts of a write that lie in different sectors of the file.
fn sectors(offset: usize, length: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    let end = offset + length;
    let mut at = offset;
    std::iter::from_fn(move || {
        let start = at;
        at = ((start / SECTOR + 1) * SECTOR).min(end);
        (start < end).then_some(start..at)
    })
}

fn land(
    contents: &mut Vec<u8>,
    offset: usize,
    bytes: &[u8],
    rng: &mut Rng,
    mut fate: impl FnMut(&mut Rng) -> Fate,
) {
    for part in sectors(offset, bytes.len()) {
        let mut sector = bytes[part.start - offset..part.end - offset].to_vec();
        match fate(rng) {
            Fate::Lost => continue,
            Fate::Landed => {}
            Fate::Random => rng.fill(&mut sector),
        }
        apply(contents, &Change::Write { offset: part.start, bytes: sector.into() });
    }
}
