//! The key `idempotent` of a function. Expands to the paths of the idempotency key as steps that the runtime
//! follows, and to the table of the idempotency records.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use skylift_model::aws::name::LogicalId;
use skylift_model::idempotency::Idempotency;
use skylift_model::json_path::{JsonPath, JsonPathStep};
use skylift_model::problem::PlaceInItem;
use skylift_model::resource::ResourceKind;
use skylift_syntax::function::{FunctionDefinition, FunctionItem};
use skylift_syntax::handoff::Note;
use skylift_syntax::span::SourceSpan;

use super::tokens::{is_nameable, move_to_span};

/// Expands to the idempotency settings in the function's entry: `None` for a function that is not idempotent.
pub(super) fn expand_entry(
    item: &FunctionItem,
    definition: &FunctionDefinition,
    note: &Note,
    skylift: &TokenStream,
) -> TokenStream {
    let Some(idempotent) = &definition.idempotent else {
        return quote!(::core::option::Option::None);
    };
    let key = expand_paths(&idempotent.key, skylift);
    let check = expand_paths(&idempotent.check, skylift);
    let ttl = idempotent.ttl.get();
    let store = match item.path_at(&PlaceInItem::Store) {
        Some(path) => quote!(#skylift::__private::declared_table::<#path>()),
        None => expand_own_store(note, skylift),
    };
    let entry = quote!(#skylift::__private::idempotency_entry(#key, #check, #ttl, #store));
    quote!(::core::option::Option::Some(#entry))
}

/// Expands to the table that Skylift adds for the function, with the names that the build step gives to this
/// table.
fn expand_own_store(note: &Note, skylift: &TokenStream) -> TokenStream {
    let function = LogicalId::try_from(note.id.as_str());
    let id = function.as_ref().map(Idempotency::own_table_id);
    let variable = id.as_ref().map_or_else(
        |_| String::new(),
        |id| id.variable_name(ResourceKind::Table.variable_suffix()),
    );
    let id = id.as_ref().map_or("", |id| id.as_str());
    let table = Idempotency::own_table();
    let (key, ttl) = (table.key.name.as_str(), table.ttl.as_ref().map_or("", |ttl| ttl.as_str()));
    quote!(#skylift::__private::own_table(#id, #variable, #key, #ttl))
}

/// Expands to a list of JSON paths, each as a list of steps.
fn expand_paths(paths: &[JsonPath], skylift: &TokenStream) -> TokenStream {
    let paths = paths.iter().map(|path| {
        let steps = path.steps().iter().map(|step| match step {
            JsonPathStep::Field(name) => quote!(#skylift::__private::JsonPathStep::Field(#name)),
            JsonPathStep::Index(index) => quote!(#skylift::__private::JsonPathStep::Index(#index)),
        });
        let text = path.to_string();
        quote!(#skylift::__private::JsonPath { text: #text, steps: &[#(#steps),*] })
    });
    quote!(&[#(#paths),*])
}

/// Expands to an assertion that the function's answer can be stored, which is not true of a streamed answer.
/// The answers of HTTP handlers can always be stored. A type without a name is never a streamed answer. Returns
/// `None` if no assertion is needed.
pub(super) fn assert_storable_answer(
    item: &FunctionItem,
    definition: &FunctionDefinition,
    skylift: &TokenStream,
) -> Option<TokenStream> {
    let output = item.signature.output.as_ref().filter(|_| definition.idempotent.is_some())?;
    let output = output.to_token_stream();
    let takes_requests = definition.triggers.iter().any(|it| it.request_schema().is_some());
    if takes_requests || !is_nameable(output.clone()) {
        return None;
    }
    let assertion = quote!(#skylift::__private::check_response_is_stored(#skylift::__private::is_streamed!(#output)));
    let assertion = move_to_span(assertion, &SourceSpan::from_tokens(&output));
    Some(quote!(const _: () = #assertion;))
}
