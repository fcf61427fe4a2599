//! The parameters of a handler and what each is for, as far as the name of its type tells: takes the
//! tokens between the parentheses, gives a list.

use proc_macro2::{Ident, Spacing, TokenStream, TokenTree};
use quote::ToTokens as _;
use skylift_model::access::Access;
use syn::{GenericArgument, PathArguments, PathSegment, Type};

use super::generic;
use crate::errors::Errors;
use crate::place::Place;

/// What a parameter of a handler is, as far as its type's name tells.
#[derive(Debug, Clone)]
pub enum Role {
    /// `Context`.
    Context,
    /// `State<T>`.
    State,
    /// `Resume<Cursor>`.
    Resume,
    /// `Writer<Uploads>`.
    Capability(Access, With),
    /// Anything else: the event, or an extractor of an HTTP handler.
    Event,
}

/// What a capability is about: the path between `<` and `>`.
#[derive(Debug, Clone)]
pub struct With {
    /// Its last name, by which the build step knows resources and functions.
    pub ident: String,
    /// Its tokens.
    pub path: TokenStream,
}

/// A parameter of a handler.
#[derive(Clone)]
pub struct Param {
    /// Its type.
    pub ty: Type,
    /// What it is.
    pub role: Role,
    /// Where it stands, pattern and type.
    pub place: Place,
}

impl Param {
    /// Whether it is the event, or an extractor of an HTTP handler.
    #[must_use]
    pub const fn is_event(&self) -> bool {
        matches!(self.role, Role::Event)
    }
}

/// The parameters. A type's own commas stand in groups or between `<` and `>`.
pub(super) fn read(
    tokens: &[TokenTree],
    ident: &Ident,
    what: &str,
    errors: &mut Errors,
) -> Vec<Param> {
    let mut params = Vec::new();
    for part in split(tokens) {
        let place = Place::of_slice(part);
        let receiver =
            part.iter().any(|token| matches!(token, TokenTree::Ident(ident) if ident == "self"));
        let Some((pattern, ty_tokens)) = halves(part) else {
            if receiver {
                errors
                    .push(&place, format!("`{what}` goes on a free function: a method has a receiver that nobody could give"))
                    .help("move the function out of its `impl` block");
            }
            continue;
        };
        if receiver
            && matches!(pattern.first(), Some(TokenTree::Ident(ident)) if ident == "self" || ident == "mut")
        {
            errors.push(
                &place,
                format!("`{what}` goes on a free function, not on one with a receiver"),
            );
            continue;
        }
        match syn::parse2::<Type>(ty_tokens.iter().cloned().collect()) {
            Ok(ty) => {
                check_type(&ty, &Place::of_slice(ty_tokens), &ident.to_string(), errors);
                params.push(Param { role: role(&ty), ty, place });
            }
            Err(error) => {
                let here = Place::of(ident.span());
                errors.push(&here, format!("the type of a parameter cannot be read: {error}"));
            }
        }
    }
    params
}

/// What rustc would say of the code around the handler, and so in words that nobody could follow.
fn check_type(ty: &Type, place: &Place, name: &str, errors: &mut Errors) {
    match ty {
        Type::ImplTrait(_) => generic(place, name, errors),
        // A lifetime of a generic handler was reported with the generics.
        Type::Reference(reference) if reference.lifetime.is_none() => {
            errors
                .push(place, "a handler owns what it takes, this parameter borrows it")
                .help("take it by value: `String` for `&str`, `Vec<T>` for `&[T]`, a struct for a reference to it");
        }
        _ => {}
    }
}

fn split(tokens: &[TokenTree]) -> impl Iterator<Item = &[TokenTree]> {
    let mut depth = 0_usize;
    let mut previous = ' ';
    tokens
        .split(move |token| {
            let TokenTree::Punct(punct) = token else {
                previous = ' ';
                return false;
            };
            match punct.as_char() {
                '<' => depth += 1,
                // `->` closes nothing.
                '>' if previous != '-' => depth = depth.saturating_sub(1),
                ',' if depth == 0 => {
                    previous = ',';
                    return true;
                }
                _ => {}
            }
            previous = punct.as_char();
            false
        })
        .filter(|part| !part.is_empty())
}

/// Pattern and type: the two sides of the first colon that is not half of a `::`.
fn halves(part: &[TokenTree]) -> Option<(&[TokenTree], &[TokenTree])> {
    let colon = |index: usize| matches!(part.get(index), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    // `a: ::b` has three in a row, of which the first stands alone.
    let joint = |index: usize| matches!(part.get(index), Some(TokenTree::Punct(punct)) if punct.spacing() == Spacing::Joint);
    let mut index = 0;
    while index < part.len() {
        if colon(index) && joint(index) && colon(index + 1) {
            index += 2;
        } else if colon(index) {
            return Some((&part[..index], &part[index + 1..]));
        } else {
            index += 1;
        }
    }
    None
}

fn role(ty: &Type) -> Role {
    match last_segment(ty) {
        Some(segment) if segment.ident == "Context" && segment.arguments.is_empty() => {
            Role::Context
        }
        Some(segment) if segment.ident == "State" => Role::State,
        Some(segment) if segment.ident == "Resume" => Role::Resume,
        Some(segment) => match (Access::from_capability(&segment.ident.to_string()), with(segment))
        {
            (Some(access), Some(with)) => Role::Capability(access, with),
            _ => Role::Event,
        },
        None => Role::Event,
    }
}

/// The path in `Reader<crate::Uploads>`; none where something else stands there, as in the
/// `Reader<Vec<u8>>` of another crate.
fn with(segment: &PathSegment) -> Option<With> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    let mut arguments = arguments.args.iter();
    let (Some(GenericArgument::Type(ty)), None) = (arguments.next(), arguments.next()) else {
        return None;
    };
    let last = last_segment(ty).filter(|last| last.arguments.is_empty())?;
    let ident = last.ident.to_string().trim_start_matches("r#").to_owned();
    Some(With { ident, path: ty.to_token_stream() })
}

