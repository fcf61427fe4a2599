//! How resources are declared: `#[resource(bucket)] pub struct Uploads;`. A file for each kind,
//! registered here in one line.

pub mod bucket;
pub mod queue;

use proc_macro2::{Ident, TokenStream};
use skylift_model::name::LogicalId;
use skylift_model::resource::{Kind, Settings};
use skylift_model::suggest;
use syn::parse::{ParseStream, Parser as _};
use syn::spanned::Spanned as _;
use syn::{Attribute, Generics, Token, Visibility};

use crate::errors::Errors;
use crate::place::Place;
use crate::read;
use crate::tree::{self, Args, Key, Value};

macro_rules! resources {
    ($($module:ident: $Kind:ident,)*) => {
        fn read_kind(name: &Key, args: &Args, errors: &mut Errors) -> Option<Settings> {
            match name.text.as_str() {
                $(stringify!($module) => $module::read(args, errors).map(Settings::$Kind),)*
                other => {
                    let message = errors.push(&name.place, format!("unknown kind of resource `{other}`"));
                    message.help(match suggest::nearest(other, Kind::NAMES.iter().copied()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("the kinds are {}", suggest::list(Kind::NAMES.iter().copied())),
                    });
                    None
                }
            }
        }
    };
}

resources! {
    bucket: Bucket,
    queue: Queue,
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
    pub settings: Settings,
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

    /// What it means.
    pub fn read(&self, errors: &mut Errors) -> Option<Read> {
        let before = errors.len();
        let (kind, inner) = self.kind(errors)?;
        let settings = read_kind(&kind, inner, errors);
        let id = match inner.get("id").and_then(|value| read::name(value, errors)) {
            Some(id) => Some(id),
            None => match LogicalId::from_identifier(&self.ident.to_string()) {
                Ok(id) => Some(id),
                Err(error) => {
                    let place = Place::of(self.ident.span());
                    errors.push(&place, error.to_string()).help("give it one: `id = \"…\"`");
                    None
                }
            },
        };
        if Kind::NAMES.contains(&kind.text.as_str()) {
            inner.finish(&kind.text, errors);
        }
        let read = Read { id: id?, settings: settings? };
        (errors.len() == before).then_some(read)
    }

    /// Where a key of the attribute stands; the struct's name where the key was not written.
    #[must_use]
    pub fn place(&self, key: Option<&str>) -> Place {
        let value =
            key.and_then(|key| match self.args.keyless().first().map(|value| &value.kind) {
                Some(tree::Kind::Call(_, inner)) => inner.find(key),
                _ => None,
            });
        value.map_or_else(|| Place::of(self.ident.span()), |value: &Value| value.place.clone())
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
                let kind = second.word().filter(|word| Kind::NAMES.contains(word));
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
