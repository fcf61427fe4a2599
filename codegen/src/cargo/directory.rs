//! Where Cargo puts what it builds. It takes `OUT_DIR` and the rest of a build script's
//! environment, and gives the target directory and the place of a binary in it.
//!
//! `OUT_DIR` lies in the build directory, which is the target directory unless `build.build-dir`
//! is configured. Where anything hints at that, or the directory is not plainly the target
//! directory, Cargo itself is asked.

use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::env::Env;

/// A target directory that cannot be found, and why.
#[derive(Debug)]
pub(crate) enum TargetError {
    /// `OUT_DIR` is nothing that Cargo would make.
    Layout(PathBuf),
    /// `cargo metadata` did not run.
    Cargo(PathBuf, std::io::Error),
    /// `cargo metadata` ran, and said this.
    Metadata(String),
}

impl fmt::Display for TargetError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Layout(out) => {
                write!(formatter, "`OUT_DIR` is not as Cargo makes it: `{}`", out.display())?;
            }
            Self::Cargo(cargo, cause) => {
                write!(formatter, "cannot run `{} metadata`: {cause}", cargo.display())?;
            }
            Self::Metadata(said) => {
                write!(formatter, "`cargo metadata` does not give the target directory: {said}")?;
            }
        }
        write!(formatter, "\nhelp: name a directory for the outputs in `SKYLIFT_OUT_DIR`")
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

/// What `OUT_DIR` is made of.
#[derive(Debug, PartialEq, Eq)]
struct Layout {
    /// The build directory.
    root: PathBuf,
    /// `debug`, `release` or a profile's name, below the triple where `--target` is given.
    profile: PathBuf,
}

/// The directory that holds the finished artefacts of every profile and triple.
///
/// # Errors
///
/// Where `OUT_DIR` was not made by Cargo, and where Cargo has to be asked and does not answer.
pub(crate) fn target_directory(env: &Env) -> Result<PathBuf, TargetError> {
    let root = layout(env)?.root;
    if !hints_at_build_dir(env) && is_plainly_target(env, &root) {
        return Ok(root);
    }
    // Cargo reads its configuration from where it was started: mostly in the package's workspace.
    let places = [Some(&env.manifest_dir), env.pwd.as_ref()];
    for place in places.into_iter().flatten().filter(|place| place.is_dir()) {
        let (target, build) = ask(env, place)?;
        if is_below(&env.out_dir, &build) {
            return Ok(target);
        }
    }
    Ok(root)
}

/// Where the binary `bin` of this build comes to be, in the directory that [`target_directory`]
/// gave.
///
/// # Errors
///
/// Where `OUT_DIR` was not made by Cargo.
pub(crate) fn artifact(env: &Env, target_dir: &Path, bin: &str) -> Result<PathBuf, TargetError> {
    let suffix = if env.target.contains("windows") { ".exe" } else { "" };
    Ok(target_dir.join(layout(env)?.profile).join(format!("{bin}{suffix}")))
}

/// Takes `<root>/[<triple>/]<profile>/build/<package>-<hash>/out` apart, or the layout to come,
/// which has `<package>/<hash>` there.
fn layout(env: &Env) -> Result<Layout, TargetError> {
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
    let profile = profile.strip_prefix(root).map_err(|_| unknown())?.to_path_buf();
    Ok(Layout { root: root.to_path_buf(), profile })
}

/// Whether `dir` is the folder of a `--target`. A target directory may itself be named as the
/// triple: what is above the folder bears the tag that Cargo gives its directories.
fn is_triple(env: &Env, dir: &Path, above: &Path) -> bool {
    let given = [&env.target_dir, &env.build_dir];
    let is_given = given.into_iter().flatten().any(|given| is_same(env, given, dir));
    !is_given
        && !env.target.is_empty()
        && dir.file_name() == Some(OsStr::new(&env.target))
        && above.join("CACHEDIR.TAG").is_file()
}

/// Whether a directory that the user gave is `dir`. A relative one counts from where Cargo was
/// started, which is not known for certain.
fn is_same(env: &Env, given: &Path, dir: &Path) -> bool {
    if given.is_absolute() {
        return same_file(given, dir);
    }
    let places = [Some(&env.manifest_dir), env.pwd.as_ref()];
    places.into_iter().flatten().any(|place| same_file(&place.join(given), dir))
}

fn same_file(one: &Path, other: &Path) -> bool {
    one == other
        || fs::canonicalize(one)
            .is_ok_and(|one| fs::canonicalize(other).is_ok_and(|two| one == two))
}

/// Whether anything that a build script can see speaks of a build directory.
fn hints_at_build_dir(env: &Env) -> bool {
    let dirs = env.manifest_dir.ancestors().chain(env.pwd.iter().flat_map(|pwd| pwd.ancestors()));
    let configs = dirs
        .map(|dir| dir.join(".cargo"))
        .chain(env.cargo_home.clone())
        .flat_map(|dir| [dir.join("config.toml"), dir.join("config")]);
    let speaks = |config: PathBuf| {
        fs::read(config).is_ok_and(|text| {
            let text = String::from_utf8_lossy(&text);
            // Another file may be drawn in by `include`.
            text.contains("build-dir") || text.contains("include")
        })
    };
    env.build_dir.is_some() || configs.into_iter().any(speaks)
}

/// Whether `root` is the target directory by Cargo's own rule: what the user gave, or `target`
/// beside the manifest of the package or of a workspace above it.
fn is_plainly_target(env: &Env, root: &Path) -> bool {
    if let Some(given) = &env.target_dir {
        return is_same(env, given, root);
    }
    let beside = root.parent().unwrap_or(root);
    root.file_name() == Some(OsStr::new("target"))
        && env.manifest_dir.ancestors().any(|dir| same_file(dir, beside))
        && beside.join("Cargo.toml").is_file()
}

fn is_below(path: &Path, dir: &Path) -> bool {
    path.starts_with(dir)
        || fs::canonicalize(path)
            .is_ok_and(|path| fs::canonicalize(dir).is_ok_and(|dir| path.starts_with(dir)))
}

/// Asks Cargo, started in `place`, for its target and build directory.
fn ask(env: &Env, place: &Path) -> Result<(PathBuf, PathBuf), TargetError> {
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
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(TargetError::Metadata(said));
    }
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)
        .map_err(|cause| TargetError::Metadata(cause.to_string()))?;
    let path = |key: &str| metadata[key].as_str().map(PathBuf::from);
    let target = path("target_directory")
        .ok_or_else(|| TargetError::Metadata("no `target_directory` in its answer".to_owned()))?;
    // Before Cargo 1.91 the two are one.
    let build = path("build_directory").unwrap_or_else(|| target.clone());
    Ok((target, build))
}

#[cfg(test)]
mod tests;
