//! Reads serde's attributes of types, fields and variants, and their documentation. An attribute that this module does
//! not know is an error: it may change the JSON.

use syn::{Attribute, Expr, ExprLit, Lit, LitStr, Meta};

/// What the attributes say about the JSON.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an attribute of its own")]
pub(super) struct SerdeAttributes {
    pub(super) rename: Option<String>,
    pub(super) rename_all: Option<String>,
    pub(super) into: Option<String>,
    pub(super) serialize_with: Option<String>,
    pub(super) is_optional: bool,
    pub(super) is_flattened: bool,
    pub(super) is_skipped: bool,
    pub(super) is_transparent: bool,
    pub(super) is_untagged: bool,
    /// The first paragraph of the documentation.
    pub(super) description: String,
}

impl SerdeAttributes {
    pub(super) fn read(attributes: &[Attribute]) -> Self {
        let mut found = Self::default();
        let mut lines: Vec<String> = Vec::new();
        for attribute in attributes {
            match &attribute.meta {
                Meta::NameValue(pair) if pair.path.is_ident("doc") => {
                    if let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &pair.value {
                        lines.push(text.value().trim().to_owned());
                    }
                }
                Meta::List(list) if list.path.is_ident("serde") => found.read_serde(attribute),
                _ => {}
            }
        }
        let first: Vec<String> = lines.into_iter().take_while(|line| !line.is_empty()).collect();
        found.description = without_links(&first.join(" "));
        found
    }

    fn read_serde(&mut self, attribute: &Attribute) {
        let read = attribute.parse_nested_meta(|meta| {
            let name = meta.path.require_ident()?.to_string();
            let text = match meta.value() {
                Ok(value) => Some(value.parse::<LitStr>()?.value()),
                Err(_) => None,
            };
            match name.as_str() {
                "rename" => self.rename = text,
                "rename_all" => self.rename_all = text,
                "into" => self.into = text,
                "serialize_with" => self.serialize_with = text,
                "skip_serializing_if" => self.is_optional = true,
                "flatten" => self.is_flattened = true,
                "skip" => self.is_skipped = true,
                "transparent" => self.is_transparent = true,
                "untagged" => self.is_untagged = true,
                // It concerns reading alone.
                "try_from" => {}
                other => panic!("`#[serde({other})]` is not known here"),
            }
            Ok(())
        });
        read.expect("serde's attributes are valid");
    }

    /// Returns the name of a field or a variant in the JSON; `rule` is the `rename_all` of its type.
    pub(super) fn json_name(&self, name: &str, rule: Option<&str>) -> String {
        let name = name.trim_start_matches("r#");
        match (&self.rename, rule) {
            (Some(renamed), _) => renamed.clone(),
            (None, None) => name.to_owned(),
            (None, Some("snake_case")) => snake_case(name),
            (None, Some("lowercase")) => name.to_lowercase(),
            (None, Some("UPPERCASE")) => name.to_uppercase(),
            (None, Some("PascalCase")) => name[..1].to_uppercase() + &name[1..],
            (None, Some(other)) => panic!("`rename_all = \"{other}\"` is not known here"),
        }
    }
}

/// Converts the name of a variant as serde does: each upper-case letter begins a word.
fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

/// Removes the links of a documentation: the brackets around a name and what follows them in parentheses.
fn without_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once("[`") {
        let Some((name, after)) = link.split_once("`]") else { break };
        out.extend([before, "`", name, "`"]);
        rest = match after.strip_prefix('(').and_then(|after| after.split_once(')')) {
            Some((_, after)) => after,
            None => after,
        };
    }
    out + rest
}
