//! Names the types of a handler through the types inside them, so that the compiler reports a type that lacks a derive
//! once, at this type. The runtime defines the traits of the types inside.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use skylift_syntax::function::{FunctionDefinition, FunctionItem};
use skylift_syntax::signature::last_segment;
use skylift_syntax::span::SourceSpan;
use syn::{GenericArgument, PathArguments, Type};

use super::tokens::{is_nameable, output_type};

/// The extractors of axum that decode the type inside them from the head of a request. The compiler reports `Json` and
/// `Form`, which read the body, as a whole: their trait has a parameter, and it would report both types.
const EXTRACTORS: [&str; 2] = ["Path", "Query"];

/// Expands to the type of the handler's event.
pub(super) fn expand_event(
    event: &Type,
    definition: &FunctionDefinition,
    skylift: &TokenStream,
) -> TokenStream {
    // The type inside a `Change` can be `Keys<K>`, which is not decoded.
    let is_event = |name: &str| {
        let mut events = definition.triggers.iter().flat_map(|trigger| trigger.facts().events);
        name != "Change" && events.any(|event| event.name == name)
    };
    match find_inner_type(event, &is_event) {
        Some(inner) => expand_through(inner, "Decoded", &event.to_token_stream(), skylift),
        None => event.to_token_stream(),
    }
}

/// Expands to the type of a parameter of an HTTP handler.
pub(super) fn expand_extractor(ty: &Type, skylift: &TokenStream) -> TokenStream {
    match find_inner_type(ty, &|name| EXTRACTORS.contains(&name)) {
        Some(inner) => expand_through(inner, "Decoded", &ty.to_token_stream(), skylift),
        None => ty.to_token_stream(),
    }
}

/// Expands to the return type of a handler of events.
pub(super) fn expand_output(item: &FunctionItem, skylift: &TokenStream) -> TokenStream {
    let mut output = output_type(item);
    let written = item.signature.output.as_ref();
    let Some(written) = written.filter(|it| is_nameable(it.to_token_stream())) else {
        return output;
    };
    if last_segment(written).is_some_and(|segment| segment.ident == "Result") {
        let types = type_arguments(written);
        if let Some(value) = types.first() {
            output = expand_through(value, "Encoded", &output, skylift);
        }
    }
    output
}

/// Expands to the return type of an HTTP handler.
pub(super) fn expand_http_output(item: &FunctionItem, skylift: &TokenStream) -> TokenStream {
    let output = output_type(item);
    let written = item.signature.output.as_ref();
    let Some(written) = written.filter(|it| is_nameable(it.to_token_stream())) else {
        return output;
    };
    let is_result = last_segment(written).is_some_and(|segment| segment.ident == "Result");
    let value = if is_result { type_arguments(written).first().copied() } else { Some(written) };
    match value.and_then(|value| find_inner_type(value, &|name| name == "Json")) {
        Some(inner) => expand_through(inner, "Encoded", &output, skylift),
        None => output,
    }
}

/// Returns the type inside a type with one of these names. Returns `None` if it has another name or no type arguments.
fn find_inner_type<'a>(ty: &'a Type, is_named: &dyn Fn(&str) -> bool) -> Option<&'a Type> {
    let name = last_segment(ty)?.ident.to_string();
    type_arguments(ty).first().copied().filter(|_| is_named(&name))
}

/// Returns the type arguments of a path: `A` and `B` of `Name<A, B>`.
fn type_arguments(ty: &Type) -> Vec<&Type> {
    let Some(PathArguments::AngleBracketed(arguments)) = last_segment(ty).map(|it| &it.arguments)
    else {
        return Vec::new();
    };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}

/// Expands to the whole type, named through the type inside it. The span is that of the whole type, for the errors about
/// it.
fn expand_through(
    inner: &Type,
    name: &str,
    whole: &TokenStream,
    skylift: &TokenStream,
) -> TokenStream {
    let (start, end) = match SourceSpan::from_tokens(whole) {
        SourceSpan::Tokens { start, end } => (start, end),
        SourceSpan::Bytes(_) => (Span::call_site(), Span::call_site()),
    };
    let name = Ident::new(name, Span::call_site());
    let (open, close) = (quote_spanned!(start=> <), quote_spanned!(end=> >));
    quote!(#open #inner as #skylift::__private::#name>::In<#whole #close)
}
