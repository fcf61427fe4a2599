//! Folds the stack into SAM's form: `AWS::Serverless::Function`s with their events, and their common settings in
//! `Globals`. Everything that depends on SAM's behaviour, what it generates and what it fails to do, is in this
//! module.

mod function;
pub(crate) mod generated;
pub(crate) mod globals;
pub(crate) mod names;
mod versions;

use skylift_model::App;
use skylift_model::aws::node::Map;
use skylift_syntax::handoff::Binaries;

use super::resource::{KEYS, PROPERTIES};
use super::yaml::Writer;
use crate::stack::{OfFunction, Program, Resource, Stack};

/// The transform of SAM templates.
pub(crate) const TRANSFORM: &str = "AWS::Serverless-2016-10-31";

/// The prefix of SAM's own resource types.
pub(crate) const TYPES: &str = "AWS::Serverless::";

/// The data of the whole stack that is needed to write a function in SAM's form.
pub(super) struct Sam<'a> {
    app: &'a App,
    /// The code folder of each program, by the program's index.
    folders: Vec<String>,
}

impl<'a> Sam<'a> {
    /// Collects the data of this stack.
    pub(super) fn of(stack: &Stack, app: &'a App) -> Self {
        let binaries = Binaries::of(app);
        let folder = |it: &Program| binaries.folder(it.binary.as_deref());
        let folders = stack.programs.iter().map(folder).collect();
        Self { app, folders }
    }

    /// Writes the function with this index, and returns its resources that have no SAM event.
    pub(super) fn function(&self, index: usize, of: OfFunction, to: &mut Writer) -> Vec<Resource> {
        let function = &self.app.functions[index];
        let folder = self.folders.get(of.program).map_or("", String::as_str);
        let (properties, beside) = function::fold(of, function, folder, self.app);
        to.apart();
        to.key(function.id.as_str(), 2);
        to.text("Type", "AWS::Serverless::Function", KEYS);
        // The binary is built already: `sam build` has nothing to do, and would fail if it tried.
        to.entry("Metadata", &Map::new().with("SkipBuild", true).into(), KEYS);
        to.key("Properties", KEYS);
        for (key, value) in properties.iter() {
            to.entry(key, value, PROPERTIES);
        }
        beside
    }
}
