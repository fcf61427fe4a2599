//! The build step of a Skylift application: it reads the annotated source and writes the templates
//! that deploy it. It is a build-dependency, called from `build.rs`:
//!
//! ```no_run
//! skylift_codegen::build();
//! ```
//!
//! After `cargo build`, `<target>/skylift/<package>/` holds
//!
//! | file | what it is |
//! | --- | --- |
//! | `template.yaml` | the SAM template: `sam deploy --template-file` takes it |
//! | `cloudformation.yaml` | the same application without SAM: see [Without SAM](#without-sam) |
//! | `app.json` | the application as data, versioned, for tools |
//! | `code/bootstrap` | a link to the binary of the last build; `code/<binary>/bootstrap` where a package has several |
//!
//! A mistake in an attribute is no error of the build script: rustc reports it at its token.
//!
//! # What holds for the whole application
//!
//! `[package.metadata.skylift]` in Cargo.toml has what is no function's alone:
//!
//! | key | what it is |
//! | --- | --- |
//! | `memory`, `timeout`, `env`, … | settings of every function that says nothing else |
//! | `parameters` | the template's parameters: `default`, `description`, `allowed`, `no_echo` of each |
//! | `overlay` | a template of your own, merged into ours: a path from the package's folder, or a list of them |
//!
//! # The overlay
//!
//! What Skylift has no attribute for stands in a template of your own, in YAML or JSON:
//!
//! ```toml
//! [package.metadata.skylift]
//! overlay = "infra/extra.yaml"
//! ```
//!
//! - It may have `Parameters`, `Mappings`, `Conditions`, `Rules`, `Metadata`, `Resources`, `Outputs`,
//!   `Globals` (but not of functions), `Transform`, and a `Description` where the package has none.
//!   Its transforms come before SAM's; one that is to come after it is listed behind
//!   `AWS::Serverless-2016-10-31`.
//! - What both sides define, or CloudFormation does not know, is an error with file, line and column.
//! - A `param("Name")` of the source is the overlay's parameter, where that has one.
//! - A struct stands for one of its resources: `#[resource(table(existing = overlay("LegacyOrders"),
//!   key = "id"))]`. The resource has to be there, and to be of that kind. A bucket with triggers on
//!   it has to send its events to EventBridge, a queue has to hide its messages for as long as the
//!   function may take.
//! - It refers to what Skylift makes by logical ids: `!GetAtt Thumbnail.Arn` of a function
//!   `thumbnail`, `!Ref Uploads` of a bucket `Uploads`.
//! - It is read as CloudFormation reads it, by YAML 1.1: `NO` is false and `012` is ten. Aliases and
//!   merged keys, which CloudFormation does not take, are errors, and so is a text without quotes
//!   that readers of YAML do not agree on, such as `1e3` or `22:22`.
//! - Its `AWS::Serverless::Function`s get what `Globals` says of ours, unless they say otherwise, and
//!   relative paths in it, such as `CodeUri`, count from where the template is published.
//!
//! # Without SAM
//!
//! `cloudformation.yaml` needs no transform: functions, roles, versions and aliases, event source mappings,
//! rules with their permissions and the HTTP API are written out, under the logical ids that SAM gives. So
//! either template can update a stack that the other deployed. Upload the program as a zip archive, under a
//! key that changes with it, and deploy:
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
//! - A package with several binaries has a key for each program in place of `CodeKey`: `CodeKeyApi` for the
//!   binary `api`, whose program is `code/api/bootstrap`.
//! - New code needs a new key, of at most 239 characters. Callers of a function with provisioned concurrency
//!   use its alias; a new key, or a new setting, publishes a version, and the alias moves to it. Old versions
//!   are retained. A new value of a parameter alone publishes no version.
//! - `CodeBucket` and the keys are reserved: a parameter or a resource of yours with one of these names is an
//!   error.
//! - Some things exist only in SAM: a few properties under `properties = { … }`, and SAM's own resource types in
//!   an overlay. If an application has one, the step writes no `cloudformation.yaml`, and a warning says why.

mod assemble;
mod cargo;
mod check;
mod emit;
#[cfg(test)]
mod fixtures;
mod json;
mod lower;
mod metadata;
mod output;
mod overlay;
mod stack;
mod step;
#[cfg(test)]
mod testing;
mod walk;

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::cargo::Env;
use crate::step::{Input, Told};
use crate::walk::Cfg;

/// Runs the build step with its defaults: the same as `Build::new().run()`.
pub fn build() {
    Build::new().run();
}

/// The build step, where something about it is to be set.
///
/// ```no_run
/// skylift_codegen::Build::new().out_dir("deploy").run();
/// ```
#[derive(Debug, Default)]
#[must_use = "nothing happens before `run`"]
pub struct Build {
    out_dir: Option<PathBuf>,
    unlimited: bool,
}

impl Build {
    /// The build step with its defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts the outputs into this directory; a relative one counts from the package. The default is
    /// `<target>/skylift/<package>`. The environment variable `SKYLIFT_OUT_DIR` comes before both, with a
    /// folder in it for each package.
    pub fn out_dir(mut self, directory: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(directory.into());
        self
    }

    /// Writes templates that are larger than CloudFormation takes. For measuring the step itself.
    #[doc(hidden)]
    pub fn unlimited(mut self) -> Self {
        self.unlimited = true;
        self
    }

    /// Runs the step and tells Cargo what it has to know, by what it prints.
    ///
    /// # Errors
    ///
    /// What belongs to no item of the source, such as a setting in Cargo.toml that AWS would refuse
    /// or a directory that cannot be written, fails the build with a message that names the place.
    pub fn run(self) {
        let text = |(name, value): (OsString, OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        tell(&self.step(&std::env::vars_os().filter_map(text).collect()));
    }

    /// Runs the step in an environment that is given, and gives the errors that fail the build. For
    /// tests, which share one process.
    #[doc(hidden)]
    #[must_use]
    pub fn run_in(self, environment: &HashMap<String, String>) -> Vec<String> {
        self.step(environment).errors
    }

    fn step(self, environment: &HashMap<String, String>) -> Told {
        let env = Env::from_vars(|name| environment.get(name).map(OsString::from));
        // The variable holds for every package of a workspace, so that each gets a folder in it.
        let named =
            environment.get("SKYLIFT_OUT_DIR").map(|folder| Path::new(folder).join(&env.name));
        let out = named.or(self.out_dir);
        let out = out.map(|directory| env.manifest_dir.join(directory));
        let cfg = Cfg::from_env(environment.clone());
        step::run(&Input { env, cfg, out, unlimited: self.unlimited })
    }
}

/// Every property of `AWS::Serverless::Function`, and how plain CloudFormation has it. For tests, which
/// compare the names with those of AWS's own translator.
#[doc(hidden)]
#[must_use]
pub fn function_properties() -> Vec<(&'static str, String)> {
    let table = lower::function::properties::TABLE;
    table.iter().map(|row| (row.name, row.how.describe())).collect()
}

fn tell(told: &Told) {
    println!("cargo::rerun-if-env-changed=SKYLIFT_OUT_DIR");
    for path in &told.watched {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    for warning in &told.warnings {
        println!("cargo::warning={warning}");
    }
    for error in &told.errors {
        // A directive ends with its line: what is said on several goes out as one for each.
        for line in error.lines().filter(|line| !line.is_empty()) {
            println!("cargo::error={line}");
        }
    }
}
