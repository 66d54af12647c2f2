//! SIGKILL of a real process, at every call with which it changes something, and at any moment.
//!
//! The kernel keeps what a killed process has written, so this is not about the disk (that is `disk`'s and `power`'s):
//! it is about the order of things. Whatever the process had been promised when it died must hold for the next one.
//!
//! - `tale`: what the process does; `child`: the process, which tells each promise after it was given
//! - `phone`: clock, chance and secret store, the same for every process of a phone
//! - `server`: the utility on a socket; it outlives the process, and counts
//! - `strike`: strace, which strikes at a given call; `moments`: a kill at any time
//! - `aftermath`: what must hold then
//!
//! strace strikes when a call begins, which is then not done. That it was done and the process has not learned of it is
//! the beginning of the next call. Out of its reach is what SQLite writes into the index of its log, which is memory.

mod aftermath;
pub mod child;
pub mod command;
mod moments;
mod phone;
mod server;
mod strike;
mod tale;
mod told;

use std::path::{Path, PathBuf};

pub use tale::Tale;

use aftermath::judge;
use server::Server;
use tale::Prepared;
use told::Told;

/// What is not as it must be.
pub type Violation = String;

/// Who is killed, and what it lives through.
#[derive(Debug, Clone)]
pub struct Victim {
    /// The program whose hidden command is [`child::live`].
    pub program: PathBuf,
    /// It says that it has saved before it has: a defect, which must be noticed.
    pub says_too_early: bool,
}

/// What was tried.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Calls of an undisturbed run that change something.
    pub calls: usize,
    /// Processes killed.
    pub kills: usize,
    /// Runs that ended before the kill.
    pub escaped: usize,
    /// Promises that the killed had been given.
    pub promises: usize,
}

impl Victim {
    /// Kills at every `stride`-th call of a tale that changes something, each in a run of its own.
    ///
    /// # Errors
    /// The first violation, with the call to look at; also when strace is missing or may not trace.
    pub fn struck_at_every_call(&self, tale: Tale, stride: usize) -> Result<Figures, Violation> {
        let prepared = tale.prepare()?;
        let calls = strike::calls_of(self, &prepared)?;
        let blows: Vec<_> = calls.iter().step_by(stride).collect();
        let results = in_parallel(&blows, |blow| {
            let phone = Phone::of(&prepared)?;
            let (told, killed) = strike::strike(self, &phone, blow)?;
            phone.judge(&told).map_err(|wrong| format!("{tale:?}, killed at {blow}: {wrong}"))?;
            Ok((killed, told.len()))
        })?;
        let mut figures = Figures { calls: calls.len(), ..Figures::default() };
        for (killed, promises) in results {
            figures.kills += usize::from(killed);
            figures.escaped += usize::from(!killed);
            figures.promises += promises;
        }
        // Two runs go alike but for a call now and then; more would mean that nobody was killed.
        if figures.escaped * 20 > blows.len() {
            return Err(format!("{tale:?}: many runs ended before the kill: {figures:?}"));
        }
        Ok(figures)
    }

    /// Kills so many processes, each at a moment that chance chooses, up to three in the life of one phone.
    ///
    /// # Errors
    /// The first violation, with the seed of its phone.
    pub fn struck_at_any_moment(&self, kills: usize, seed: u64) -> Result<Figures, Violation> {
        moments::strike(self, kills, seed)
    }
}

/// A phone of its own, and a server of its own, from the same beginning.
struct Phone<'a> {
    prepared: &'a Prepared,
    folder: tempfile::TempDir,
    server: Server,
}

impl<'a> Phone<'a> {
    fn of(prepared: &'a Prepared) -> Result<Self, Violation> {
        let folder = tempfile::tempdir().map_err(|error| format!("no folder: {error}"))?;
        for entry in std::fs::read_dir(prepared.folder.path()).map_err(|e| e.to_string())? {
            let from = entry.map_err(|e| e.to_string())?.path();
            let name = from.file_name().unwrap_or_default();
            std::fs::copy(&from, folder.path().join(name)).map_err(|e| e.to_string())?;
        }
        Ok(Self { prepared, folder, server: Server::start(prepared.ledger.clone())? })
    }

    fn dir(&self) -> &Path {
        self.folder.path()
    }

    fn judge(&self, told: &[Told]) -> Result<(), Violation> {
        self.server.wait_until_idle();
        judge(self.prepared, self.dir(), &self.server, told)
    }
}

/// Runs each on whichever core is free; the first violation ends it.
fn in_parallel<T: Sync, R: Send>(
    all: &[T],
    work: impl Fn(&T) -> Result<R, Violation> + Sync,
) -> Result<Vec<R>, Violation> {
    use std::sync::atomic::{AtomicUsize, Ordering};
    let next = AtomicUsize::new(0);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let worker = || {
            let mut done = Vec::new();
            while let Some(one) = all.get(next.fetch_add(1, Ordering::SeqCst)) {
                done.push(work(one).inspect_err(|_| next.store(all.len(), Ordering::SeqCst))?);
            }
            Ok(done)
        };
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(worker)).collect();
        let mut all = Vec::new();
        for worker in workers {
            let done: Result<Vec<R>, Violation> =
                worker.join().map_err(|_| "a worker panicked".to_owned())?;
            all.extend(done?);
        }
        Ok(all)
    })
}
