//! The first opening of an older version's file, which is often cut short.

use super::Older;
use super::queue::Entry;
use crate::disk;
use crate::sim::device::{Device, Scene};
use crate::sim::fate;
use crate::sim::faults::Fault;
use crate::sim::ledger::Ledger;
use crate::sim::trace::Trace;

/// An upgrade touches the disk about so often.
const OPERATIONS: u64 = 180;

impl Device {
    /// The phone is an older version's: what was captured on it counts, and what it has said is known.
    pub(in crate::sim) fn inherit(&mut self, older: Older, ledger: &mut Ledger, trace: &Trace) {
        for Entry { item, meter, period, value, state, .. } in older.entries {
            trace.event(
                self.who(),
                format_args!("an older version captured {value} of {meter} for {period}: {item}, {state}"),
            );
            trace.count(match state {
                "queued" => "older: queued",
                "sending" => "older: sending",
                "received" => "older: received",
                "accounted" => "older: accounted",
                "needs_answer" => "older: needs an answer",
                "rejected" => "older: rejected",
                _ => "older: superseded",
            });
            ledger.acknowledged(self.n, &item, meter, period, value);
        }
        for (item, answer) in older.said {
            self.line.was_said(&item, answer.as_ref());
        }
        self.older = true;
    }

    /// Opens a file of an older version for the first time, if it is one; tells whether the resident can go on.
    pub(in crate::sim) fn upgrade(&mut self, scene: &Scene<'_>) -> bool {
        if !self.older {
            return true;
        }
        if self.rng.u8(..100) < 60 {
            let (fault, kind) = [
                (Fault::PowerLoss, disk::Fault::PowerLoss),
                (Fault::PowerLoss, disk::Fault::PowerLoss),
                (Fault::IoError, disk::Fault::IoError),
                (Fault::DiskFull, disk::Fault::Full),
            ][self.rng.usize(..4)];
            let (from_now, lasting) = (self.rng.u64(..OPERATIONS), kind == disk::Fault::Full);
            if scene.faults.has(fault) {
                self.plan_fault(fate::plan(self.phone.disk.operations(), from_now, kind, lasting));
            }
        }
        let opened = self.call(scene, "the first opening", |_| Ok(())).is_ok();
        scene.trace.event(self.who(), format_args!("the older file is upgraded: {opened}"));
        if opened {
            scene.trace.count("files of an older version upgraded");
            self.older = false;
        } else {
            scene.trace.count("upgrades cut short");
            self.clear_up(scene);
        }
        opened
    }
}
