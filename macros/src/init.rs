//! `#[init]`: an entry in the registry of what makes the state.

use proc_macro2::TokenStream;
use quote::quote;
use skylift_syntax::errors::Errors;
use skylift_syntax::init::Item;

use crate::notes;

pub(crate) fn expand(args: &TokenStream, item: &TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let entry = entry(args, item, &mut errors);
    let errors = errors.into_compile_errors();
    quote! { #item #entry #errors }
}

fn entry(args: &TokenStream, tokens: &TokenStream, errors: &mut Errors) -> Option<TokenStream> {
    let item = Item::parse(args.clone(), tokens.clone(), errors)?;
    let ident = &item.signature.ident;
    let note = notes::of_item(ident, args, tokens, errors)?;
    notes::report(&note, |at| item.place(at), errors);
    if !errors.is_empty() {
        return None;
    }
    let skylift = notes::facade(&note.facade);
    let (package, name) = (notes::package(), ident.to_string());
    // The type is named, so that a message about it is at its tokens.
    let output = &item.signature.output;
    Some(quote! {
        const _: () = {
            #[#skylift::__private::linkme::distributed_slice(#skylift::__private::INITS)]
            #[linkme(crate = #skylift::__private::linkme)]
            static __SKYLIFT_INIT: #skylift::__private::Init = #skylift::__private::Init {
                package: #package,
                name: #name,
                starter: || #skylift::__private::init::<#output, _, _>(#ident),
            };
        };
    })
}
