//! The build step of a Skylift application. It reads the annotated source and writes the templates that
//! deploy the application. Add this crate to `[build-dependencies]` and call it from `build.rs`:
//!
//! ```no_run
//! // In `fn main()` of build.rs:
//! skylift_codegen::build();
//! ```
//!
//! After `cargo build`, `<target>/skylift/<package>/` contains:
//!
//! | file | what it is |
//! | --- | --- |
//! | `template.yaml` | the SAM template, for `sam deploy --template-file` |
//! | `cloudformation.yaml` | the same application without SAM: see [Without SAM](#without-sam) |
//! | `app.json` | a versioned description of the application, for tools |
//! | `functions/<Id>/policy.json` | what the role of a function has to allow; `managed-policies.json` beside it, if it needs some |
//! | `functions/<Id>/environment.json` | the environment variables of a function |
//! | `code/bootstrap` | the program of the last build; `code/<binary>/bootstrap` if the package has several |
//!
//! A mistake in an attribute does not fail the build script: rustc reports it at its token.
//!
//! # Settings of the whole application
//!
//! `[package.metadata.skylift]` in Cargo.toml sets what does not belong to one function:
//!
//! | key | what it is |
//! | --- | --- |
//! | `memory`, `timeout`, `env`, … | the defaults of all functions; a function's own setting replaces its default |
//! | `parameters` | the template's parameters, each with `default`, `description`, `allowed` and `no_echo` |
//! | `stacks` | `"nested"` divides the functions among nested stacks; left out, one stack has everything |
//! | `overlay` | your own template, merged into the generated one: a path relative to the package's folder, or a list of paths |
//! | `templates` | `false` if another tool deploys the functions: the build step then writes no template |
//!
//! # The overlay
//!
//! If Skylift has no attribute for something, write it in a template of your own, in YAML or JSON:
//!
//! ```toml
//! [package.metadata.skylift]
//! overlay = "infra/extra.yaml"
//! ```
//!
//! - It may have `Parameters`, `Mappings`, `Conditions`, `Rules`, `Metadata`, `Resources`, `Outputs`,
//!   `Globals` (but not for functions), `Transform`, and, if the package has none, a `Description`.
//!   Its transforms run before SAM's. To run one after SAM's, list it after
//!   `AWS::Serverless-2016-10-31`.
//! - It is an error to define something that the generated template defines too, or that CloudFormation
//!   does not know. The error names file, line and column.
//! - `param("Name")` in the source refers to the overlay's parameter of that name, if there is one.
//! - A struct refers to one of its resources: `#[resource(table(existing = overlay("LegacyOrders"),
//!   key = "id"))]`. The overlay must contain that resource, and it must be of that kind. A bucket with
//!   triggers must send its events to EventBridge. The visibility timeout of a queue must be at least the
//!   timeout of the functions that it triggers.
//! - It refers to generated resources by their logical ids: `!GetAtt Thumbnail.Arn` for a function
//!   `thumbnail`, `!Ref Uploads` for a bucket `Uploads`.
//! - It is read as CloudFormation reads it, as YAML 1.1: `NO` is false and `012` is ten. CloudFormation
//!   accepts no aliases and no merge keys, so they are errors. An unquoted scalar that YAML parsers read
//!   differently, such as `1e3` or `22:22`, is an error too.
//! - The generated `Globals` apply to its `AWS::Serverless::Function`s too, unless they set something
//!   else. Relative paths in it, such as `CodeUri`, are relative to the published template.
//!
//! # Without SAM
//!
//! `cloudformation.yaml` needs no transform. It contains functions, roles, versions and aliases, event source
//! mappings, rules with their permissions and the HTTP API as plain resources, under the logical ids that SAM
//! gives them. So either template can update a stack that the other deployed. Upload the program as a zip
//! archive, under a key that changes with the program, and deploy:
//!
//! ```sh
//! cargo build --release && cd target/skylift/orders
//! bucket=my-deployments key=orders/$(sha256sum code/bootstrap | cut -c 1-64).zip
//! zip --junk-paths code.zip code/bootstrap    # the program itself, executable (mode 0755), at the top
//! aws s3 cp code.zip "s3://$bucket/$key"
//! aws cloudformation deploy --stack-name orders --template-file cloudformation.yaml \
//!     --s3-bucket "$bucket" --capabilities CAPABILITY_IAM \
//!     --parameter-overrides CodeBucket="$bucket" CodeKey="$key"
//! ```
//!
//! - A package with several binaries has one key parameter for each program instead of `CodeKey`: `CodeKeyApi`
//!   for the binary `api`, whose program is `code/api/bootstrap`.
//! - New code needs a new key, of at most 239 characters. Callers of a function with provisioned concurrency
//!   use its alias. A new key or a changed setting publishes a version, and the alias moves to it. Old versions
//!   are retained. A new value of a parameter alone publishes no version.
//! - `CodeBucket` and the key parameters are reserved: a parameter or a resource of yours with one of these
//!   names is an error.
//! - Some things exist only in SAM: a few properties under `properties = { … }`, and SAM's own resource types in
//!   an overlay. If an application uses one, the step writes no `cloudformation.yaml`, and a warning says why.

