//! Everything that is drawn: what goes wrong, and how often.

use fastrand::Rng;
use vodomer_core::portal::Failure;

use super::faults::{Fault, Faults};
use crate::disk::{self, Plan, Survival};

/// What the network is like during one step of a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weather {
    /// Everything goes through.
    Clear,
    /// Nothing does.
    Cellar,
    /// Each call meets its own fate.
    Rough,
    /// A page of the Wi-Fi answers everything.
    Captive,
}

/// What becomes of one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    /// Asked and answered.
    Through,
    /// It does not arrive.
    Lost(Failure),
    /// It is handled, and the answer does not arrive.
    Unanswered(Failure),
    /// It arrives twice, the second time so many milliseconds later.
    Twice(i64),
    /// It arrives so many milliseconds later only, and nobody hears the answer.
    Late(i64),
    /// The process dies meanwhile; the server handles it, or not.
    Death {
        /// The server handles it.
        handled: bool,
    },
}

/// What is done to a phone between two steps, or planned for the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blow {
    /// Nothing.
    None,
    /// Killed.
    Kill,
    /// Closed, and started anew: an update of the app.
    Restart,
    /// Battery out, now.
    PowerLoss(Survival),
    /// The disk's operation of so many from now goes wrong.
    Disk(u64, disk::Fault, bool),
    /// The phone starts anew, in good order.
    Reboot,
    /// The wall clock is wrong by so much.
    Clock(i64),
    /// The phone is there.
    Zone(&'static str),
    /// The Keystore is empty.
    SecretsLost,
}

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// Two steps of a month touch the disk about so often.
const OPERATIONS: u64 = 160;

/// The weather of a step.
pub fn weather(rng: &mut Rng, faults: Faults) -> Weather {
    match rng.u8(..100) {
        0..55 => Weather::Clear,
        55..70 => Weather::Cellar,
        70..75 if faults.has(Fault::Captive) => Weather::Captive,
        _ => Weather::Rough,
    }
}

/// What becomes of a call.
pub fn call(rng: &mut Rng, weather: Weather, faults: Faults) -> Call {
    match weather {
        Weather::Clear => Call::Through,
        Weather::Cellar => Call::Lost(no_connection(rng)),
        Weather::Captive => Call::Lost(somebody_else(rng)),
        Weather::Rough => rough(rng, faults),
    }
}

fn rough(rng: &mut Rng, faults: Faults) -> Call {
    let drawn = match rng.u8(..100) {
        0..40 => return Call::Through,
        40..46 => (Fault::Loss, Call::Lost(no_connection(rng))),
        46..52 => (Fault::Loss, Call::Lost(Failure::AnswerLost)),
        52..62 => (Fault::Loss, Call::Unanswered(Failure::AnswerLost)),
        62..65 => (Fault::Loss, Call::Unanswered(Failure::Unreadable)),
        65..69 => (Fault::Captive, Call::Lost(somebody_else(rng))),
        69..76 => (Fault::Copies, Call::Twice(later(rng))),
        76..83 => (Fault::Copies, Call::Late(later(rng))),
        83..88 => (Fault::ServerErrors, Call::Lost(server_error(rng))),
        88..93 => (Fault::ServerErrors, Call::Unanswered(broken_gateway(rng))),
        93..97 => (Fault::Kill, Call::Death { handled: true }),
        _ => (Fault::Kill, Call::Death { handled: false }),
    };
    if faults.has(drawn.0) { drawn.1 } else { Call::Through }
}

fn no_connection(rng: &mut Rng) -> Failure {
    if rng.u8(..4) == 0 { Failure::UnknownHost } else { Failure::Unreachable }
}

fn somebody_else(rng: &mut Rng) -> Failure {
    match rng.u8(..4) {
        0 => Failure::Untrusted,
        1 => Failure::NotTheUtility { status: 302 },
        _ => Failure::NotTheUtility { status: 200 },
    }
}

/// A second to ten days.
fn later(rng: &mut Rng) -> i64 {
    match rng.u8(..3) {
        0 => rng.i64(1_000..60_000),
        1 => rng.i64(60_000..DAY),
        _ => rng.i64(DAY..10 * DAY),
    }
}

fn server_error(rng: &mut Rng) -> Failure {
    let status = [500, 500, 502, 503, 503, 504, 408, 429][rng.usize(..8)];
    let waits = [None, None, Some(0), Some(30), Some(3_600), Some(90_000_000_000)];
    let retry_after = if matches!(status, 429 | 503) { waits[rng.usize(..6)] } else { None };
    Failure::Refused { status, code: None, params: Default::default(), retry_after }
}

/// What a gateway says when it has lost the answer of a server that has done what was asked.
fn broken_gateway(rng: &mut Rng) -> Failure {
    let status = [500, 502, 503, 504, 408][rng.usize(..5)];
    Failure::Refused { status, code: None, params: Default::default(), retry_after: None }
}

/// What is done to a phone before a step.
pub fn blow(rng: &mut Rng, faults: Faults) -> Blow {
    let drawn = match rng.u16(..1000) {
        0..30 => (Fault::Kill, Blow::Kill),
        30..40 => return Blow::Restart,
        40..60 => (Fault::PowerLoss, Blow::PowerLoss(survival(rng))),
        60..110 => (Fault::PowerLoss, Blow::Disk(rng.u64(..OPERATIONS), disk::Fault::PowerLoss, false)),
        110..145 => (Fault::IoError, Blow::Disk(rng.u64(..OPERATIONS), disk::Fault::IoError, rng.bool())),
        145..165 => (Fault::DiskFull, Blow::Disk(rng.u64(..OPERATIONS), disk::Fault::Full, true)),
        165..180 => (Fault::Reboot, Blow::Reboot),
        180..220 => (Fault::ClockJump, Blow::Clock(wrong(rng))),
        220..235 => (Fault::Zone, Blow::Zone(ZONES[rng.usize(..ZONES.len())])),
        235..240 => (Fault::Secrets, Blow::SecretsLost),
        _ => return Blow::None,
    };
    if faults.has(drawn.0) { drawn.1 } else { Blow::None }
}

const ZONES: [&str; 5] =
    ["Europe/Moscow", "Asia/Vladivostok", "America/New_York", "Pacific/Kiritimati", "nowhere"];

/// Half of the jumps put the clock right again.
fn wrong(rng: &mut Rng) -> i64 {
    let size = match rng.u8(..8) {
        0..4 => return 0,
        4 => rng.i64(1_000..HOUR),
        5 => rng.i64(HOUR..DAY),
        6 => rng.i64(DAY..60 * DAY),
        _ => rng.i64(60 * DAY..10 * 365 * DAY),
    };
    if rng.bool() { size } else { -size }
}

/// How a power loss leaves what was not synced.
pub fn survival(rng: &mut Rng) -> Survival {
    Survival::ALL[rng.usize(..Survival::ALL.len())]
}

/// The disk's plan of a blow that comes so many operations from now.
pub const fn plan(now: u64, from_now: u64, fault: disk::Fault, lasting: bool) -> Plan {
    Plan { at: now + from_now, fault, lasting }
}
