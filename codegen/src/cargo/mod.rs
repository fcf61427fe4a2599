//! The package that is being built, as Cargo sees it. It takes a build script's environment and the
//! package's manifest, and gives the targets, the name by which the package calls us, the settings
//! in `[package.metadata.skylift]`, and the directory where Cargo puts what it builds.

mod directory;
mod env;
mod facade;
mod manifest;
mod tables;
mod targets;

use std::path::PathBuf;

pub(crate) use self::directory::{artifact, target_directory};
pub(crate) use self::env::Env;
pub(crate) use self::manifest::{Metadata, read};

/// A package with the targets that this build can have.
#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) description: Option<String>,
    pub(crate) manifest_path: PathBuf,
    pub(crate) dir: PathBuf,
    pub(crate) lib: Option<Lib>,
    /// In the order of Cargo: those declared, `src/main.rs`, `src/bin/*` by name; without those
    /// whose `required-features` are not active.
    pub(crate) bins: Vec<Bin>,
    /// The bin that `cargo run` takes among several.
    pub(crate) default_run: Option<String>,
    /// The name by which the package's code calls the crate `skylift`.
    pub(crate) facade: String,
    pub(crate) metadata: Option<Metadata>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lib {
    /// The crate's name, with underscores.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bin {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
}
