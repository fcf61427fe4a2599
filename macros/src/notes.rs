//! Finds the files that the build step wrote for this compilation: the note of an item, and the index of the
//! application.
// See decision 0013.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use proc_macro2::{Ident, Span, TokenStream};
use skylift_model::problem::PlaceInItem;
use skylift_syntax::errors::Errors;
use skylift_syntax::handoff::{self, AppIndex, HandoffError, Note, layout};
use skylift_syntax::span::SourceSpan;

use crate::{compiler, messages};

/// The environment variable that rust-analyzer sets for the process that expands macros.
const EDITOR: &str = "RUST_ANALYZER_INTERNALS_DO_NOT_USE";

/// The version of the notes and indexes that these macros can read.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Whether this compilation has reported that it cannot read the files of the build step. Every item meets this
/// error, and the user needs the message only once.
static HANDOFF_ERROR_REPORTED: AtomicBool = AtomicBool::new(false);

/// Returns the folder of the build step. The variable `SKYLIFT_NOTES` names the folder if Cargo ran no build
/// script for this crate, because another build system ran the build step. Returns `None` if
/// neither this variable nor `OUT_DIR` is set.
pub(crate) fn step_folder() -> Option<PathBuf> {
    let notes = std::env::var_os("SKYLIFT_NOTES").map(PathBuf::from);
    notes.or_else(|| std::env::var_os("OUT_DIR").map(|out| layout::step_folder(Path::new(&out))))
}

/// Returns whether the build step has run for this compilation.
pub(crate) fn build_step_has_run() -> bool {
    step_folder().is_some_and(|folder| layout::index_file(&folder).exists())
}

/// Reads the index of the application. Returns `None` if the build step has not run, and an error if the index
/// cannot be read by these macros.
///
/// An example in documentation always has an index, even if the build step has not run: the example is not part
/// of the package's application, and is not published. Only the name of the runtime crate comes from the
/// package, if the build step has run for the package.
pub(crate) fn read_index() -> Option<Result<AppIndex, HandoffError>> {
    let read = || {
        let text = std::fs::read_to_string(layout::index_file(&step_folder()?)).ok()?;
        Some(AppIndex::read(&text, VERSION))
    };
    if compiler::compiles_doctest() {
        let facade = read().and_then(Result::ok).unwrap_or_default().facade;
        return Some(Ok(AppIndex { facade, ..AppIndex::default() }));
    }
    read()
}

/// Whether this compilation has reported that the build step is missing.
static MISSING_STEP_REPORTED: AtomicBool = AtomicBool::new(false);

/// Returns whether an editor expands the macros, and not the compiler.
pub(crate) fn runs_in_editor() -> bool {
    std::env::var_os(EDITOR).is_some()
}

/// Reports that the build step has not run, once in a compilation. In an editor, every item reports it.
pub(crate) fn report_missing_step(span: &SourceSpan, errors: &mut Errors) {
    let is_reported = MISSING_STEP_REPORTED.swap(true, Ordering::Relaxed);
    if !is_reported || runs_in_editor() {
        errors.push(span, messages::build_step_missing(has_other_build_script()));
    }
}

/// Returns whether the package has a build.rs that does not name the build step.
fn has_other_build_script() -> bool {
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let script = folder.and_then(|folder| std::fs::read_to_string(folder.join("build.rs")).ok());
    script.is_some_and(|script| !script.contains("skylift_codegen"))
}

