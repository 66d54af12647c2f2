//! The words of the field: months, windows, volumes, resources. Pure.

mod period;
mod replacement;
mod resource;
mod volume;
mod window;

pub use period::Period;
pub use replacement::Replacement;
pub use resource::{Basis, Dial, LetterKind, LetterStatus, PaymentStatus, Resource, Source, Status};
pub use volume::Volume;
pub use window::{Window, WindowEnd, WindowRule};