mod assemble;
mod cargo;
mod check;
mod definition;
mod emit;
mod environments;
#[cfg(test)]
mod fixtures;
mod json;
mod lower;
mod messages;
mod metadata;
mod nest;
mod output;
mod overlay;
mod reference;
mod regular_file;
mod resolve;
mod stack;
mod step;
#[cfg(test)]
mod testing;
mod types;
mod walk;

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::cargo::BuildEnv;
use crate::step::{Directives, StepInput};
use crate::walk::Cfg;

/// Runs the build step with its default settings. Call it from `build.rs`; it is the same as
/// `Build::new().run()`.
///
/// ```no_run
/// // In `fn main()` of build.rs:
/// skylift_codegen::build();
/// ```
///
/// # Errors
///
/// See [`Build::run`].
pub fn build() {
    Build::new().run();
}

/// The build step with settings that differ from the defaults.
///
/// ```no_run
/// // In `fn main()` of build.rs:
/// skylift_codegen::Build::new().out_dir("deploy").run();
/// ```
#[derive(Debug, Default)]
#[must_use = "nothing happens before `run`"]
pub struct Build {
    out_dir: Option<PathBuf>,
    unlimited: bool,
}

impl Build {
    /// Creates a build step with the default settings.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the directory of the outputs; a relative path is relative to the package's folder. The default is
    /// `<target>/skylift/<package>`. The environment variable `SKYLIFT_OUT_DIR` overrides both: each package
    /// gets a folder in that directory.
    pub fn out_dir(mut self, directory: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(directory.into());
        self
    }

    /// Allows templates that are larger than CloudFormation accepts. The benchmarks of the build step use it.
    #[doc(hidden)]
    pub fn unlimited(mut self) -> Self {
        self.unlimited = true;
        self
    }

    /// Runs the build step and prints Cargo's directives: the files to watch, warnings, and errors.
    ///
    /// # Errors
    ///
    /// The step returns no error. It prints `cargo::error`, which fails the build, for every problem that
    /// belongs to no item of the source: a setting in Cargo.toml that AWS would reject, a mistake in an
    /// overlay, a directory that cannot be written. The message names the place. Mistakes in attributes are
    /// left to rustc.
    pub fn run(self) {
        let text = |(name, value): (OsString, OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        print_directives(&self.step(&std::env::vars_os().filter_map(text).collect()));
    }

    /// Runs the build step with these environment variables instead of the process's. Returns the errors that fail the
    /// build. Tests use it, because they share one process.
    #[doc(hidden)]
    #[must_use]
    pub fn run_in_environment(self, environment: &HashMap<String, String>) -> Vec<String> {
        self.step(environment).errors
    }

    /// Runs the build step with these environment variables, and returns Cargo's directives.
    fn step(self, environment: &HashMap<String, String>) -> Directives {
        let env = BuildEnv::from_vars(|name| environment.get(name).map(OsString::from));
        // The variable applies to every package of a workspace, so each package gets a folder in it.
        let named =
            environment.get("SKYLIFT_OUT_DIR").map(|folder| Path::new(folder).join(&env.name));
        let out = named.or(self.out_dir);
        let out = out.map(|directory| env.manifest_dir.join(directory));
        let cfg = Cfg::from_env(environment.clone());
        step::run_step(&StepInput { env, cfg, out, unlimited: self.unlimited })
    }
}

/// Returns every property of `AWS::Serverless::Function`, and how plain CloudFormation supports it.
/// Tests compare the names with those of AWS's own translator.
#[doc(hidden)]
#[must_use]
pub fn function_properties() -> Vec<(&'static str, String)> {
    let table = lower::function::properties::TABLE;
    table.iter().map(|row| (row.name, row.support.describe())).collect()
}

/// Prints the directives for Cargo to standard output.
fn print_directives(directives: &Directives) {
    println!("cargo::rerun-if-env-changed=SKYLIFT_OUT_DIR");
    for path in &directives.watched {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    for warning in &directives.warnings {
        println!("cargo::warning={warning}");
    }
    for error in &directives.errors {
        // A directive ends at the end of its line, and Cargo shows each directive as an error of its own.
        println!("cargo::error={}", messages::join_lines(error));
    }
}
