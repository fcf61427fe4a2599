//! The form that the expansions of all attributes share: the user's item unchanged, what the attribute adds
//! beside it, and the errors.

use proc_macro2::TokenStream;
use quote::quote;
use skylift_syntax::errors::Errors;

/// Returns the item, followed by what `expand` returns and by the errors that it records.
pub(crate) fn expand_beside(
    item: &TokenStream,
    expand: impl FnOnce(&mut Errors) -> Option<TokenStream>,
) -> TokenStream {
    let expanded = expand_with_errors(expand);
    quote! { #item #expanded }
}

/// Returns what `expand` returns, followed by the errors that it records.
pub(crate) fn expand_with_errors(
    expand: impl FnOnce(&mut Errors) -> Option<TokenStream>,
) -> TokenStream {
    let mut errors = Errors::new();
    let expanded = expand(&mut errors);
    let errors = errors.into_compile_errors();
    quote! { #expanded #errors }
}