/// The last segment of a type that is a path.
#[must_use]
pub fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(path) if path.qself.is_none() => path.path.segments.last(),
        Type::Group(group) => last_segment(&group.elem),
        Type::Paren(paren) => last_segment(&paren.elem),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::errors::Diagnostic;

    fn roles(params: &str) -> Vec<String> {
        let mut errors = Errors::new();
        let tokens: Vec<TokenTree> = params.parse::<TokenStream>().unwrap().into_iter().collect();
        let ident = Ident::new("f", proc_macro2::Span::call_site());
        let params = read(&tokens, &ident, "#[function]", &mut errors);
        assert!(errors.into_messages().is_empty());
        let name = |param: &Param| match &param.role {
            Role::Context => "context".to_owned(),
            Role::State => "state".to_owned(),
            Role::Resume => "resume".to_owned(),
            Role::Event => "event".to_owned(),
            Role::Capability(access, with) => {
                format!("{} {} {}", access.capability(), with.ident, with.path)
            }
        };
        params.iter().map(name).collect()
    }

    #[test]
    fn parameters_are_told_apart_by_the_last_name_of_their_type() {
        for (text, role) in [
            ("mut e: a::S3Event", "event"),
            ("State(s): skylift::State<App>", "state"),
            ("s: State", "state"),
            ("c: Context", "context"),
            ("c: skylift::Context", "context"),
            ("c: (Context)", "context"),
            ("r: Resume<Page>", "resume"),
            ("m: HashMap<String, Vec<u8>>", "event"),
            // Ours has no parameters: this is a type of somebody else.
            ("c: Context<App>", "event"),
            ("c: Context<'_>", "event"),
            ("c: Context::Other", "event"),
            ("c: <Context as Trait>::Context", "event"),
            ("a: [u8; 3]", "event"),
            ("(a, b): (Context, State)", "event"),
        ] {
            assert_eq!(roles(text), [role], "{text}");
        }
    }

    #[test]
    fn a_comma_within_a_type_ends_no_parameter() {
        for text in [
            "a: HashMap<String, Vec<u8>>",
            "a: (u8, u16)",
            "a: [u8; { f(1, 2) }]",
            "a: fn(u8, u16) -> HashMap<u8, u16>",
            "a: Box<dyn Fn(u8) -> Result<u8, E>>",
            "a: Box<dyn Fn(u8) -> u8, Global>",
            "a: A<fn() -> u8, B>",
            "a: A<B<C, D>, E>",
            "a: A<{ 1 - 2 }, B>",
            "a: A<-1, B>",
        ] {
            assert_eq!(roles(text), ["event"], "{text}");
            assert_eq!(roles(&format!("{text}, c: Context")), ["event", "context"], "{text}");
            assert_eq!(roles(&format!("c: Context, {text},")), ["context", "event"], "{text}");
        }
        // What a pattern has in its parentheses is a group too.
        assert_eq!(roles("Path((a, b)): Path<(u8, u8)>, c: Context"), ["event", "context"]);
        assert_eq!(roles(""), [""; 0]);
    }

    #[test]
    fn a_pattern_ends_at_the_first_colon_that_is_no_half_of_a_path() {
        for (text, role) in [
            ("a::State(s): State<App>", "state"),
            ("s: ::skylift::State<App>", "state"),
            ("s: a::b::State", "state"),
            ("Wrap { state: s }: State<App>", "state"),
            ("::a::B(_): Context", "context"),
        ] {
            assert_eq!(roles(text), [role], "{text}");
        }
    }

    #[test]
    fn a_type_that_is_none_is_an_error_of_the_function() {
        let mut errors = Errors::new();
        let tokens: Vec<TokenTree> =
            "a: , b: Context, c: 3, d".parse::<TokenStream>().unwrap().into_iter().collect();
        let ident = Ident::new("f", proc_macro2::Span::call_site());
        let params = read(&tokens, &ident, "#[function]", &mut errors);
        assert_eq!(params.len(), 1, "the others are read");
        let messages = errors.into_messages();
        assert_eq!(messages.len(), 2);
        for Diagnostic { message, .. } in messages {
            assert!(
                message.text.starts_with("the type of a parameter cannot be read"),
                "{message:?}"
            );
        }
    }

    #[test]
    fn a_path_from_self_within_a_type_is_no_receiver() {
        assert_eq!(roles("a: self::Event"), ["event"]);
    }

    #[test]
    fn a_capability_is_a_type_of_its_name_around_one_plain_path() {
        for (text, role) in [
            ("w: Writer<Uploads>", "Writer Uploads Uploads"),
            ("r: skylift::Reader<crate::res::Orders>", "Reader Orders crate :: res :: Orders"),
            ("i: Invoker<thumbs::r#type>", "Invoker type thumbs :: r#type"),
            ("r: Reader<(Uploads)>", "Reader Uploads (Uploads)"),
        ] {
            assert_eq!(roles(text), [role], "{text}");
        }
        for other in [
            "a: Reader<Vec<u8>>",
            "b: Reader",
            "c: Reader<A, B>",
            "d: Reader<&'static str>",
            "e: BufReader<File>",
            "f: Reader<'a>",
            "g: Reader<>",
        ] {
            assert_eq!(roles(other), ["event"], "{other}");
        }
    }
}
