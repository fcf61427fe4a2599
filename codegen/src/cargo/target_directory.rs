//! Finds the target directory. It takes `OUT_DIR` and the rest of a build script's environment, and returns the
//! target directory.
//!
//! `OUT_DIR` is in the build directory, which is the target directory unless `build.build-dir` is configured.
//! If anything hints at that setting, or the directory may not be the target directory, this module runs
//! `cargo metadata`.

use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::env::BuildEnv;
use crate::messages;

/// The reason why the target directory cannot be found.
#[derive(Debug)]
pub(crate) enum TargetError {
    /// `OUT_DIR` does not have Cargo's layout.
    Layout(PathBuf),
    /// The program `cargo` could not be started to run `cargo metadata`.
    Cargo(PathBuf, std::io::Error),
    /// `cargo metadata` failed with this message.
    Metadata(String),
}

impl fmt::Display for TargetError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = match self {
            Self::Layout(out_dir) => messages::out_dir_layout_unknown(out_dir),
            Self::Cargo(cargo, cause) => messages::cargo_metadata_not_started(cargo, cause),
            Self::Metadata(reason) => messages::cargo_metadata_failed(reason),
        };
        formatter.write_str(&message.full())
    }
}

impl std::error::Error for TargetError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Cargo(_, cause) => Some(cause),
            Self::Layout(_) | Self::Metadata(_) => None,
        }
    }
}

/// Finds the target directory, which contains the final artefacts of every profile and triple.
///
/// # Errors
///
/// Fails if `OUT_DIR` was not created by Cargo, or if `cargo metadata` is needed and fails.
pub(crate) fn target_directory(env: &BuildEnv) -> Result<PathBuf, TargetError> {
    let root = build_directory(env)?;
    let may_be_apart = hints_at_build_dir(env);
    if !may_be_apart && is_default_target(env, &root) {
        return Ok(root);
    }
    // Cargo reads its configuration from its working directory, which is mostly in the package's workspace.
    let places = [Some(&env.manifest_dir), env.pwd.as_ref()];
    for place in places.into_iter().flatten().filter(|place| place.is_dir()) {
        match run_cargo_metadata(env, place) {
            Ok((target, build)) if is_below(&env.out_dir, &build) => return Ok(target),
            // A copy of the package inside its workspace is not a member of it, so Cargo rejects the question.
            // The build directory is the target directory unless something sets it apart.
            Ok(_) => {}
            Err(TargetError::Metadata(_)) if !may_be_apart => {}
            Err(error) => return Err(error),
        }
    }
    Ok(root)
}

/// Returns the build directory, which contains the folders of all profiles. It is `<root>` in the path in `OUT_DIR`,
/// `<root>/[<triple>/]<profile>/build/<package>-<hash>/out`. Cargo's future layout has `<package>/<hash>` instead of
/// `<package>-<hash>`.
fn build_directory(env: &BuildEnv) -> Result<PathBuf, TargetError> {
    let unknown = || TargetError::Layout(env.out_dir.clone());
    let unit = env.out_dir.parent().ok_or_else(unknown)?;
    let named = |path: &Path, name: &str| path.file_name() == Some(OsStr::new(name));
    let is_build = |path: &&Path| named(path, "build");
    let above = unit.parent().ok_or_else(unknown)?;
    let hashed = unit.file_name().and_then(OsStr::to_str).is_some_and(|unit| {
        unit.strip_prefix(&*env.name).is_some_and(|hash| hash.starts_with('-'))
    });
    let build = if hashed {
        Some(above).filter(is_build)
    } else if named(above, &env.name) {
        above.parent().filter(is_build)
    } else {
        None
    };
    let profile = build.and_then(Path::parent).ok_or_else(unknown)?;
    let root = profile.parent().ok_or_else(unknown)?;
    let root = match root.parent() {
        Some(above) if is_triple(env, root, above) => above,
        _ => root,
    };
    Ok(root.to_path_buf())
}

