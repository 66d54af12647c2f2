//! Values: what a dial can show, what the resident typed, and what of it is sent. Exact, without floats.

mod dial;
mod problem;
mod registers;
mod scan;
mod typed;
mod volume;

pub use dial::{Dial, FractionPolicy};
pub use problem::TypedProblem;
pub use registers::{Register, RegisterReading, RegistersProblem, TypedRegister, parse_registers};
pub use typed::{Kept, Typed};
pub use volume::Volume;
