//! Hours in which nobody holds the phone: its job alone wakes it, whenever the app has asked for it, in whatever weather.

use vodomer_core::env::Clock;

use super::device::{Device, Scene, Stop};
use super::world::HOUR;

/// So long nobody looks at it.
const NIGHT_MS: i64 = 6 * HOUR;

/// Wakes of a night that may come to nothing: a dozen for what is tried ever more seldom, for a few items that failed
/// apart. A loop has thousands.
const MOST_IN_VAIN: u32 = 40;

/// A job whose time has come runs at once, and nothing takes less than so.
pub(super) const SOONEST_WAKE_MS: i64 = 1_000;

impl Device {
    /// The app's jobs of some hours, for as long as it wants any.
    pub(super) fn night(&mut self, scene: &mut Scene<'_>) -> Result<(), Stop> {
        scene.trace.count("nights");
        let until = scene.time.millis() + NIGHT_MS;
        let mut in_vain = 0;
        while let Some(report) = self.pass(scene, true)? {
            if report.sent + report.accepted + report.asked + report.rejected == 0 {
                in_vain += 1;
                scene.trace.count("wakes of a night in vain");
            }
            if in_vain > MOST_IN_VAIN {
                scene.trace.violation(format!("the app was woken {in_vain} times in a night for nothing"));
                return Ok(());
            }
            let Some(wait) = report.retry_at.map(|at| self.wait_until(at)) else { break };
            if scene.time.millis() + wait > until {
                break;
            }
            scene.time.pass(wait);
        }
        Ok(())
    }

    /// How long a job waits for a moment: by the phone's own clock, which may be wrong.
    pub(super) fn wait_until(&self, at: vodomer_core::domain::Instant) -> i64 {
        (at - self.phone.clock.now()).num_milliseconds().max(SOONEST_WAKE_MS)
    }
}
