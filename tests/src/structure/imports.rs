//! Who imports what. Takes the modules of a crate, gives for each file the files whose names it uses,
//! with those names. A name that is exported again elsewhere is followed to the file that defines it,
//! so that no import hides behind a `pub use`.

use std::collections::{BTreeMap, BTreeSet};

use super::modules::{Modules, Name};

/// For each file, the files that it imports and the names that it takes from them.
pub(super) type Imports = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// What a path leads to.
#[derive(Debug, Clone, PartialEq)]
enum Target {
    /// A name that a module defines.
    Item(usize, String),
    Module(usize),
}

/// The imports of a crate's files.
pub(super) fn imports(modules: &Modules<'_>) -> Imports {
    let mut imports = Imports::new();
    for (number, module) in modules.all.iter().enumerate().filter(|(_, it)| !it.in_tests) {
        let mut take = |from: usize, name: &str| {
            let from = &modules.all[from].file;
            if *from != module.file {
                let names = imports.entry(module.file.clone()).or_default();
                names.entry(from.clone()).or_default().insert(name.to_owned());
            }
        };
        for path in &module.paths {
            for target in resolve(modules, number, path, &mut Vec::new()) {
                // Of a module nothing is taken but what a longer path names.
                if let Target::Item(from, name) = target {
                    take(from, &name);
                }
            }
        }
        for path in &module.globs {
            for target in resolve(modules, number, path, &mut Vec::new()) {
                let Target::Module(from) = target else { continue };
                take(from, "*");
                for word in module.words.iter().filter(|word| !module.names.contains_key(*word)) {
                    for target in look_up(modules, from, word, &mut Vec::new()) {
                        if let Target::Item(from, name) = target {
                            take(from, &name);
                        }
                    }
                }
            }
        }
        for word in &module.registered {
            for target in look_up(modules, number, word, &mut Vec::new()) {
                if let Target::Module(from) = target {
                    take(from, word);
                }
            }
        }
    }
    imports
}

/// What a path in a module leads to; nothing where that is another crate's. Imports that lead back to
/// themselves end at `seen`.
fn resolve(
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
        name => look_up(modules, module, name, seen),
    };
    for segment in rest {
        let inside: Vec<usize> = targets.iter().filter_map(as_module).collect();
        if inside.is_empty() {
            // What belongs to a type is where the type is.
            break;
        }
        targets = inside
            .into_iter()
            .flat_map(|module| match segment.as_str() {
                "super" => modules.all[module].parent.map(Target::Module).into_iter().collect(),
                name => look_up(modules, module, name, seen),
            })
            .collect();
    }
    targets
}

fn as_module(target: &Target) -> Option<usize> {
    match target {
        Target::Module(module) => Some(*module),
        Target::Item(..) => None,
    }
}

/// What a name is in a module.
fn look_up(
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
            Name::Import(path) => targets.extend(resolve(modules, module, path, seen)),
        }
    }
    if !within.names.contains_key(name) {
        for path in &within.globs {
            for from in resolve(modules, module, path, seen).iter().filter_map(as_module) {
                targets.extend(look_up(modules, from, name, seen));
            }
        }
    }
    seen.pop();
    targets
}
