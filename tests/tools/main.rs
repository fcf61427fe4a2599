//! Skylift in front of AWS's own tools. Takes every example and every golden template, gives what
//! SAM, cfn-lint, the AWS CLI, the Runtime Interface Emulator and a stand-in for AWS make of them.
//! `cargo xtask test` installs these tools and runs this; a tool that is missing is a failure.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "all of this is tests")]

mod deploy;
mod emulator;
mod equal;
mod example;
mod invoke;
mod moto;
mod package;
mod payloads;
mod preloaded;
mod properties;
mod resume;
mod security;
mod stack;
mod templates;
mod toolbox;
mod versions;
mod whole;
