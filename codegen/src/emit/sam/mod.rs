//! SAM: the stack folded into functions of `AWS::Serverless::Function` with their events, and what holds
//! for all of them in `Globals`. What SAM makes by itself, and what it would leave undone, is known here
//! and nowhere else.

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

/// The transform that makes a template one of SAM's.
pub(crate) const TRANSFORM: &str = "AWS::Serverless-2016-10-31";

/// What begins the names of SAM's own types.
pub(crate) const TYPES: &str = "AWS::Serverless::";

/// What SAM needs to know of the whole stack to write a part of it.
pub(super) struct Sam<'a> {
    app: &'a App,
    /// By the index of a program: the folder of its code.
    folders: Vec<String>,
}

impl<'a> Sam<'a> {
    /// What it needs to know of this stack.
    pub(super) fn of(stack: &Stack, app: &'a App) -> Self {
        let binaries = Binaries::of(app);
        let folder = |it: &Program| binaries.folder(it.binary.as_deref());
        let folders = stack.programs.iter().map(folder).collect();
        Self { app, folders }
    }

    /// Writes the function with this index, and returns its resources that SAM has no event for.
    pub(super) fn function(&self, index: usize, of: OfFunction, to: &mut Writer) -> Vec<Resource> {
        let function = &self.app.functions[index];
        let folder = self.folders.get(of.program).map_or("", String::as_str);
        let (properties, beside) = function::fold(of, function, folder, self.app);
        to.apart();
        to.key(function.id.as_str(), 2);
        to.text("Type", "AWS::Serverless::Function", KEYS);
        // The binary is built already: `sam build` has nothing to do, and fails where it tries.
        to.entry("Metadata", &Map::new().with("SkipBuild", true).into(), KEYS);
        to.key("Properties", KEYS);
        for (key, value) in properties.iter() {
            to.entry(key, value, PROPERTIES);
        }
        beside
    }
}
