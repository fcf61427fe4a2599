//! Resolves the paths of attributes and macro calls. It takes the module tree with its imports and a path. It
//! follows renames, globs, `crate::`, `self::` and `super::` as far as the source shows them, and returns the
//! Skylift macro that the path names, if any.

use std::cell::OnceCell;

use super::imports::{self, Import, Written};
use super::skim::Cursor;
use super::tree::{Module, Tree};
use super::{Attribute, Names};

/// The most steps of one look-up, even if the imports refer to each other.
const LONGEST: usize = 1_000;
/// The longest chain of imports; longer ones are ignored.
const DEEPEST: usize = 64;

/// The result of resolving a path.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Meaning {
    /// A macro of the crate `skylift`.
    Ours(Ours),
    /// An item of another crate.
    Foreign,
    /// An item in a module of the package. It cannot be an attribute: a package cannot use the attribute macros that
    /// it defines itself.
    Local,
    /// The source does not show what it is.
    Unknown,
}

impl Meaning {
    /// Combines two meanings of one name, which may name a function and an attribute at once. Returns the one that
    /// matters here.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (ours @ Self::Ours(_), _) | (_, ours @ Self::Ours(_)) => ours,
            (Self::Foreign, _) | (_, Self::Foreign) => Self::Foreign,
            (Self::Local, _) | (_, Self::Local) => Self::Local,
            (Self::Unknown, Self::Unknown) => Self::Unknown,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ours {
    Attribute(Attribute),
    Main,
}

impl Ours {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "function" => Self::Attribute(Attribute::Function),
            "resource" => Self::Attribute(Attribute::Resource),
            "init" => Self::Attribute(Attribute::Init),
            "main" => Self::Main,
            _ => return None,
        })
    }
}

/// The path of one look-up. It detects names that resolve to themselves.
#[derive(Default)]
struct Search<'a> {
    /// Module, name, and whether the name is searched in the globs.
    way: Vec<(usize, &'a str, bool)>,
    steps: usize,
}

impl<'a> Search<'a> {
    fn enter(&mut self, module: usize, name: &'a str, globs: bool) -> bool {
        let step = (module, name, globs);
        if self.steps >= LONGEST || self.way.len() >= DEEPEST || self.way.contains(&step) {
            return false;
        }
        self.steps += 1;
        self.way.push(step);
        true
    }

    fn leave(&mut self) {
        self.way.pop();
    }
}

pub(super) struct Scopes<'a> {
    tree: &'a Tree,
    krate: &'a str,
    imports: Vec<OnceCell<Vec<Import<'a>>>>,
    /// Whether the root has `#[macro_use] extern crate skylift;`.
    macro_use: bool,
}

impl<'a> Scopes<'a> {
    pub(super) fn new(tree: &'a Tree, names: &'a Names) -> Self {
        let imports = tree.modules.iter().map(|_| OnceCell::new()).collect();
        let mut scopes = Self { tree, krate: &names.krate, imports, macro_use: false };
        scopes.macro_use = tree.modules.first().is_some_and(|root| {
            let text = &tree.sources[root.source].text;
            let used = |range| Written::parse(&mut Cursor::within(text, range));
            root.crates.iter().filter(|(_, macros)| *macros).any(|(range, _)| {
                used(range.clone()).is_ok_and(|path| path.names.first() == Some(&scopes.krate))
            })
        });
        scopes
    }

    /// Returns the Skylift macro that `path` names in `module`, if any.
    pub(super) fn resolve(&self, module: usize, path: &Written<'a>) -> Option<Ours> {
        match self.path(module, path, &mut Search::default()) {
            Meaning::Ours(ours) => Some(ours),
            Meaning::Foreign => None,
            // A single name may come from a glob import of a prelude, which the source does not show.
            Meaning::Local | Meaning::Unknown => path
                .bare()
                .and_then(Ours::named)
                .filter(|ours| matches!(ours, Ours::Attribute(_)) || self.macro_use),
        }
    }

    fn path(&self, module: usize, path: &Written<'a>, search: &mut Search<'a>) -> Meaning {
        let names = &path.names[..];
        if path.global {
            return self.external(names);
        }
        match names {
            [] => Meaning::Unknown,
            ["crate", rest @ ..] => self.below(0, rest, search),
            ["self", rest @ ..] => self.below(module, rest, search),
            ["super", rest @ ..] => {
                let (mut module, mut rest) = (self.parent(module), rest);
                while let ["super", further @ ..] = rest {
                    (module, rest) = (self.parent(module), further);
                }
                self.below(module, rest, search)
            }
            [_] => self.below(module, names, search),
            [first, rest @ ..] => {
                let mut meaning = self.declared(module, names, search);
                if meaning == Meaning::Unknown && first != &self.krate {
                    meaning = self.globbed(module, names, search);
                }
                match meaning {
                    Meaning::Unknown => self.outside(first, rest, search),
                    meaning => meaning,
                }
            }
        }
    }

