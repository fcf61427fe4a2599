//! The grammar of resources: `#[resource(bucket)] pub struct Uploads;`. Takes the attribute and the struct
//! below it, and returns the definition of the resource. There is one file for each kind in the list of
//! the model.

mod bucket;
mod bus;
mod common;
mod definition;
mod fifo;
mod grammar;
mod parameter;
mod policy;
pub(crate) mod queue;
mod secret;
mod state_machine;
mod stream;
mod table;
#[cfg(test)]
pub(crate) mod testing;
mod topic;
mod trait_items;
mod view;

use proc_macro2::{Ident, TokenStream};
use skylift_model::aws::name::LogicalId;
use skylift_model::http::Authorizer;
use skylift_model::message::Message;
use skylift_model::resource::{self as model, ResourceKind, ResourceSettings};
use skylift_model::subscription as model_subscription;
use syn::parse::{ParseStream, Parser as _};
use syn::spanned::Spanned as _;
use syn::{Attribute, Generics, Token, Visibility};

use self::common::{CommonSettings, KindKeys, KindWords};
use self::grammar::ResourceGrammar;
use crate::errors::Errors;
use crate::http::{self, AuthorizerDefinition};
use crate::messages::{self, find_familiar};
use crate::properties::KEY;
use crate::readers::read_name;
use crate::signature::find_attribute;
use crate::span::SourceSpan;
use crate::subscription;
use crate::tree::{self, ArgKey, ArgLocation, ArgValueKind, Args};

pub use self::common::NamedType;
pub use self::definition::{ResourceDefinition, ViewDefinition};
pub use self::trait_items::RuntimeNames;

/// A kind of resource that is registered in this module.
struct KindEntry {
    kind: ResourceKind,
    keys: KindKeys,
    words: KindWords,
}

macro_rules! resources {
    ($($module:ident: $Kind:ident,)*) => {
        const KINDS: &[KindEntry] = &[$(KindEntry {
            kind: ResourceKind::$Kind,
            keys: model::$module::$Kind::KEYS,
            words: model::$module::$Kind::WORDS,
        },)*];

        fn read_kind(kind: ResourceKind, args: &Args, errors: &mut Errors) -> Option<ResourceSettings> {
            match kind {
                $(ResourceKind::$Kind => model::$module::$Kind::read(args, errors).map(ResourceSettings::$Kind),)*
            }
        }

        impl ResourceDefinition {
            /// Returns the tokens of the items in the implementation of the runtime's trait for the kind of
            /// this resource.
            #[must_use]
            pub fn trait_items(&self, runtime: RuntimeNames<'_>) -> TokenStream {
                if let Some(view) = &self.view {
                    return view.trait_items(&self.types, runtime);
                }
                match &self.settings {
                    $(ResourceSettings::$Kind(settings) => settings.trait_items(&self.types, runtime),)*
                }
            }
        }
    };
}

skylift_model::for_each_resource_kind!(resources);

/// A struct with `#[resource(…)]`, as the user wrote it.
pub struct ResourceItem {
    /// The visibility of the struct.
    pub vis: Visibility,
    /// The name of the struct.
    pub ident: Ident,
    /// Whether the struct has type parameters. Type parameters are an error, and no trait can be implemented
    /// for such a struct.
    pub is_generic: bool,
    /// Whether the struct has a second `#[resource]`, which is an error. That attribute implements the traits.
    pub is_repeated: bool,
    args: Args,
    /// An empty list of arguments, for a kind that the user wrote without parentheses.
    no_args: Args,
}

