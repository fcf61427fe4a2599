//! Where things are. Takes what Cargo says, gives the workspace's root, its target directory and
//! commands that start in it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

/// The folder that holds the workspace's `Cargo.toml`.
pub(crate) fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// The target directory that Cargo uses for this workspace, whatever configures it.
pub(crate) fn target() -> Result<PathBuf> {
    let metadata = metadata(root(), &["--no-deps"])?;
    let target = metadata["target_directory"].as_str();
    target.map(PathBuf::from).context("`cargo metadata` names no target directory")
}

/// The names of the integration tests of all packages but one.
pub(crate) fn tests_but_those_of(package: &str) -> Result<Vec<String>> {
    let metadata = metadata(root(), &["--no-deps"])?;
    let packages = metadata["packages"].as_array().context("there are no packages")?;
    let targets = packages
        .iter()
        .filter(|it| it["name"] != package)
        .flat_map(|it| it["targets"].as_array().into_iter().flatten())
        .filter(|target| target["kind"][0] == "test");
    Ok(targets.filter_map(|target| target["name"].as_str().map(str::to_owned)).collect())
}

/// What `cargo metadata` says of the package or workspace in `folder`.
pub(crate) fn metadata(folder: &Path, args: &[&str]) -> Result<Value> {
    let output = cargo()
        .current_dir(folder)
        .args(["metadata", "--format-version", "1"])
        .args(args)
        .output()
        .context("cannot start cargo")?;
    anyhow::ensure!(
        output.status.success(),
        "`cargo metadata` failed in `{}`\n{}",
        folder.display(),
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).context("`cargo metadata` printed no JSON")
}

/// Cargo, in the workspace's root; the one that runs us where there is one.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    // `cargo run` describes xtask to us in these. Some build scripts run again, and all that depends on
    // them is compiled again, wherever one of them has changed.
    let described = ["CARGO_MANIFEST_", "CARGO_PKG_"];
    for (name, _) in std::env::vars_os() {
        if described.iter().any(|start| name.to_string_lossy().starts_with(start)) {
            cargo.env_remove(name);
        }
    }
    cargo
}
