//! How resources are declared: `#[resource(bucket)] pub struct Uploads;`. A file for each kind,
//! registered here in one line.

mod bucket;
mod bus;
mod common;
mod fifo;
mod items;
mod parameter;
pub(crate) mod queue;
mod secret;
mod stream;
mod table;
#[cfg(test)]
mod testing;
mod topic;
mod written;

use proc_macro2::{Ident, TokenStream};
use skylift_model::SourceLocation;
use skylift_model::aws::name::LogicalId;
use skylift_model::aws::node::Map;
use skylift_model::resource::{self as model, Existing, Resource, ResourceKind, ResourceSettings};
use skylift_model::suggest;
use syn::parse::{ParseStream, Parser as _};
use syn::spanned::Spanned as _;
use syn::{Attribute, Generics, Token, Visibility};

use self::common::{Common, Grammar};
use self::written::Written;
use crate::errors::Errors;
use crate::place::Place;
use crate::read;
use crate::tree::{self, Args, Key};

pub use self::common::NamedType;
pub use self::items::Runtime;

macro_rules! resources {
    ($($module:ident: $Kind:ident,)*) => {
        const KINDS: &[(ResourceKind, Grammar)] = &[$((ResourceKind::$Kind, model::$module::$Kind::GRAMMAR),)*];

        fn read_kind(kind: ResourceKind, args: &Args, errors: &mut Errors) -> Option<ResourceSettings> {
            match kind {
                $(ResourceKind::$Kind => model::$module::$Kind::read(args, errors).map(ResourceSettings::$Kind),)*
            }
        }

        impl Read {
            /// The items of the runtime's trait for its kind.
            #[must_use]
            pub fn items(&self, runtime: Runtime<'_>) -> TokenStream {
                match &self.settings {
                    $(ResourceSettings::$Kind(settings) => settings.items(&self.types, runtime),)*
                }
            }
        }
    };
}

resources! {
    bucket: Bucket,
    bus: Bus,
    parameter: Parameter,
    queue: Queue,
    secret: Secret,
    stream: Stream,
    table: Table,
    topic: Topic,
}

/// A struct under `#[resource(…)]`.
#[derive(Debug)]
pub struct Item {
    /// Its name.
    pub ident: Ident,
    /// Whether it has parameters, which is an error that leaves nothing to implement.
    pub is_generic: bool,
    args: Args,
    /// The arguments of a kind that has none.
    none: Args,
}

/// What a resource's attribute says.
#[derive(Debug)]
pub struct Read {
    /// The id of the resource in the template.
    pub id: LogicalId,
    /// What it is.
    pub settings: ResourceSettings,
    /// Which one it is, where it exists already.
    pub existing: Option<Existing>,
    /// Whether it outlives its stack, where that was said.
    pub retain: Option<bool>,
    /// Properties of the user's own.
    pub properties: Map,
    /// The types that it names, for the macro alone: the model knows no types.
    pub types: Vec<NamedType>,
}

