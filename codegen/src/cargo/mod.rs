//! The package that is being built, as Cargo sees it. It takes a build script's environment and the package's
//! manifest. It returns the targets, the name of the crate `skylift` in the package, the table
//! `[package.metadata.skylift]`, and the target directory.

mod directory;
mod env;
mod facade;
mod manifest;
mod package;
mod targets;
mod value;

pub(crate) use self::directory::{artifact, target_directory};
pub(crate) use self::env::Env;
pub(crate) use self::manifest::read;
pub(crate) use self::package::Package;
