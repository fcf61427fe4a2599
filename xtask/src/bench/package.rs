//! Packages outside of this workspace, like those of users. Takes a folder and the files of a package, adds the
//! settings and the dependency versions of this workspace, and builds the package.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::process;
use crate::{step, workspace};

/// Writes a file of a generated package, and creates the folder of the file if it does not exist.
pub(super) fn write_file(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create `{}`", folder.display()))?;
    }
    fs::write(path, text).with_context(|| format!("cannot write `{}`", path.display()))
}

/// Copies the lock file of this workspace into a folder, so that the package in the folder has the same dependency
/// versions.
pub(super) fn copy_lock_file(folder: &Path) -> Result<()> {
    write_file(&folder.join("Cargo.lock"), &read_file(&workspace::root().join("Cargo.lock"))?)
}

/// Makes a folder a workspace with these members, and with the settings and dependencies of this workspace. Its
/// builds are those of a user: with Cargo's own profiles, and without incremental compilation of our crates, since
/// Cargo compiles a crate from a registry without it.
pub(super) fn write_workspace(folder: &Path, members: &[&str]) -> Result<()> {
    let root = workspace::root();
    let manifest = read_file(&root.join("Cargo.toml"))?;
    write_file(&folder.join("Cargo.toml"), &workspace_manifest(&manifest, root, members))?;
    copy_lock_file(folder)
}

fn workspace_manifest(manifest: &str, root: &Path, members: &[&str]) -> String {
    let (mut lines, mut in_profile) = (Vec::new(), false);
    for line in manifest.lines() {
        if line.starts_with('[') {
            in_profile = line.starts_with("[profile.");
        }
        if in_profile || line.starts_with("default-members") {
            continue;
        }
        lines.push(match line {
            line if line.starts_with("members") => format!("members = {members:?}"),
            line => line.replace("path = \"", &format!("path = \"{}/", root.display())),
        });
    }
    let our_crates = lines.iter().filter(|line| line.contains("path = \""));
    let our_crates = our_crates.filter_map(|line| line.split_whitespace().next());
    let profiles: Vec<String> = our_crates
        .map(|name| format!("[profile.dev.package.{name}]\nincremental = false"))
        .collect();
    lines.into_iter().chain(profiles).collect::<Vec<_>>().join("\n")
}

/// Returns the source of the runtime's module for the HTTP client of the AWS SDK, without the lines that use another
/// module of the runtime, which are those that propagate the trace header.
pub(super) fn runtime_http_source() -> Result<String> {
    let source = read_file(&workspace::root().join("runtime/src/aws/http.rs"))?;
    let lines = source.lines().filter(|line| !line.contains("propagate_trace_header"));
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

/// Downloads the missing dependencies of the package in a folder, so that no measured build waits for the network.
pub(super) fn fetch_dependencies(folder: &Path) -> Result<()> {
    step::run_command_quietly(workspace::cargo_command().current_dir(folder).arg("fetch"))
}

/// Builds the package in a folder into an empty target directory, and returns the CPU seconds that the build took.
pub(super) fn clean_build(folder: &Path, args: &[&str]) -> Result<f64> {
    let target = folder.join("target");
    if target.exists() {
        fs::remove_dir_all(&target)
            .with_context(|| format!("cannot remove `{}`", target.display()))?;
    }
    let before = process::cpu_of_children()?;
    step::run_command_quietly(
        workspace::cargo_command()
            .current_dir(folder)
            .args(["build", "--offline"])
            .args(args)
            .env("CARGO_TARGET_DIR", &target),
    )?;
    Ok(process::cpu_of_children()? - before)
}

/// Builds a member of a workspace in release mode and returns the path of its stripped binary.
pub(super) fn build_release(folder: &Path, package: &str) -> Result<PathBuf> {
    let target = folder.join("release");
    step::run_command_quietly(
        workspace::cargo_command()
            .current_dir(folder)
            .args(["build", "--offline", "--release", "--package", package])
            .env("CARGO_PROFILE_RELEASE_STRIP", "true")
            .env("CARGO_TARGET_DIR", &target)
            .env_remove("CARGO_BUILD_TARGET"),
    )?;
    Ok(target.join("release").join(package))
}

pub(super) fn read_file(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::workspace_manifest;

    #[test]
    fn a_generated_workspace_has_its_own_members_absolute_paths_to_our_crates_and_cargos_profiles()
    {
        let manifest = "[workspace]\nmembers = [\"model\"]\ndefault-members = [\"model\"]\n\
                        [profile.dev]\ndebug = false\n[workspace.dependencies]\n\
                        skylift = { path = \"runtime\" }";
        let expected = "[workspace]\nmembers = [\"one\", \"two\"]\n[workspace.dependencies]\n\
                        skylift = { path = \"/root/runtime\" }\n\
                        [profile.dev.package.skylift]\nincremental = false";
        assert_eq!(workspace_manifest(manifest, Path::new("/root"), &["one", "two"]), expected);
    }
}
