//! The imports of the files of a crate. Takes the modules of the crate. Gives for each file the files whose names it
//! uses, with those names. A re-exported name counts for the file that defines it, so that a `pub use` hides no
//! import.

use std::collections::{BTreeMap, BTreeSet};

use super::modules::{Modules, Name};

/// The imports of a crate: for each file, the files that it imports and the names that it takes from each of them.
pub(super) type Imports = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// The module or item that a path in the source refers to.
#[derive(Debug, Clone, PartialEq)]
enum Target {
    /// An item, as the module that defines it and its name.
    Item(usize, String),
    Module(usize),
}

/// Finds the imports between the files of a crate.
pub(super) fn find_imports(modules: &Modules<'_>) -> Imports {
    let mut imports = Imports::new();
    for (number, module) in modules.all.iter().enumerate().filter(|(_, it)| !it.in_tests) {
        let mut add_import = |from: usize, name: &str| {
            let from = &modules.all[from].file;
            if *from != module.file {
                let names = imports.entry(module.file.clone()).or_default();
                names.entry(from.clone()).or_default().insert(name.to_owned());
            }
        };
        for path in &module.paths {
            for target in resolve_path(modules, number, path, &mut Vec::new()) {
                // A path to a module alone imports nothing from its file.
                if let Target::Item(from, name) = target {
                    add_import(from, &name);
                }
            }
        }
        for path in &module.globs {
            for target in resolve_path(modules, number, path, &mut Vec::new()) {
                let Target::Module(from) = target else { continue };
                add_import(from, "*");
                for word in module.words.iter().filter(|word| !module.names.contains_key(*word)) {
                    for target in resolve_name(modules, from, word, &mut Vec::new()) {
                        if let Target::Item(from, name) = target {
                            add_import(from, &name);
                        }
                    }
                }
            }
        }
        for word in &module.registered {
            for target in resolve_name(modules, number, word, &mut Vec::new()) {
                if let Target::Module(from) = target {
                    add_import(from, word);
                }
            }
        }
    }
    imports
}

/// Returns the modules and items that a path in the source of a module refers to, and none for a path into another
/// crate. `seen` stops imports that lead back to themselves.
fn resolve_path(
    modules: &Modules<'_>,
    module: usize,
    path: &[String],
    seen: &mut Vec<(usize, String)>,
) -> Vec<Target> {
    let Some((first, rest)) = path.split_first() else { return Vec::new() };
    let mut targets = match first.as_str() {
        "crate" => vec![Target::Module(0)],
        "self" => vec![Target::Module(module)],
        "super" => modules.all[module].parent.map(Target::Module).into_iter().collect(),
        name => resolve_name(modules, module, name, seen),
    };
    for segment in rest {
        let inside: Vec<usize> = targets.iter().filter_map(as_module).collect();
        if inside.is_empty() {
            // Associated items are in the file of their type.
            break;
        }
        targets = inside
            .into_iter()
            .flat_map(|module| match segment.as_str() {
                "super" => modules.all[module].parent.map(Target::Module).into_iter().collect(),
                name if is_defined_by_a_macro(modules, module, name) => {
                    vec![Target::Item(module, name.to_owned())]
                }
                name => resolve_name(modules, module, name, seen),
            })
            .collect();
    }
    targets
}

/// Returns whether a name that a path takes from a module can only come from a macro: the source of the module neither
/// defines nor imports the name, and has no glob import that could bring it.
fn is_defined_by_a_macro(modules: &Modules<'_>, module: usize, name: &str) -> bool {
    let within = &modules.all[module];
    within.globs.is_empty() && !within.names.contains_key(name)
}

fn as_module(target: &Target) -> Option<usize> {
    match target {
        Target::Module(module) => Some(*module),
        Target::Item(..) => None,
    }
}

/// Returns the modules and items that a name means in a module.
fn resolve_name(
    modules: &Modules<'_>,
    module: usize,
    name: &str,
    seen: &mut Vec<(usize, String)>,
) -> Vec<Target> {
    if seen.contains(&(module, name.to_owned())) {
        return Vec::new();
    }
    seen.push((module, name.to_owned()));
    let within = &modules.all[module];
    let mut targets = Vec::new();
    for known in within.names.get(name).into_iter().flatten() {
        match known {
            Name::Item(module) => targets.push(Target::Item(*module, name.to_owned())),
            Name::Module(module) => targets.push(Target::Module(*module)),
            Name::Import(path) => targets.extend(resolve_path(modules, module, path, seen)),
        }
    }
    if !within.names.contains_key(name) {
        for path in &within.globs {
            for from in resolve_path(modules, module, path, seen).iter().filter_map(as_module) {
                targets.extend(resolve_name(modules, from, name, seen));
            }
        }
    }
    seen.pop();
    targets
}
