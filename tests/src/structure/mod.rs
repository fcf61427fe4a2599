//! Tests of the structure of the crates: which crate may depend on which, and which file may import which. Takes the
//! manifests and sources of the workspace. An error names the crate, the files and the imported names.
// See decision 0002.

mod crates;
mod cycle;
mod graph;
mod imports;
mod items;
mod modules;
mod tokens;

use crate::workspace::{Files, read_rust_files};
