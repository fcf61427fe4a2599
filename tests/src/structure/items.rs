//! The items of a module, token by token. Takes the text of a file, gives the module the names that it
//! has and the paths that it uses, and reads the files of the modules that it declares. What tests
//! alone have is left out, save for the files that it includes.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::Files;
use super::modules::{Module, Modules, Name, folder};
use super::tokens::{self, Use, group, ident, is_colons, is_punct, trees_of};

/// Items with a name right behind their keyword.
const NAMED: [&str; 8] = ["const", "enum", "fn", "static", "struct", "trait", "type", "union"];

/// Reads a crate from its root.
pub(super) fn read<'a>(files: &'a Files, root: &str) -> Modules<'a> {
    let mut modules = Modules::new(files);
    read_file(&mut modules, root, folder(root), None, false);
    modules
}

/// Reads the file of a module whose own modules are in the folder `inside`.
fn read_file(
    modules: &mut Modules<'_>,
    path: &str,
    inside: &str,
    parent: Option<usize>,
    in_tests: bool,
) {
    let text = modules.files.get(path).unwrap_or_else(|| panic!("there is no `{path}`"));
    let stream: TokenStream = text.parse().unwrap_or_else(|error| panic!("`{path}`: {error}"));
    let trees = tokens::trees(stream);
    let mut inner = trees
        .windows(3)
        .filter(|three| is_punct(three.get(1), '!'))
        .filter_map(|three| group(three.get(2), Delimiter::Bracket));
    let in_tests = in_tests || inner.any(is_of_tests);
    let (module, file) = (modules.all.len(), path.to_owned());
    modules.folders.insert(file.clone(), inside.to_owned());
    if let Some(parent) = parent {
        modules.declared_by.insert(file.clone(), modules.all[parent].file.clone());
    }
    modules.all.push(Module { file, in_tests, parent, ..Module::default() });
    let mut reader = Reader { modules, module, inside, declares_by_macro: false };
    reader.read(&trees, true);
}

/// Whether an attribute, seen from within its brackets, leaves its item to tests.
fn is_of_tests(attribute: &proc_macro2::Group) -> bool {
    let trees = trees_of(attribute);
    match ident(trees.first()).as_deref() {
        Some("test") => true,
        Some("cfg") => group(trees.get(1), Delimiter::Parenthesis)
            .is_some_and(|predicate| tokens::only_in_tests(&trees_of(predicate))),
        _ => false,
    }
}

struct Reader<'a, 'b> {
    modules: &'a mut Modules<'b>,
    module: usize,
    inside: &'a str,
    /// Whether a macro of the module makes `mod name;` of the names that it is given.
    declares_by_macro: bool,
}

impl Reader<'_, '_> {
    fn module(&mut self) -> &mut Module {
        &mut self.modules.all[self.module]
    }

    /// Reads tokens one after another: items where they `define` names of the module, else the inside
    /// of one.
    fn read(&mut self, trees: &[TokenTree], define: bool) {
        let mut rest = trees;
        while !rest.is_empty() {
            let attributes = attributes(&mut rest);
            skip_visibility(&mut rest);
            let of_tests = attributes.iter().any(is_of_tests);
            for attribute in &attributes {
                self.read(&trees_of(attribute), false);
            }
            let length = match declaration(rest) {
                Some((name, length)) if define => {
                    self.declare(&name, rest.get(length - 1), &attributes, of_tests);
                    length
                }
                _ if of_tests => tokens::item(rest),
                _ => self.one(rest, &attributes, define),
            };
            rest = &rest[length.min(rest.len())..];
        }
    }

    /// Reads what begins here, and gives how many tokens that is.
    fn one(
        &mut self,
        trees: &[TokenTree],
        attributes: &[proc_macro2::Group],
        define: bool,
    ) -> usize {
        if let Some(TokenTree::Group(group)) = trees.first() {
            self.read(&trees_of(group), false);
            return 1;
        }
        let after = |punct| is_punct(trees.first(), punct) && ident(trees.get(1)).is_some();
        if is_colons(trees) {
            // The rest of a path that begins with a type, or one of another crate.
            return 2 + tokens::path(&trees[2..]).map_or(0, |(_, length)| length);
        }
        if after('$') && ident(trees.get(1)).is_some_and(|word| word != "crate") || after('#') {
            return 1 + tokens::path(&trees[1..]).map_or(0, |(_, length)| length);
        }
        if after('.') {
            return 2;
        }
        let Some((path, length)) = tokens::path(trees) else { return 1 };
        match path[0].as_str() {
            "use" if !is_punct(trees.get(1), '<') => return self.import(trees),
            "macro_rules" => {
                if let Some(name) = ident(trees.get(2)) {
                    let exported = attributes.iter().any(|attribute| {
                        ident(trees_of(attribute).first()).is_some_and(|it| it == "macro_export")
                    });
                    self.define(name, exported);
                }
                let body = trees.get(3);
                self.declares_by_macro |= body.is_some_and(declares_modules);
                return 3;
            }
            word if define && NAMED.contains(&word) => {
                if let Some(name) = ident(trees.get(1)).filter(|name| name != "fn") {
                    self.define(name, false);
                    return 2;
                }
            }
            _ => {}
        }
        self.module().words.insert(path[0].clone());
        if path.len() > 1 {
            self.module().paths.insert(path);
        }
        if define && is_punct(trees.get(length), '!') {
            self.register(trees.get(length + 1));
        }
        length
    }

