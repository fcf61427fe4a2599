//! Finds what the build step left for this compilation: the note of an item, and the index.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use proc_macro2::{Ident, Span, TokenStream};
use skylift_model::problem::PlaceInItem;
use skylift_syntax::errors::Errors;
use skylift_syntax::handoff::{self, Index, Note, Unread, layout};
use skylift_syntax::place::Place;

use crate::compiler;

/// Set by rust-analyzer for the process that expands macros.
const EDITOR: &str = "RUST_ANALYZER_INTERNALS_DO_NOT_USE";

/// The version of the build step that is understood.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Whether this compilation has been told that it cannot read what the build step left. Every item
/// finds out for itself, and the user is to read it once.
static TOLD: AtomicBool = AtomicBool::new(false);

/// The build step's folder. `SKYLIFT_NOTES` names it where Cargo ran no build script for this crate,
/// as when another build system ran the step.
pub(crate) fn folder() -> Option<PathBuf> {
    let notes = std::env::var_os("SKYLIFT_NOTES").map(PathBuf::from);
    notes.or_else(|| std::env::var_os("OUT_DIR").map(|out| layout::folder(Path::new(&out))))
}

/// Whether the build step has run for this compilation.
pub(crate) fn has_run() -> bool {
    folder().is_some_and(|folder| layout::index(&folder).exists())
}

/// The index of the application, where the build step has run.
///
/// An example in documentation always has one: it is no part of the package's application, and nothing of it
/// is published. Only the name of the runtime crate comes from the package, if the build step has run for it.
pub(crate) fn index() -> Option<Result<Index, Unread>> {
    let read = || {
        let text = std::fs::read_to_string(layout::index(&folder()?)).ok()?;
        Some(Index::read(&text, VERSION))
    };
    if compiler::compiles_doctest() {
        let facade = read().and_then(Result::ok).unwrap_or_default().facade;
        return Some(Ok(Index { facade, ..Index::default() }));
    }
    read()
}

/// The note of an item, or why there is none. An error in the note is reported by the caller, who
/// knows the item's places.
///
/// The note of an item in an example holds the name of the runtime crate alone: the build step reads no
/// examples.
///
/// That the build step is missing is not said here: one message by the functions is enough. Where it is
/// of another version, that is said, and the item gets an empty note, so that nothing else is.
pub(crate) fn of_item(
    ident: &Ident,
    args: &TokenStream,
    item: &TokenStream,
    errors: &mut Errors,
) -> Option<Note> {
    if compiler::compiles_doctest() {
        let index = index().and_then(Result::ok).unwrap_or_default();
        return Some(Note { facade: index.facade, ..Note::default() });
    }
    let place = Place::of(ident.span());
    let folder = folder().filter(|_| has_run())?;
    let file = handoff::file_name(&ident.to_string(), args, item);
    let text = |file: PathBuf| std::fs::read_to_string(file).ok();
    let found = text(layout::notes(&folder).join(file))
        .or_else(|| in_editor(ident, &folder).and_then(text))
        .map(|text| Note::read(&text, VERSION))
        // Another version may name its notes otherwise.
        .or_else(|| index()?.err().map(Err));
    match found {
        Some(Ok(note)) => Some(note),
        Some(Err(unread)) => {
            tell_unread(&unread, &place, errors);
            Some(Note::default())
        }
        None => {
            errors.push(&place, format!("the build step did not see `{ident}`")).help(
                "it reads the source and knows no other macro's output: write the item in a module of the package's\nlibrary or binary, not inside a macro, a function, an `impl` block, an example or a test",
            );
            None
        }
    }
}

/// Says why what the build step left cannot be read, once in a compilation. An editor expands items one
/// by one, again and again, so that there each says it.
pub(crate) fn tell_unread(unread: &Unread, place: &Place, errors: &mut Errors) {
    let told = TOLD.swap(true, Ordering::Relaxed);
    if !told || std::env::var_os(EDITOR).is_some() {
        let (message, help) = unread.message(VERSION);
        errors.push(place, message).help(help);
    }
}

/// Reports what the build step found, at the item's own places.
pub(crate) fn report(note: &Note, place: impl Fn(&PlaceInItem) -> Place, errors: &mut Errors) {
    for problem in &note.problems {
        errors.push(&place(&problem.at), problem.message.clone());
    }
}

/// In an editor the item may be newer than its note: what is typed is not saved yet. An older note
/// of the item serves until it is.
fn in_editor(ident: &Ident, folder: &Path) -> Option<PathBuf> {
    std::env::var_os(EDITOR)?;
    let stem = handoff::stem(&ident.to_string());
    let files = std::fs::read_dir(layout::notes(folder)).ok()?.flatten();
    let mut files =
        files.filter(|file| file.file_name().to_str().is_some_and(|name| name.starts_with(&stem)));
    files.next().map(|file| file.path())
}

/// Says that the build step has not run, and how to have it run.
pub(crate) fn missing(place: &Place, errors: &mut Errors) {
    let (major, minor) = (env!("CARGO_PKG_VERSION_MAJOR"), env!("CARGO_PKG_VERSION_MINOR"));
    errors.push(place, "Skylift's build step has not run for this package").help(format!(
        "add it, in three lines:\n  Cargo.toml   [build-dependencies]\n               skylift-codegen = \"{major}.{minor}\"\n  build.rs     fn main() {{ skylift_codegen::build() }}"
    ));
}

/// The runtime crate, by the name that the package has for it.
pub(crate) fn facade(name: &str) -> TokenStream {
    let name = if name.is_empty() { "skylift" } else { name };
    let name = Ident::new(name, Span::call_site());
    quote::quote!(::#name)
}

/// The package that is being compiled.
pub(crate) fn package() -> String {
    std::env::var("CARGO_PKG_NAME").unwrap_or_default()
}
