//! Reads the items of a module, token by token. Takes the text of a file, and adds to its module the names that it
//! defines and the paths that it uses. Also reads the files of the modules that it declares. Code that exists only
//! in tests is left out, except for the list of its files.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::Files;
use super::modules::{Module, Modules, Name, parent_folder};
use super::tokens::{self, Use, as_group, as_ident, group_trees, is_colons, is_punct};

/// Keywords that are directly followed by the name of an item.
const KEYWORDS_BEFORE_NAME: [&str; 8] =
    ["const", "enum", "fn", "static", "struct", "trait", "type", "union"];

/// Reads the modules of a crate, starting with its root file `root`, and returns them.
pub(super) fn read_crate<'a>(files: &'a Files, root: &str) -> Modules<'a> {
    let mut modules = Modules::new(files);
    read_file(&mut modules, root, parent_folder(root), None, false);
    modules
}

/// Reads the file of a module, and the files of its submodules, which are in the folder `inside`.
fn read_file(
    modules: &mut Modules<'_>,
    path: &str,
    inside: &str,
    parent: Option<usize>,
    in_tests: bool,
) {
    let text = modules.files.get(path).unwrap_or_else(|| panic!("there is no `{path}`"));
    let stream: TokenStream = text.parse().unwrap_or_else(|error| panic!("`{path}`: {error}"));
    let trees = tokens::token_trees(stream);
    let mut inner = trees
        .windows(3)
        .filter(|three| is_punct(three.get(1), '!'))
        .filter_map(|three| as_group(three.get(2), Delimiter::Bracket));
    let in_tests = in_tests || inner.any(is_test_only);
    let (module, file) = (modules.all.len(), path.to_owned());
    modules.folders.insert(file.clone(), inside.to_owned());
    if let Some(parent) = parent {
        modules.declared_by.insert(file.clone(), modules.all[parent].file.clone());
    }
    modules.all.push(Module { file, in_tests, parent, ..Module::default() });
    let mut reader = Reader { modules, module, inside, declares_by_macro: false };
    reader.read(&trees, true);
}

/// Returns whether an attribute, given as the content of its brackets, limits its item to tests.
fn is_test_only(attribute: &proc_macro2::Group) -> bool {
    let trees = group_trees(attribute);
    match as_ident(trees.first()).as_deref() {
        Some("test") => true,
        Some("cfg") => as_group(trees.get(1), Delimiter::Parenthesis)
            .is_some_and(|predicate| tokens::only_in_tests(&group_trees(predicate))),
        _ => false,
    }
}

struct Reader<'a, 'b> {
    modules: &'a mut Modules<'b>,
    module: usize,
    inside: &'a str,
    /// Whether a macro of the module that is read expands to `mod name;` for the names in its arguments.
    declares_by_macro: bool,
}

impl Reader<'_, '_> {
    fn module(&mut self) -> &mut Module {
        &mut self.modules.all[self.module]
    }

    /// Reads tokens of the module one after another. If `define` is true, the tokens are items of the module, whose
    /// names are recorded. Otherwise they are the inside of an item.
    fn read(&mut self, trees: &[TokenTree], define: bool) {
        let mut rest = trees;
        while !rest.is_empty() {
            let attributes = take_attributes(&mut rest);
            skip_visibility(&mut rest);
            let test_only = attributes.iter().any(is_test_only);
            for attribute in &attributes {
                self.read(&group_trees(attribute), false);
            }
            let length = match parse_module_declaration(rest) {
                Some((name, length)) if define => {
                    self.read_module(&name, rest.get(length - 1), &attributes, test_only);
                    length
                }
                _ if test_only => tokens::item_length(rest),
                _ => self.read_token(rest, &attributes, define),
            };
            rest = &rest[length.min(rest.len())..];
        }
    }