    fn define(&mut self, name: String, at_root: bool) {
        let item = Name::Item(self.module);
        if at_root {
            self.modules.all[0].name(name.clone(), item.clone());
        }
        self.module().name(name, item);
    }

    fn import(&mut self, trees: &[TokenTree]) -> usize {
        let end = trees.iter().position(|tree| is_punct(Some(tree), ';')).unwrap_or(trees.len());
        for found in tokens::uses(&trees[1..end]) {
            match found {
                Use::Glob(path) => self.module().globs.push(path),
                Use::Name(path, name) => {
                    self.module().paths.insert(path.clone());
                    self.module().name(name, Name::Import(path));
                }
            }
        }
        end + 1
    }

    /// Notes what a macro is given.
    fn register(&mut self, given: Option<&TokenTree>) {
        let Some(TokenTree::Group(group)) = given else { return };
        for tree in trees_of(group) {
            if let Some(word) = ident(Some(&tree)) {
                if self.declares_by_macro && self.modules.find(self.inside, &word).is_some() {
                    self.declare(&word, None, &[], false);
                }
                self.module().registered.insert(word);
            }
            self.register(Some(&tree));
        }
    }

    /// Reads the module of that name: within the braces of `end`, or in a file of its own.
    fn declare(
        &mut self,
        name: &str,
        end: Option<&TokenTree>,
        attributes: &[proc_macro2::Group],
        of_tests: bool,
    ) {
        let (parent, in_tests) = (self.module, of_tests || self.module().in_tests);
        let number = self.modules.all.len();
        self.module().name(name.to_owned(), Name::Module(number));
        let beside = folder(&self.module().file).to_owned();
        let path = attributes.iter().find_map(path_of);
        if let Some(body) = group(end, Delimiter::Brace) {
            let file = self.module().file.clone();
            let module = Module { file, in_tests, parent: Some(parent), ..Module::default() };
            self.modules.all.push(module);
            let inside = format!("{}/{name}", self.inside);
            let declares_by_macro = self.declares_by_macro;
            let modules = &mut *self.modules;
            Reader { modules, module: number, inside: &inside, declares_by_macro }
                .read(&trees_of(body), true);
        } else if let Some(path) = path {
            // As a `mod.rs` does, such a file has its modules beside it.
            let path = format!("{beside}/{path}");
            read_file(self.modules, &path, folder(&path), Some(parent), in_tests);
        } else {
            let found = self.modules.find(self.inside, name);
            let (file, inside) = found
                .unwrap_or_else(|| panic!("there is no file of `{name}` in `{}`", self.inside));
            read_file(self.modules, &file, &inside, Some(parent), in_tests);
        }
    }
}

/// Takes the attributes that begin here, seen from within their brackets.
fn attributes(rest: &mut &[TokenTree]) -> Vec<proc_macro2::Group> {
    let mut found = Vec::new();
    while is_punct(rest.first(), '#') {
        let inner = usize::from(is_punct(rest.get(1), '!'));
        let Some(group) = group(rest.get(1 + inner), Delimiter::Bracket) else { break };
        // An inner one is the whole module's.
        if inner == 0 {
            found.push(group.clone());
        }
        *rest = &rest[2 + inner..];
    }
    found
}

fn skip_visibility(rest: &mut &[TokenTree]) {
    if ident(rest.first()).is_some_and(|word| word == "pub") {
        let scope = usize::from(group(rest.get(1), Delimiter::Parenthesis).is_some());
        *rest = &rest[1 + scope..];
    }
}

/// The name of the module that is declared here, and the number of tokens to its `;` or its body.
fn declaration(trees: &[TokenTree]) -> Option<(String, usize)> {
    let name = ident(trees.first()).filter(|word| word == "mod").and(ident(trees.get(1)))?;
    let ends = is_punct(trees.get(2), ';') || group(trees.get(2), Delimiter::Brace).is_some();
    ends.then_some((name, 3))
}

/// Whether `mod $name;` is somewhere in a macro.
fn declares_modules(tree: &TokenTree) -> bool {
    let TokenTree::Group(group) = tree else { return false };
    let trees = trees_of(group);
    let here = trees.windows(2).any(|two| {
        ident(two.first()).is_some_and(|word| word == "mod") && is_punct(two.get(1), '$')
    });
    here || trees.iter().any(declares_modules)
}

/// The value of `path = "…"`.
fn path_of(attribute: &proc_macro2::Group) -> Option<String> {
    let trees = trees_of(attribute);
    ident(trees.first()).filter(|word| word == "path")?;
    Some(trees.get(2)?.to_string().trim_matches('"').to_owned())
}
