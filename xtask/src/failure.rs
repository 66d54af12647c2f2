//! What a command says when it cannot go on: one message, written for the person at the terminal.

use std::fmt::{self, Display};

/// A reason to stop, ready to be printed.
#[derive(Debug)]
pub struct Failure(String);

/// The result of everything here that can stop a command.
pub type Outcome<T> = Result<T, Failure>;

impl Failure {
    /// A failure with this message.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Says what was being done when something failed.
pub trait While<T> {
    /// Puts `doing` in front of the error: "reading x: no such file".
    fn when(self, doing: impl Display) -> Outcome<T>;
}

impl<T, E: Display> While<T> for Result<T, E> {
    fn when(self, doing: impl Display) -> Outcome<T> {
        // The alternate form makes an error from the bindgen print its causes too.
        self.map_err(|error| Failure(format!("{doing}: {error:#}")))
    }
}