    fn parent(&self, module: usize) -> usize {
        self.module(module).parent.unwrap_or(0)
    }

    fn module(&self, module: usize) -> &'a Module {
        &self.tree.modules[module]
    }

    /// Resolves a path whose first name no module declares: a crate, or a name from `extern crate … as …` in the root.
    fn outside(&self, first: &'a str, rest: &[&'a str], search: &mut Search<'a>) -> Meaning {
        let renamed = |import: &&Import<'a>| import.path.global && import.name == Some(first);
        if let Some(import) = self.imports(0).iter().find(renamed) {
            return self.path(0, &import.path.extended(rest), search);
        }
        let names: Vec<_> = std::iter::once(first).chain(rest.iter().copied()).collect();
        self.external(&names)
    }

    fn external(&self, names: &[&str]) -> Meaning {
        match names {
            [krate, rest @ ..] if *krate == self.krate => match rest {
                [name] | ["prelude", name] => {
                    Ours::named(name).map_or(Meaning::Unknown, Meaning::Ours)
                }
                _ => Meaning::Unknown,
            },
            _ => Meaning::Foreign,
        }
    }

    /// Resolves `names` in a module: among its declarations, then among its glob imports.
    fn below(&self, module: usize, names: &[&'a str], search: &mut Search<'a>) -> Meaning {
        match self.declared(module, names, search) {
            Meaning::Unknown => self.globbed(module, names, search),
            meaning => meaning,
        }
    }

    /// Resolves `names` in a module's named imports and its child modules.
    fn declared(&self, module: usize, names: &[&'a str], search: &mut Search<'a>) -> Meaning {
        let [first, rest @ ..] = names else {
            return Meaning::Unknown;
        };
        if !search.enter(module, first, false) {
            return Meaning::Unknown;
        }
        let mut meaning = Meaning::Unknown;
        for import in self.imports(module).iter().filter(|import| import.name == Some(first)) {
            let imported = self.path(module, &import.path.extended(rest), search);
            meaning = meaning.or(imported);
        }
        if meaning == Meaning::Unknown
            && !rest.is_empty()
            && let Some(child) = self.child(module, first)
        {
            meaning = self.below(child, rest, search).or(Meaning::Local);
        }
        search.leave();
        meaning
    }

    /// Resolves `names` in a module's glob imports. The source does not show what globs of other crates import.
    fn globbed(&self, module: usize, names: &[&'a str], search: &mut Search<'a>) -> Meaning {
        let Some(first) = names.first() else {
            return Meaning::Unknown;
        };
        if !search.enter(module, first, true) {
            return Meaning::Unknown;
        }
        let mut meaning = Meaning::Unknown;
        for import in self.imports(module).iter().filter(|import| import.name.is_none()) {
            if let Some(local) = self.locate(module, &import.path) {
                meaning = meaning.or(self.below(local, names, search));
            } else if let ours @ Meaning::Ours(_) =
                self.path(module, &import.path.extended(names), search)
            {
                meaning = ours;
            }
        }
        search.leave();
        meaning
    }

    /// Finds the module of the package that a path names without imports.
    fn locate(&self, mut module: usize, path: &Written<'a>) -> Option<usize> {
        if path.global {
            return None;
        }
        for name in &path.names {
            module = match *name {
                "crate" => 0,
                "self" => module,
                "super" => self.parent(module),
                name => self.child(module, name)?,
            };
        }
        Some(module)
    }

    fn child(&self, module: usize, name: &str) -> Option<usize> {
        let children = &self.module(module).children;
        children.iter().copied().find(|&child| self.module(child).name == name)
    }

    fn imports(&self, module: usize) -> &[Import<'a>] {
        self.imports[module].get_or_init(|| {
            let module = self.module(module);
            let text: &'a str = &self.tree.sources[module.source].text;
            let mut imports = Vec::new();
            for range in &module.uses {
                imports::read_use(Cursor::within(text, range.clone()), &mut imports);
            }
            for (range, _) in &module.crates {
                imports::read_extern_crate(Cursor::within(text, range.clone()), &mut imports);
            }
            imports
        })
    }
}
