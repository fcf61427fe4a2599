//! The attribute `#[resource]`: implements the runtime's traits for the struct under it.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use skylift_model::problem::PlaceInItem;
use skylift_syntax::errors::Errors;
use skylift_syntax::resource::{ResourceItem, RuntimeNames};

use crate::expansion::expand_beside;
use crate::notes;

/// Expands `#[resource]` with these arguments on this item.
pub(crate) fn expand(args: &TokenStream, item: &TokenStream) -> TokenStream {
    expand_beside(item, |errors| expand_traits(args, item, errors))
}

/// Expands to the implementations of the runtime's traits for the struct. Returns `None` after an error was
/// recorded.
fn expand_traits(
    args: &TokenStream,
    tokens: &TokenStream,
    errors: &mut Errors,
) -> Option<TokenStream> {
    let item = ResourceItem::parse(args.clone(), tokens.clone(), errors)?;
    let definition = item.read(errors).filter(|_| !item.is_generic)?;
    let note = notes::find_note(&item.ident, args, tokens, errors)?;
    let span_at = |at: &PlaceInItem| match at {
        PlaceInItem::Key(key) => item.span_of(Some(key.as_str())),
        PlaceInItem::Property(name) => item.span_in_properties(name),
        _ => item.span_of(None),
    };
    notes::report_problems(&note, span_at, errors);
    let skylift = notes::runtime_path(&note.facade);
    let (ident, id) = (&item.ident, definition.id.as_str());
    let kind = definition.settings.kind();
    let variable = definition.id.variable_name(kind.variable_suffix());
    let trait_of_kind = format_ident!("{}", kind.runtime_name());
    let package = notes::package_name();
    let items = definition.trait_items(RuntimeNames { path: &skylift, package: &package });
    Some(quote! {
        const _: () = {
            impl #skylift::resource::Resource for #ident {
                const ID: &'static str = #id;
                const VARIABLE: &'static str = #variable;
                type Kind = #skylift::resource::kind::#trait_of_kind;
            }
            impl #skylift::resource::#trait_of_kind for #ident {
                #items
            }
        };
    })
}