impl ResourceItem {
    /// Parses the attribute's arguments and the struct below it. An enum is an error, and is read like a struct.
    /// Returns `None` if the item is something else.
    pub fn parse(args: TokenStream, item: TokenStream, errors: &mut Errors) -> Option<Self> {
        let args = tree::parse_args(args, errors);
        let span = SourceSpan::from_tokens(&item);
        let parse_struct = |input: ParseStream<'_>| -> syn::Result<_> {
            let attrs = Attribute::parse_outer(input)?;
            let vis: Visibility = input.parse()?;
            let is_enum = input.parse::<Option<Token![enum]>>()?.is_some();
            if !is_enum {
                input.parse::<Token![struct]>()?;
            }
            let (ident, generics): (Ident, Generics) = (input.parse()?, input.parse()?);
            Ok((attrs, vis, is_enum, ident, generics, input.parse::<TokenStream>()?))
        };
        let Ok((attrs, vis, is_enum, ident, generics, rest)) = parse_struct.parse2(item) else {
            errors.push(&span, messages::not_a_struct());
            return None;
        };
        let is_generic = !generics.params.is_empty();
        if is_enum {
            errors.push(&span, messages::not_a_struct());
        } else if is_generic {
            let (start, end) = (generics.lt_token.span(), generics.gt_token.span());
            errors.push(&SourceSpan::Tokens { start, end }, messages::generic_resource(&ident));
        } else if rest.to_string() != ";" {
            errors.push(&SourceSpan::from_tokens(&rest), messages::resource_with_fields(&ident));
        }
        let second = find_attribute(&attrs, &["resource"]);
        let is_repeated = second.is_some();
        if let Some((span, second)) = second {
            let name = ident.to_string();
            errors.push(&span, messages::second_attribute("#[resource]", second, &name));
        }
        let no_args = Args::empty(SourceSpan::from_token(ident.span()));
        Some(Self { vis, ident, is_generic, is_repeated, args, no_args })
    }

    /// Reads the definition of the resource. Returns `None` if an error was recorded.
    pub fn read(&self, errors: &mut Errors) -> Option<ResourceDefinition> {
        errors.scope(|errors| {
            let (name, inner) = self.find_kind(errors)?;
            let id = self.read_id(inner, errors);
            let known = KINDS.iter().find(|known| known.kind.as_str() == name.text);
            let Some(KindEntry { kind, keys, words }) = known else {
                let words = KINDS.iter().map(|it| it.words.names);
                let words = words.chain([http::AUTHORIZER_WORDS]);
                let familiar = find_familiar(words, &name.text);
                let kinds = [ResourceKind::NAMES, &[Authorizer::KIND]].concat();
                let message = messages::unknown_kind(&name.text, &kinds, familiar);
                errors.push(&name.span, message);
                return None;
            };
            if inner.has_key(model::view::OF) {
                return view::read_view((*kind, keys, words.keys), inner, id, errors);
            }
            let without_creation_keys;
            let args = if inner.has_key("existing") {
                without_creation_keys = common::reject_creation_keys(*kind, keys, inner, errors);
                &without_creation_keys
            } else {
                inner
            };
            args.explain(words.keys);
            args.explain(messages::RESOURCE_KEYS);
            args.read_all(&name.text, errors, |args, errors| {
                let settings = read_kind(*kind, args, errors);
                let common = common::read_common_keys(*kind, keys, args, errors);
                let CommonSettings {
                    existing,
                    retain,
                    properties,
                    kms_key,
                    policy,
                    stream_policy,
                    types,
                    subscriptions,
                } = common;
                let (id, settings) = (id?, settings?);
                Some(ResourceDefinition {
                    id,
                    settings,
                    existing,
                    view: None,
                    retain,
                    properties,
                    kms_key,
                    policy,
                    stream_policy,
                    types,
                    subscriptions,
                })
            })
        })
    }

    /// Returns whether the attribute declares an authorizer, which is no resource of the template.
    #[must_use]
    pub fn is_authorizer(&self) -> bool {
        let Some(kind) = self.args.values().next() else { return false };
        match &kind.kind {
            ArgValueKind::Call(name, _) => name.text == Authorizer::KIND,
            _ => kind.word() == Some(Authorizer::KIND) && !kind.is_string(),
        }
    }

    /// Reads the definition of the authorizer. Returns `None` if an error was recorded.
    pub fn read_authorizer(&self, errors: &mut Errors) -> Option<AuthorizerDefinition> {
        errors.scope(|errors| {
            let (_, inner) = self.find_kind(errors)?;
            let id = self.read_id(inner, errors);
            http::read_authorizer(inner, id, errors)
        })
    }

    /// Returns the span of the value of a key of an authorizer's tokens. Returns the span of the struct's name if the user
    /// did not write the key.
    #[must_use]
    pub fn span_in_authorizer(&self, key: &str) -> SourceSpan {
        let tokens = self.args.locate_first_keyless().and_then(ArgLocation::first_keyless);
        let keys = match key {
            Authorizer::ISSUER => [Authorizer::ISSUER, "pool"],
            _ => [Authorizer::AUDIENCE, "clients"],
        };
        let location = tokens.and_then(|it| keys.into_iter().find_map(|key| it.find_key(key)));
        location.map_or_else(|| self.ident_span(), |location| location.span().clone())
    }

    /// Returns the span of the value of a key inside the parentheses of the kind; a path of keys leads further, as
    /// in [`ArgLocation::at_path`](tree::ArgLocation::at_path). Returns the span of the struct's name if `key` is `None` or the user did not
    /// write the key.
    #[must_use]
    pub fn span_of(&self, key: Option<&str>) -> SourceSpan {
        let location = key.and_then(|path| {
            let (key, rest) = path.split_once('.').unwrap_or((path, ""));
            let value = self.args.locate_first_keyless()?.find_key(key)?;
            let is_subscription = key == model_subscription::KEY;
            Some(if is_subscription {
                subscription::locate(value, rest)
            } else {
                value.at_path(rest)
            })
        });
        location.map_or_else(|| self.ident_span(), |location| location.span().clone())
    }

    /// Returns the span of a name in the struct's `properties` or in its policies. Returns the span of the whole value
    /// if the name is not in it, and that of the struct's name if the user wrote none of them.
    #[must_use]
    pub fn span_in_properties(&self, name: &str) -> SourceSpan {
        let kind = self.args.locate_first_keyless();
        let values = || {
            [KEY, policy::KEY, policy::STREAM_KEY].into_iter().filter_map(|key| kind?.find_key(key))
        };
        let location = values().find_map(|value| value.find_name(name));
        let location = location.or_else(|| values().next());
        location.map_or_else(|| self.ident_span(), |it| it.span().clone())
    }

    fn ident_span(&self) -> SourceSpan {
        SourceSpan::from_token(self.ident.span())
    }

    fn read_id(&self, args: &Args, errors: &mut Errors) -> Option<LogicalId> {
        if let Some(id) = args.take_if_set("id", read_name, errors) {
            return id;
        }
        match LogicalId::from_identifier(&self.ident.to_string()) {
            Ok(id) => Some(id),
            Err(error) => {
                let message = Message::new(error.to_string()).with_help(messages::WRITE_AN_ID);
                errors.push(&self.ident_span(), message);
                None
            }
        }
    }

    /// Returns the name of the kind in the attribute, with the arguments in the parentheses of the kind.
    /// Returns `None` after an error was recorded.
    fn find_kind(&self, errors: &mut Errors) -> Option<(ArgKey, &Args)> {
        let values = self.args.take_keyless();
        if let Some(key) = self.args.take_keys().first() {
            errors.push(&key.span, messages::key_in_place_of_kind(&key.text));
            return None;
        }
        match values.as_slice() {
            [value] => match &value.kind {
                ArgValueKind::Path(segments, _) if segments.len() == 1 => {
                    let key = ArgKey { text: segments[0].clone(), span: value.span.clone() };
                    Some((key, &self.no_args))
                }
                ArgValueKind::Call(name, inner) => Some((name.clone(), inner)),
                _ => {
                    errors.push(&value.span, messages::kind_expected());
                    None
                }
            },
            [] => {
                errors.push(&self.ident_span(), messages::kind_missing());
                None
            }
            [_, second, ..] => {
                let word = second.word().filter(|word| !ResourceKind::NAMES.contains(word));
                errors.push(&second.span, messages::second_kind(word));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::resource::ResourceKind;

    use super::testing::{accepted, read, rejected};
    use super::{Errors, ResourceItem, SourceSpan};
    use crate::messages::check_table;

    #[test]
    fn every_kind_is_registered_under_its_name() {
        for (kind, known) in ResourceKind::ALL.iter().zip(super::KINDS) {
            assert_eq!(*kind, known.kind);
            check_table(known.words.names);
            check_table(known.words.keys);
        }
        assert_eq!(ResourceKind::ALL.len(), super::KINDS.len());
    }

    fn rejected_on(attribute: &str, item: &str) -> Vec<String> {
        let mut errors = Errors::new();
        let item =
            ResourceItem::parse(attribute.parse().unwrap(), item.parse().unwrap(), &mut errors);
        let read = item.and_then(|item| item.read(&mut errors));
        let messages: Vec<String> = errors.into_diagnostics().iter().map(|it| it.full()).collect();
        assert!(read.is_some() || !messages.is_empty(), "{attribute}");
        messages
    }

    #[test]
    fn a_resource_is_a_struct_without_fields_and_type_parameters() {
        let write = "help: write `struct A;`";
        for (item, message) in [
            ("enum A {}", "`#[resource]` goes on a struct\n\nhelp: write `#[resource(bucket)] pub struct Uploads;`".to_owned()),
            ("", "`#[resource]` goes on a struct\n\nhelp: write `#[resource(bucket)] pub struct Uploads;`".to_owned()),
            ("struct A { a: u8 }", format!("the struct of a resource has no fields\n\n{write}")),
            ("struct A(u8);", format!("the struct of a resource has no fields\n\n{write}")),
            ("struct A {}", format!("the struct of a resource has no fields\n\n{write}")),
            ("struct A<T>;", format!("a resource cannot be generic\n\n{write}")),
            ("struct A<'a> { a: &'a u8 }", format!("a resource cannot be generic\n\n{write}")),
        ] {
            assert_eq!(rejected_on("bucket", item), [message], "{item}");
        }
        let twice =
            "`#[resource]` is on `A` twice\n\nhelp: keep one of them: a struct is one resource";
        for attribute in ["#[resource(queue)]", "#[skylift::resource(bucket)]"] {
            assert_eq!(rejected_on("bucket", &format!("{attribute} struct A;")), [twice]);
        }
        assert_eq!(rejected_on("bucket", "/// Doc.\n#[allow(x)] pub(crate) struct A;"), [""; 0]);
        let found = rejected_on("bucket", "struct größe;");
        assert!(found[0].ends_with("help: set an id: `id = \"…\"`"), "{found:?}");
    }

    #[test]
    fn a_generic_struct_is_recognized() {
        let generic = |item: &str| {
            let mut errors = Errors::new();
            let item =
                ResourceItem::parse("bucket".parse().unwrap(), item.parse().unwrap(), &mut errors);
            let _ = errors.into_diagnostics();
            item.unwrap().is_generic
        };
        assert!(generic("struct A<T>;"));
        assert!(!generic("struct A;") && !generic("struct A { a: u8 }"));
    }

    #[test]
    fn an_attribute_names_one_kind() {
        let wanted = "help: write the kind: `#[resource(bucket)]`, `#[resource(queue(visibility = \"5m\"))]`";
        for (attribute, message) in [
            ("", format!("`#[resource]` needs a kind\n\n{wanted}")),
            ("3", format!("expected a kind of resource\n\n{wanted}")),
            ("a::bucket", format!("expected a kind of resource\n\n{wanted}")),
            ("bucket, queue", format!("a resource has one kind\n\n{wanted}")),
            ("bucket, queue()", format!("a resource has one kind\n\n{wanted}")),
            (
                "bucket, versioned",
                "a resource has one kind\n\nhelp: write the arguments of a kind in its parentheses: `bucket(versioned)`".to_owned(),
            ),
            (
                "kind = bucket",
                "`kind` is not a kind of resource\n\nhelp: write the kind, with its arguments in parentheses: `queue(visibility = \"5m\")`".to_owned(),
            ),
        ] {
            assert_eq!(rejected(attribute), message, "{attribute}");
        }
    }

    #[test]
    fn a_missing_key_has_the_span_of_the_structs_name() {
        let mut errors = Errors::new();
        let item = ResourceItem::parse(
            "bucket(name = \"a\")".parse().unwrap(),
            "struct A;".parse().unwrap(),
            &mut errors,
        );
        let item = item.unwrap();
        for key in [Some("name"), Some("other"), None] {
            assert!(matches!(item.span_of(key), SourceSpan::Tokens { .. }), "{key:?}");
        }
        assert!(errors.into_diagnostics().is_empty());
    }

    #[test]
    fn a_word_of_another_tool_leads_to_the_kind_and_the_key() {
        for (written, help) in [
            ("SQS", "write `queue`"),
            ("parameter_store", "write `parameter`"),
            (
                "topic(removal_policy = a)",
                "write `retain = false` to delete it with its stack, or `retain = true` to keep it",
            ),
            ("queue(MaxReceiveCount = 3)", "write `dead_letters(after = 5)`"),
            (
                "table(partition_key = \"id\")",
                "write `key = \"id\"`, or with its type `key = number(\"id\")`",
            ),
        ] {
            assert!(rejected(written).ends_with(&format!("help: {help}")), "{}", rejected(written));
        }
        assert!(!rejected("topic(dlq = 3)").contains("dead_letters"));
    }

    #[test]
    fn an_unknown_kind_is_rejected_with_the_nearest_one() {
        assert_eq!(
            rejected("bukket"),
            "unknown kind of resource `bukket`\n\nhelp: did you mean `bucket`?"
        );
        assert!(rejected("database").contains("the kinds are `bucket`, `bus`"));
    }

    #[test]
    fn an_unknown_key_is_rejected_with_the_nearest_one() {
        for kind in ["bucket", "bus", "queue", "secret", "state_machine", "stream", "topic"] {
            assert_eq!(
                rejected(&format!("{kind}(propertys = {{}})")),
                format!("unknown key `propertys` in `{kind}`\n\nhelp: did you mean `properties`?")
            );
        }
        assert!(rejected(r#"table(key = "id", short = "at")"#).contains("did you mean `sort`?"));
        assert!(rejected(r#"parameter(value = "1", valeu = "2")"#).contains("`value`?"));
        assert!(
            rejected(r#"bus(name = "events", name = "others")"#).contains("`name` is set twice")
        );
    }

    #[test]
    fn the_id_of_a_resource_is_the_key_or_else_the_structs_name() {
        assert_eq!(accepted("bucket").id.as_str(), "Uploads");
        assert_eq!(accepted(r#"topic(id = "News")"#).id.as_str(), "News");
        assert!(rejected(r#"bus(id = "no-id")"#).contains("is not a logical id"));
    }

    #[test]
    fn a_definition_becomes_a_resource_of_the_model() {
        let origin =
            skylift_model::SourceLocation { file: "src/main.rs".to_owned(), line: 1, column: 1 };
        let read = accepted(r#"bus(retain = true, properties = { "Description": "x" })"#);
        let bus = read.into_resource("Uploads".to_owned(), origin.clone());
        assert_eq!((bus.ident.as_str(), &bus.origin, bus.owner), ("Uploads", &origin, None));
        assert!(bus.is_retained());
        assert!(bus.properties.get("Description").is_some());
    }

    #[test]
    fn a_resource_with_two_mistakes_gets_two_errors() {
        let messages = read(r#"queue(delay = 3, retention = "1y")"#).unwrap_err();
        assert_eq!(messages.len(), 2, "{messages:?}");
    }
}
