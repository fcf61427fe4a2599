//! `#[resource]`: the struct gets the traits that say what it is.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use skylift_model::problem::PlaceInItem;
use skylift_syntax::errors::Errors;
use skylift_syntax::resource::{Item, Runtime};

use crate::notes;

pub(crate) fn expand(args: &TokenStream, item: &TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let traits = traits(args, item, &mut errors);
    let errors = errors.into_compile_errors();
    quote! { #item #traits #errors }
}

fn traits(args: &TokenStream, tokens: &TokenStream, errors: &mut Errors) -> Option<TokenStream> {
    let item = Item::parse(args.clone(), tokens.clone(), errors)?;
    let read = item.read(errors).filter(|_| !item.is_generic)?;
    let note = notes::of_item(&item.ident, args, tokens, errors)?;
    let place = |at: &PlaceInItem| match at {
        PlaceInItem::Key(key) => item.place(Some(key.as_str())),
        _ => item.place(None),
    };
    notes::report(&note, place, errors);
    let skylift = notes::facade(&note.facade);
    let (ident, id) = (&item.ident, read.id.as_str());
    let kind = read.settings.kind();
    let variable = read.id.variable_name(kind.variable_suffix());
    let trait_of_kind = format_ident!("{}", kind.runtime_name());
    let items = read.items(Runtime { path: &skylift, package: &notes::package() });
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
