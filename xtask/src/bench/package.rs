//! Packages outside the workspace, as a user's are. Takes a folder and what is to stand in it, gives
//! it the settings and dependency versions of this workspace, and builds it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::process;
use crate::{step, workspace};

/// Writes a file of a generated package, its folder first.
pub(super) fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create `{}`", folder.display()))?;
    }
    fs::write(path, text).with_context(|| format!("cannot write `{}`", path.display()))
}

/// Gives a generated package the dependency versions of this workspace.
pub(super) fn copy_lock(folder: &Path) -> Result<()> {
    write(&folder.join("Cargo.lock"), &read(&workspace::root().join("Cargo.lock"))?)
}

/// Makes a folder a workspace of its own that has the settings and dependencies of ours.
pub(super) fn surround(folder: &Path, members: &[&str]) -> Result<()> {
    let root = workspace::root();
    let manifest = read(&root.join("Cargo.toml"))?;
    write(&folder.join("Cargo.toml"), &surrounding(&manifest, root, members))?;
    copy_lock(folder)
}

fn surrounding(manifest: &str, root: &Path, members: &[&str]) -> String {
    let lines = manifest.lines().filter(|line| !line.starts_with("default-members"));
    let lines: Vec<String> = lines
        .map(|line| match line {
            line if line.starts_with("members") => format!("members = {members:?}"),
            line => line.replace("path = \"", &format!("path = \"{}/", root.display())),
        })
        .collect();
    lines.join("\n")
}

/// The module by which the runtime makes the HTTP client of AWS's SDK: it stands on its own.
pub(super) fn runtime_http() -> Result<String> {
    read(&workspace::root().join("runtime/src/aws/http.rs"))
}

/// Downloads what is not there yet, so that no build waits for the network.
pub(super) fn fetch(folder: &Path) -> Result<()> {
    step::quietly(workspace::cargo().current_dir(folder).arg("fetch"))
}

/// Builds into an empty target directory and gives the CPU seconds of all of it.
pub(super) fn clean_build(folder: &Path, args: &[&str]) -> Result<f64> {
    let target = folder.join("target");
    if target.exists() {
        fs::remove_dir_all(&target)
            .with_context(|| format!("cannot remove `{}`", target.display()))?;
    }
    let before = process::cpu_of_children()?;
    step::quietly(
        workspace::cargo()
            .current_dir(folder)
            .args(["build", "--offline"])
            .args(args)
            .env("CARGO_TARGET_DIR", &target),
    )?;
    Ok(process::cpu_of_children()? - before)
}

/// Builds a member of a workspace as it would be deployed, and gives its stripped binary.
pub(super) fn release(folder: &Path, package: &str) -> Result<PathBuf> {
    let target = folder.join("release");
    step::quietly(
        workspace::cargo()
            .current_dir(folder)
            .args(["build", "--offline", "--release", "--package", package])
            .env("CARGO_PROFILE_RELEASE_STRIP", "true")
            .env("CARGO_TARGET_DIR", &target)
            .env_remove("CARGO_BUILD_TARGET"),
    )?;
    Ok(target.join("release").join(package))
}

pub(super) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::surrounding;

    #[test]
    fn a_surrounding_workspace_has_other_members_and_finds_our_crates() {
        let manifest = "[workspace]\nmembers = [\"model\"]\ndefault-members = [\"model\"]\n\
                        skylift = { path = \"runtime\" }";
        let expected = "[workspace]\nmembers = [\"one\", \"two\"]\n\
                        skylift = { path = \"/root/runtime\" }";
        assert_eq!(surrounding(manifest, Path::new("/root"), &["one", "two"]), expected);
    }
}
