//! A function that another one invokes: a type of the function's own name, so that `Invoker<thumbnail>`
//! can say which, with the types of its event and its answer. It exists only where somebody invokes
//! the function: the name could clash with a module's.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use skylift_model::aws::name::LogicalId;
use skylift_model::function;
use skylift_model::source::{Trigger, WINDOW};
use skylift_syntax::errors::Errors;
use skylift_syntax::function::{Item, Read};
use skylift_syntax::handoff::Note;
use skylift_syntax::place::Place;
use skylift_syntax::signature::last_segment;

use super::tokens::is_nameable;
use crate::notes;

pub(super) fn expand(
    item: &Item,
    read: &Read,
    note: &Note,
    errors: &mut Errors,
) -> Option<TokenStream> {
    let skylift = notes::facade(&note.facade);
    let (ident, vis, id) = (&item.signature.ident, &item.signature.vis, &note.id);
    let variable = LogicalId::try_from(id.as_str()).ok()?.variable_name(function::VARIABLE_SUFFIX);
    check_event(item, read, errors);
    let answer = answer(item, read, &skylift, errors);
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

/// Makes the type for a function that another one could invoke, and nothing for any other.
pub(super) fn expand_if_possible(item: &Item, read: &Read, note: &Note) -> Option<TokenStream> {
    if read.triggers.iter().any(|trigger| trigger.request_schema().is_some()) {
        return None;
    }
    let mut errors = Errors::new();
    let expanded = expand(item, read, note, &mut errors);
    if errors.into_messages().is_empty() { expanded } else { None }
}

/// The type of its answer. What cannot be invoked is one message: there is a type all the same, so
/// that the compiler has nothing to add where it is named.
fn answer(item: &Item, read: &Read, skylift: &TokenStream, errors: &mut Errors) -> TokenStream {
    let nothing = quote!(());
    let output = match &item.signature.output {
        // The build step says so where the function is invoked.
        _ if read.triggers.iter().any(|trigger| trigger.request_schema().is_some()) => {
            return nothing;
        }
        Some(output) if !is_nameable(output.to_token_stream()) => {
            let (ident, place) =
                (&item.signature.ident, Place::of_tokens(&output.to_token_stream()));
            let message =
                format!("another function invokes `{ident}` and needs the type of its answer");
            errors.push(&place, message).help("write the type itself, not `impl …`");
            return nothing;
        }
        Some(output) => output.to_token_stream(),
        None => nothing,
    };
    if read.resume.is_some() {
        return quote!(<#output as #skylift::__private::InvokerReply>::Reply);
    }
    quote!(<#output as #skylift::__private::HandlerOutput>::Value)
}

/// What is invoked takes what it is sent, whole.
fn check_event(item: &Item, read: &Read, errors: &mut Errors) {
    let Some(event) = item.event().filter(|_| !read.triggers.is_empty()) else { return };
    let name = last_segment(event).map(|segment| segment.ident.to_string());
    // Of an event that is one of many, what is sent to the function is the batch around it.
    let is_one = |name: &str| {
        name == WINDOW || Trigger::find_event(name).is_some_and(|(_, event)| event.record)
    };
    if !name.as_deref().is_some_and(is_one) {
        return;
    }
    let ident = &item.signature.ident;
    let message = format!(
        "another function invokes `{ident}`, which takes the records of a batch: there is no batch to send to it"
    );
    errors
        .push(&Place::of_tokens(&event.to_token_stream()), message)
        .help("take the whole event, or invoke a function that both share");
}