impl Item {
    /// Reads the attribute's arguments and the struct below it. None where the item is no struct.
    pub fn parse(args: TokenStream, item: TokenStream, errors: &mut Errors) -> Option<Self> {
        let args = tree::parse(args, errors);
        let place = Place::of_tokens(&item);
        let head = |input: ParseStream<'_>| -> syn::Result<(Ident, Generics, TokenStream)> {
            Attribute::parse_outer(input)?;
            let _: Visibility = input.parse()?;
            input.parse::<Token![struct]>()?;
            Ok((input.parse()?, input.parse()?, input.parse()?))
        };
        let Ok((ident, generics, rest)) = head.parse2(item) else {
            errors
                .push(&place, "`#[resource]` goes on a struct")
                .help("write `#[resource(bucket)] pub struct Uploads;`");
            return None;
        };
        let is_generic = !generics.params.is_empty();
        if is_generic {
            let (start, end) = (generics.lt_token.span(), generics.gt_token.span());
            errors
                .push(
                    &Place::Tokens { start, end },
                    "a resource cannot be generic: it is one thing",
                )
                .help(format!("write `struct {ident};`"));
        } else if rest.to_string() != ";" {
            let place = Place::of_tokens(&rest);
            errors
                .push(&place, "a resource has no fields: its struct is a name")
                .help(format!("write `struct {ident};`"));
        }
        let none = Args::empty(Place::of(ident.span()));
        Some(Self { ident, is_generic, args, none })
    }

    /// What it means; none where something was wrong.
    pub fn read(&self, errors: &mut Errors) -> Option<Read> {
        errors.scope(|errors| {
            let (name, inner) = self.kind(errors)?;
            let id = self.id(inner, errors);
            let known = KINDS.iter().find(|(kind, _)| kind.as_str() == name.text);
            let Some((kind, grammar)) = known else {
                unknown_kind(&name, errors);
                return None;
            };
            let without_made;
            let args = if inner.has("existing") {
                without_made = common::of_existing(*kind, grammar, inner, errors);
                &without_made
            } else {
                inner
            };
            args.read(&name.text, errors, |args, errors| {
                let settings = read_kind(*kind, args, errors);
                let common = common::read(*kind, grammar, args, errors);
                let Common { existing, retain, properties, types } = common;
                Some(Read { id: id?, settings: settings?, existing, retain, properties, types })
            })
        })
    }

    /// Where a key of the attribute stands; the struct's name where the key was not written.
    #[must_use]
    pub fn place(&self, key: Option<&str>) -> Place {
        let spot = key.and_then(|key| self.args.first_spot()?.within(key));
        spot.map_or_else(|| Place::of(self.ident.span()), |spot| spot.place().clone())
    }

    fn id(&self, args: &Args, errors: &mut Errors) -> Option<LogicalId> {
        if let Some(id) = args.given("id", read::name, errors) {
            return id;
        }
        match LogicalId::from_identifier(&self.ident.to_string()) {
            Ok(id) => Some(id),
            Err(error) => {
                let place = Place::of(self.ident.span());
                errors.push(&place, error.to_string()).help("give it one: `id = \"…\"`");
                None
            }
        }
    }

    fn kind(&self, errors: &mut Errors) -> Option<(Key, &Args)> {
        let values = self.args.keyless();
        let wanted =
            "write the kind: `#[resource(bucket)]`, `#[resource(queue(visibility = \"5m\"))]`";
        if let Some(key) = self.args.keys().first() {
            errors
                .push(&key.place, format!("`{}` is not a kind of resource", key.text))
                .help("write the kind, and what it takes in its parentheses: `queue(visibility = \"5m\")`");
            return None;
        }
        match values.as_slice() {
            [value] => match &value.kind {
                tree::Kind::Path(segments, _) if segments.len() == 1 => {
                    let key = Key { text: segments[0].clone(), place: value.place.clone() };
                    Some((key, &self.none))
                }
                tree::Kind::Call(name, inner) => Some((name.clone(), inner)),
                _ => {
                    errors.push(&value.place, "expected a kind of resource").help(wanted);
                    None
                }
            },
            [] => {
                errors
                    .push(&Place::of(self.ident.span()), "`#[resource]` needs to say what it is")
                    .help(wanted);
                None
            }
            [_, second, ..] => {
                let kind = second.word().filter(|word| ResourceKind::NAMES.contains(word));
                let help = match (kind, second.word()) {
                    (None, Some(word)) => {
                        format!("what a kind takes stands in its parentheses: `bucket({word})`")
                    }
                    _ => wanted.to_owned(),
                };
                errors.push(&second.place, "a resource is of one kind").help(help);
                None
            }
        }
    }
}

impl Read {
    /// The resource in the model. `ident` is the identifier of its struct.
    #[must_use]
    pub fn into_resource(self, ident: String, origin: SourceLocation) -> Resource {
        let Self { id, settings, existing, retain, properties, types: _ } = self;
        Resource { ident, id, settings, existing, retain, properties, owner: None, origin }
    }
}

fn unknown_kind(name: &Key, errors: &mut Errors) {
    let (other, known) = (&name.text, || ResourceKind::NAMES.iter().copied());
    let message = errors.push(&name.place, format!("unknown kind of resource `{other}`"));
    message.help(match suggest::nearest(other, known()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the kinds are {}", suggest::list(known())),
    });
}

#[cfg(test)]
mod tests {
    use skylift_model::resource::ResourceKind;

    use super::testing::{read, refused, right};
    use super::{Errors, Item, Place};

    #[test]
    fn every_kind_is_registered_under_its_name() {
        for (kind, (known, _)) in ResourceKind::ALL.iter().zip(super::KINDS) {
            assert_eq!(kind, known);
        }
        assert_eq!(ResourceKind::ALL.len(), super::KINDS.len());
    }

    fn refused_on(attribute: &str, item: &str) -> Vec<String> {
        let mut errors = Errors::new();
        let item = Item::parse(attribute.parse().unwrap(), item.parse().unwrap(), &mut errors);
        let read = item.and_then(|item| item.read(&mut errors));
        let messages: Vec<String> = errors.into_messages().iter().map(|it| it.full()).collect();
        assert!(read.is_some() || !messages.is_empty(), "{attribute}");
        messages
    }