    /// Reads the item, path or other construct of Rust at the start of the tokens, and returns its number of tokens.
    fn read_token(
        &mut self,
        trees: &[TokenTree],
        attributes: &[proc_macro2::Group],
        define: bool,
    ) -> usize {
        if let Some(TokenTree::Group(group)) = trees.first() {
            self.read(&group_trees(group), false);
            return 1;
        }
        let after = |punct| is_punct(trees.first(), punct) && as_ident(trees.get(1)).is_some();
        if is_colons(trees) {
            // The rest of a path that begins with a type, or a path into another crate.
            return 2 + tokens::parse_path(&trees[2..]).map_or(0, |(_, length)| length);
        }
        if after('$') && as_ident(trees.get(1)).is_some_and(|word| word != "crate") || after('#') {
            return 1 + tokens::parse_path(&trees[1..]).map_or(0, |(_, length)| length);
        }
        if after('.') {
            return 2;
        }
        let Some((path, length)) = tokens::parse_path(trees) else { return 1 };
        match path[0].as_str() {
            "use" if !is_punct(trees.get(1), '<') => return self.read_use(trees),
            "macro_rules" => {
                if let Some(name) = as_ident(trees.get(2)) {
                    let exported = attributes.iter().any(|attribute| {
                        as_ident(group_trees(attribute).first())
                            .is_some_and(|it| it == "macro_export")
                    });
                    self.define(name, exported);
                }
                let body = trees.get(3);
                self.declares_by_macro |= body.is_some_and(declares_modules);
                return 3;
            }
            word if define && KEYWORDS_BEFORE_NAME.contains(&word) => {
                if let Some(name) = as_ident(trees.get(1)).filter(|name| name != "fn") {
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
            self.modules.all[0].add_name(name.clone(), item.clone());
        }
        self.module().add_name(name, item);
    }

    fn read_use(&mut self, trees: &[TokenTree]) -> usize {
        let end = trees.iter().position(|tree| is_punct(Some(tree), ';')).unwrap_or(trees.len());
        for found in tokens::parse_use(&trees[1..end]) {
            match found {
                Use::Glob(path) => self.module().globs.push(path),
                Use::Name(path, name) => {
                    self.module().paths.insert(path.clone());
                    self.module().add_name(name, Name::Import(path));
                }
            }
        }
        end + 1
    }

    /// Records the identifiers in the arguments of a macro call: any of them may be the name of a module that the
    /// macro registers.
    fn register(&mut self, given: Option<&TokenTree>) {
        let Some(TokenTree::Group(group)) = given else { return };
        for tree in group_trees(group) {
            if let Some(word) = as_ident(Some(&tree)) {
                if self.declares_by_macro && self.modules.find_file(self.inside, &word).is_some() {
                    self.read_module(&word, None, &[], false);
                }
                self.module().registered.insert(word);
            }
            self.register(Some(&tree));
        }
    }

    /// Reads the submodule of that name: the inside of the braces `end` if it is inline, or its own file.
    fn read_module(
        &mut self,
        name: &str,
        end: Option<&TokenTree>,
        attributes: &[proc_macro2::Group],
        test_only: bool,
    ) {
        let (parent, in_tests) = (self.module, test_only || self.module().in_tests);
        let number = self.modules.all.len();
        self.module().add_name(name.to_owned(), Name::Module(number));
        let beside = parent_folder(&self.module().file).to_owned();
        let path = attributes.iter().find_map(parse_path_attribute);
        if let Some(body) = as_group(end, Delimiter::Brace) {
            let file = self.module().file.clone();
            let module = Module { file, in_tests, parent: Some(parent), ..Module::default() };
            self.modules.all.push(module);
            let inside = format!("{}/{name}", self.inside);
            let declares_by_macro = self.declares_by_macro;
            let modules = &mut *self.modules;
            Reader { modules, module: number, inside: &inside, declares_by_macro }
                .read(&group_trees(body), true);
        } else if let Some(path) = path {
            // Like a `mod.rs`, such a file has its submodules in its own folder.
            let path = format!("{beside}/{path}");
            read_file(self.modules, &path, parent_folder(&path), Some(parent), in_tests);
        } else {
            let found = self.modules.find_file(self.inside, name);
            let (file, inside) = found
                .unwrap_or_else(|| panic!("there is no file of `{name}` in `{}`", self.inside));
            read_file(self.modules, &file, &inside, Some(parent), in_tests);
        }
    }
}

/// Removes the attributes at the start of the tokens, and returns the contents of their brackets.
fn take_attributes(rest: &mut &[TokenTree]) -> Vec<proc_macro2::Group> {
    let mut found = Vec::new();
    while is_punct(rest.first(), '#') {
        let inner = usize::from(is_punct(rest.get(1), '!'));
        let Some(group) = as_group(rest.get(1 + inner), Delimiter::Bracket) else { break };
        // An inner attribute belongs to the whole module.
        if inner == 0 {
            found.push(group.clone());
        }
        *rest = &rest[2 + inner..];
    }
    found
}

fn skip_visibility(rest: &mut &[TokenTree]) {
    if as_ident(rest.first()).is_some_and(|word| word == "pub") {
        let scope = usize::from(as_group(rest.get(1), Delimiter::Parenthesis).is_some());
        *rest = &rest[1 + scope..];
    }
}

/// Returns the name of the module that is declared at the start of the tokens, and the number of tokens before its
/// `;` or body. Returns `None` if no module is declared there.
fn parse_module_declaration(trees: &[TokenTree]) -> Option<(String, usize)> {
    let name = as_ident(trees.first()).filter(|word| word == "mod").and(as_ident(trees.get(1)))?;
    let ends = is_punct(trees.get(2), ';') || as_group(trees.get(2), Delimiter::Brace).is_some();
    ends.then_some((name, 3))
}

/// Returns whether the definition of a macro contains `mod $name;`, so that calls of the macro declare modules.
fn declares_modules(tree: &TokenTree) -> bool {
    let TokenTree::Group(group) = tree else { return false };
    let trees = group_trees(group);
    let here = trees.windows(2).any(|two| {
        as_ident(two.first()).is_some_and(|word| word == "mod") && is_punct(two.get(1), '$')
    });
    here || trees.iter().any(declares_modules)
}

/// Returns the value of an attribute `path = "…"`, given as the content of its brackets, and `None` for any other
/// attribute.
fn parse_path_attribute(attribute: &proc_macro2::Group) -> Option<String> {
    let trees = group_trees(attribute);
    as_ident(trees.first()).filter(|word| word == "path")?;
    Some(trees.get(2)?.to_string().trim_matches('"').to_owned())
}
