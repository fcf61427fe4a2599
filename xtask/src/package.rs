//! `cargo xtask package`: takes every crate that can be published, makes its package and builds the crate
//! from it, without the rest of the workspace around it. Gives an error where a package lacks a file or
//! where its manifest is incomplete. Nothing is published.

use anyhow::{Result, ensure};

use crate::{step, workspace};

/// The profile of the workspace, which no package includes. With it, Cargo uses the dependencies that are
/// already built for the tests.
const PROFILE: [&str; 3] = [
    "profile.dev.debug='line-tables-only'",
    "profile.dev.build-override.debug='line-tables-only'",
    "profile.dev.package.'*'.debug=false",
];

/// Builds each crate that can be published from its package.
pub(crate) fn run() -> Result<()> {
    step::run_step("crates built from their packages", || {
        let names = workspace::publishable_packages()?;
        ensure!(!names.is_empty(), "no crate of the workspace can be published");
        let mut cargo = workspace::cargo_command();
        // Cargo puts the packages into a temporary registry, so that one is found by the next. It refuses
        // files that are not committed, which a test before a commit always has.
        cargo.args(["package", "--allow-dirty", "--all-features"]).env("CARGO_INCREMENTAL", "0");
        for setting in PROFILE {
            cargo.args(["--config", setting]);
        }
        for name in &names {
            cargo.args(["--package", name]);
        }
        step::run_command_quietly(&mut cargo)
    })
}
