//! Messages about the package as a whole: its manifest and metadata, its directories and files, its binaries, and
//! the size of the templates.

use std::fmt::Display;
use std::io;
use std::path::Path;

use skylift_model::message::Message;
use skylift_model::suggest;

// The manifest and its metadata.

/// Reports that Cargo.toml cannot be read; `cause` is the error of the file system.
pub(crate) fn manifest_unreadable(cause: &io::Error) -> Message {
    format!("cannot read the manifest: {cause}").into()
}

/// Reports that `package.metadata.skylift` of Cargo.toml is not a table.
pub(crate) fn metadata_not_a_table() -> Message {
    Message::new("`package.metadata.skylift` is not a table")
        .with_help("write the settings below a line `[package.metadata.skylift]`")
}

/// Reports that Cargo.toml has a table below `package.metadata` whose name is nearly `skylift`; `key` is its name.
pub(crate) fn metadata_misspelt(key: &str) -> Message {
    Message::new(format!("`package.metadata.{key}` has no effect"))
        .with_help("write `[package.metadata.skylift]`")
}

/// Reports that the metadata set a key of `#[function]` that is no default.
pub(crate) fn key_of_one_function(key: &str) -> Message {
    let reason = match key {
        "reserved_concurrency" => "each function would reserve that many executions: ",
        "provisioned_concurrency" | "keep_warm" => "every function would cost money all the time: ",
        "policy" | "allow" => "a function has the permissions that it needs, and no others: ",
        _ => "",
    };
    Message::new(format!("`{key}` belongs to one function, and is no default"))
        .with_help(format!("{reason}set it in the `#[function(…)]` that needs it"))
}

/// Reports that a template parameter in the metadata is not a table of settings; `name` is the parameter's name.
pub(crate) fn parameter_not_a_table(name: impl Display) -> Message {
    format!("parameter `{name}` must be a table: `{name} = {{ default = \"…\" }}`").into()
}

/// Reports that the default of a template parameter in the metadata is not one of its allowed values.
pub(crate) fn default_not_allowed(default: &str) -> Message {
    format!("the default `{default}` is not among the allowed values").into()
}

/// Reports that the greatest number of a template parameter is less than the least.
pub(crate) fn greatest_below_least(min: u32, max: u32) -> Message {
    format!("`max` of {max} is less than `min` of {min}").into()
}

/// Reports that the metadata name an overlay and leave out the templates.
pub(crate) fn overlay_without_templates() -> Message {
    Message::new("an overlay has no effect with `templates = false`")
        .with_help("leave out `overlay`: the tool that deploys the functions has their templates")
}

/// Returns the line that lists the routes that anyone can call.
pub(crate) fn public_routes(routes: &[String]) -> Message {
    Message::new(format!("anyone can call {}", suggest::list(routes.iter().map(String::as_str)))).with_help(
        "write `auth` at the routes, or `http = { auth = \"none\" }` in `[package.metadata.skylift]` if it is meant so",
    )
}

/// Reports that Cargo.toml has settings of the HTTP API, and no function has a route.
pub(crate) fn settings_without_routes() -> Message {
    Message::new("no function has a route, so there is no HTTP API that has these settings")
        .with_help("write `trigger = http(\"GET /orders/{id}\")` at a function")
}

// Directories and files.

/// The help if the output directory cannot be found.
const SET_OUT_DIR: &str = "set `SKYLIFT_OUT_DIR` to a directory for the outputs";

/// Reports that the path in `OUT_DIR` does not have the form that Cargo gives it, so that the target directory is
/// unknown.
pub(crate) fn out_dir_layout_unknown(out_dir: &Path) -> Message {
    Message::new(format!("`OUT_DIR` does not have Cargo's layout: `{}`", out_dir.display()))
        .with_help(SET_OUT_DIR)
}

