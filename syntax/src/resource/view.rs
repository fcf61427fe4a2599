//! Views: `bucket(of = Uploads, prefix = "in/")` and `table(of = Orders, key = "tenant#1")`. Reads the path of the whole
//! resource and the part that the view stands for. Everything else is set on the whole resource.

use proc_macro2::TokenStream;
use quote::quote;
use skylift_model::aws::name::{AttributeName, LogicalId};
use skylift_model::aws::node::Map;
use skylift_model::resource::bucket::Bucket;
use skylift_model::resource::table::{KeyAttribute, KeyType, Table};
use skylift_model::resource::view::{OF, View, ViewKey, ViewPart, ViewPrefix};
use skylift_model::resource::{Resource, ResourceKind, ResourceSettings};
use skylift_model::subscription;

use super::common::{CREATION_KEYS, KindKeys, NamedType, read_named_type};
use super::definition::{ResourceDefinition, ViewDefinition};
use super::trait_items::{RuntimeNames, expand_type_marker};
use crate::errors::Errors;
use crate::messages::{self, FamiliarWords, phrases};
use crate::readers::{read_text, report_expected};
use crate::tree::{ArgValue, ArgValueKind, Args};

/// The keys of every kind that are set on the whole resource.
const KEYS_OF_WHOLE: &[&str] = &["existing", Resource::KMS_KEY, subscription::KEY];

