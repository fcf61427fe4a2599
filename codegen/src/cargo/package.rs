//! A package, as its manifest and its files describe it.

use std::ops::Range;
use std::path::PathBuf;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A package with the targets that are available in this build.
#[derive(Debug)]
pub(crate) struct CargoPackage {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) description: Option<String>,
    pub(crate) manifest_path: PathBuf,
    pub(crate) dir: PathBuf,
    pub(crate) lib: Option<Lib>,
    /// In Cargo's order: the declared ones, `src/main.rs`, then `src/bin/*` by name. Those whose `required-features`
    /// are not active are left out.
    pub(crate) bins: Vec<Bin>,
    /// The binary that `cargo run` starts if there are several.
    pub(crate) default_run: Option<String>,
    /// The name of the crate `skylift` in the package's code.
    pub(crate) facade: String,
    pub(crate) metadata: Option<MetadataTable>,
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

/// `[package.metadata.skylift]` with the places of its keys and values.
#[derive(Debug)]
pub(crate) struct MetadataTable {
    /// The whole manifest; the spans of the table are relative to it.
    pub(crate) text: String,
    /// The place of the table, for errors that concern the whole table.
    pub(crate) span: Range<usize>,
}

impl MetadataTable {
    /// Returns the table. It is parsed again, because a `toml` table with spans borrows from its text.
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
