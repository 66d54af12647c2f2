//! The table of cases: what the server does, what the client may make of it, and where the reading stands then.

mod bodies;
mod connecting;
mod ending;
mod framing;
mod others;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use super::authority::Credential;
use super::phone::Stands;
use super::server::{Act, Wire, reset};

/// What the client makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Makes {
    Unreachable,
    Untrusted,
    AnswerLost,
    Unreadable,
    NotTheUtility(u16),
    Refused(u16),
    /// An answer, whatever it says of the item.
    Sense,
}

pub struct Case {
    pub name: &'static str,
    pub act: Act,
    /// One of them; which one may hang on how the network cuts.
    pub makes: &'static [Makes],
    pub then: Stands,
}

use Makes::{AnswerLost, NotTheUtility, Refused, Sense, Unreachable, Unreadable, Untrusted};
use Stands::{InDoubt, Queued, Received};

const fn case(name: &'static str, act: Act, makes: &'static [Makes], then: Stands) -> Case {
    Case { name, act, makes, then }
}

const fn tcp(name: &'static str, act: fn(&mut TcpStream), makes: &'static [Makes]) -> Case {
    case(name, Act::Tcp(act), makes, Queued)
}

const fn shows(name: &'static str, credential: Credential) -> Case {
    case(name, Act::Shows(credential), &[Untrusted], Queued)
}

/// Whether the request had left when the connection broke, the client can't know.
const fn early(name: &'static str, act: fn(&mut Wire)) -> Case {
    case(name, Act::Early(act), &[AnswerLost], InDoubt)
}

const fn lost(name: &'static str, act: fn(&mut Wire)) -> Case {
    case(name, Act::Batch(act), &[AnswerLost], InDoubt)
}

const fn unreadable(name: &'static str, act: fn(&mut Wire)) -> Case {
    case(name, Act::Batch(act), &[Unreadable], InDoubt)
}

/// What makes no sense as HTTP ends the connection, and the HTTP client does not say which of the two came first.
const fn senseless(name: &'static str, act: fn(&mut Wire)) -> Case {
    case(name, Act::Batch(act), &[Unreadable, AnswerLost], InDoubt)
}

/// An answer that is read, and leaves the item in doubt.
const fn unclear(name: &'static str, act: fn(&mut Wire)) -> Case {
    case(name, Act::Batch(act), &[Sense], InDoubt)
}

const fn fine(name: &'static str, act: fn(&mut Wire)) -> Case {
    case(name, Act::Batch(act), &[Sense], Received)
}

const fn other(name: &'static str, act: fn(&mut Wire), makes: &'static [Makes]) -> Case {
    case(name, Act::Batch(act), makes, Queued)
}

const fn refused(name: &'static str, act: fn(&mut Wire), makes: &'static [Makes]) -> Case {
    case(name, Act::Batch(act), makes, InDoubt)
}

pub fn cases() -> Vec<Case> {
    [
        connecting::ON_THE_SOCKET,
        connecting::CERTIFICATES,
        ending::CUT,
        ending::SLOW,
        framing::ENDLESS,
        framing::FRAMES,
        bodies::BODIES,
        others::SOMEBODY_ELSE,
        others::REFUSALS,
    ]
    .into_iter()
    .flatten()
    .map(|case| Case { ..*case })
    .collect()
}

/// A pause that a patient server makes.
const TICK: Duration = Duration::from_millis(150);
