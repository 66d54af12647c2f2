//! Every event of a world: hashed for good, its last lines kept for whoever must understand a failure.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::{Arguments, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::SecondsFormat;
use sha2::{Digest, Sha256};

use super::phone::TrueTime;

/// Lines kept.
const LAST: usize = 80;

/// How often each thing happened.
pub type Tally = BTreeMap<&'static str, u64>;

/// The trace of one world; clones are the same trace.
#[derive(Clone)]
pub struct Trace {
    time: Arc<TrueTime>,
    written: Arc<Mutex<Written>>,
}

#[derive(Default)]
struct Written {
    hash: Sha256,
    last: VecDeque<String>,
    whole: Option<Vec<String>>,
    tally: Tally,
    violation: Option<String>,
}

impl Trace {
    /// An empty one; `whole` keeps every line.
    pub fn new(time: Arc<TrueTime>, whole: bool) -> Self {
        let written = Written { whole: whole.then(Vec::new), ..Written::default() };
        Self { time, written: Arc::new(Mutex::new(written)) }
    }

    /// Notes an event.
    pub fn event(&self, who: &str, what: Arguments<'_>) {
        let mut written = self.written();
        let mut line =
            if written.last.len() >= LAST { written.last.pop_front() } else { None }.unwrap_or_default();
        line.clear();
        let _ = write!(line, "{} {who} {what}", self.time.now().to_rfc3339_opts(SecondsFormat::Millis, true));
        written.hash.update(line.as_bytes());
        written.hash.update(b"\n");
        if let Some(whole) = &mut written.whole {
            whole.push(line.clone());
        }
        written.last.push_back(line);
    }

    /// Counts something that happened.
    pub fn count(&self, what: &'static str) {
        *self.written().tally.entry(what).or_default() += 1;
    }

    /// A promise was broken; the first one counts.
    pub fn violation(&self, what: String) {
        self.event("!", format_args!("{what}"));
        self.written().violation.get_or_insert(what);
    }

    /// The promise that was broken.
    pub fn broken(&self) -> Option<String> {
        self.written().violation.clone()
    }

    /// The hash over all lines.
    pub fn hash(&self) -> String {
        let digest = self.written().hash.clone().finalize();
        digest.iter().fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// What happened how often.
    pub fn tally(&self) -> Tally {
        self.written().tally.clone()
    }

    /// The last lines, or all if all were kept.
    pub fn lines(&self) -> Vec<String> {
        let written = self.written();
        written.whole.clone().unwrap_or_else(|| written.last.iter().cloned().collect())
    }

    fn written(&self) -> MutexGuard<'_, Written> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
