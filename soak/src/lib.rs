//! What breaks Vodomer on purpose, and looks whether anything was lost or doubled.

pub mod corrupt;
pub mod disk;
pub mod kill;
pub mod phone;
pub mod power;
pub mod sim;
pub mod utility;