/// Returns whether `dir` is the folder that Cargo creates for `--target`; `above` is its parent. Since a target
/// directory may itself have the name of the triple, the parent must have the tag file that Cargo puts into its
/// directories.
fn is_triple(env: &BuildEnv, dir: &Path, above: &Path) -> bool {
    let given = [&env.target_dir, &env.build_dir];
    let is_given = given.into_iter().flatten().any(|given| is_same_directory(env, given, dir));
    !is_given
        && !env.target.is_empty()
        && dir.file_name() == Some(OsStr::new(&env.target))
        && above.join("CACHEDIR.TAG").is_file()
}

/// Returns whether a directory that the user set, `given`, is the directory `dir`. A relative path is relative to
/// Cargo's working directory, which is not known for certain.
fn is_same_directory(env: &BuildEnv, given: &Path, dir: &Path) -> bool {
    if given.is_absolute() {
        return same_file(given, dir);
    }
    let places = [Some(&env.manifest_dir), env.pwd.as_ref()];
    places.into_iter().flatten().any(|place| same_file(&place.join(given), dir))
}

/// Returns whether two paths are the same file or directory.
fn same_file(one: &Path, other: &Path) -> bool {
    one == other
        || fs::canonicalize(one)
            .is_ok_and(|one| fs::canonicalize(other).is_ok_and(|two| one == two))
}

/// Returns whether the environment or a configuration file of Cargo may set `build.build-dir`.
fn hints_at_build_dir(env: &BuildEnv) -> bool {
    let dirs = env.manifest_dir.ancestors().chain(env.pwd.iter().flat_map(|pwd| pwd.ancestors()));
    let configs = dirs
        .map(|dir| dir.join(".cargo"))
        .chain(env.cargo_home.clone())
        .flat_map(|dir| [dir.join("config.toml"), dir.join("config")]);
    let speaks = |config: PathBuf| {
        fs::read(config).is_ok_and(|text| {
            let text = String::from_utf8_lossy(&text);
            // `include` loads another configuration file.
            text.contains("build-dir") || text.contains("include")
        })
    };
    env.build_dir.is_some() || configs.into_iter().any(speaks)
}

/// Returns whether `root` is the target directory by Cargo's default rule. It is the directory that the user
/// set. If the user set no directory, it is `target` beside the manifest of the package or of a workspace above the
/// package.
fn is_default_target(env: &BuildEnv, root: &Path) -> bool {
    if let Some(given) = &env.target_dir {
        return is_same_directory(env, given, root);
    }
    let beside = root.parent().unwrap_or(root);
    root.file_name() == Some(OsStr::new("target"))
        && env.manifest_dir.ancestors().any(|dir| same_file(dir, beside))
        && beside.join("Cargo.toml").is_file()
}

/// Returns whether a path is below a directory.
fn is_below(path: &Path, dir: &Path) -> bool {
    path.starts_with(dir)
        || fs::canonicalize(path)
            .is_ok_and(|path| fs::canonicalize(dir).is_ok_and(|dir| path.starts_with(dir)))
}

/// Runs `cargo metadata` in the directory `place`. Returns the target directory, then the build directory.
fn run_cargo_metadata(env: &BuildEnv, place: &Path) -> Result<(PathBuf, PathBuf), TargetError> {
    let mut cargo = Command::new(&env.cargo);
    for name in ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR", "CARGO_BUILD_BUILD_DIR"] {
        cargo.env_remove(name);
    }
    let given = [("CARGO_TARGET_DIR", &env.target_dir), ("CARGO_BUILD_BUILD_DIR", &env.build_dir)];
    for (name, value) in given {
        cargo.envs(value.iter().map(|value| (name, value)));
    }
    let output = cargo
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1", "--manifest-path"])
        .arg(env.manifest_dir.join("Cargo.toml"))
        .current_dir(place)
        .output()
        .map_err(|cause| TargetError::Cargo(env.cargo.clone(), cause))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(TargetError::Metadata(stderr));
    }
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)
        .map_err(|cause| TargetError::Metadata(cause.to_string()))?;
    let path = |key: &str| metadata[key].as_str().map(PathBuf::from);
    let target = path("target_directory")
        .ok_or_else(|| TargetError::Metadata("no `target_directory` in its answer".to_owned()))?;
    // Before Cargo 1.91 the two are the same.
    let build = path("build_directory").unwrap_or_else(|| target.clone());
    Ok((target, build))
}

#[cfg(test)]
mod tests;
