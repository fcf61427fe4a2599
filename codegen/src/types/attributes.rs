//! Reads the attributes of a type, a field or a variant: evaluates `cfg` and `cfg_attr`, and collects what serde's
//! attributes say.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Lit, Meta, Token};

use super::rename::RenameRule;
use crate::walk::Cfg;

/// A value for writing and another one for reading, as in `rename(serialize = "a", deserialize = "b")`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Directions<T> {
    pub(super) write: T,
    pub(super) read: T,
}

impl<T: Clone> Directions<T> {
    fn both(value: T) -> Self {
        Self { write: value.clone(), read: value }
    }
}

/// What the attributes of a type, a field or a variant say about its JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is an attribute of its own")]
pub(super) struct SerdeAttributes {
    /// Whether serde derives `Serialize` and `Deserialize`.
    pub(super) derived: Directions<bool>,
    pub(super) rename: Directions<Option<String>>,
    pub(super) rename_all: Directions<Option<RenameRule>>,
    pub(super) rename_all_fields: Directions<Option<RenameRule>>,
    pub(super) aliases: Vec<String>,
    pub(super) skip: Directions<bool>,
    pub(super) has_default: bool,
    pub(super) is_flattened: bool,
    /// The module or function of `with`, `serialize_with`, `deserialize_with`, `into`, `from` and `try_from`, which
    /// decides about the JSON instead of the type.
    pub(super) converted: Directions<Option<String>>,
    pub(super) tag: Option<String>,
    pub(super) content: Option<String>,
    pub(super) is_untagged: bool,
    pub(super) is_transparent: bool,
    pub(super) denies_unknown: bool,
    /// Whether another attribute macro may rewrite the item, so that the source does not show what serde sees.
    pub(super) is_opaque: bool,
}

impl SerdeAttributes {
    /// Reads the attributes of an item. Returns `None` if a `cfg` removes the item.
    pub(super) fn read(attributes: &[Attribute], cfg: &Cfg) -> Option<Self> {
        let mut found = Self::default();
        let mut is_derived = false;
        for meta in active_metas(attributes, cfg)? {
            let Some(name) = meta.path().segments.last().map(|it| it.ident.to_string()) else {
                continue;
            };
            match name.as_str() {
                "serde" => found.add_serde(&meta),
                "derive" => {
                    is_derived = true;
                    found.add_derives(&meta);
                }
                // On a type it only announces the fields that have `serde_as(as = "…")`.
                "serde_as" => found.is_opaque |= is_conversion(&meta),
                "skip_serializing_none"
                | "doc"
                | "allow"
                | "expect"
                | "warn"
                | "deny"
                | "repr"
                | "must_use"
                | "non_exhaustive"
                | "deprecated"
                | "automatically_derived" => {}
                // Helper attributes of derive macros come behind `derive`.
                _ => found.is_opaque |= !is_derived,
            }
        }
        Some(found)
    }

    fn add_derives(&mut self, meta: &Meta) {
        let Meta::List(list) = meta else { return };
        let parser = Punctuated::<syn::Path, Token![,]>::parse_terminated;
        for path in parser.parse2(list.tokens.clone()).into_iter().flatten() {
            let names: Vec<String> = path.segments.iter().map(|it| it.ident.to_string()).collect();
            let [qualifiers @ .., name] = names.as_slice() else { continue };
            // `rkyv::Serialize` is another trait.
            let is_serde = qualifiers.iter().all(|it| !matches!(it.as_str(), "rkyv" | "borsh"));
            self.derived.write |= is_serde && name == "Serialize";
            self.derived.read |= is_serde && name == "Deserialize";
        }
    }

    fn add_serde(&mut self, meta: &Meta) {
        let Meta::List(list) = meta else { return };
        let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
        for meta in parser.parse2(list.tokens.clone()).into_iter().flatten() {
            let name = meta.path().segments.last().map(|it| it.ident.to_string());
            self.add_setting(name.as_deref().unwrap_or_default(), &meta);
        }
    }

    /// Adds one setting in `#[serde(…)]`.
    fn add_setting(&mut self, name: &str, meta: &Meta) {
        let text = text_value(meta);
        match name {
            "rename" => set_directions(&mut self.rename, meta, |text| Some(text.to_owned())),
            "rename_all" => set_directions(&mut self.rename_all, meta, RenameRule::parse),
            "rename_all_fields" => {
                set_directions(&mut self.rename_all_fields, meta, RenameRule::parse);
            }
            "alias" => self.aliases.extend(text),
            "skip" => self.skip = Directions::both(true),
            "skip_serializing" => self.skip.write = true,
            "skip_deserializing" => self.skip.read = true,
            "default" => self.has_default = true,
            "flatten" => self.is_flattened = true,
            "with" => self.converted = Directions::both(text),
            "serialize_with" | "into" => self.converted.write = text,
            "deserialize_with" | "from" | "try_from" => self.converted.read = text,
            "remote" => self.is_opaque = true,
            "tag" => self.tag = text,
            "content" => self.content = text,
            "untagged" => self.is_untagged = true,
            "transparent" => self.is_transparent = true,
            "deny_unknown_fields" => self.denies_unknown = true,
            _ => {}
        }
    }
}

/// Returns whether the attribute is `serde_as(as = "…")`, which converts a field.
fn is_conversion(meta: &Meta) -> bool {
    let Meta::List(list) = meta else { return false };
    list.tokens.to_string().trim_start_matches("r#").starts_with("as ")
}

