//! Helpers for the tests that use several of Skylift's crates. They build packages, run programs and servers, and
//! send requests. A helper panics with the output of whatever failed, because every caller is a test.

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
pub mod program;
pub mod project;
pub mod rustc;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod structure;
pub mod workspace;
