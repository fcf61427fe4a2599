//! The environment variables by which Cargo describes the package and the build to a build script.

use std::ffi::OsString;
use std::path::PathBuf;

/// The variables of a build script's environment that describe the package and its place. A variable that is not
/// set is an empty text, an empty path or `None`.
#[derive(Debug, Clone, Default)]
pub(crate) struct BuildEnv {
    /// The package's name: `CARGO_PKG_NAME`.
    pub(crate) name: String,
    /// The package's version: `CARGO_PKG_VERSION`.
    pub(crate) version: String,
    /// The package's description: `CARGO_PKG_DESCRIPTION`.
    pub(crate) description: String,
    /// The package's folder: `CARGO_MANIFEST_DIR`.
    pub(crate) manifest_dir: PathBuf,
    /// The folder for the build script's outputs: `OUT_DIR`.
    pub(crate) out_dir: PathBuf,
    /// The path of the program `cargo`: `CARGO`.
    pub(crate) cargo: PathBuf,
    /// The target triple, which Cargo sets even without `--target`: `TARGET`.
    pub(crate) target: String,
    /// The target directory, if the user set one: `CARGO_TARGET_DIR`, or else `CARGO_BUILD_TARGET_DIR`.
    pub(crate) target_dir: Option<PathBuf>,
    /// The build directory, if the user set one: `CARGO_BUILD_BUILD_DIR`.
    pub(crate) build_dir: Option<PathBuf>,
    /// Cargo's home directory: `CARGO_HOME`.
    pub(crate) cargo_home: Option<PathBuf>,
    /// In most cases the directory where the user started Cargo, because Cargo does not change the variable: `PWD`.
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
