//! The attribute `#[resource]`: implements the runtime's traits for the struct under it.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use skylift_model::problem::PlaceInItem;
use skylift_syntax::errors::{Diagnostic, Errors};
use skylift_syntax::handoff::Note;
use skylift_syntax::resource::{NamedType, ResourceItem, RuntimeNames};

use crate::expansion::{expand_start_check, expand_with_errors};
use crate::{compiler, notes};

/// Expands `#[resource]` with these arguments on this item.
pub(crate) fn expand(args: &TokenStream, item: &TokenStream) -> TokenStream {
    let mut without_generics = None;
    let expanded = expand_with_errors(|errors| {
        let parsed = ResourceItem::parse(args.clone(), item.clone(), errors)?;
        if parsed.is_generic && !notes::runs_in_editor() {
            // Wherever the resource is named, the compiler would report that the arguments of the type are missing.
            let (vis, ident) = (&parsed.vis, &parsed.ident);
            without_generics = Some(quote!(#vis struct #ident;));
        }
        if parsed.is_repeated {
            return None;
        }
        let traits = expand_traits(args, item, &parsed, errors);
        let error = errors.first().filter(|_| traits.is_none());
        let broken =
            error.map(|error| expand_broken_resource(&parsed.ident, error, &notes::facade_path()));
        Some(quote!(#traits #broken))
    });
    let item = without_generics.as_ref().unwrap_or(item);
    quote! { #item #expanded }
}

/// Expands to an implementation of `Resource` for a type whose attribute has errors. With this implementation, the
/// compiler takes the types of the resource's capabilities for types with that error, and reports no further errors
/// where they are used.
pub(crate) fn expand_broken_resource(
    ident: &Ident,
    error: &Diagnostic,
    skylift: &TokenStream,
) -> TokenStream {
    let kind = error.to_error_type();
    quote! {
        impl #skylift::resource::Resource for #ident {
            const ID: &'static str = "";
            const VARIABLE: &'static str = "";
            type Kind = #kind;
        }
    }
}

/// Expands to the implementations of the runtime's traits for the struct. Returns `None` after an error was
/// recorded, if no trait can be implemented.
fn expand_traits(
    args: &TokenStream,
    tokens: &TokenStream,
    item: &ResourceItem,
    errors: &mut Errors,
) -> Option<TokenStream> {
    let definition = item.read(errors)?;
    // A function reports that the build step has not run.
    let note = if notes::build_step_has_run() || compiler::compiles_doctest() {
        notes::find_note(&item.ident, args, tokens, errors)?
    } else {
        Note::default()
    };
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
    let types = definition.types.iter().filter(|named| note.is_probed && named.key == "item");
    let checks = types.map(|NamedType { path, .. }| {
        let check = quote!(#skylift::__private::check_items_of!(#ident, #path));
        expand_start_check(&check, &skylift)
    });
    let checks: Vec<TokenStream> = checks.collect();
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
            #(#checks)*
        };
    })
}
