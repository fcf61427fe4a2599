//! What the tests that cross Skylift's crates have in common. Takes packages and programs, gives
//! Cargo runs, running servers and their answers, and panics with what it saw when one fails: every
//! caller is a test.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    clippy::return_self_not_must_use,
    reason = "every caller is a test"
)]

pub mod build_script;
pub mod cargo;
pub mod cases;
#[cfg(test)]
mod documents;
pub mod http;
pub mod markdown;
pub mod places;
pub mod program;
pub mod project;
pub mod rustc;
#[cfg(test)]
mod structure;
