//! Messages about the package as a whole: its manifest and metadata, its directories and files, its binaries, and
//! the templates as files.

use std::fmt::Display;
use std::io;
use std::path::Path;

use skylift_model::message::Message;

// The manifest and its metadata.

pub(crate) fn manifest_unreadable(cause: &io::Error) -> Message {
    format!("cannot read the manifest: {cause}").into()
}

pub(crate) fn metadata_not_a_table() -> Message {
    Message::new("`package.metadata.skylift` is not a table")
        .with_help("write the settings below a line `[package.metadata.skylift]`")
}

pub(crate) fn parameter_not_a_table(name: impl Display) -> Message {
    format!("parameter `{name}` must be a table: `{name} = {{ default = \"…\" }}`").into()
}

pub(crate) fn default_not_allowed(default: &str) -> Message {
    format!("the default `{default}` is not among the allowed values").into()
}

// Directories and files.

const SET_OUT_DIR: &str = "set `SKYLIFT_OUT_DIR` to a directory for the outputs";

pub(crate) fn out_dir_layout_unknown(out_dir: &Path) -> Message {
    Message::new(format!("`OUT_DIR` does not have Cargo's layout: `{}`", out_dir.display()))
        .with_help(SET_OUT_DIR)
}

pub(crate) fn cargo_metadata_not_started(cargo: &Path, cause: &io::Error) -> Message {
    Message::new(format!("cannot run `{} metadata`: {cause}", cargo.display()))
        .with_help(SET_OUT_DIR)
}

pub(crate) fn cargo_metadata_failed(reason: &str) -> Message {
    Message::new(format!("`cargo metadata` does not return the target directory: {reason}"))
        .with_help(SET_OUT_DIR)
}

pub(crate) fn file_not_written(path: &Path, cause: &io::Error) -> Message {
    format!("cannot write `{}`: {cause}", path.display()).into()
}

// Functions and binaries.

pub(crate) fn no_functions() -> Message {
    "this package has no `#[function]`, so there is nothing to serve".into()
}

pub(crate) fn no_serving_binary(facade: &str) -> Message {
    Message::new("no binary of this package serves this function").with_help(format!(
        "write `{facade}::main!();` instead of `fn main` in the root of the binary, such as src/main.rs"
    ))
}

pub(crate) fn several_serving_binaries() -> Message {
    Message::new("several binaries of this package could serve this function of its library")
        .with_help("name one in Cargo.toml: `default-run = \"…\"` under `[package]`")
}

// The templates.

pub(crate) fn target_not_supported(target: &str) -> Message {
    Message::new(format!(
        "this build is for {target}, which Lambda does not run: the template has no `code/bootstrap` beside it"
    ))
    .with_help("build with `--target x86_64-unknown-linux-gnu`")
}

pub(crate) fn other_architecture(handler: &str, wanted: &str, built: &str) -> Message {
    Message::new(format!(
        "`{handler}` asks for {wanted}, but this build is for {built}: the template has no `code/bootstrap` beside it"
    ))
    .with_help(format!("build with `--target` for {wanted}"))
}

pub(crate) fn no_cloudformation(file: &str, reasons: &[String]) -> Message {
    format!(
        "no `{file}` is written, because plain CloudFormation does not support all of this application: {}",
        reasons.join("; ")
    )
    .into()
}

const SPLIT: &str = "split the package into several, each with its own stack";

pub(crate) fn too_many_entries(what: &str, count: usize, most: usize) -> Message {
    Message::new(format!("the template would have {count} {what}, CloudFormation allows {most}"))
        .with_help(SPLIT)
}

pub(crate) fn template_too_large(bytes: usize, most: usize) -> Message {
    Message::new(format!("the template would have {bytes} bytes, CloudFormation allows {most}"))
        .with_help(SPLIT)
}

pub(crate) fn cloudformation_too_large(bytes: usize, most: usize) -> Message {
    Message::new(format!(
        "`cloudformation.yaml` would have {bytes} bytes, CloudFormation allows {most}"
    ))
    .with_help(SPLIT)
}
