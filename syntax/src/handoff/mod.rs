//! The handoff from the build step to the macros: a note for each item, an index for the application, and the
//! outputs to publish once a binary is linked. The build step and the macros run in different processes, so the
//! handoff consists of files. This module defines the names, places and formats of the files for both sides.
//!
//! All files have one version, which is the version of the crates. A file of another version is not read:
//! see [`HandoffError`].

mod binaries;
mod directory;
mod fields;
mod file;
mod hash;
mod index;
pub mod layout;
mod note;
mod record;
mod stamps;
mod write_error;

pub use self::binaries::AppBinaries;
pub use self::directory::{OutputDirectory, remove_if_exists};
pub use self::file::HandoffError;
pub use self::hash::hash_text;
pub use self::index::{AppIndex, Cors, Outputs, Program, ServedHandler, Variable};
pub use self::note::{Note, NoteProblem, RouteNote, file_name, file_name_prefix};
pub use self::record::{PublicationRecord, PublishedProgram};
pub use self::stamps::Stamps;
pub use self::write_error::WriteError;
