//! The rules against programs that we did not write: Python's standard library, asked about generated cases.
//!
//! Each oracle is a script beside this file, with a Rust module of the same name that makes the cases and compares
//! the answers. Cases come from a fixed seed: a failure is the same tomorrow. Where `python3` or its time zone
//! database is missing, the tests fail and say so. To add an oracle, add its two files and a line below.

#![allow(clippy::unwrap_used, reason = "a test stops where it is not as told")]

mod cases;
mod costs;
mod costs_cases;
mod python;
mod values;
mod volumes;
mod windows;
