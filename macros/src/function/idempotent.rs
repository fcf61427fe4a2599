//! What a function does once for a key: the registry's entry of it, with the paths as steps that the
//! runtime takes, and the table by its type where it is a declared one.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use skylift_model::aws::name::LogicalId;
use skylift_model::idempotency::Idempotency;
use skylift_model::json_path::{JsonPath, Step};
use skylift_model::problem::PlaceInItem;
use skylift_model::resource::ResourceKind;
use skylift_syntax::function::{Item, Read};
use skylift_syntax::handoff::Note;
use skylift_syntax::place::Place;

use super::tokens::{at, is_nameable};

/// The entry; none where the function does nothing once.
pub(super) fn entry(item: &Item, read: &Read, note: &Note, skylift: &TokenStream) -> TokenStream {
    let Some(idempotent) = &read.idempotent else { return quote!(::core::option::Option::None) };
    let (key, check) = (paths(&idempotent.key, skylift), paths(&idempotent.check, skylift));
    let ttl = idempotent.ttl.get();
    let store = match item.path(&PlaceInItem::Store) {
        Some(path) => quote!(#skylift::__private::store::<#path>()),
        None => own(note, skylift),
    };
    // Where the feature is not on, the compiler points at the whole of `idempotent(…)`.
    let new = quote!(#skylift::__private::idempotent::<#skylift::__private::Idempotency>);
    let new = at(new, &item.place(&PlaceInItem::Key("idempotent".to_owned())));
    quote!(::core::option::Option::Some(#new(#key, #check, #ttl, #store)))
}

/// The table of the function's own, by the names that the build step gave to it.
fn own(note: &Note, skylift: &TokenStream) -> TokenStream {
    let function = LogicalId::try_from(note.id.as_str());
    let id = function.as_ref().map(Idempotency::own_table_id);
    let variable = id.as_ref().map_or_else(
        |_| String::new(),
        |id| id.variable_name(ResourceKind::Table.variable_suffix()),
    );
    let id = id.as_ref().map_or("", |id| id.as_str());
    let table = Idempotency::own_table();
    let (key, ttl) = (table.key.name.as_str(), table.ttl.as_ref().map_or("", |ttl| ttl.as_str()));
    quote!(#skylift::__private::own_store(#id, #variable, #key, #ttl))
}

fn paths(paths: &[JsonPath], skylift: &TokenStream) -> TokenStream {
    let paths = paths.iter().map(|path| {
        let steps = path.steps().iter().map(|step| match step {
            Step::Name(name) => quote!(#skylift::__private::Step::Name(#name)),
            Step::Index(index) => quote!(#skylift::__private::Step::Index(#index)),
        });
        let text = path.to_string();
        quote!(#skylift::__private::JsonPath { text: #text, steps: &[#(#steps),*] })
    });
    quote!(&[#(#paths),*])
}

/// The answer of what is done once can be kept. Those of HTTP handlers always can, and a type without a
/// name is never a stream.
pub(super) fn assertion(item: &Item, read: &Read, skylift: &TokenStream) -> Option<TokenStream> {
    let output = item.signature.output.as_ref().filter(|_| read.idempotent.is_some())?;
    let output = output.to_token_stream();
    if read.triggers.iter().any(|it| it.request_shape().is_some()) || !is_nameable(output.clone()) {
        return None;
    }
    let proof = quote!(#skylift::__private::kept(#skylift::__private::is_streamed!(#output)));
    let proof = at(proof, &Place::of_tokens(&output));
    Some(quote!(const _: () = #proof;))
}
