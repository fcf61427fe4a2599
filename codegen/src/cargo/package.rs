//! A package as its manifest and its files describe it, with its targets and its metadata.

use std::ops::Range;
use std::path::PathBuf;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A package, with the targets that are available in this build.
#[derive(Debug)]
pub(crate) struct CargoPackage {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) description: Option<String>,
    pub(crate) manifest_path: PathBuf,
    pub(crate) dir: PathBuf,
    pub(crate) lib: Option<Lib>,
    /// The binaries in Cargo's order: first those that the manifest declares, then `src/main.rs`, then `src/bin/*`
    /// by name. Binaries whose `required-features` are not active are left out.
    pub(crate) bins: Vec<Bin>,
    /// The binary that `cargo run` starts if the package has several.
    pub(crate) default_run: Option<String>,
    /// The name by which the package's code calls the crate `skylift`.
    pub(crate) facade: String,
    pub(crate) metadata: Option<MetadataTable>,
}

/// The library of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lib {
    /// The name of the library's crate, with underscores.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
}

/// A binary of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bin {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
}

/// `[package.metadata.skylift]` with the places of its keys and values.
#[derive(Debug)]
pub(crate) struct MetadataTable {
    /// The text of the whole manifest; `span` is a place in this text.
    pub(crate) text: String,
    /// The place of the table in the manifest, for errors that concern the whole table.
    pub(crate) span: Range<usize>,
}

impl MetadataTable {
    /// Parses and returns the table. It is parsed again at each call, because a `toml` table with spans borrows
    /// from its text.
    pub(crate) fn table(&self) -> DeTable<'_> {
        let mut table = match DeTable::parse(&self.text) {
            Ok(document) => document.into_inner(),
            Err(_) => return DeTable::new(),
        };
        for key in ["package", "metadata", "skylift"] {
            table = match table.remove(key).map(Spanned::into_inner) {
                Some(DeValue::Table(table)) => table,
                _ => return DeTable::new(),
            };
        }
        table
    }
}