/// Sets what `name = "value"` says for both directions, and what `name(serialize = "a", deserialize = "b")` says for
/// each.
fn set_directions<T: Clone>(
    target: &mut Directions<Option<T>>,
    meta: &Meta,
    parse: impl Fn(&str) -> Option<T>,
) {
    if let Some(text) = text_value(meta) {
        *target = Directions::both(parse(&text));
        return;
    }
    let Meta::List(list) = meta else { return };
    let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
    for meta in parser.parse2(list.tokens.clone()).into_iter().flatten() {
        let value = text_value(&meta).and_then(|text| parse(&text));
        if meta.path().is_ident("serialize") {
            target.write = value;
        } else if meta.path().is_ident("deserialize") {
            target.read = value;
        }
    }
}

/// Returns the text of `name = "text"`, and `None` for any other form.
fn text_value(meta: &Meta) -> Option<String> {
    let Meta::NameValue(pair) = meta else { return None };
    match &pair.value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}

/// Returns the attributes that remain after `cfg` and `cfg_attr` are evaluated. Returns `None` if a `cfg` removes the
/// item.
fn active_metas(attributes: &[Attribute], cfg: &Cfg) -> Option<Vec<Meta>> {
    let mut active = Vec::new();
    for attribute in attributes {
        add_active(&attribute.meta, cfg, &mut active)?;
    }
    Some(active)
}

fn add_active(meta: &Meta, cfg: &Cfg, active: &mut Vec<Meta>) -> Option<()> {
    match meta {
        Meta::List(list) if list.path.is_ident("cfg") => {
            return cfg.is_true_text(&list.tokens.to_string()).then_some(());
        }
        Meta::List(list) if list.path.is_ident("cfg_attr") => {
            let (predicate, rest) = split_at_comma(list.tokens.clone());
            if cfg.is_true_text(&predicate.to_string()) {
                let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
                for part in parser.parse2(rest).into_iter().flatten() {
                    add_active(&part, cfg, active)?;
                }
            }
        }
        meta => active.push(meta.clone()),
    }
    Some(())
}

/// Splits tokens at their first comma.
fn split_at_comma(tokens: TokenStream) -> (TokenStream, TokenStream) {
    let mut tokens = tokens.into_iter();
    let is_comma =
        |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
    let first = tokens.by_ref().take_while(|token| !is_comma(token)).collect();
    (first, tokens.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(attributes: &str) -> Option<SerdeAttributes> {
        let vars = [("CARGO_CFG_UNIX", ""), ("CARGO_CFG_FEATURE", "dark-mode")];
        let cfg = Cfg::from_env(vars.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let attributes = Attribute::parse_outer.parse_str(attributes).unwrap();
        SerdeAttributes::read(&attributes, &cfg)
    }

    fn names(write: &str, read: &str) -> Directions<Option<String>> {
        Directions { write: Some(write.to_owned()), read: Some(read.to_owned()) }
    }

    #[test]
    fn settings_of_serde_are_read_for_each_direction() {
        let found = read(r#"#[serde(rename = "a", alias = "b", alias = "c", default)]"#).unwrap();
        assert_eq!(found.rename, names("a", "a"));
        assert_eq!(found.aliases, ["b", "c"]);
        assert!(found.has_default && !found.is_flattened);
        let found = read(r#"#[serde(rename(serialize = "a", deserialize = "b"))]"#).unwrap();
        assert_eq!(found.rename, names("a", "b"));
        let found = read(r#"#[serde(skip_serializing)] #[serde(flatten, with = "hex")]"#).unwrap();
        assert!(found.skip.write && !found.skip.read && found.is_flattened);
        assert_eq!(found.converted, names("hex", "hex"));
        assert_eq!(
            read(r#"#[serde(rename_all(serialize = "camelCase"))]"#).unwrap().rename_all,
            Directions { write: Some(RenameRule::Camel), read: None }
        );
    }

    #[test]
    fn derives_are_seen_with_and_without_a_path() {
        for (attributes, write, reads) in [
            ("#[derive(Debug, Serialize, Deserialize)]", true, true),
            ("#[derive(serde::Serialize)]", true, false),
            ("#[derive(rkyv::Serialize, skylift::serde::Deserialize)]", false, true),
            ("#[derive(Debug)]", false, false),
        ] {
            let derived = Directions { write, read: reads };
            assert_eq!(read(attributes).unwrap().derived, derived, "{attributes}");
        }
    }

    #[test]
    fn conditional_attributes_are_evaluated() {
        assert_eq!(read("#[cfg(windows)]"), None);
        assert!(read("#[cfg(unix)]").is_some());
        let found =
            read(r#"#[cfg_attr(feature = "dark-mode", derive(Serialize), serde(untagged))]"#);
        let found = found.unwrap();
        assert!(found.derived.write && found.is_untagged);
        assert!(!read("#[cfg_attr(windows, derive(Serialize))]").unwrap().derived.write);
        assert_eq!(read("#[cfg_attr(unix, cfg(windows))]"), None);
    }

    #[test]
    fn an_attribute_macro_before_the_derives_makes_a_type_opaque() {
        let opaque = |attributes: &str| read(attributes).unwrap().is_opaque;
        assert!(opaque("#[rewrite] #[derive(Serialize)]"));
        assert!(opaque(r#"#[serde_as(as = "Hex")]"#));
        assert!(!opaque("#[serde_as] #[derive(Serialize)] #[helper(x)]"));
        assert!(!opaque("/// Doc.\n#[allow(dead_code)] #[derive(Serialize)] #[serde(default)]"));
    }
}
