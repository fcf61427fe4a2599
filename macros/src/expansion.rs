//! The form that the expansions of all attributes share: the user's item unchanged, followed by the tokens that
//! the attribute adds, and by the errors.

use proc_macro2::TokenStream;
use quote::quote;
use skylift_syntax::errors::Errors;

/// Returns the user's item, followed by the tokens that `expand` returns and by the errors that `expand`
/// records.
pub(crate) fn expand_beside(
    item: &TokenStream,
    expand: impl FnOnce(&mut Errors) -> Option<TokenStream>,
) -> TokenStream {
    let expanded = expand_with_errors(expand);
    quote! { #item #expanded }
}

/// Returns the tokens that `expand` returns, followed by the errors that `expand` records.
pub(crate) fn expand_with_errors(
    expand: impl FnOnce(&mut Errors) -> Option<TokenStream>,
) -> TokenStream {
    let mut errors = Errors::new();
    let expanded = expand(&mut errors);
    let errors = errors.into_compile_errors();
    quote! { #expanded #errors }
}
