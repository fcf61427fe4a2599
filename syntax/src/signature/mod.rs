//! What a handler looks like from outside: its name, its parameters and their roles. The body is
//! never read, and types are read only as far as their last name.

mod params;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser as _};
use syn::spanned::Spanned as _;
use syn::{Attribute, Generics, Token, Type, Visibility};

use crate::errors::Errors;
use crate::place::Place;

pub use params::{Param, Role, With, last_segment};

/// A function, from its attributes to its return type.
#[derive(Clone)]
pub struct Signature {
    /// Attributes beside ours, doc comments among them.
    pub attrs: Vec<Attribute>,
    /// Who may name it.
    pub vis: Visibility,
    /// The function's name.
    pub ident: Ident,
    /// Its parameters.
    pub params: Vec<Param>,
    /// What it gives, without the arrow; none for `()`.
    pub output: Option<Type>,
}

impl Signature {
    /// Reads a function's tokens, with or without its body, and checks that it can be a handler.
    ///
    /// `what` is the attribute on it. None where the tokens are no function.
    pub fn parse(item: TokenStream, what: &str, errors: &mut Errors) -> Option<Self> {
        let place = Place::of_tokens(&item);
        match (|input: ParseStream<'_>| raw(input)).parse2(item) {
            Ok(raw) => Some(raw.check(what, errors)),
            Err(_) => {
                errors
                    .push(&place, format!("`{what}` goes on a function"))
                    .help(format!("write `{what} async fn name(…) {{ … }}`"));
                None
            }
        }
    }
}

/// The parts of a function before they are checked.
struct Raw {
    attrs: Vec<Attribute>,
    vis: Visibility,
    qualifiers: Vec<(&'static str, Span)>,
    is_async: bool,
    fn_token: Span,
    ident: Ident,
    generics: Generics,
    params: Vec<TokenTree>,
    output: Option<Type>,
    has_where: Option<Span>,
}

fn raw(input: ParseStream<'_>) -> syn::Result<Raw> {
    let attrs = Attribute::parse_outer(input)?;
    let vis = input.parse()?;
    let mut qualifiers = Vec::new();
    let mut is_async = false;
    let fn_token = loop {
        if input.peek(Token![fn]) {
            break input.parse::<Token![fn]>()?.span;
        } else if input.peek(Token![async]) {
            input.parse::<Token![async]>()?;
            is_async = true;
        } else if input.peek(Token![const]) {
            qualifiers.push(("const", input.parse::<Token![const]>()?.span));
        } else if input.peek(Token![unsafe]) {
            qualifiers.push(("unsafe", input.parse::<Token![unsafe]>()?.span));
        } else {
            qualifiers.push(("extern", input.parse::<Token![extern]>()?.span));
            let _: Option<syn::LitStr> = input.parse()?;
        }
    };
    let ident = input.parse()?;
    let generics = input.parse()?;
    let group: proc_macro2::Group = input.parse()?;
    if group.delimiter() != Delimiter::Parenthesis {
        return Err(syn::Error::new(group.span(), "expected parameters"));
    }
    let output = if input.peek(Token![->]) {
        input.parse::<Token![->]>()?;
        Some(input.parse()?)
    } else {
        None
    };
    let has_where = input.peek(Token![where]).then(|| input.span());
    let _: TokenStream = input.parse()?;
    let params = group.stream().into_iter().collect();
    Ok(Raw {
        attrs,
        vis,
        qualifiers,
        is_async,
        fn_token,
        ident,
        generics,
        params,
        output,
        has_where,
    })
}

impl Raw {
    fn check(self, what: &str, errors: &mut Errors) -> Signature {
        let name = self.ident.to_string();
        let is_const = self.qualifiers.iter().any(|(qualifier, _)| *qualifier == "const");
        // What is const cannot be async: one message says it.
        if !self.is_async && !is_const {
            let place = Place::Tokens { start: self.fn_token, end: self.ident.span() };
            errors
                .push(&place, format!("`{what}` goes on an async function, `{name}` is not async"))
                .help(format!("write `async fn {name}`"));
        }
        for (qualifier, span) in &self.qualifiers {
            errors
                .push(
                    &Place::of(*span),
                    format!("`{what}` cannot go on a function that is `{qualifier}`"),
                )
                .help(format!("write `async fn {name}`"));
        }
        if !self.generics.params.is_empty() || self.has_where.is_some() {
            let place = match self.has_where {
                Some(span) if self.generics.params.is_empty() => Place::of(span),
                _ => Place::Tokens {
                    start: self.generics.lt_token.span(),
                    end: self.generics.gt_token.span(),
                },
            };
            generic(&place, &name, errors);
        }
        let params = params::read(&self.params, &self.ident, what, errors);
        let Self { attrs, vis, ident, output, .. } = self;
        Signature { attrs, vis, ident, params, output }
    }
}

fn generic(place: &Place, name: &str, errors: &mut Errors) {
    errors
        .push(
            place,
            format!("a handler cannot be generic: nobody could say what `{name}` is called with"),
        )
        .help("name the types, or call a generic function from the handler");
}

/// The first paragraph of a doc comment, as one line.
#[must_use]
pub fn doc(attrs: &[Attribute]) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("doc")) {
        let syn::Meta::NameValue(doc) = &attr.meta else { continue };
        let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &doc.value else {
            continue;
        };
        // An empty comment line has no lines of its own, yet it ends the paragraph.
        for line in text.value().split('\n') {
            let line = line.trim().trim_start_matches("* ").trim();
            match (line.is_empty(), words.is_empty()) {
                (true, true) => {}
                (true, false) => return Some(words.join(" ")),
                (false, _) => words.push(line.to_owned()),
            }
        }
    }
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> (Option<Signature>, Vec<String>) {
        let mut errors = Errors::new();
        let signature = Signature::parse(text.parse().unwrap(), "#[function]", &mut errors);
        (signature, errors.into_messages().into_iter().map(|message| message.text).collect())
    }

    #[test]
    fn what_cannot_be_a_handler_is_refused() {
        for (text, want) in [
            ("fn f() {}", "`#[function]` goes on an async function, `f` is not async"),
            ("async unsafe fn f() {}", "`#[function]` cannot go on a function that is `unsafe`"),
            (
                "async extern \"C\" fn f() {}",
                "`#[function]` cannot go on a function that is `extern`",
            ),
            (
                "async fn f<T>(t: T) {}",
                "a handler cannot be generic: nobody could say what `f` is called with",
            ),
            (
                "async fn f() where String: Clone {}",
                "a handler cannot be generic: nobody could say what `f` is called with",
            ),
            (
                "async fn f(&self) {}",
                "`#[function]` goes on a free function: a method has a receiver that nobody could give",
            ),
            (
                "async fn f(self: Box<Self>) {}",
                "`#[function]` goes on a free function, not on one with a receiver",
            ),
            ("struct F;", "`#[function]` goes on a function"),
        ] {
            assert_eq!(parse(text).1, [want], "{text}");
        }
    }

    #[test]
    fn a_doc_comment_gives_its_first_paragraph() {
        let (signature, _) = parse("/// Makes a\n/// thumbnail.\n///\n/// More.\nasync fn f() {}");
        assert_eq!(doc(&signature.unwrap().attrs).unwrap(), "Makes a thumbnail.");
    }
}
