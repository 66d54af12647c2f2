//! What the tests across packages share.

#![allow(dead_code, reason = "each test program uses its own part")]

mod relay;
pub mod world;
