//! The parameters of a handler that are capabilities: entries by which the runtime opens them at the
//! start, and proofs that their types are what their names said to the build step.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote};
use skylift_model::access::Access;
use skylift_syntax::function::Item;
use skylift_syntax::place::Place;
use skylift_syntax::signature::{Param, Role, With};
use syn::spanned::Spanned as _;

use super::tokens::at;

/// What the registry has of each capability. It is named in full, so that another type of its name is
/// the one message of the proof.
pub(super) fn entries(item: &Item, skylift: &TokenStream) -> Vec<TokenStream> {
    let params = item.signature.params.iter();
    let entry = |param: &Param| match &param.role {
        Role::Capability(access, With { path, .. }) => {
            let capability = Ident::new(access.capability(), Span::call_site());
            Some(quote!(#skylift::__private::capability_opener::<#skylift::#capability<#path>>()))
        }
        _ => None,
    };
    params.filter_map(entry).collect()
}

/// A type that goes by the name of a capability is that capability, and no other type is one: what the
/// build step did not see, no policy grants.
pub(super) fn assertions(item: &Item, skylift: &TokenStream) -> TokenStream {
    let mut assertions = TokenStream::new();
    for param in &item.signature.params {
        let ty = &param.ty;
        // Where a bound does not hold, the compiler points at the function that has it.
        let here = ty.span();
        let proof = match &param.role {
            Role::Capability(access, With { path, .. }) => {
                let is = Ident::new(function(*access), here);
                quote!(#skylift::__private::#is::<#path, #ty>())
            }
            Role::Event => {
                let proof = quote!(#skylift::__private::assert_no_capability(#skylift::__private::is_capability!(#ty)));
                at(proof, &Place::of_tokens(&ty.to_token_stream()))
            }
            Role::Context | Role::State | Role::Resume => continue,
        };
        assertions.extend(quote!(const _: () = #proof;));
    }
    assertions
}

/// The function of the runtime that compiles for this capability alone.
const fn function(access: Access) -> &'static str {
    match access {
        Access::Read => "reader",
        Access::Write => "writer",
        Access::ReadWrite => "read_writer",
        Access::Send => "sender",
        Access::Publish => "publisher",
        Access::Put => "putter",
        Access::Invoke => "invoker",
    }
}
