//! A function that other functions invoke. Expands to a type with the function's own name, so that
//! `Invoker<thumbnail>` can name the function and knows the types of its event and its answer. The type is
//! generated only if another function invokes this function, because the name of the type could clash with that
//! of a module.
// See decision 0028.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use skylift_model::aws::name::LogicalId;
use skylift_model::function;
use skylift_model::source::{Trigger, WINDOW};
use skylift_syntax::errors::Errors;
use skylift_syntax::function::{FunctionDefinition, FunctionItem};
use skylift_syntax::handoff::Note;
use skylift_syntax::signature::last_segment;
use skylift_syntax::span::SourceSpan;

use super::tokens::is_nameable;
use crate::resource::expand_broken_resource;
use crate::{messages, notes};

pub(super) fn expand(
    item: &FunctionItem,
    definition: &FunctionDefinition,
    note: &Note,
    errors: &mut Errors,
) -> Option<TokenStream> {
    let skylift = notes::runtime_path(&note.facade);
    let (ident, vis, id) = (&item.signature.ident, &item.signature.vis, &note.id);
    let variable = LogicalId::try_from(id.as_str()).ok()?.variable_name(function::VARIABLE_SUFFIX);
    check_event(item, definition, errors);
    let answer = expand_answer_type(item, definition, &skylift, errors);
    let event = item.event().map_or_else(|| quote!(()), |event| event.to_token_stream());
    Some(quote! {
        #[doc(hidden)]
        #[allow(non_camel_case_types, dead_code, unreachable_pub)]
        #vis struct #ident {}

        const _: () = {
            impl #skylift::resource::Resource for #ident {
                const ID: &'static str = #id;
                const VARIABLE: &'static str = #variable;
                type Kind = #skylift::resource::kind::Function;
            }
            impl #skylift::resource::Function for #ident {
                type Event = #event;
                type Answer = #answer;
            }
        };
    })
}

/// Expands to the type with the name of a function with errors, if another function invokes this function. Returns
/// `None` otherwise.
pub(super) fn expand_broken(
    item: &FunctionItem,
    note: &Note,
    errors: &Errors,
) -> Option<TokenStream> {
    let error = errors.first().filter(|_| note.invoked)?;
    let (ident, vis) = (&item.signature.ident, &item.signature.vis);
    let resource = expand_broken_resource(ident, error, &notes::runtime_path(&note.facade));
    Some(quote! {
        #[doc(hidden)]
        #[allow(non_camel_case_types, dead_code, unreachable_pub)]
        #vis struct #ident {}

        #resource
    })
}

/// Expands to the type with the function's name if another function can invoke this function. Returns `None`
/// otherwise, and records no error.
pub(super) fn expand_if_possible(
    item: &FunctionItem,
    definition: &FunctionDefinition,
    note: &Note,
) -> Option<TokenStream> {
    if takes_requests(definition) {
        return None;
    }
    let mut errors = Errors::new();
    let expanded = expand(item, definition, note, &mut errors);
    if errors.into_diagnostics().is_empty() { expanded } else { None }
}

/// Returns whether the function has a trigger for HTTP requests, so that other functions cannot invoke it.
fn takes_requests(definition: &FunctionDefinition) -> bool {
    definition.triggers.iter().any(|trigger| trigger.request_schema().is_some())
}

/// Expands to the type of the function's answer. If the function cannot be invoked because of its answer, this
/// is reported, and the expansion still has a type, so that the compiler does not report a missing type.
fn expand_answer_type(
    item: &FunctionItem,
    definition: &FunctionDefinition,
    skylift: &TokenStream,
    errors: &mut Errors,
) -> TokenStream {
    let unit = quote!(());
    let output = match &item.signature.output {
        // The build step reports this error at the function that invokes this one.
        _ if takes_requests(definition) => return unit,
        Some(output) if !is_nameable(output.to_token_stream()) => {
            let span = SourceSpan::from_tokens(&output.to_token_stream());
            errors.push(&span, messages::answer_type_not_nameable(&item.signature.ident));
            return unit;
        }
        Some(output) => output.to_token_stream(),
        None => unit,
    };
    if definition.resume.is_some() {
        return quote!(<#output as #skylift::__private::InvokerReply>::Reply);
    }
    quote!(<#output as #skylift::__private::HandlerOutput>::Value)
}

/// Checks that the function takes whole events. An invocation by another function sends one payload, not a
/// batch of records.
fn check_event(item: &FunctionItem, definition: &FunctionDefinition, errors: &mut Errors) {
    let Some(event) = item.event().filter(|_| !definition.triggers.is_empty()) else { return };
    let name = last_segment(event).map(|segment| segment.ident.to_string());
    // A function that takes such a type is invoked with the batch around it.
    let is_of_batch = |name: &str| {
        name == WINDOW || Trigger::find_event(name).is_some_and(|(_, event)| event.record)
    };
    if name.as_deref().is_some_and(is_of_batch) {
        let span = SourceSpan::from_tokens(&event.to_token_stream());
        errors.push(&span, messages::invoked_with_record(&item.signature.ident));
    }
}
