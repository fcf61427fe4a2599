//! The package that is being built, as Cargo sees it. This module takes a build script's environment and the
//! package's manifest. It returns the targets, the name of the crate `skylift` in the package, the table
//! `[package.metadata.skylift]`, and the target directory.

mod env;
mod facade;
mod lookup;
mod manifest;
mod package;
mod target_directory;
mod targets;

pub(crate) use self::env::BuildEnv;
pub(crate) use self::manifest::{is_packaged_copy, read_package};
pub(crate) use self::package::CargoPackage;
pub(crate) use self::target_directory::target_directory;
