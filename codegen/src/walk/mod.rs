//! Walks the modules of a crate by rustc's rules, fast enough for an unoptimised build script. It takes the root
//! file of a target and the active `cfg`s. It returns every item with a Skylift attribute, with the item's tokens
//! and place. Function bodies are never parsed.
// See decision 0010.

mod annotated;
mod attributes;
mod cfg;
mod cursor;
mod files;
mod imports;
mod items;
mod lines;
mod scope;
#[cfg(test)]
mod tests;
mod tree;
mod type_scope;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use skylift_model::message::Message;

pub(crate) use self::cfg::Cfg;
pub(crate) use self::lines::line_column;
use self::tree::ModuleTree;
pub(crate) use self::type_scope::{CrateSource, TypeName, TypeScopes};

/// The Skylift attribute of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AttributeKind {
    Function,
    Resource,
    Init,
}

/// The result of walking a crate.
#[derive(Debug)]
pub(crate) struct WalkedCrate {
    /// The annotated items in the order of the source. The items of a module's file come where its `mod name;` is.
    pub(crate) items: Vec<AnnotatedItem>,
    /// The paths for `cargo::rerun-if-changed`: every file that was read and, for a module whose file is missing, the
    /// paths where it may be created. If a module's file was found, its other possible path is not listed, because
    /// Cargo reruns the build script every time if a listed file does not exist.
    pub(crate) files: Vec<PathBuf>,
    /// Whether the root of the crate calls `skylift::main!()`, under any name.
    pub(crate) main: bool,
    /// The places where the source cannot be parsed. rustc reports these errors too, and shows them better.
    pub(crate) errors: Vec<SourceError>,
    /// The source of the crate, in which types can be found by their names.
    pub(crate) source: CrateSource,
}

/// An item with a Skylift attribute, as the walk finds it.
#[derive(Debug)]
pub(crate) struct AnnotatedItem {
    pub(crate) attribute: AttributeKind,
    /// The tokens in the brackets of the Skylift attribute.
    pub(crate) args: TokenStream,
    /// The item as rustc passes it to the attribute's macro, but without a function's body: `cfg` is removed, every
    /// `cfg_attr` is resolved, and of several Skylift attributes only the later ones remain.
    pub(crate) item: TokenStream,
    /// The names of the modules from the crate's root to the item; raw identifiers are without their `r#`.
    pub(crate) module: Vec<String>,
    /// The index of the item's module in the crate's source.
    pub(crate) module_index: usize,
    pub(crate) file: PathBuf,
    /// The line of the Skylift attribute, or of the `cfg_attr` that contains it; from 1.
    pub(crate) line: usize,
    /// The column of the Skylift attribute in characters, from 1.
    pub(crate) column: usize,
}

/// A place where the source cannot be read or parsed, with the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SourceError {
    pub(crate) path: PathBuf,
    pub(crate) line: usize,
    pub(crate) message: Message,
    /// Whether rustc must not run. It would wait for ever, or read for ever, where a file is no regular file.
    pub(crate) stops_build: bool,
    /// Whether rustc reports the same error at the same place: a module has no file, or not one alone.
    pub(crate) is_rustcs: bool,
}

/// Walks the crate whose root file is `root`. `facade` is the name by which the crate's paths call the crate
/// `skylift`: `skylift`, unless Cargo.toml renames it.
pub(crate) fn walk_crate(root: &Path, cfg: &Cfg, facade: &str) -> WalkedCrate {
    let mut tree = ModuleTree::read(root, cfg);
    let found = annotated::find_annotated_items(&tree, facade);
    let mut files: Vec<_> = tree.sources.iter().map(|source| source.path.clone()).collect();
    files.append(&mut tree.missing);
    let mut seen = HashSet::new();
    files.retain(|file| seen.insert(file.clone()));
    let mut errors = std::mem::take(&mut tree.errors);
    errors.extend(found.errors);
    let source = CrateSource::new(tree);
    WalkedCrate { items: found.items, files, main: found.calls_main, errors, source }
}
