//! Finds what the build step left for this compilation: the note of an item, and the index.

use std::path::PathBuf;

use proc_macro2::{Ident, Span, TokenStream};
use skylift_model::problem::At;
use skylift_syntax::errors::Errors;
use skylift_syntax::index::{Index, layout};
use skylift_syntax::note::{self, Note};
use skylift_syntax::place::Place;

/// Set by rust-analyzer for the process that expands macros.
const EDITOR: &str = "RUST_ANALYZER_INTERNALS_DO_NOT_USE";

/// The build step's folder. `SKYLIFT_NOTES` names it where Cargo ran no build script for this crate,
/// as when another build system ran the step.
fn folder() -> Option<PathBuf> {
    let notes = std::env::var_os("SKYLIFT_NOTES").map(PathBuf::from);
    notes.or_else(|| std::env::var_os("OUT_DIR").map(|out| PathBuf::from(out).join(layout::FOLDER)))
}

/// Whether the build step has run for this compilation.
pub(crate) fn has_run() -> bool {
    folder().is_some_and(|folder| folder.join(layout::INDEX).exists())
}

/// The index of the application, where the build step has run.
pub(crate) fn index() -> Option<Index> {
    let text = std::fs::read_to_string(folder()?.join(layout::INDEX)).ok()?;
    Index::parse(&text)
}

/// The note of an item, or why there is none. An error in the note is reported by the caller, who
/// knows the item's places.
///
/// That the build step is missing is not said here: one message by the functions is enough.
pub(crate) fn of_item(
    ident: &Ident,
    args: &TokenStream,
    item: &TokenStream,
    errors: &mut Errors,
) -> Option<Note> {
    let place = Place::of(ident.span());
    let folder = folder().filter(|_| has_run())?;
    let file = note::file_name(&ident.to_string(), args, item);
    let read = |file: PathBuf| std::fs::read_to_string(file).ok().as_deref().and_then(Note::parse);
    let found = read(folder.join(layout::NOTES).join(file))
        .or_else(|| in_editor(ident, &folder).and_then(read));
    if found.is_none() {
        errors.push(&place, format!("the build step did not see `{ident}`")).help(
            "it reads the source and knows no other macro's output: write the item in a module of the package's\nlibrary or binary, not inside a macro, a function, an `impl` block, an example or a test",
        );
    }
    found
}

/// Reports what the build step found, at the item's own places.
pub(crate) fn report(note: &Note, place: impl Fn(&At) -> Place, errors: &mut Errors) {
    for problem in &note.problems {
        let message = errors.push(&place(&problem.at), &problem.message);
        message.help.clone_from(&problem.help);
    }
}

/// In an editor the item may be newer than its note: what is typed is not saved yet. An older note
/// of the item serves until it is.
fn in_editor(ident: &Ident, folder: &std::path::Path) -> Option<PathBuf> {
    std::env::var_os(EDITOR)?;
    let stem = format!("{}-", ident.to_string().trim_start_matches("r#"));
    let files = std::fs::read_dir(folder.join(layout::NOTES)).ok()?.flatten();
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
