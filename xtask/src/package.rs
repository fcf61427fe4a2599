//! `cargo xtask package`: creates the package of every crate that can be published, and builds the crate from its
//! package, without the rest of the workspace. Gives an error if a package lacks a file or if its manifest is
//! incomplete. Nothing is published.

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
        // Cargo adds each package to a temporary registry, where the packages that depend on it find it. Without
        // `--allow-dirty`, Cargo refuses files that are not committed.
        //
        // With default features: all features would compile the AWS SDKs again, because their dependencies have
        // other features here than in the tests. That takes six minutes of CPU time.
        cargo.args(["package", "--allow-dirty"]).env("CARGO_INCREMENTAL", "0");
        for setting in PROFILE {
            cargo.args(["--config", setting]);
        }
        for name in &names {
            cargo.args(["--package", name]);
        }
        step::run_command_quietly(&mut cargo)
    })
}
