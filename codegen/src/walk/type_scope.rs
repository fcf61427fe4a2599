//! Finds the definitions of types by their paths. It takes the source of a walked crate, and a path in one of its
//! modules. It follows modules, imports, renames, re-exports and globs as far as the source shows them, and returns
//! the type that the path names.

use std::fmt::{self, Debug, Formatter};

use super::scope::Scopes;
use super::tree::ModuleTree;

/// The greatest number of names that are resolved for one path.
const MAX_STEPS: usize = 1_000;

/// The source of a walked crate, in which types can be found by their names.
pub(crate) struct CrateSource(ModuleTree);

impl CrateSource {
    pub(super) fn new(tree: ModuleTree) -> Self {
        Self(tree)
    }
}

impl Debug for CrateSource {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("CrateSource").field("types", &self.0.types.len()).finish_non_exhaustive()
    }
}

/// The type that a path names, as far as the source shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TypeName {
    /// A type that the crate defines: the index of its definition.
    Own(usize),
    /// A type of another crate: its path, which starts with the name of that crate.
    Foreign(Vec<String>),
    /// A name that no module of the crate declares: a primitive type, a type of the prelude, a type parameter, or a
    /// type from a glob import of another crate.
    Undeclared(String),
    /// The source does not show what the path names.
    Unknown,
}

/// Finds types in the modules of a crate.
pub(crate) struct TypeScopes<'a> {
    tree: &'a ModuleTree,
    scopes: Scopes<'a>,
}

/// The names that are being resolved, each with its module, and the number of names that were resolved.
#[derive(Default)]
struct Steps {
    entered: Vec<(usize, String)>,
    count: usize,
}

impl<'a> TypeScopes<'a> {
    /// Creates the scopes of a crate; `facade` is the name by which its paths call the crate `skylift`.
    pub(crate) fn new(source: &'a CrateSource, facade: &'a str) -> Self {
        Self { tree: &source.0, scopes: Scopes::new(&source.0, facade) }
    }

    /// Returns the module and the text of a type's definition.
    pub(crate) fn definition(&self, index: usize) -> (usize, &'a str) {
        let item = &self.tree.types[index];
        let source = self.tree.modules[item.module].source;
        (item.module, &self.tree.sources[source].text[item.range.clone()])
    }

    /// Returns the type that the path `names` names in a module; a `global` path starts with `::`.
    pub(crate) fn resolve(&self, module: usize, names: &[String], global: bool) -> TypeName {
        if module >= self.tree.modules.len() {
            return TypeName::Unknown;
        }
        self.resolve_path(module, names, global, &mut Steps::default())
    }

    fn resolve_path(
        &self,
        module: usize,
        names: &[String],
        global: bool,
        steps: &mut Steps,
    ) -> TypeName {
        if global {
            return TypeName::Foreign(names.to_vec());
        }
        let Some((first, mut rest)) = names.split_first() else { return TypeName::Unknown };
        match first.as_str() {
            "crate" => return self.resolve_in_module(0, rest, steps),
            "self" => return self.resolve_in_module(module, rest, steps),
            "super" => {
                let mut module = self.scopes.parent(module);
                while rest.first().is_some_and(|name| name == "super") {
                    (module, rest) = (self.scopes.parent(module), &rest[1..]);
                }
                return self.resolve_in_module(module, rest, steps);
            }
            _ => {}
        }
        match (self.resolve_in_module(module, names, steps), names) {
            (TypeName::Unknown, [one]) => TypeName::Undeclared(one.clone()),
            (TypeName::Unknown, _) => self.resolve_renamed_crate(first, rest),
            (found, _) => found,
        }
    }

    /// Returns the type of another crate that a path names, whose first name may come from `extern crate … as …` in
    /// the root.
    fn resolve_renamed_crate(&self, first: &str, rest: &[String]) -> TypeName {
        let imports = if self.tree.modules.is_empty() { &[] } else { self.scopes.imports(0) };
        let renamed = imports.iter().find(|it| it.path.global && it.name == Some(first));
        let krate = renamed.map_or_else(|| vec![first], |import| import.path.names.clone());
        let names = krate.into_iter().map(str::to_owned).chain(rest.iter().cloned());
        TypeName::Foreign(names.collect())
    }

    /// Resolves a path among the declarations of a module, then among its glob imports.
    fn resolve_in_module(&self, module: usize, names: &[String], steps: &mut Steps) -> TypeName {
        let Some((first, rest)) = names.split_first() else { return TypeName::Unknown };
        let step = (module, first.clone());
        if steps.count >= MAX_STEPS || steps.entered.contains(&step) {
            return TypeName::Unknown;
        }
        steps.count += 1;
        steps.entered.push(step);
        let found = self.resolve_declared(module, first, rest, steps);
        let found = found.unwrap_or_else(|| self.resolve_in_globs(module, names, steps));
        steps.entered.pop();
        found
    }

    /// Resolves a path among the types, the imports and the child modules of a module. Returns `None` if the module
    /// does not declare the first name.
    fn resolve_declared(
        &self,
        module: usize,
        first: &str,
        rest: &[String],
        steps: &mut Steps,
    ) -> Option<TypeName> {
        let own = self.tree.modules[module].types.iter();
        if let Some(&own) = own.clone().find(|&&index| self.tree.types[index].name == first) {
            // The path continues to something inside the type, such as a variant.
            return Some(if rest.is_empty() { TypeName::Own(own) } else { TypeName::Unknown });
        }
        for import in self.scopes.imports(module).iter().filter(|it| it.name == Some(first)) {
            let names = import.path.names.iter().map(|&name| name.to_owned());
            let names: Vec<String> = names.chain(rest.iter().cloned()).collect();
            let found = self.resolve_path(module, &names, import.path.global, steps);
            if found != TypeName::Unknown {
                return Some(found);
            }
        }
        if rest.is_empty() {
            return None;
        }
        let child = self.scopes.find_child(module, first)?;
        Some(self.resolve_in_module(child, rest, steps))
    }

    /// Resolves a path among the glob imports of a module. The source does not show what globs of other crates
    /// import.
    fn resolve_in_globs(&self, module: usize, names: &[String], steps: &mut Steps) -> TypeName {
        for import in self.scopes.imports(module).iter().filter(|import| import.name.is_none()) {
            if let Some(local) = self.scopes.find_module(module, &import.path) {
                let found = self.resolve_in_module(local, names, steps);
                if found != TypeName::Unknown {
                    return found;
                }
            }
        }
        TypeName::Unknown
    }
}
