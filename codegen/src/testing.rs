//! Turns a few lines of source into a stack or into templates, for tests. Attributes are the shortest way to
//! describe an application.

use std::fs;

use skylift_model::settings::Architecture;
use skylift_model::{Package, StackLayout};
use skylift_syntax::errors::Errors;
use skylift_syntax::span::SourceSpan;

use crate::assemble::{Assembled, AssemblyInput, WalkedTarget, assemble};
use crate::emit::{EmitInput, Templates, emit_templates};
use crate::environments::{AppliedEnvironments, apply_environments};
use crate::metadata::PackageMetadata;
use crate::overlay::{self, Overlay, OverlayPath};
use crate::stack::Stack;
use crate::walk::{Cfg, WalkedCrate, walk_crate};

/// Assembles an application from the items in Rust source; panics if an item has an error.
pub(crate) fn assemble_items(
    items: &str,
    metadata: PackageMetadata,
    overlay: &Overlay,
) -> Assembled {
    let assembled = assemble_targets(items, None, metadata, overlay);
    let problems: Vec<_> = assembled.notes.iter().flat_map(|(_, note)| &note.problems).collect();
    assert!(!assembled.wrong && assembled.errors.is_empty(), "{items}: {problems:?}");
    assembled
}

/// Assembles an application from the items in Rust source, with any problems.
pub(crate) fn assemble_unchecked(items: &str, overlay: &Overlay) -> Assembled {
    assemble_targets(items, None, PackageMetadata::default(), overlay)
}

/// Assembles an application from the items in Rust source and its metadata, with any problems.
pub(crate) fn assemble_unchecked_with(
    items: &str,
    metadata: PackageMetadata,
    overlay: &Overlay,
) -> Assembled {
    assemble_targets(items, None, metadata, overlay)
}

/// Returns the problems of an application from the items in the Rust source of its binary and, if there is one, of its
/// library. Each problem is its place and its message.
pub(crate) fn problems_of(items: &str, library: Option<&str>) -> Vec<String> {
    let assembled =
        assemble_targets(items, library, PackageMetadata::default(), &Overlay::default());
    let problems = assembled.notes.iter().flat_map(|(_, note)| &note.problems);
    problems.map(|problem| format!("{}: {}", problem.at, problem.message.full())).collect()
}

/// Assembles an application in all its environments, with any problems.
pub(crate) fn assemble_environments(
    items: &str,
    metadata: PackageMetadata,
    overlay: &Overlay,
) -> (Assembled, AppliedEnvironments) {
    with_input(items, None, metadata, overlay, |input| {
        let mut assembled = assemble(input);
        let applied = apply_environments(input, &mut assembled);
        (assembled, applied)
    })
}

/// Assembles an application from the items in the Rust source of its binary and of its library `app`.
fn assemble_targets(
    items: &str,
    library: Option<&str>,
    metadata: PackageMetadata,
    overlay: &Overlay,
) -> Assembled {
    with_input(items, library, metadata, overlay, assemble)
}

/// Calls `run` with an application from the items in the Rust source of its binary and of its library `app`.
fn with_input<T>(
    items: &str,
    library: Option<&str>,
    metadata: PackageMetadata,
    overlay: &Overlay,
    run: impl FnOnce(&AssemblyInput<'_>) -> T,
) -> T {
    let folder = tempfile::tempdir().unwrap();
    let walk = |name: &str, binary: Option<&str>, text: &str| {
        let root = folder.path().join(name);
        fs::write(&root, text).unwrap();
        let walked = walk_crate(&root, &Cfg::default(), "skylift");
        let WalkedCrate { items, main, source, .. } = walked;
        WalkedTarget { binary: binary.map(str::to_owned), items, main, source }
    };
    let mut targets = Vec::new();
    if let Some(library) = library {
        let text = format!("use skylift::prelude::*;\n{library}\n");
        targets.push(walk("lib.rs", None, &text));
    }
    let text = format!("use skylift::prelude::*;\n{items}\nskylift::main!();\n");
    targets.push(walk("main.rs", Some("app"), &text));
    run(&AssemblyInput {
        package: Package { name: "app".to_owned(), ..Package::default() },
        metadata,
        overlay,
        targets: &targets,
        library: library.map(|_| "app"),
        cfg: &Cfg::default(),
        folder: folder.path(),
        facade: "skylift",
        default_run: None,
        architecture: Some(Architecture::X86_64),
        environment: None,
    })
}

/// Returns the stack of an application from the items in Rust source.
pub(crate) fn stack_from_source(items: &str) -> Stack {
    assemble_items(items, PackageMetadata::default(), &Overlay::default()).stack
}

/// Returns the templates of an application from the items in Rust source, merged with an overlay
/// unless the overlay's text is empty.
pub(crate) fn templates_from_source(items: &str, text: &str) -> Templates {
    templates_with(PackageMetadata::default(), items, text)
}

/// Returns the templates of an application whose functions are in nested stacks, as [`templates_from_source`] does.
pub(crate) fn nested_templates(items: &str, text: &str) -> Templates {
    let metadata = PackageMetadata { stacks: StackLayout::Nested, ..PackageMetadata::default() };
    templates_with(metadata, items, text)
}

/// Reads an overlay without errors; it is empty if the text is.
pub(crate) fn read_overlay_for_test(text: &str) -> Overlay {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("extra.yaml"), text).unwrap();
    let place = SourceSpan::Bytes(0..0);
    let named = OverlayPath { path: "extra.yaml".to_owned(), place };
    let named = if text.is_empty() { Vec::new() } else { vec![named] };
    let mut manifest_errors = Errors::new();
    let overlay::ReadOverlays { overlay, errors, .. } =
        overlay::read_overlays(&named, folder.path(), &mut manifest_errors);
    assert!(
        manifest_errors.into_diagnostics().is_empty() && errors.is_empty(),
        "{text}: {errors:?}"
    );
    overlay
}

fn templates_with(metadata: PackageMetadata, items: &str, text: &str) -> Templates {
    let overlay = read_overlay_for_test(text);
    let Assembled { app, stack, resources, .. } = assemble_items(items, metadata, &overlay);
    let input = EmitInput { app: &app, resources, made_by: "Made" };
    emit_templates(stack, overlay, &input)
}

/// Returns the stack of an application with one function, whose `#[function]` has these arguments.
pub(crate) fn stack_of_function(arguments: &str) -> Stack {
    stack_from_source(&format!(
        "#[function({arguments})]\nasync fn take() -> Result<(), Error> {{ Ok(()) }}"
    ))
}