    #[test]
    fn a_resource_is_a_struct_without_fields_and_parameters() {
        let write = "help: write `struct A;`";
        for (item, message) in [
            ("enum A {}", "`#[resource]` goes on a struct\n\nhelp: write `#[resource(bucket)] pub struct Uploads;`".to_owned()),
            ("", "`#[resource]` goes on a struct\n\nhelp: write `#[resource(bucket)] pub struct Uploads;`".to_owned()),
            ("struct A { a: u8 }", format!("a resource has no fields: its struct is a name\n\n{write}")),
            ("struct A(u8);", format!("a resource has no fields: its struct is a name\n\n{write}")),
            ("struct A {}", format!("a resource has no fields: its struct is a name\n\n{write}")),
            ("struct A<T>;", format!("a resource cannot be generic: it is one thing\n\n{write}")),
            ("struct A<'a> { a: &'a u8 }", format!("a resource cannot be generic: it is one thing\n\n{write}")),
        ] {
            assert_eq!(refused_on("bucket", item), [message], "{item}");
        }
        assert_eq!(refused_on("bucket", "/// Doc.\n#[allow(x)] pub(crate) struct A;"), [""; 0]);
        let found = refused_on("bucket", "struct größe;");
        assert!(found[0].ends_with("help: give it one: `id = \"…\"`"), "{found:?}");
    }

    #[test]
    fn a_generic_struct_has_nothing_to_implement() {
        let generic = |item: &str| {
            let mut errors = Errors::new();
            let item = Item::parse("bucket".parse().unwrap(), item.parse().unwrap(), &mut errors);
            let _ = errors.into_messages();
            item.unwrap().is_generic
        };
        assert!(generic("struct A<T>;"));
        assert!(!generic("struct A;") && !generic("struct A { a: u8 }"));
    }

    #[test]
    fn an_attribute_says_one_kind() {
        let wanted = "help: write the kind: `#[resource(bucket)]`, `#[resource(queue(visibility = \"5m\"))]`";
        for (attribute, message) in [
            ("", format!("`#[resource]` needs to say what it is\n\n{wanted}")),
            ("3", format!("expected a kind of resource\n\n{wanted}")),
            ("a::bucket", format!("expected a kind of resource\n\n{wanted}")),
            ("bucket, queue", format!("a resource is of one kind\n\n{wanted}")),
            ("bucket, queue()", format!("a resource is of one kind\n\n{wanted}")),
            (
                "bucket, versioned",
                "a resource is of one kind\n\nhelp: what a kind takes stands in its parentheses: `bucket(versioned)`".to_owned(),
            ),
            (
                "kind = bucket",
                "`kind` is not a kind of resource\n\nhelp: write the kind, and what it takes in its parentheses: `queue(visibility = \"5m\")`".to_owned(),
            ),
        ] {
            assert_eq!(refused(attribute), message, "{attribute}");
        }
    }

    #[test]
    fn a_key_has_its_place_and_what_is_not_written_has_that_of_the_struct() {
        let mut errors = Errors::new();
        let item = Item::parse(
            "bucket(name = \"a\")".parse().unwrap(),
            "struct A;".parse().unwrap(),
            &mut errors,
        );
        let item = item.unwrap();
        for key in [Some("name"), Some("other"), None] {
            assert!(matches!(item.place(key), Place::Tokens { .. }), "{key:?}");
        }
        assert!(errors.into_messages().is_empty());
    }

    #[test]
    fn a_kind_that_is_not_known_is_refused_with_the_nearest() {
        assert_eq!(
            refused("bukket"),
            "unknown kind of resource `bukket`\n\nhelp: did you mean `bucket`?"
        );
        assert!(refused("database").contains("the kinds are `bucket`, `bus`"));
    }

    #[test]
    fn a_key_that_is_not_known_is_refused_with_the_nearest() {
        for kind in ["bucket", "bus", "queue", "secret", "stream", "topic"] {
            assert_eq!(
                refused(&format!("{kind}(propertys = {{}})")),
                format!("unknown key `propertys` in `{kind}`\n\nhelp: did you mean `properties`?")
            );
        }
        assert!(refused(r#"table(key = "id", short = "at")"#).contains("did you mean `sort`?"));
        assert!(refused(r#"parameter(value = "1", valeu = "2")"#).contains("`value`?"));
        assert!(
            refused(r#"bus(name = "events", name = "others")"#).contains("`name` is set twice")
        );
    }

    #[test]
    fn every_kind_takes_an_id_and_has_else_that_of_its_struct() {
        assert_eq!(right("bucket").id.as_str(), "Uploads");
        assert_eq!(right(r#"topic(id = "News")"#).id.as_str(), "News");
        assert!(refused(r#"bus(id = "no-id")"#).contains("is not a logical id"));
    }

    #[test]
    fn what_was_read_becomes_a_resource_of_the_model() {
        let origin =
            skylift_model::SourceLocation { file: "src/main.rs".to_owned(), line: 1, column: 1 };
        let read = right(r#"bus(retain = true, properties = { "Description": "x" })"#);
        let bus = read.into_resource("Uploads".to_owned(), origin.clone());
        assert_eq!((bus.ident.as_str(), &bus.origin, bus.owner), ("Uploads", &origin, None));
        assert!(bus.is_retained());
        assert!(bus.properties.get("Description").is_some());
    }

    #[test]
    fn a_resource_that_is_wrong_in_two_ways_tells_of_both() {
        let messages = read(r#"queue(delay = 3, retention = "1y")"#).unwrap_err();
        assert_eq!(messages.len(), 2, "{messages:?}");
    }
}
