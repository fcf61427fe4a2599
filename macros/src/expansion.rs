//! The forms that the expansions of all attributes share: the user's item unchanged, followed by the tokens that
//! the attribute adds, and by the errors; and a check of types at the start of the process.

use proc_macro2::TokenStream;
use quote::quote;
use skylift_syntax::errors::Errors;

use crate::notes;

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

/// Expands to the registry entry of a check of types, which the process makes before its first event in a build with
/// debug assertions. `check` is an expression that returns a `Result`.
pub(crate) fn expand_start_check(check: &TokenStream, skylift: &TokenStream) -> TokenStream {
    let package = notes::package_name();
    quote! {
        #[cfg(debug_assertions)]
        const _: () = {
            #[#skylift::__private::linkme::distributed_slice(#skylift::__private::CHECKS)]
            #[linkme(crate = #skylift::__private::linkme)]
            static __SKYLIFT_CHECK: #skylift::__private::StartCheck = #skylift::__private::StartCheck {
                package: #package,
                check: || #check,
            };
        };
    }
}
