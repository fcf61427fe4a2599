//! Resolves the paths of attributes and macro calls. It takes the module tree with its imports and a path. It
//! follows renames, globs, `crate::`, `self::` and `super::` as far as the source shows them. It returns the
//! Skylift macro that the path names, or nothing.

use std::cell::OnceCell;

use super::AttributeKind;
use super::cursor::Cursor;
use super::imports::{self, Import, WrittenPath};
use super::tree::{Module, ModuleTree};

/// The greatest number of steps in resolving one path, even if imports refer to each other.
const MAX_STEPS: usize = 1_000;
/// The greatest length of a chain of imports. A longer chain is not followed.
const MAX_DEPTH: usize = 64;

/// The result of resolving a path in Rust source.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Resolution {
    /// The path names a macro of the crate `skylift`.
    Skylift(SkyliftMacro),
    /// The path names an item of another crate.
    Foreign,
    /// The path names an item in a module of the package. Such an item cannot be an attribute: a package cannot use
    /// the attribute macros that it defines itself.
    Local,
    /// The source does not show what the path names.
    Unknown,
}

impl Resolution {
    /// Combines two results for one name, which may name a function and an attribute at once. Returns the one that
    /// matters to Skylift.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (ours @ Self::Skylift(_), _) | (_, ours @ Self::Skylift(_)) => ours,
            (Self::Foreign, _) | (_, Self::Foreign) => Self::Foreign,
            (Self::Local, _) | (_, Self::Local) => Self::Local,
            (Self::Unknown, Self::Unknown) => Self::Unknown,
        }
    }
}

/// A macro of the crate `skylift` that the walk has to find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SkyliftMacro {
    Attribute(AttributeKind),
    Main,
}

impl SkyliftMacro {
    /// Returns the macro that has this name in the crate `skylift`, or `None` for any other name.
    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "function" => Self::Attribute(AttributeKind::Function),
            "resource" => Self::Attribute(AttributeKind::Resource),
            "init" => Self::Attribute(AttributeKind::Init),
            "main" => Self::Main,
            _ => return None,
        })
    }
}

/// The steps of resolving one path. It detects names that resolve to themselves.
#[derive(Default)]
struct Search<'a> {
    /// The names that are being resolved: the index of the module, the name, and whether the name is searched in
    /// glob imports.
    entered: Vec<(usize, &'a str, bool)>,
    steps: usize,
}

impl<'a> Search<'a> {
    /// Begins to resolve a name in a module. Returns false if the name is being resolved already, or a limit is
    /// reached.
    fn enter(&mut self, module: usize, name: &'a str, globs: bool) -> bool {
        let step = (module, name, globs);
        if self.steps >= MAX_STEPS
            || self.entered.len() >= MAX_DEPTH
            || self.entered.contains(&step)
        {
            return false;
        }
        self.steps += 1;
        self.entered.push(step);
        true
    }

    /// Ends the last step that `enter` began.
    fn leave(&mut self) {
        self.entered.pop();
    }
}

/// Resolves paths in the modules of a crate.
pub(super) struct Scopes<'a> {
    tree: &'a ModuleTree,
    facade: &'a str,
    imports: Vec<OnceCell<Vec<Import<'a>>>>,
    /// Whether the root of the crate has `#[macro_use] extern crate skylift;`.
    macro_use: bool,
}

impl<'a> Scopes<'a> {
    pub(super) fn new(tree: &'a ModuleTree, facade: &'a str) -> Self {
        let imports = tree.modules.iter().map(|_| OnceCell::new()).collect();
        let mut scopes = Self { tree, facade, imports, macro_use: false };
        scopes.macro_use = tree.modules.first().is_some_and(|root| {
            let text = &tree.sources[root.source].text;
            let used = |range| WrittenPath::parse(&mut Cursor::in_range(text, range));
            root.crates.iter().filter(|(_, macros)| *macros).any(|(range, _)| {
                used(range.clone()).is_ok_and(|path| path.names.first() == Some(&scopes.facade))
            })
        });
        scopes
    }

    /// Returns the Skylift macro that `path` names in the module with the index `module`, or `None` if it names no
    /// Skylift macro.
    pub(super) fn resolve(&self, module: usize, path: &WrittenPath<'a>) -> Option<SkyliftMacro> {
        match self.resolve_path(module, path, &mut Search::default()) {
            Resolution::Skylift(ours) => Some(ours),
            Resolution::Foreign => None,
            // A single name may come from a glob import of a prelude, which the source does not show.
            Resolution::Local | Resolution::Unknown => path
                .single_name()
                .and_then(SkyliftMacro::from_name)
                .filter(|ours| matches!(ours, SkyliftMacro::Attribute(_)) || self.macro_use),
        }
    }

    /// Resolves a path that is written in the module with the index `module`.
    fn resolve_path(
        &self,
        module: usize,
        path: &WrittenPath<'a>,
        search: &mut Search<'a>,
    ) -> Resolution {
        let names = &path.names[..];
        if path.global {
            return self.resolve_external(names);
        }
        match names {
            [] => Resolution::Unknown,
            ["crate", rest @ ..] => self.resolve_in_module(0, rest, search),
            ["self", rest @ ..] => self.resolve_in_module(module, rest, search),
            ["super", rest @ ..] => {
                let (mut module, mut rest) = (self.parent(module), rest);
                while let ["super", further @ ..] = rest {
                    (module, rest) = (self.parent(module), further);
                }
                self.resolve_in_module(module, rest, search)
            }
            [_] => self.resolve_in_module(module, names, search),
            [first, rest @ ..] => {
                let mut found = self.resolve_declared(module, names, search);
                if found == Resolution::Unknown && first != &self.facade {
                    found = self.resolve_in_globs(module, names, search);
                }
                match found {
                    Resolution::Unknown => self.resolve_crate(first, rest, search),
                    found => found,
                }
            }
        }
    }

