//! A walk through the modules of a crate as rustc takes them, made to be quick in an unoptimised
//! build script. It takes the root file of a target and what is configured, and gives every item
//! that carries one of our attributes, with the item's tokens and place; bodies are never read.

mod attributes;
mod cfg;
mod files;
mod found;
mod imports;
mod items;
mod lines;
mod scope;
mod skim;
#[cfg(test)]
mod tests;
mod tree;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;

pub(crate) use self::cfg::Cfg;
pub(crate) use self::lines::line_column;
use self::tree::Tree;

/// How the package calls us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Names {
    /// The crate's name in paths: `skylift`, unless Cargo.toml renames it.
    pub(crate) krate: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attribute {
    Function,
    Resource,
    Init,
}

/// What a walk found.
#[derive(Debug)]
pub(crate) struct Walked {
    /// In the order of the source, where a `mod name;` stands for what is in its file.
    pub(crate) items: Vec<Found>,
    /// Every file that was read, and of what was looked for in vain every place where it may yet
    /// come to be: what to give to `cargo::rerun-if-changed`. A place is not named where another
    /// file took it, for a file that does not exist makes Cargo run the build script every time.
    pub(crate) files: Vec<PathBuf>,
    /// Whether the root calls `skylift::main!()`, by whatever name.
    pub(crate) main: bool,
    /// What rustc will refuse too, and reports better.
    pub(crate) broken: Vec<Broken>,
}

/// An item with one of our attributes.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) attribute: Attribute,
    /// What stands in the attribute's brackets.
    pub(crate) args: TokenStream,
    /// The item as the attribute's macro is given it, without the body of a function: no `cfg`,
    /// every `cfg_attr` resolved, and of several attributes of ours those that come later.
    pub(crate) item: TokenStream,
    /// The modules below the crate's root; raw identifiers without their `r#`.
    pub(crate) module: Vec<String>,
    pub(crate) file: PathBuf,
    /// Of the attribute, or the `cfg_attr` it is in; from 1.
    pub(crate) line: usize,
    /// In characters, from 1.
    pub(crate) column: usize,
}

/// A place where the source cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Broken {
    pub(crate) path: PathBuf,
    pub(crate) line: usize,
    pub(crate) why: String,
}

/// Walks the crate whose root file is `root`.
pub(crate) fn walk(root: &Path, cfg: &Cfg, names: &Names) -> Walked {
    let mut tree = Tree::read(root, cfg);
    let (items, unlexed, main) = found::find(&tree, names);
    let mut files: Vec<_> = tree.sources.drain(..).map(|source| source.path).collect();
    files.append(&mut tree.missing);
    let mut seen = HashSet::new();
    files.retain(|file| seen.insert(file.clone()));
    let mut broken = tree.broken;
    broken.extend(unlexed);
    Walked { items, files, main, broken }
}
