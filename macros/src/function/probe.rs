//! The types of a handler that the source does not show to the build step: a constant input and a `Path`. Expands to
//! checks that the process makes before its first event, in builds with debug assertions, and to the assertion that
//! a handler with a constant input does not take the event of a schedule.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use skylift_model::aws::node::Node;
use skylift_model::route::Route;
use skylift_model::source::Trigger;
use skylift_syntax::function::{FunctionDefinition, FunctionItem};
use skylift_syntax::handoff::Note;
use skylift_syntax::signature::last_segment;
use skylift_syntax::span::SourceSpan;

use super::tokens::move_to_span;
use crate::expansion::expand_start_check;

/// Expands to the checks of the types that the source does not show. The expansion is empty if it shows all.
pub(super) fn expand_checks(
    item: &FunctionItem,
    definition: &FunctionDefinition,
    note: &Note,
    skylift: &TokenStream,
) -> TokenStream {
    if !note.is_probed {
        return TokenStream::new();
    }
    let (mut checks, handler) = (TokenStream::new(), &note.handler);
    if let Some(event) = item.event() {
        for input in &note.inputs {
            let check = quote!(#skylift::__private::check_input_of!(#event, #handler, #input));
            checks.extend(expand_start_check(&check, skylift));
        }
    }
    let routes = Trigger::served_routes(&definition.triggers);
    let routes: Vec<TokenStream> = routes.into_iter().filter_map(expand_route).collect();
    let is_path = |ty: &syn::Type| last_segment(ty).is_some_and(|last| last.ident == "Path");
    for ty in item.signature.params.iter().map(|param| &param.ty).filter(|ty| is_path(ty)) {
        if !routes.is_empty() {
            let check = quote!(#skylift::__private::check_path_of!(#ty, &[#(#routes),*]));
            checks.extend(expand_start_check(&check, skylift));
        }
    }
    checks
}

/// Expands to a route with the names of its parameters. Returns `None` for the route `$default`, which has none.
fn expand_route(route: &Route) -> Option<TokenStream> {
    let Route::Path(_, path) = route else { return None };
    let (key, names) = (route.to_string(), path.parameters());
    Some(quote!((#key, &[#(#names),*])))
}

/// Expands to an assertion that the handler does not take the event of a schedule that sends a constant input. The
/// input can be such an event itself. Returns `None` if no assertion is needed.
pub(super) fn assert_event_of_input(
    item: &FunctionItem,
    definition: &FunctionDefinition,
    skylift: &TokenStream,
) -> Option<TokenStream> {
    let event = item.event()?;
    let is_event = |input: &Node| match input {
        Node::Map(map) => map.get("time").is_some() && map.get("resources").is_some(),
        _ => false,
    };
    let mut inputs = definition.triggers.iter().filter_map(|trigger| trigger.custom_input());
    inputs.find(|input| !is_event(input))?;
    let private = quote!(#skylift::__private);
    let assertion = quote!(#private::check_input_event(#private::is_scheduled_event!(#event)));
    let assertion = move_to_span(assertion, &SourceSpan::from_tokens(&event.to_token_stream()));
    Some(quote!(const _: () = #assertion;))
}
