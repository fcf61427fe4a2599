//! Finds the types that serde serializes in the text of source files. Takes tokens, and returns the definitions of
//! structs and enums that derive `Serialize`, and of those that the macros of the model declare.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::DeriveInput;

/// A type that is serialized.
pub(super) enum TypeItem {
    /// A type with `#[derive(Serialize)]`.
    Derived(Box<DeriveInput>),
    /// A whole number that is not negative.
    Number,
    /// A text.
    Text,
}

/// The types of all files, by name.
#[derive(Default)]
pub(super) struct TypeItems {
    types: BTreeMap<String, TypeItem>,
}

impl TypeItems {
    /// Adds the types of a file.
    pub(super) fn read_file(&mut self, path: &str, text: &str) {
        let stream: TokenStream = text.parse().unwrap_or_else(|error| panic!("`{path}`: {error}"));
        self.read(&stream.into_iter().collect::<Vec<_>>());
    }

    /// Returns the type of this name.
    pub(super) fn get(&self, name: &str) -> &TypeItem {
        self.types.get(name).unwrap_or_else(|| {
            panic!("`{name}` is in `app.json`, and its JSON is not known: add it to `{}`", file!())
        })
    }

    fn read(&mut self, trees: &[TokenTree]) {
        let mut start = 0;
        let mut at = 0;
        while at < trees.len() {
            let rest = &trees[at..];
            at += match rest {
                // An attribute, which belongs to the item after it.
                [TokenTree::Punct(hash), TokenTree::Group(_), ..] if hash.as_char() == '#' => {
                    at += 2;
                    continue;
                }
                [TokenTree::Ident(word), ..] if *word == "pub" => {
                    at += 1;
                    continue;
                }
                [TokenTree::Group(scope), ..] if scope.delimiter() == Delimiter::Parenthesis => {
                    at += 1;
                    continue;
                }
                [TokenTree::Ident(word), ..] if *word == "struct" || *word == "enum" => {
                    let length = length_of_item(rest);
                    self.add_derived(&trees[start..at + length]);
                    length
                }
                [TokenTree::Ident(name), TokenTree::Punct(mark), TokenTree::Group(body), ..]
                    if mark.as_char() == '!' =>
                {
                    // The list of `for_each_source!(sources)` is in the definition of the macro.
                    if body.delimiter() == Delimiter::Brace {
                        self.add_from_macro(&name.to_string(), body);
                    }
                    3
                }
                [
                    TokenTree::Ident(word),
                    TokenTree::Punct(mark),
                    TokenTree::Ident(name),
                    TokenTree::Group(body),
                    ..,
                ] if *word == "macro_rules" && mark.as_char() == '!' => {
                    // Only these macros have their list in their definition.
                    if name.to_string().starts_with("for_each") {
                        self.add_from_macro(&name.to_string(), &innermost_group(body));
                    }
                    4
                }
                _ => 1,
            };
            start = at;
        }
    }

    /// Adds the type with these tokens if it derives `Serialize`.
    fn add_derived(&mut self, tokens: &[TokenTree]) {
        let stream: TokenStream = tokens.iter().cloned().collect();
        let Ok(item) = syn::parse2::<DeriveInput>(stream) else { return };
        let derives = |attribute: &syn::Attribute| {
            let is_derive = attribute.path().is_ident("derive");
            is_derive
                && attribute.meta.require_list().is_ok_and(|list| {
                    list.tokens.to_string().split(',').any(|name| name.trim() == "Serialize")
                })
        };
        if item.attrs.iter().any(derives) {
            let name = item.ident.to_string();
            self.add(&name, TypeItem::Derived(Box::new(item)));
        }
    }

    fn add(&mut self, name: &str, item: TypeItem) {
        let known = self.types.insert(name.to_owned(), item);
        assert!(known.is_none(), "two types are called `{name}`");
    }

    /// Adds the types that a macro of the model declares. The words of the grammar in these macros are the names of
    /// the JSON.
    fn add_from_macro(&mut self, name: &str, body: &Group) {
        let entries = || declared_names(body);
        match name {
            "bounded" => entries().into_iter().for_each(|it| self.add(&it, TypeItem::Number)),
            "names" => entries().into_iter().for_each(|it| self.add(&it, TypeItem::Text)),
            "for_each_source" => self.add_enum("Trigger", &modules_with_types(body)),
            "for_each_resource_kind" => {
                self.add_enum("ResourceSettings", &modules_with_types(body));
            }
            "pool_triggers" => self.add_enum("PoolTrigger", &entries()),
            "auth_methods" => self.add_enum("KafkaAuth", &entries()),
            _ => {}
        }
    }

    /// Adds an enum with these variants.
    fn add_enum(&mut self, name: &str, variants: &[String]) {
        let text = format!(
            "#[serde(rename_all = \"snake_case\")] enum {name} {{ {} }}",
            variants.join(", ")
        );
        let item = syn::parse_str(&text).expect("the variants are Rust");
        self.add(name, TypeItem::Derived(Box::new(item)));
    }
}

/// Returns the number of tokens of the struct or enum at the beginning: up to its body or its semicolon.
fn length_of_item(trees: &[TokenTree]) -> usize {
    let end = trees.iter().position(|tree| match tree {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(punct) => punct.as_char() == ';',
        _ => false,
    });
    end.map_or(trees.len(), |end| end + 1)
}

/// Returns the last group in braces within the last one, and so on: the list that a macro passes to another one.
fn innermost_group(group: &Group) -> Group {
    let inner = group.stream().into_iter().filter_map(|tree| match tree {
        TokenTree::Group(inner) if inner.delimiter() == Delimiter::Brace => Some(inner),
        _ => None,
    });
    inner.last().map_or_else(|| group.clone(), |inner| innermost_group(&inner))
}

/// Returns the names that the entries of a macro declare: the first identifier of each, after its documentation. The
/// entries end with semicolons.
fn declared_names(body: &Group) -> Vec<String> {
    let trees: Vec<TokenTree> = body.stream().into_iter().collect();
    let entries = trees.split(|tree| is_punct(tree, ';'));
    let name = |entry: &[TokenTree]| {
        entry.iter().find_map(|tree| match tree {
            TokenTree::Ident(name) => Some(name.to_string()),
            _ => None,
        })
    };
    entries.filter_map(name).collect()
}

/// Returns the variants of an enum from entries `module: Type,`.
fn modules_with_types(body: &Group) -> Vec<String> {
    let trees: Vec<TokenTree> = body.stream().into_iter().collect();
    let entries = trees.split(|tree| is_punct(tree, ','));
    let last = |entry: &[TokenTree]| entry.last().map(|it| format!("{it}({it})"));
    entries.filter_map(last).collect()
}

fn is_punct(tree: &TokenTree, wanted: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == wanted)
}
