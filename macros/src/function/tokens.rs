//! Tokens that several parts of an expansion use. Each token has the span at which the compiler should report
//! an error about it.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use skylift_syntax::function::FunctionItem;
use skylift_syntax::span::SourceSpan;

/// Returns the identifier of a local variable that cannot shadow a name of the user.
pub(super) fn local_variable(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// Returns the tokens of an `Option` with this value.
pub(crate) fn expand_option(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

/// Expands to the path of the event type with this name.
pub(super) fn expand_event_type(name: &str, skylift: &TokenStream) -> TokenStream {
    let name = Ident::new(name, Span::call_site());
    quote!(#skylift::event::#name)
}

/// Returns the tokens of the function's return type, with spans at which the compiler reports an error about
/// the type. Returns `_` for a type that cannot be written outside of a signature.
pub(super) fn output_type(item: &FunctionItem) -> TokenStream {
    match &item.signature.output {
        Some(output) if is_nameable(output.to_token_stream()) => output.to_token_stream(),
        Some(_) => quote!(_),
        None => quote_spanned!(item.signature.ident.span()=> ()),
    }
}

/// Returns whether a type can be written outside of a signature. `impl Trait` and `!` cannot.
pub(super) fn is_nameable(ty: TokenStream) -> bool {
    ty.into_iter().all(|token| match token {
        TokenTree::Ident(word) => word != "impl",
        TokenTree::Punct(sign) => sign.as_char() != '!',
        TokenTree::Group(group) => is_nameable(group.stream()),
        TokenTree::Literal(_) => true,
    })
}

/// Expands to the call of the runtime's constructor of a handler, with these type arguments and arguments. The span is
/// that of the function's name, for the errors about the function as a whole. The arguments keep their spans.
pub(super) fn expand_constructor(
    name: &str,
    types: &TokenStream,
    args: &TokenStream,
    at: Span,
    skylift: &TokenStream,
) -> TokenStream {
    let name = Ident::new(name, at);
    let path = move_to_span(quote!(#skylift::__private::#name), &SourceSpan::from_token(at));
    quote_spanned!(at=> #path::<#types>(#args))
}

/// Moves generated tokens to a span of the user's code, so that the compiler reports errors about these tokens
/// at the user's code.
pub(crate) fn move_to_span(tokens: TokenStream, span: &SourceSpan) -> TokenStream {
    let SourceSpan::Tokens { start, end } = span else { return tokens };
    let mut span = *start;
    let moved = tokens.into_iter().map(|mut token| {
        token.set_span(span);
        span = *end;
        token
    });
    moved.collect()
}
