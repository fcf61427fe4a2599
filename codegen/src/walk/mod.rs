//! Walks the modules of a crate by rustc's rules, fast enough for an unoptimised build script. It takes the
//! root file of a target and the active `cfg`s, and returns every item with a Skylift attribute, with its
//! tokens and its place. Function bodies are never parsed.
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

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use skylift_model::message::Message;

pub(crate) use self::cfg::Cfg;
pub(crate) use self::lines::line_column;
use self::tree::ModuleTree;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AttributeKind {
    Function,
    Resource,
    Init,
}

/// The result of a walk.
#[derive(Debug)]
pub(crate) struct WalkedCrate {
    /// The annotated items in the order of the source; the items of a file come where its `mod name;` is.
    pub(crate) items: Vec<AnnotatedItem>,
    /// The paths for `cargo::rerun-if-changed`: every file that was read and, for a module whose file is missing, the
    /// paths where it may be created. If a module's file was found, its other possible path is not listed, because
    /// Cargo reruns the build script every time if a listed file does not exist.
    pub(crate) files: Vec<PathBuf>,
    /// Whether the root calls `skylift::main!()`, under any name.
    pub(crate) main: bool,
    /// Errors in the source. rustc reports them too, and better.
    pub(crate) errors: Vec<SourceError>,
}

/// An item with a Skylift attribute.
#[derive(Debug)]
pub(crate) struct AnnotatedItem {
    pub(crate) attribute: AttributeKind,
    /// The tokens in the attribute's brackets.
    pub(crate) args: TokenStream,
    /// The item as rustc passes it to the attribute's macro, but without a function's body: `cfg` is removed, every
    /// `cfg_attr` is resolved, and of several Skylift attributes only the later ones remain.
    pub(crate) item: TokenStream,
    /// The path of modules from the crate's root; raw identifiers without their `r#`.
    pub(crate) module: Vec<String>,
    pub(crate) file: PathBuf,
    /// The line of the attribute, or of the `cfg_attr` that contains it; from 1.
    pub(crate) line: usize,
    /// The column in characters, from 1.
    pub(crate) column: usize,
}

/// A place where the source cannot be parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SourceError {
    pub(crate) path: PathBuf,
    pub(crate) line: usize,
    pub(crate) message: Message,
}

/// Walks the crate whose root file is `root`. `facade` is the name of the crate `skylift` in paths: `skylift`, unless
/// Cargo.toml renames it.
pub(crate) fn walk_crate(root: &Path, cfg: &Cfg, facade: &str) -> WalkedCrate {
    let mut tree = ModuleTree::read(root, cfg);
    let (items, lex_errors, main) = annotated::find_annotated_items(&tree, facade);
    let mut files: Vec<_> = tree.sources.drain(..).map(|source| source.path).collect();
    files.append(&mut tree.missing);
    let mut seen = HashSet::new();
    files.retain(|file| seen.insert(file.clone()));
    let mut errors = tree.errors;
    errors.extend(lex_errors);
    WalkedCrate { items, files, main, errors }
}
