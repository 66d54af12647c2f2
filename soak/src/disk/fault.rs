//! What goes wrong when: every operation is counted, and a plan names the one that fails.

/// What a program may ask of the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Existence, size, identity.
    Look,
    /// Opening a file that is there.
    Open,
    /// Making a file.
    Create,
    /// Reading.
    Read,
    /// Writing, or adding to the end.
    Write,
    /// Cutting off.
    Truncate,
    /// Syncing.
    Sync,
    /// Removing.
    Delete,
    /// Renaming.
    Rename,
    /// Growing the shared memory, which on a phone is a file.
    Map,
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The operation fails, and nothing of it happens.
    IoError,
    /// A read gets half of its bytes, and then the disk fails. (SQLite's unix VFS reads on after a short read: it tells
    /// SQLite of one only where the file ends, so that half a page never passes for a whole one.)
    ShortRead,
    /// No space: half of a write lands, nothing new is made.
    Full,
    /// The operation is under way when the battery is pulled; every later one fails.
    PowerLoss,
}

/// Which operation goes wrong, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// The operation's number, from 0.
    pub at: u64,
    /// What happens to it.
    pub fault: Fault,
    /// To all that follow as well.
    pub lasting: bool,
}

/// A disk that says "synced" and did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    /// Of SQLite's log: what `synchronous=NORMAL` amounts to at a commit.
    LogSyncs,
    /// Of everything: `synchronous=OFF`.
    AllSyncs,
}

/// What was asked of the disk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Operations of every kind.
    pub operations: u64,
    /// Reads.
    pub reads: u64,
    /// Writes.
    pub writes: u64,
    /// Syncs.
    pub syncs: u64,
    /// Bytes written.
    pub bytes_written: u64,
    /// Operations that may change what a power loss leaves.
    pub changes: u64,
}

/// Why an operation did not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    Io,
    Full,
    Missing,
}

/// How far an operation may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leave {
    Whole,
    /// Half of it.
    Cut,
    /// As far as the battery lets it: it stays un-synced, and then all is over.
    LastBreath,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Faults {
    pub plan: Option<Plan>,
    pub struck: bool,
    pub lie: Option<Lie>,
    pub counts: Counts,
}

impl Plan {
    /// One operation goes wrong.
    #[must_use]
    pub fn once(at: u64, fault: Fault) -> Self {
        Self { at, fault, lasting: false }
    }

    /// One operation and all that follow go wrong.
    #[must_use]
    pub fn from_then_on(at: u64, fault: Fault) -> Self {
        Self { at, fault, lasting: true }
    }
}

impl Fault {
    fn can_strike(self, kind: Kind) -> bool {
        match self {
            Self::IoError | Self::PowerLoss => true,
            Self::ShortRead => kind == Kind::Read,
            Self::Full => matches!(kind, Kind::Write | Kind::Create | Kind::Map),
        }
    }
}

impl Kind {
    fn changes(self) -> bool {
        match self {
            Self::Look | Self::Open | Self::Read | Self::Map => false,
            Self::Create | Self::Write | Self::Truncate | Self::Sync | Self::Delete | Self::Rename => true,
        }
    }
}

impl Faults {
    /// Counts an operation, and tells what becomes of it.
    pub fn admit(&mut self, kind: Kind) -> Result<Leave, Failure> {
        let number = self.counts.operations;
        self.counts.operations += 1;
        self.counts.reads += u64::from(kind == Kind::Read);
        self.counts.writes += u64::from(kind == Kind::Write);
        self.counts.syncs += u64::from(kind == Kind::Sync);
        self.counts.changes += u64::from(kind.changes());
        let Some(plan) = self.plan else {
            return Ok(Leave::Whole);
        };
        let due = if plan.lasting { number >= plan.at } else { number == plan.at };
        if !due || !plan.fault.can_strike(kind) {
            return Ok(Leave::Whole);
        }
        self.struck = true;
        match plan.fault {
            Fault::IoError => Err(Failure::Io),
            Fault::ShortRead => Ok(Leave::Cut),
            Fault::Full if kind == Kind::Write => Ok(Leave::Cut),
            Fault::Full => Err(Failure::Full),
            Fault::PowerLoss => Ok(Leave::LastBreath),
        }
    }
}
