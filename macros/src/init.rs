//! The attribute `#[init]`: registers the function that creates the state of the application.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use skylift_syntax::errors::Errors;
use skylift_syntax::init::InitItem;

use crate::expansion::expand_beside;
use crate::notes;

/// Expands `#[init]` with these arguments on this item.
pub(crate) fn expand(args: &TokenStream, item: &TokenStream) -> TokenStream {
    expand_beside(item, |errors| expand_entry(args, item, errors))
}

/// Expands to the entry of the `#[init]` function in the registry of the runtime. Returns `None` after an error
/// was recorded.
fn expand_entry(
    args: &TokenStream,
    tokens: &TokenStream,
    errors: &mut Errors,
) -> Option<TokenStream> {
    let item = InitItem::parse(args.clone(), tokens.clone(), errors)?;
    let ident = &item.signature.ident;
    let note = notes::find_note(ident, args, tokens, errors)?;
    notes::report_problems(&note, |at| item.span_at(at), errors);
    if !errors.is_empty() {
        return None;
    }
    let skylift = notes::runtime_path(&note.facade);
    let (package, name) = (notes::package_name(), ident.to_string());
    // With the type written out, an error about it points at its tokens.
    let output = &item.signature.output;
    // For a future that is not `Send`, the compiler points at the name of the function.
    let at_name = Span::call_site().located_at(ident.span());
    let build = quote_spanned!(at_name=> state_builder::<#output, _, _>(#ident));
    Some(quote! {
        const _: () = {
            #[#skylift::__private::linkme::distributed_slice(#skylift::__private::INITS)]
            #[linkme(crate = #skylift::__private::linkme)]
            static __SKYLIFT_INIT: #skylift::__private::InitEntry = #skylift::__private::InitEntry {
                package: #package,
                name: #name,
                state_builder: || #skylift::__private::#build,
            };
        };
    })
}
