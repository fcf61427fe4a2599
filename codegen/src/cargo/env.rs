//! The environment variables by which Cargo describes the package and the build to a build script.

use std::ffi::OsString;
use std::path::PathBuf;

/// The variables of a build script's environment that describe the package and its place. A variable that is not
/// set is an empty text, an empty path or `None`.
#[derive(Debug, Clone, Default)]
pub(crate) struct BuildEnv {
    /// `CARGO_PKG_NAME`
    pub(crate) name: String,
    /// `CARGO_PKG_VERSION`
    pub(crate) version: String,
    /// `CARGO_PKG_DESCRIPTION`
    pub(crate) description: String,
    /// `CARGO_MANIFEST_DIR`
    pub(crate) manifest_dir: PathBuf,
    /// `OUT_DIR`
    pub(crate) out_dir: PathBuf,
    /// `CARGO`: the path of the program `cargo`.
    pub(crate) cargo: PathBuf,
    /// `TARGET`: the target triple, which Cargo sets even without `--target`.
    pub(crate) target: String,
    /// `CARGO_TARGET_DIR`, or else `CARGO_BUILD_TARGET_DIR`, if the user set one.
    pub(crate) target_dir: Option<PathBuf>,
    /// `CARGO_BUILD_BUILD_DIR`, if the user set it.
    pub(crate) build_dir: Option<PathBuf>,
    /// `CARGO_HOME`
    pub(crate) cargo_home: Option<PathBuf>,
    /// `PWD`: in most cases the directory where the user started Cargo, because Cargo does not change the variable.
    pub(crate) pwd: Option<PathBuf>,
}

impl BuildEnv {
    /// Reads the variables of the environment with `var`, which is `std::env::var_os` in a build script.
    pub(crate) fn from_vars(var: impl Fn(&str) -> Option<OsString>) -> Self {
        let set = |name: &str| var(name).filter(|value| !value.is_empty());
        let text = |name: &str| {
            set(name).map(|value| value.to_string_lossy().into_owned()).unwrap_or_default()
        };
        let path = |name: &str| set(name).map(PathBuf::from);
        Self {
            name: text("CARGO_PKG_NAME"),
            version: text("CARGO_PKG_VERSION"),
            description: text("CARGO_PKG_DESCRIPTION"),
            manifest_dir: path("CARGO_MANIFEST_DIR").unwrap_or_default(),
            out_dir: path("OUT_DIR").unwrap_or_default(),
            cargo: path("CARGO").unwrap_or_else(|| PathBuf::from("cargo")),
            target: text("TARGET"),
            target_dir: path("CARGO_TARGET_DIR").or_else(|| path("CARGO_BUILD_TARGET_DIR")),
            build_dir: path("CARGO_BUILD_BUILD_DIR"),
            cargo_home: path("CARGO_HOME"),
            pwd: path("PWD"),
        }
    }
}
