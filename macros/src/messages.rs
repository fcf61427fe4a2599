//! The catalogue of the macros' own messages: one function for each message. The messages about mistakes in
//! attributes and signatures are in `skylift-syntax`.

use std::fmt::Display;
use std::path::Path;

use skylift_model::message::Message;
use skylift_model::suggest;
use skylift_syntax::handoff::WriteError;

// The build step.

/// Reports that the build step has not run for the package. `has_build_script` is whether the package has a build.rs that
/// does not name the build step.
pub(crate) fn build_step_missing(has_build_script: bool) -> Message {
    let message = Message::new("Skylift's build step has not run for this package");
    if has_build_script {
        return message.with_help(
            "the package's build.rs does not run it: add it, with the version, `path` or `git` that your `skylift` has:\n  Cargo.toml   [build-dependencies]\n               skylift-codegen = …\n  build.rs     `skylift_codegen::build();` in its `main`",
        );
    }
    message.with_help(
        "add it, in three lines, with the version, `path` or `git` that your `skylift` has:\n  Cargo.toml   [build-dependencies]\n               skylift-codegen = …\n  build.rs     fn main() { skylift_codegen::build() }",
    )
}

/// Reports that the build step did not find an item. `name` is the name of the item.
pub(crate) fn item_unknown_to_build_step(name: impl Display) -> Message {
    Message::new(format!("the build step did not find `{name}`")).with_help(
        "it reads the source before macros are expanded: write the item in a module of the package's\nlibrary or binary, not inside a macro, a function, an `impl` block, an example or a test, and not under\n`#[cfg(test)]`",
    )
}

// Cargo features.

/// Reports that something needs a feature of `skylift` that is not on. `what` is what needs the feature, as the user
/// wrote it.
pub(crate) fn feature_missing(what: impl Display, feature: &str) -> Message {
    Message::new(format!("`{what}` needs the feature `{feature}` of `skylift`, which is not on"))
        .with_help(format!("run `cargo add skylift --features {feature}`"))
}

// `main!()`.

/// Reports that `main!()` has arguments.
pub(crate) fn main_with_arguments() -> Message {
    "`main!()` takes no arguments".into()
}

/// Reports that `main!()` is in a library.
pub(crate) fn main_in_library() -> Message {
    Message::new("`main!()` is the `main` of a binary, and this is a library")
        .with_help("write it in the root of a binary, such as src/main.rs: the binary serves the library's functions")
}

/// Reports that the template and the other outputs cannot be published.
pub(crate) fn publishing_failed(error: &WriteError) -> Message {
    let WriteError { path, cause } = error;
    Message::new(format!(
        "the template cannot be published, because `{}` cannot be written: {cause}",
        path.display()
    ))
    .with_help("make it writable with enough space, or set `SKYLIFT_OUT_DIR` to another directory for the outputs")
}

/// Reports that the built program `path` is in a folder whose files cannot be executable, so that it is not published.
pub(crate) fn program_not_executable(path: &Path) -> Message {
    Message::new(format!(
        "the program and the template cannot be published: the file system of `{}` keeps no permissions, so that the program is not executable",
        path.display()
    ))
    .with_help("set `CARGO_TARGET_DIR` to a folder of a file system that keeps permissions")
}

/// Reports that another package publishes into the output directory. `other` is the folder of that package.
pub(crate) fn output_directory_taken(directory: &Path, other: &Path) -> Message {
    Message::new(format!(
        "another package publishes its template in `{}`: the one in `{}`",
        directory.display(),
        other.display()
    ))
    .with_help(format!(
        "give each package a name, a target directory or a `SKYLIFT_OUT_DIR` of its own; if the other\npackage no longer publishes there, delete `{}`",
        directory.display()
    ))
}

/// Reports that the build step ran for another package with the same name and version. `other` is the folder of
/// that package.
pub(crate) fn build_step_of_other_package(other: &Path) -> Message {
    Message::new(format!(
        "the build step has not run for this package, but for one of the same name and version in `{}`",
        other.display()
    ))
    .with_help(
        "Cargo does not tell them apart in one target directory: give each of them its own with\n`CARGO_TARGET_DIR`; if you have moved the package, run `cargo clean`",
    )
}

// Functions that another function invokes.

/// Reports that a function that another function invokes has an answer whose type cannot be written elsewhere,
/// such as `impl Trait`.
pub(crate) fn answer_type_not_nameable(function: impl Display) -> Message {
    Message::new(format!("another function invokes `{function}` and needs the type of its answer"))
        .with_help("write the type itself, not `impl …`")
}

/// Reports that a function that another function invokes takes records of a batch.
pub(crate) fn invoked_with_record(function: impl Display) -> Message {
    Message::new(format!(
        "another function invokes `{function}`, which takes the records of a batch: there is no batch to send to it"
    ))
    .with_help("take the whole event, or invoke a function that both share")
}

// `#[derive(Event)]`.

/// Reports that `Event` is derived for an item that is not an enum.
pub(crate) fn event_not_an_enum() -> Message {
    "`Event` is derived for an enum, with a variant for each event".into()
}

/// Reports that `Event` is derived for an enum with type parameters.
pub(crate) fn event_generic() -> Message {
    "an event cannot be generic".into()
}

/// Reports that `Event` is derived for an enum without variants.
pub(crate) fn event_without_variants() -> Message {
    "this enum has no variants: it needs one for each event".into()
}

/// Reports that a variant of an event enum does not hold exactly one value.
pub(crate) fn variant_without_one_field(variant: impl Display) -> Message {
    Message::new(format!("variant `{variant}` does not hold one event"))
        .with_help(format!("write `{variant}(S3Event)`"))
}

/// Reports that a variant of an event enum holds a window.
pub(crate) fn variant_with_window(variant: impl Display) -> Message {
    Message::new(format!(
        "variant `{variant}` holds a window, which cannot be one of several events"
    ))
    .with_help("give the trigger with `tumbling_window` a function of its own")
}

/// Reports that a variant of an event enum holds a type that no trigger delivers. `events` are the names of the
/// event types.
pub(crate) fn variant_without_event<'a>(
    variant: impl Display,
    events: impl IntoIterator<Item = &'a str>,
) -> Message {
    Message::new(format!("variant `{variant}` does not hold an event that a trigger delivers"))
        .with_help(format!("the events, by their own names, are {}", suggest::list(events)))
}

/// Reports that two variants of an event enum hold events of the same source. `variant` is the first of the
/// two.
pub(crate) fn second_variant_of_source(variant: impl Display, source: &str) -> Message {
    Message::new(format!("variant `{variant}` holds an event of `{source}` already"))
        .with_help("a payload does not say which of the two is meant: keep one of them")
}
