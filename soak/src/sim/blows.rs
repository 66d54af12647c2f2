//! What is done to a phone between two visits, and what it leaves.

use super::device::{Device, Scene};
use super::fate::{self, Blow};
use crate::disk::{self, Survival};

impl Device {
    /// What happens to the phone between two visits.
    pub(super) fn strike(&mut self, scene: &mut Scene<'_>) {
        let blow = fate::blow(&mut self.rng, scene.faults);
        if blow == Blow::None {
            return;
        }
        scene.trace.event(self.who(), format_args!("{blow:?}"));
        scene.trace.count(match blow {
            Blow::None => "nothing",
            Blow::Kill => "kills",
            Blow::Restart => "updates of the app",
            Blow::PowerLoss(_) => "power losses",
            Blow::Disk(_, disk::Fault::PowerLoss, _) => "power losses planned at an operation",
            Blow::Disk(_, disk::Fault::Full, _) => "disk full, planned at an operation",
            Blow::Disk(..) => "I/O errors planned at an operation",
            Blow::Reboot => "reboots",
            Blow::Clock(_) => "clock jumps",
            Blow::Zone(_) => "zone changes",
            Blow::SecretsLost => "secrets lost",
        });
        match blow {
            Blow::None => {}
            Blow::Kill => self.phone.kill(),
            Blow::Restart => self.phone.close(),
            Blow::PowerLoss(survival) => self.lose_power(survival),
            Blow::Disk(from_now, fault, lasting) => {
                self.plan_fault(fate::plan(self.phone.disk.operations(), from_now, fault, lasting));
            }
            Blow::Reboot => {
                self.phone.close();
                self.phone.clock.restart();
            }
            Blow::Clock(wrong_by) => {
                self.phone.clock.be_wrong_by(wrong_by);
                scene.ledger.misled(self.n);
            }
            Blow::Zone(zone) => self.phone.clock.move_to(zone),
            Blow::SecretsLost => {
                // Of two processes none could tell without the store whose token in memory is the newest.
                self.phone.close();
                self.phone.secrets.fill(Default::default());
            }
        }
    }

    /// The disk will fail. One plan at a time: one that has struck where nobody noticed must not be forgotten.
    pub(super) fn plan_fault(&mut self, plan: disk::Plan) {
        if self.disturbed.is_some() {
            return;
        }
        self.phone.disk.plan(Some(plan));
        self.disturbed = Some(plan);
    }

    pub(super) fn lose_power(&mut self, survival: Survival) {
        let seed = self.rng.u64(..);
        self.phone.lose_power(survival, seed);
        self.phone.clock.restart();
        self.disturbed = None;
    }

    /// What a step leaves: a dead process is buried, and the disk is repaired some day.
    pub(super) fn clear_up(&mut self, scene: &Scene<'_>) {
        if self.line.has_died() {
            let seed = self.rng.u64(..);
            self.phone.lose_power(Survival::Everything, seed);
            self.disturbed = None;
        } else if self.power_is_out() {
            let survival = fate::survival(&mut self.rng);
            scene.trace.event(self.who(), format_args!("the battery was out: {survival:?}"));
            scene.trace.count("power losses at an operation");
            self.lose_power(survival);
        } else if self.rng.u8(..4) > 0 {
            self.phone.disk.plan(None);
            self.disturbed = None;
        }
    }

    pub(super) fn power_is_out(&self) -> bool {
        let out =
            |plan: disk::Plan| plan.fault == disk::Fault::PowerLoss && self.phone.disk.operations() > plan.at;
        self.disturbed.is_some_and(out)
    }
}
