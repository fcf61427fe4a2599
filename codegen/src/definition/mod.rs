//! The definitions of state machines: reads the files that `#[resource(state_machine(asl = "…"))]` names, checks them, and
//! compares the names in them with the application. Takes the resources of the application and the package's folder.

mod functions;
mod name;
mod read;

use std::path::{Path, PathBuf};

use skylift_model::problem::Problem;
use skylift_model::resource::{Resource, ResourceSettings};

pub(crate) use functions::check_functions;
use name::{NameInDefinition, problem};

/// What was read from the definitions of all state machines.
#[derive(Debug, Default)]
pub(crate) struct ReadDefinitions {
    /// The files, which Cargo watches.
    pub(crate) files: Vec<PathBuf>,
    /// The mistakes in the files, each at the key that names the file.
    pub(crate) problems: Vec<Problem>,
    /// The names in the definitions.
    pub(crate) names: Vec<NameInDefinition>,
}

/// Reads the definitions of these resources of the application and writes them into the resources. The paths of
/// definitions are relative to `folder`.
pub(crate) fn read_definitions(resources: &mut [Resource], folder: &Path) -> ReadDefinitions {
    let mut found = ReadDefinitions::default();
    for (index, resource) in resources.iter_mut().enumerate() {
        let ResourceSettings::StateMachine(machine) = &mut resource.settings else { continue };
        let Some(path) = machine.asl.clone() else { continue };
        let file = folder.join(&path);
        let read = read::read_definition(&file, &path, machine.express);
        found.files.push(file);
        found.problems.extend(read.problems.into_iter().map(|message| problem(index, message)));
        for (name, is_called, origin) in read.names {
            found.names.push(NameInDefinition { resource: index, name, is_called, origin });
        }
        machine.definition = read.definition;
    }
    found
}

#[cfg(test)]
mod tests;