/// Reads the arguments of a kind with the key `of`. Takes the kind with its keys and with other tools' words for them, and
/// the logical id of the struct. Returns `None` after an error was recorded.
pub(super) fn read_view(
    (kind, keys, words): (ResourceKind, &KindKeys, &'static [FamiliarWords]),
    args: &Args,
    id: Option<LogicalId>,
    errors: &mut Errors,
) -> Option<ResourceDefinition> {
    let Some(view_keys) = &keys.view else {
        errors.push(args.span_of_name(OF), messages::kind_without_views(kind));
        return None;
    };
    let of_whole = [CREATION_KEYS, keys.creation, KEYS_OF_WHOLE, view_keys.of_whole].concat();
    let (args, of_whole) = args.split_off_keys(&of_whole);
    for key in of_whole {
        errors.push(&key.span, messages::key_of_whole_resource(&key.text));
    }
    args.explain(words);
    args.explain(messages::RESOURCE_KEYS);
    args.read_all(kind.as_str(), errors, |args, errors| {
        let of = args.take(OF, read_path, errors);
        let part = |value: &ArgValue, errors: &mut Errors| read_part(kind, value, errors);
        let part = args.take_if_set(view_keys.part, part, errors);
        if part.is_none() {
            errors.push_missing(&args.span, messages::view_without_part(kind, view_keys.part));
        }
        let types = keys.types.iter().filter_map(|key| {
            args.take(key, |value, errors| read_named_type(kind, key, value, errors), errors)
        });
        let types = types.collect();
        let ((of, path), part) = (of?, part??);
        let settings = match &part {
            ViewPart::Prefix(_) => ResourceSettings::Bucket(Bucket::default()),
            ViewPart::Key(_) => ResourceSettings::Table(unknown_table()?),
        };
        Some(ResourceDefinition {
            id: id?,
            settings,
            existing: None,
            view: Some(ViewDefinition { view: View { of, part }, path }),
            retain: None,
            properties: Map::new(),
            kms_key: None,
            policy: Vec::new(),
            stream_policy: Vec::new(),
            types,
            subscriptions: Vec::new(),
        })
    })
}

/// Reads the path of the whole resource, and returns its last segment and the path.
fn read_path(value: &ArgValue, errors: &mut Errors) -> Option<(String, TokenStream)> {
    match &value.kind {
        ArgValueKind::Path(segments, path) => Some((segments.last()?.clone(), path.clone())),
        _ => report_expected(phrases::RESOURCE_OF_VIEW, value, errors),
    }
}

/// Reads the part of a resource of this kind that a view names.
fn read_part(kind: ResourceKind, value: &ArgValue, errors: &mut Errors) -> Option<ViewPart> {
    let text = read_text(value, errors)?;
    let part = match kind {
        ResourceKind::Bucket => ViewPrefix::parse(text).map(ViewPart::Prefix),
        _ => ViewKey::parse(text).map(ViewPart::Key),
    };
    match part {
        Ok(part) => Some(part),
        Err(message) => {
            errors.push(&value.span, message);
            None
        }
    }
}

/// Returns the settings of a view of a table until the application has those of the table.
fn unknown_table() -> Option<Table> {
    let name = AttributeName::try_from("key").ok()?;
    Some(Table {
        name: None,
        key: KeyAttribute { name, kind: KeyType::String },
        sort: None,
        indexes: Vec::new(),
        stream: None,
        ttl: None,
        point_in_time_recovery: true,
    })
}

impl ViewDefinition {
    /// Returns the tokens of the items in the implementation of the runtime's trait for the kind of the view. The keys and
    /// the indexes of a table are those of the whole one.
    #[must_use]
    pub(super) fn trait_items(
        &self,
        types: &[NamedType],
        runtime: RuntimeNames<'_>,
    ) -> TokenStream {
        let (whole, skylift) = (&self.path, runtime.path);
        match &self.view.part {
            ViewPart::Prefix(prefix) => {
                let prefix = prefix.as_str();
                quote!(const PREFIX: &'static ::core::primitive::str = #prefix;)
            }
            ViewPart::Key(key) => {
                let key = key.as_str();
                let table = quote!(<#whole as #skylift::resource::Table>);
                let item_marker = if types.is_empty() {
                    quote!(#table::ItemMarker)
                } else {
                    expand_type_marker(types, "item", runtime)
                };
                quote! {
                    type Item = #skylift::resource::MessageOf<#item_marker>;
                    type ItemMarker = #item_marker;
                    type StreamView = #table::StreamView;
                    type Key<'a> = #table::Sort<'a>;
                    type Partition<'a> = #table::Partition<'a>;
                    type Sort<'a> = #table::Sort<'a>;
                    const KEY: #skylift::resource::KeyAttribute = #table::KEY;
                    const SORT: ::core::option::Option<#skylift::resource::KeyAttribute> = #table::SORT;
                    const TTL: ::core::option::Option<&'static ::core::primitive::str> = #table::TTL;
                    const INDEXES: &'static [#skylift::resource::SecondaryIndex] = #table::INDEXES;
                    const VIEW_KEY: ::core::option::Option<&'static ::core::primitive::str> =
                        ::core::option::Option::Some(#key);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::testing::{accepted, read, rejected};

    #[test]
    fn a_view_has_a_resource_and_a_part() {
        let bucket = accepted(r#"bucket(of = crate::Uploads, prefix = "in/")"#);
        assert!(matches!(bucket.settings, ResourceSettings::Bucket(_)));
        let ViewDefinition { view, path } = bucket.view.unwrap();
        assert_eq!((view.of.as_str(), view.part.prefix()), ("Uploads", Some("in/")));
        assert_eq!(path.to_string().replace(' ', ""), "crate::Uploads");
        let table = accepted(r#"table(of = Orders, key = "tenant#1", item = Order, id = "First")"#);
        assert_eq!(table.id.as_str(), "First");
        assert_eq!(table.types.len(), 1);
        let part = table.view.unwrap().view.part;
        assert_eq!(part, ViewPart::Key(ViewKey::parse("tenant#1").unwrap()));
    }

    #[test]
    fn a_mistake_in_a_view_is_one_error() {
        for (attribute, message) in [
            (
                r"bucket(of = Uploads)",
                "a view of a bucket needs a `prefix`\n\nhelp: write `prefix = \"in/\"`",
            ),
            (
                r"table(of = Orders)",
                "a view of a table needs a `key`\n\nhelp: write `key = \"tenant#1\"`",
            ),
            (
                r#"queue(of = Jobs, prefix = "a")"#,
                "a queue has no views\n\nhelp: leave `of` out: views are of buckets, by a prefix, and of tables, by a partition key",
            ),
            (
                r#"bucket(of = Uploads, prefix = "")"#,
                "the prefix of a view is empty\n\nhelp: write the text with which the keys begin: `prefix = \"in/\"`",
            ),
            (
                r#"bucket(prefix = "in/")"#,
                "unknown key `prefix` in `bucket`\n\nhelp: for a view of the keys with a prefix, write `of = Uploads` beside it",
            ),
        ] {
            assert_eq!(rejected(attribute), message, "{attribute}");
        }
        for (attribute, message) in [
            (r#"bucket(of = "uploads", prefix = "in/")"#, "expected the path of the `#[resource]`"),
            (r"bucket(of = Uploads, prefix = in_)", "expected a string"),
            (
                r#"bucket(of = Uploads, prefix = "in/*")"#,
                "`in/*` has a `*`, which IAM reads as any characters",
            ),
            (r#"bucket(of = Uploads, prefix = "in/", suffix = "a")"#, "unknown key `suffix`"),
            (r#"table(of = Orders, key = number("a"))"#, "expected a string"),
            (r#"table(of = Orders, key = "")"#, "the partition key of a view is empty"),
        ] {
            let found = rejected(attribute);
            assert!(found.starts_with(message), "{attribute}: {found}");
        }
    }

    #[test]
    fn what_the_whole_resource_has_is_not_set_on_a_view() {
        for key in [
            "versioned",
            "tls_only = false",
            "name = \"a\"",
            "existing = \"acme\"",
            "retain = true",
            "properties = {}",
            "policy = []",
            "kms_key = param(\"Key\")",
        ] {
            let name = key.split(' ').next().unwrap();
            assert_eq!(
                rejected(&format!(r#"bucket(of = Uploads, prefix = "in/", {key})"#)),
                format!(
                    "`{name}` is set on the whole resource, not on a view of it\n\nhelp: leave `{name}` out here"
                )
            );
        }
        let two =
            read(r#"table(of = Orders, key = "a", sort = "at", ttl = "ends", stream = keys)"#);
        assert_eq!(two.unwrap_err().len(), 3);
    }

    #[test]
    fn the_trait_of_a_view_takes_everything_else_from_its_resource() {
        let items = |attribute: &str| {
            let runtime = RuntimeNames { path: &quote!(rt), package: "shop" };
            accepted(attribute).trait_items(runtime).to_string().replace(' ', "")
        };
        assert_eq!(
            items(r#"bucket(of = Uploads, prefix = "in/")"#),
            "constPREFIX:&'static::core::primitive::str=\"in/\";"
        );
        let table = items(r#"table(of = Orders, key = "tenant#1")"#);
        for expected in [
            "typeItemMarker=<Ordersasrt::resource::Table>::ItemMarker;",
            "typeKey<'a>=<Ordersasrt::resource::Table>::Sort<'a>;",
            "constINDEXES:&'static[rt::resource::SecondaryIndex]=<Ordersasrt::resource::Table>::INDEXES;",
            "::core::option::Option::Some(\"tenant#1\");",
        ] {
            assert!(table.contains(expected), "{expected} is not in {table}");
        }
        let typed = items(r#"table(of = Orders, key = "tenant#1", item = Order)"#);
        assert!(typed.contains("typeItemMarker=rt::resource::Typed<Order>;"), "{typed}");
    }
}
