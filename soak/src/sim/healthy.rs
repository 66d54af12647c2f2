//! A day on which nothing goes wrong, and the last look.

use vodomer_core::app::{App, OutboxEntry, Status, SyncOutcome};

use super::device::{Device, Scene, Stop};
use super::fate::Weather;
use super::night::SOONEST_WAKE_MS;
use super::template::credentials;
use crate::utility::books::{Books, Reading, Standing};
use crate::utility::rules;

/// An app that asks for more in a day empties the battery instead of the queue.
const MOST_WAKES: u32 = 50;

/// So long an uploader that was killed keeps the others away.
const LEASE_MS: i64 = 120_000;

/// How long to let go by before another look, although nothing waits: until whoever was killed in the moment before holds
/// the lease no more, or a part of the quiet that the server has asked for.
const fn nothing_to_send(outcome: SyncOutcome) -> Option<i64> {
    match outcome {
        SyncOutcome::Busy => Some(LEASE_MS),
        SyncOutcome::ServerBusy => Some(3_600_000),
        SyncOutcome::Done
        | SyncOutcome::Offline
        | SyncOutcome::NotTheUtility
        | SyncOutcome::NeedsSignIn
        | SyncOutcome::Cancelled
        | SyncOutcome::OutOfTime => None,
    }
}

impl Device {
    /// A day without faults, on which the app is called when it asked to be: then nothing waits that can go.
    pub fn healthy_day(&mut self, scene: &mut Scene<'_>, until: i64) {
        self.phone.disk.plan(None);
        self.disturbed = None;
        self.line.set_weather(Weather::Clear);
        (self.takes_turns, self.older) = (false, false);
        let mut wakes = 0;
        if self.look_after_wipe(scene).is_err() {
            return;
        }
        while scene.time.millis() < until {
            let by_itself = self.rng.u8(..3) == 0;
            let Ok(Some(report)) = self.pass(scene, by_itself) else { break };
            wakes += 1;
            if wakes > MOST_WAKES {
                scene.trace.violation(format!("the app wants to be woken {wakes} times in a healthy day"));
                return;
            }
            let mut next = report.retry_at;
            if self.wants_password {
                let password = scene.utility.office().password.clone();
                match self.attempt(scene, "login", |app| app.login(&credentials(&password))) {
                    Ok(Some(report)) => {
                        self.wants_password = false;
                        next = report.retry_at;
                    }
                    Ok(None) => scene.time.pass(20 * 60_000),
                    Err(Stop::Over) => break,
                }
                scene.trace.event(self.who(), format_args!("signed in on a fine day"));
            }
            let Some(next) = next else {
                match nothing_to_send(report.outcome) {
                    Some(milliseconds) => scene.time.pass(milliseconds),
                    None => break,
                }
                continue;
            };
            let left = (until - scene.time.millis()).max(SOONEST_WAKE_MS);
            scene.time.pass(self.wait_until(next).min(left));
        }
        // Once a day the shell refreshes anyway.
        let Ok(Some(_)) = self.pass(scene, false) else { return };
        let Ok(list) = self.check_list(scene) else { return };
        for entry in list {
            let held = rules::window(entry.period).opens.timestamp_millis() > until - 3_600_000;
            if waits(entry.status) && !held {
                let (item, status, reason) = (&entry.item_id, entry.status, &entry.reason);
                let next = entry.next_attempt;
                scene.trace.violation(format!(
                    "{item} still {status:?} ({reason:?}, next {next:?}) after a healthy day"
                ));
            }
            if entry.status == Status::Accepted && !stands(&scene.utility.office().books, &entry) {
                let item = &entry.item_id;
                scene.trace.violation(format!(
                    "{item} is said to be accepted after a healthy day, and stands nowhere"
                ));
            }
        }
        let letters = self.call(scene, "letters", App::letters).unwrap_or_default();
        // Nothing lists an appeal, since nobody is signed in for it: its receipt is all there is.
        for letter in letters.iter().filter(|l| waits(l.status) && l.received_at.is_none()) {
            let (item, status, reason) = (&letter.item_id, letter.status, &letter.reason);
            scene.trace.violation(format!("letter {item} still {status:?} ({reason:?}) after a healthy day"));
        }
        let _over = self.check(scene, false);
    }

    /// The last look: at everything, from a new process.
    pub fn last_look(&mut self, scene: &mut Scene<'_>) {
        self.phone.close();
        let _over = self.check(scene, true);
    }
}

/// The utility counts on this value, whoever brought it.
fn stands(books: &Books, entry: &OutboxEntry) -> bool {
    let stands = |r: &Reading| matches!(r.standing, Standing::Received | Standing::Accounted);
    books.readings.iter().any(|r| stands(r) && r.meter == entry.meter_id && r.value == entry.value)
}

/// It is still on its way.
fn waits(status: Status) -> bool {
    matches!(status, Status::Saved | Status::WaitingForNetwork | Status::Sent | Status::SentElsewhere)
}