    /// Returns the index of a module's parent; the parent of the root is the root.
    pub(super) fn parent(&self, module: usize) -> usize {
        self.module(module).parent.unwrap_or(0)
    }

    pub(super) fn module(&self, module: usize) -> &'a Module {
        &self.tree.modules[module]
    }

    /// Resolves a path whose first name no module declares. The name is a crate, or comes from `extern crate … as
    /// …` in the root.
    fn resolve_crate(
        &self,
        first: &'a str,
        rest: &[&'a str],
        search: &mut Search<'a>,
    ) -> Resolution {
        let renamed = |import: &&Import<'a>| import.path.global && import.name == Some(first);
        if let Some(import) = self.imports(0).iter().find(renamed) {
            return self.resolve_path(0, &import.path.join(rest), search);
        }
        let names: Vec<_> = std::iter::once(first).chain(rest.iter().copied()).collect();
        self.resolve_external(&names)
    }

    /// Resolves a path that starts with the name of a crate.
    fn resolve_external(&self, names: &[&str]) -> Resolution {
        match names {
            [krate, rest @ ..] if *krate == self.facade => match rest {
                [name] | ["prelude", name] => {
                    SkyliftMacro::from_name(name).map_or(Resolution::Unknown, Resolution::Skylift)
                }
                _ => Resolution::Unknown,
            },
            _ => Resolution::Foreign,
        }
    }

    /// Resolves a path in a module: among the module's declarations, then among its glob imports.
    fn resolve_in_module(
        &self,
        module: usize,
        names: &[&'a str],
        search: &mut Search<'a>,
    ) -> Resolution {
        match self.resolve_declared(module, names, search) {
            Resolution::Unknown => self.resolve_in_globs(module, names, search),
            meaning => meaning,
        }
    }

    /// Resolves a path among a module's named imports and its child modules.
    fn resolve_declared(
        &self,
        module: usize,
        names: &[&'a str],
        search: &mut Search<'a>,
    ) -> Resolution {
        let [first, rest @ ..] = names else {
            return Resolution::Unknown;
        };
        if !search.enter(module, first, false) {
            return Resolution::Unknown;
        }
        let mut found = Resolution::Unknown;
        for import in self.imports(module).iter().filter(|import| import.name == Some(first)) {
            let imported = self.resolve_path(module, &import.path.join(rest), search);
            found = found.or(imported);
        }
        if found == Resolution::Unknown
            && !rest.is_empty()
            && let Some(child) = self.find_child(module, first)
        {
            found = self.resolve_in_module(child, rest, search).or(Resolution::Local);
        }
        search.leave();
        found
    }

    /// Resolves a path among a module's glob imports. The source does not show what globs of other crates import.
    fn resolve_in_globs(
        &self,
        module: usize,
        names: &[&'a str],
        search: &mut Search<'a>,
    ) -> Resolution {
        let Some(first) = names.first() else {
            return Resolution::Unknown;
        };
        if !search.enter(module, first, true) {
            return Resolution::Unknown;
        }
        let mut found = Resolution::Unknown;
        for import in self.imports(module).iter().filter(|import| import.name.is_none()) {
            if let Some(local) = self.find_module(module, &import.path) {
                found = found.or(self.resolve_in_module(local, names, search));
            } else if let resolution @ Resolution::Skylift(_) =
                self.resolve_path(module, &import.path.join(names), search)
            {
                found = resolution;
            }
        }
        search.leave();
        found
    }

    /// Finds the module of the package that a path names without imports. Returns `None` if the path names no
    /// module.
    pub(super) fn find_module(&self, mut module: usize, path: &WrittenPath<'a>) -> Option<usize> {
        if path.global {
            return None;
        }
        for name in &path.names {
            module = match *name {
                "crate" => 0,
                "self" => module,
                "super" => self.parent(module),
                name => self.find_child(module, name)?,
            };
        }
        Some(module)
    }

    /// Finds the child module with this name. Returns `None` if the module has no such child.
    pub(super) fn find_child(&self, module: usize, name: &str) -> Option<usize> {
        let children = &self.module(module).children;
        children.iter().copied().find(|&child| self.module(child).name == name)
    }

    /// Returns the imports of a module, which are parsed when they are first needed.
    pub(super) fn imports(&self, module: usize) -> &[Import<'a>] {
        self.imports[module].get_or_init(|| {
            let module = self.module(module);
            let text: &'a str = &self.tree.sources[module.source].text;
            let mut imports = Vec::new();
            for range in &module.uses {
                imports::collect_use(Cursor::in_range(text, range.clone()), &mut imports);
            }
            for (range, _) in &module.crates {
                imports::collect_extern_crate(Cursor::in_range(text, range.clone()), &mut imports);
            }
            imports
        })
    }
}
