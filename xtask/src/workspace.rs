//! The workspace as Cargo describes it: its root, its target directory, its packages and their tests.
//! Gives the Cargo command that every task starts in the root.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

/// Returns the root of this workspace: the folder of its `Cargo.toml`.
pub(crate) fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// Returns the target directory of this workspace, from the environment or the configuration of Cargo.
pub(crate) fn target_directory() -> Result<PathBuf> {
    let metadata = read_metadata()?;
    let target = metadata["target_directory"].as_str();
    target.map(PathBuf::from).context("`cargo metadata` gives no target directory")
}

/// Returns the packages of this workspace, as `cargo metadata` describes them.
fn packages() -> Result<Vec<Value>> {
    let mut metadata = read_metadata()?;
    match metadata["packages"].take() {
        Value::Array(packages) => Ok(packages),
        _ => anyhow::bail!("`cargo metadata` gives no packages"),
    }
}

/// Returns the names of the packages that can be published: those without `publish = false`, except those in
/// `examples`. The manifest of the tour in `examples` is printed in the README, and has no line `publish = false`.
pub(crate) fn publishable_packages() -> Result<Vec<String>> {
    let packages = packages()?;
    let examples = root().join("examples");
    let is_example = |package: &&Value| {
        package["manifest_path"].as_str().is_some_and(|it| Path::new(it).starts_with(&examples))
    };
    let publishable =
        packages.iter().filter(|package| package["publish"].is_null() && !is_example(package));
    Ok(publishable.filter_map(|package| package["name"].as_str().map(str::to_owned)).collect())
}

/// Returns the names of the Cargo features of the package `skylift`.
pub(crate) fn skylift_features() -> Result<Vec<String>> {
    let packages = packages()?;
    let skylift = packages.iter().find(|package| package["name"] == "skylift");
    let features = skylift.and_then(|package| package["features"].as_object());
    let features = features.context("there is no package `skylift` with features")?;
    Ok(features.keys().cloned().collect())
}

/// Returns the names of the integration tests of all packages of this workspace except `package`.
pub(crate) fn integration_tests_except(package: &str) -> Result<Vec<String>> {
    let packages = packages()?;
    let targets = packages
        .iter()
        .filter(|it| it["name"] != package)
        .flat_map(|it| it["targets"].as_array().into_iter().flatten())
        .filter(|target| target["kind"][0] == "test");
    Ok(targets.filter_map(|target| target["name"].as_str().map(str::to_owned)).collect())
}

/// Runs `cargo metadata` on this workspace, without the dependencies, and returns its JSON output.
fn read_metadata() -> Result<Value> {
    let output = cargo_command()
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .output()
        .context("cannot start cargo")?;
    anyhow::ensure!(
        output.status.success(),
        "`cargo metadata` failed\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).context("the output of `cargo metadata` is not JSON")
}

/// Returns a command that runs Cargo in the root of this workspace. It uses the Cargo that runs xtask.
pub(crate) fn cargo_command() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    // `cargo run` sets these to describe xtask. Some build scripts run again where one of them changes, and
    // every crate that depends on them is then compiled again.
    let describing_xtask = ["CARGO_MANIFEST_", "CARGO_PKG_"];
    for (name, _) in std::env::vars_os() {
        if describing_xtask.iter().any(|start| name.to_string_lossy().starts_with(start)) {
            cargo.env_remove(name);
        }
    }
    cargo
}

#[cfg(test)]
mod tests {
    use super::publishable_packages;

    #[test]
    fn only_the_crates_of_the_framework_can_be_published() {
        let mut names = publishable_packages().unwrap();
        names.sort();
        let expected =
            ["skylift", "skylift-codegen", "skylift-macros", "skylift-model", "skylift-syntax"];
        assert_eq!(names, expected);
    }
}
