//! What the build step hands over to the macros: a note for each item, an index for the application,
//! and the outputs that are published once a binary is linked. The two run in different processes, so
//! it all goes through files. This module says how they are named, found, written and read, for both
//! sides; neither side says any of it a second time.
//!
//! The files have one version, that of the crates. A file of another version is not read at all: see
//! [`Unread`].

mod binaries;
mod hash;
mod index;
pub mod layout;
mod note;
mod stamps;
mod text;
mod version;

pub use self::binaries::Binaries;
pub use self::hash::of_text as hash;
pub use self::index::{Handler, Index, Link, Outputs};
pub use self::note::{Found, Note, file_name, stem};
pub use self::stamps::Stamps;
pub use self::version::Unread;