/// Reports that `cargo metadata` could not be started; `cargo` is the path of the program, and `cause` the error of
/// the system.
pub(crate) fn cargo_metadata_not_started(cargo: &Path, cause: &io::Error) -> Message {
    Message::new(format!("cannot run `{} metadata`: {cause}", cargo.display()))
        .with_help(SET_OUT_DIR)
}

/// Reports that `cargo metadata` failed, so that the target directory is unknown; `reason` is its message.
pub(crate) fn cargo_metadata_failed(reason: &str) -> Message {
    Message::new(format!("`cargo metadata` does not return the target directory: {reason}"))
        .with_help(SET_OUT_DIR)
}

// Functions and binaries.

/// Reports that the package has no `#[function]`.
pub(crate) fn no_functions() -> Message {
    "this package has no `#[function]`, so there is nothing to serve".into()
}

/// Reports that no binary with `main!()` serves a function; `facade` is the name of the crate `skylift` in the
/// package.
pub(crate) fn no_serving_binary(facade: &str) -> Message {
    Message::new("no binary of this package serves this function").with_help(format!(
        "write `{facade}::main!();` instead of `fn main` in the root of the binary, such as src/main.rs"
    ))
}

/// Reports that several binaries call `main!()`, and it is not known which one serves a function of the library.
pub(crate) fn several_serving_binaries() -> Message {
    Message::new("several binaries of this package could serve this function of its library")
        .with_help("name one in Cargo.toml: `default-run = \"…\"` under `[package]`")
}

// The templates.

/// Warns that Lambda has no processor architecture for the target triple `target` of this build.
pub(crate) fn target_not_supported(target: &str) -> Message {
    Message::new(format!(
        "this build is for {target}, which Lambda does not run: the template has no `code/bootstrap` beside it"
    ))
    .with_help("build with `--target x86_64-unknown-linux-gnu`")
}

/// Describes where the processor architecture of a function is set: at the function `handler`, or in the defaults.
pub(crate) fn describe_architecture_setting(handler: Option<&String>) -> String {
    handler.map_or_else(
        || "`architecture` in `[package.metadata.skylift]`".to_owned(),
        |handler| format!("`{handler}`"),
    )
}

/// Warns that a function or the defaults, `who`, ask for the processor architecture `wanted`, but this build is for
/// `built`.
pub(crate) fn other_architecture(who: &str, wanted: &str, built: &str) -> Message {
    Message::new(format!(
        "{who} asks for {wanted}, but this build is for {built}: the template has no `code/bootstrap` beside it"
    ))
    .with_help(format!("build with `--target` for {wanted}"))
}

/// Warns that the plain CloudFormation template `file` is not written; `reasons` lists what it does not support.
pub(crate) fn no_cloudformation(file: &str, reasons: &[String]) -> Message {
    format!(
        "no `{file}` is written, because plain CloudFormation does not support all of this application: {}",
        reasons.join("; ")
    )
    .into()
}

/// Reports that `outputs` of Cargo.toml is neither a table nor a boolean.
pub(crate) fn invalid_outputs() -> Message {
    Message::new("`outputs` is a table of outputs, or `false` for none").with_help(
        "write `[package.metadata.skylift.outputs]` with `JobsUrl = false`, `JobsUrl = \"Queue\"` or\n`JobsUrl = { export = \"shop-jobs\" }`",
    )
}

/// Reports that the change of an output is no change.
pub(crate) fn invalid_output(name: &str) -> Message {
    Message::new(format!("`{name}` is `false`, another name, or a table with `name` and `export`"))
        .with_help(format!("write `{name} = {{ export = \"shop-jobs\" }}`"))
}

/// Reports that a value is no name of an export.
pub(crate) fn invalid_export(text: &str) -> Message {
    Message::new(format!("`{text}` is not the name of an export"))
        .with_help("write letters, digits, `:` and `-`, or `{ sub = \"${AWS::StackName}-jobs\" }`")
}

