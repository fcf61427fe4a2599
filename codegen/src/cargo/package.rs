//! A package, as its manifest and its files have it.

use std::ops::Range;
use std::path::PathBuf;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

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

/// `[package.metadata.skylift]` with the places of its keys and values.
#[derive(Debug)]
pub(crate) struct Metadata {
    /// The whole manifest, which the spans of the table count in.
    pub(crate) text: String,
    /// Where the table is, for what is wrong with all of it.
    pub(crate) span: Range<usize>,
}

impl Metadata {
    /// The table itself. It is parsed again: a `toml` table with spans borrows from its text.
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
