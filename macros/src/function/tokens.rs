//! Tokens that more than one part of an entry is made of, each at the place of the user's that a message
//! about it should point at.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote, quote_spanned};
use skylift_syntax::function::Item;
use skylift_syntax::place::Place;

/// A variable that hides no function of the user's, whatever that is called.
pub(super) fn local(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// What the function returns, so that a message about it is at its tokens.
pub(super) fn output(item: &Item) -> TokenStream {
    match &item.signature.output {
        Some(output) if is_nameable(output.to_token_stream()) => output.to_token_stream(),
        Some(_) => quote!(_),
        None => quote_spanned!(item.signature.ident.span()=> ()),
    }
}

/// Whether a type can be written outside of a signature, as `impl Trait` and `!` cannot.
pub(super) fn is_nameable(ty: TokenStream) -> bool {
    ty.into_iter().all(|token| match token {
        TokenTree::Ident(word) => word != "impl",
        TokenTree::Punct(sign) => sign.as_char() != '!',
        TokenTree::Group(group) => is_nameable(group.stream()),
        TokenTree::Literal(_) => true,
    })
}

/// Tokens of ours as if they stood at a place of the user's, which is then where a message points.
pub(super) fn at(tokens: TokenStream, place: &Place) -> TokenStream {
    let Place::Tokens { start, end } = place else { return tokens };
    let mut span = *start;
    let moved = tokens.into_iter().map(|mut token| {
        token.set_span(span);
        span = *end;
        token
    });
    moved.collect()
}