/// Finds the note of an item. If the item has no note, reports the reason and returns `None`. The caller reports the
/// errors in the note, because it knows the spans in the item.
///
/// The note of an item in an example contains only the name of the runtime crate, because the build step does
/// not read examples.
///
/// A missing build step is not reported here: `#[function]` reports it, and one message is enough. If the build
/// step has another version, this is reported, and the item gets an empty note, so that no further errors
/// follow from the mistake.
pub(crate) fn find_note(
    ident: &Ident,
    args: &TokenStream,
    item: &TokenStream,
    errors: &mut Errors,
) -> Option<Note> {
    if compiler::compiles_doctest() {
        let index = read_index().and_then(Result::ok).unwrap_or_default();
        return Some(Note { facade: index.facade, ..Note::default() });
    }
    let span = SourceSpan::from_token(ident.span());
    let folder = step_folder().filter(|_| build_step_has_run())?;
    let file = handoff::file_name(&ident.to_string(), args, item);
    let read_text = |file: PathBuf| std::fs::read_to_string(file).ok();
    let note = read_text(layout::notes_folder(&folder).join(file))
        .or_else(|| find_older_note(ident, &folder).and_then(read_text))
        .map(|text| Note::read(&text, VERSION))
        // Another version may give its notes other names.
        .or_else(|| read_index()?.err().map(Err));
    match note {
        Some(Ok(note)) => Some(note),
        Some(Err(error)) => {
            report_handoff_error(&error, &span, errors);
            Some(Note::default())
        }
        None => {
            errors.push(&span, messages::item_unknown_to_build_step(ident));
            None
        }
    }
}

/// Reports why the files of the build step cannot be read, once in a compilation. An editor expands single
/// items again and again, so in an editor every item reports the error.
pub(crate) fn report_handoff_error(error: &HandoffError, span: &SourceSpan, errors: &mut Errors) {
    let is_reported = HANDOFF_ERROR_REPORTED.swap(true, Ordering::Relaxed);
    if !is_reported || runs_in_editor() {
        errors.push(span, error.message(VERSION));
    }
}

/// Reports the errors that the build step found in an item. `span_at` returns the span of a location in the
/// item.
pub(crate) fn report_problems(
    note: &Note,
    span_at: impl Fn(&PlaceInItem) -> SourceSpan,
    errors: &mut Errors,
) {
    for problem in &note.problems {
        errors.push(&span_at(&problem.at), problem.message.clone());
    }
}

/// Finds an older note of an item. Only an editor needs this: the item may have changes there that are not
/// saved yet. Returns `None` outside of an editor, and if there is no older note.
fn find_older_note(ident: &Ident, step_folder: &Path) -> Option<PathBuf> {
    std::env::var_os(EDITOR)?;
    let prefix = handoff::file_name_prefix(&ident.to_string());
    let files = std::fs::read_dir(layout::notes_folder(step_folder)).ok()?.flatten();
    let mut files = files
        .filter(|file| file.file_name().to_str().is_some_and(|name| name.starts_with(&prefix)));
    files.next().map(|file| file.path())
}

/// Returns the path of the runtime crate. `name` is the name under which the package depends on the crate; an
/// empty name means `skylift`.
pub(crate) fn runtime_path(name: &str) -> TokenStream {
    let name = if name.is_empty() { "skylift" } else { name };
    let name = Ident::new(name, Span::call_site());
    quote::quote!(::#name)
}

/// Returns the folder of the package for which the build step ran, if that is not the package that is being
/// compiled. `package` is the folder in the index. Cargo uses one build script for two packages if they have one
/// name and version, and share a target directory.
pub(crate) fn other_package(package: &Path) -> Option<PathBuf> {
    let compiled = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from)?;
    // Another build system may run the build step in a folder of its own.
    let is_of_cargo = std::env::var_os("SKYLIFT_NOTES").is_none();
    let is_other = is_of_cargo && !package.as_os_str().is_empty() && !is_same(package, &compiled);
    is_other.then(|| package.to_path_buf())
}

/// Returns whether two paths lead to the same folder.
fn is_same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    one == other || real(one).is_some_and(|one| real(other) == Some(one))
}

/// Returns the path of the runtime crate, for an item without a note.
pub(crate) fn facade_path() -> TokenStream {
    runtime_path(&read_index().and_then(Result::ok).unwrap_or_default().facade)
}

/// Returns the name of the package that is being compiled.
pub(crate) fn package_name() -> String {
    std::env::var("CARGO_PKG_NAME").unwrap_or_default()
}