/// Reports that Cargo.toml changes an output that the template does not have. `names` are those that it has.
pub(crate) fn unknown_output(name: &str, names: &[String]) -> Message {
    let names = || names.iter().map(String::as_str);
    let help = match suggest::nearest(name, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it has {}", suggest::list(names())),
    };
    Message::new(format!("the template has no output `{name}`")).with_help(help)
}

/// Reports that another output has the new name of an output.
pub(crate) fn output_taken(name: &str) -> Message {
    Message::new(format!("the template has an output `{name}` already"))
        .with_help("write another name")
}

/// Reports that the name of an export refers to a resource.
pub(crate) fn resource_in_export(id: &str) -> Message {
    Message::new(format!("the name of an export cannot refer to the resource `{id}`"))
        .with_help("write parameters and pseudo parameters alone, such as `${AWS::StackName}`")
}

/// The noun for the values of `stacks` in Cargo.toml.
pub(crate) const STACK_LAYOUT: &str = "layout of stacks";

/// A template that can exceed a limit of CloudFormation.
pub(crate) enum LimitedTemplate {
    /// The only template of the application.
    Only,
    /// The template of the application, which has nested stacks.
    Root,
    /// The template of the nested stack with this number.
    Nested(usize),
}

impl LimitedTemplate {
    /// Describes the template as the beginning of a sentence.
    fn describe(&self) -> String {
        match self {
            Self::Only => "the template".to_owned(),
            Self::Root => "the template beside the nested stacks".to_owned(),
            Self::Nested(number) => format!("the template of nested stack {number}"),
        }
    }

    /// Returns the help for the template.
    const fn help(&self) -> &'static str {
        match self {
            Self::Only => {
                "divide the functions among nested stacks, with `stacks = \"nested\"` in `[package.metadata.skylift]`, or\nsplit the package into several, each with its own stack"
            }
            Self::Root | Self::Nested(_) => {
                "split the package into several, each with its own stack"
            }
        }
    }
}

/// Reports that a template would have `count` entries of one section, and CloudFormation allows only `limit`; `what`
/// is the word for the entries, such as `resources`.
pub(crate) fn too_many_entries(
    what: &str,
    count: usize,
    limit: usize,
    template: &LimitedTemplate,
) -> Message {
    let name = template.describe();
    Message::new(format!("{name} would have {count} {what}, CloudFormation allows {limit}"))
        .with_help(template.help())
}

/// Reports that the SAM template would have `bytes` bytes, and CloudFormation allows only `limit`.
pub(crate) fn template_too_large(
    bytes: usize,
    limit: usize,
    template: &LimitedTemplate,
) -> Message {
    let name = template.describe();
    Message::new(format!("{name} would have {bytes} bytes, CloudFormation allows {limit}"))
        .with_help(template.help())
}

/// Reports that `cloudformation.yaml` would have `bytes` bytes, and CloudFormation allows only `limit`.
pub(crate) fn cloudformation_too_large(
    bytes: usize,
    limit: usize,
    template: &LimitedTemplate,
) -> Message {
    let name = match template {
        LimitedTemplate::Only => "`cloudformation.yaml`".to_owned(),
        other => format!("{} without SAM", other.describe()),
    };
    Message::new(format!("{name} would have {bytes} bytes, CloudFormation allows {limit}"))
        .with_help(template.help())
}

/// Reports that a resource of the application or of the overlay has the logical id `id` of a nested stack.
pub(crate) fn nested_stack_id_taken(id: &str) -> Message {
    Message::new(format!("logical id `{id}` is taken, and a nested stack of functions needs it"))
        .with_help("give the resource another id: `id = \"…\"`, or another name in the overlay")
}

/// Reports that resources and nested stacks wait for each other; `cycle` has their logical ids, with the same id at both
/// ends.
pub(crate) fn nested_stacks_in_a_circle(cycle: &[&str]) -> Message {
    Message::new(format!(
        "with `stacks = \"nested\"`, these resources depend on each other: {}",
        cycle.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(" -> ")
    ))
    .with_help(
        "a nested stack is created as a whole: give one of the resources a name, and write the name in place of the\nreference",
    )
}
