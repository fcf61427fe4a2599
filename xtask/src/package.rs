//! `cargo xtask package`: creates the package of every crate that can be published, and builds the crate from its
//! package, without the rest of the workspace. Gives an error if a package lacks a file or if its manifest is
//! incomplete. Nothing is published.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::{step, workspace};

/// The parts of Cargo's home that the builds of packages share with other builds: the configuration of Cargo, and
/// downloads.
const SHARED: [&str; 4] = ["config", "config.toml", "registry/cache", "registry/index"];

/// Packages each crate that can be published, and builds the crate from that package.
pub(crate) fn run() -> Result<()> {
    step::run_step("crates built from their packages", || {
        let names = workspace::publishable_packages()?;
        ensure!(!names.is_empty(), "no crate of the workspace can be published");
        let folder = workspace::target_directory()?.join("package-check");
        remove_folder(&folder)?;
        create_cargo_home(&folder.join("home"))?;
        let mut cargo = workspace::cargo_command();
        // Cargo adds each package to a temporary registry, where the packages that depend on it find it. Without
        // `--allow-dirty`, it refuses files that are not committed.
        //
        // With default features: with all, the AWS SDKs would take six minutes of CPU time.
        cargo.args(["package", "--allow-dirty", "--target-dir"]).arg(folder.join("target"));
        cargo.env("CARGO_HOME", folder.join("home"));
        cargo.env("CARGO_INCREMENTAL", "0").env("CARGO_PROFILE_DEV_DEBUG", "0");
        for name in &names {
            cargo.args(["--package", name]);
        }
        step::run_command_quietly(&mut cargo)?;
        remove_folder(&folder)
    })
}

/// Creates a folder `home` as a home of Cargo without unpacked packages. Cargo would unpack a package of the
/// temporary registry only once, and then build the old files of every crate whose version is the same.
fn create_cargo_home(home: &Path) -> Result<()> {
    fs::create_dir_all(home.join("registry"))
        .with_context(|| format!("cannot create `{}`", home.display()))?;
    let users = users_cargo_home()?;
    for name in SHARED {
        let original = users.join(name);
        if original.exists() {
            symlink(&original, home.join(name))
                .with_context(|| format!("cannot link to `{}`", original.display()))?;
        }
    }
    Ok(())
}

fn users_cargo_home() -> Result<PathBuf> {
    let default = || std::env::home_dir().map(|home| home.join(".cargo"));
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(default);
    home.context("there is no home directory")
}

fn remove_folder(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove `{}`", folder.display()))
        }
        _ => Ok(()),
    }
}
