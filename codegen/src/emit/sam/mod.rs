//! Folds the stack into SAM's form: `AWS::Serverless::Function`s with their events, and their common settings in
//! `Globals`. Everything that depends on SAM's behaviour, what it generates and what it fails to do, is in this
//! module.

pub(crate) mod api;
mod function;
pub(crate) mod generated;
pub(crate) mod globals;
pub(crate) mod names;
mod versions;

use skylift_model::App;
use skylift_model::aws::node::Map;
use skylift_syntax::handoff::AppBinaries;

use super::resource::{KEY_DEPTH, PROPERTY_DEPTH};
use super::yaml::Writer;
use crate::stack::{FunctionInStack, Program, Resource, Stack};

/// The name of SAM's transform, which marks a template as a SAM template.
pub(crate) const TRANSFORM: &str = "AWS::Serverless-2016-10-31";

/// The prefix of the types of resources that only SAM has.
pub(crate) const TYPE_PREFIX: &str = "AWS::Serverless::";

/// SAM's type of a function.
pub(crate) const FUNCTION_TYPE: &str = "AWS::Serverless::Function";

/// The data of the whole stack that is needed to write its functions in SAM's form.
pub(super) struct SamEmitter<'a> {
    app: &'a App,
    /// The folder of each program's code, by the program's index in the stack.
    folders: Vec<String>,
}

impl<'a> SamEmitter<'a> {
    /// Collects the data that the functions of a stack need. `to_root` is the path from the folder of the template to
    /// the output directory.
    pub(super) fn new(stack: &Stack, app: &'a App, to_root: &str) -> Self {
        let binaries = AppBinaries::new(app);
        let folder = |it: &Program| format!("{to_root}{}", binaries.folder(it.binary.as_deref()));
        let folders = stack.programs.iter().map(folder).collect();
        Self { app, folders }
    }

    /// Writes a function as an `AWS::Serverless::Function`; `index` is its index in `App::functions`. Returns the
    /// function's resources that have no SAM event, which the caller has to write.
    pub(super) fn write_function(
        &self,
        index: usize,
        in_stack: FunctionInStack,
        to: &mut Writer,
    ) -> Vec<Resource> {
        let function = &self.app.functions[index];
        let folder = self.folders.get(in_stack.program).map_or("", String::as_str);
        let (properties, other_resources) =
            function::fold_function(in_stack, function, folder, self.app);
        to.begin_entry();
        to.write_key(function.id.as_str(), 2);
        to.write_text("Type", "AWS::Serverless::Function", KEY_DEPTH);
        // The binary is built already: `sam build` has nothing to do, and would fail if it tried.
        to.write_entry("Metadata", &Map::new().with("SkipBuild", true).into(), KEY_DEPTH);
        to.write_key("Properties", KEY_DEPTH);
        for (key, value) in properties.iter() {
            to.write_entry(key, value, PROPERTY_DEPTH);
        }
        other_resources
    }
}
