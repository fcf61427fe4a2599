//! Tests with third-party tools. Checks every example and every golden template with SAM CLI, cfn-lint, checkov, the
//! AWS CLI, the Runtime Interface Emulator and moto, a server that imitates AWS. `cargo xtask test` installs these
//! tools and runs the tests. A missing tool is a failure.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "all of this is tests")]

mod app_json;
mod cfn_include;
mod coverage;
mod deploy;
mod emulator;
mod end_to_end;
mod example;
mod fan_out;
mod invoke;
mod limits;
mod moto;
mod nested;
mod official;
mod package;
mod payloads;
mod preloaded;
mod properties;
mod resume;
mod sam_comparison;
mod security;
mod stack;
mod tables;
mod templates;
mod toolbox;
mod versions;
