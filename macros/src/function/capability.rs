//! The capabilities among the parameters of a handler. Expands to the openers with which the runtime creates
//! the clients when it starts, and to assertions that the types of the parameters are Skylift's capabilities.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote};
use skylift_model::GuardedKeys;
use skylift_model::access::Access;
use skylift_syntax::function::FunctionItem;
use skylift_syntax::handoff::Note;
use skylift_syntax::signature::{CapabilityTarget, ClaimsTarget, Param, ParamRole};
use skylift_syntax::span::SourceSpan;
use syn::spanned::Spanned as _;

use super::tokens::move_to_span;

/// Expands to the opener of each capability of the function. The opener names the capability by its full path:
/// if the parameter's type is another type with the same name, the assertion is then the only error.
pub(super) fn expand_openers(
    item: &FunctionItem,
    note: &Note,
    skylift: &TokenStream,
) -> Vec<TokenStream> {
    let params = item.signature.params.iter().enumerate();
    let expand = |(index, param): (usize, &Param)| match &param.role {
        ParamRole::Capability(access, CapabilityTarget { path, .. }) => {
            let capability = Ident::new(access.capability(), Span::call_site());
            let guard = expand_guard(index, note, skylift);
            Some(
                quote!(#skylift::__private::capability_opener::<#skylift::#capability<#path>>()#guard),
            )
        }
        _ => None,
    };
    params.filter_map(expand).collect()
}

/// Expands to the call that adds to an opener the keys that its capability does not write. Expands to nothing if the
/// capability writes all keys. `parameter` is the index of the capability.
fn expand_guard(parameter: usize, note: &Note, skylift: &TokenStream) -> Option<TokenStream> {
    let keys = note.guarded_keys.iter().filter(|keys| keys.parameter == parameter);
    let keys: Vec<TokenStream> = keys
        .map(|GuardedKeys { prefix, suffix, put, upload, .. }| {
            quote!(#skylift::__private::GuardedKeys::new(#prefix, #suffix, #put, #upload))
        })
        .collect();
    (!keys.is_empty()).then(|| quote!(.guard(const { &[#(#keys),*] })))
}

/// Expands to assertions that a parameter is a capability exactly if its type has the name of a capability. The
/// build step sees only names: a capability under another name would get no policy.
pub(super) fn expand_assertions(item: &FunctionItem, skylift: &TokenStream) -> TokenStream {
    let mut assertions = TokenStream::new();
    for param in &item.signature.params {
        let ty = &param.ty;
        let assertion = match &param.role {
            ParamRole::Capability(access, target @ CapabilityTarget { path, .. }) => {
                let calls = expand_calls(*access, target, skylift);
                // For a bound that does not hold, the compiler points at the function that has it.
                let function = Ident::new(assertion_function_name(*access), ty.span());
                quote!(#skylift::__private::#function::<#path, #calls #ty>())
            }
            ParamRole::Claims(ClaimsTarget { path, .. }) => {
                let function = Ident::new("claims", ty.span());
                quote!(#skylift::__private::#function::<#path, #ty>())
            }
            ParamRole::Event => {
                let assertion = quote!(#skylift::__private::assert_no_capability(#skylift::__private::is_capability!(#ty)));
                move_to_span(assertion, &SourceSpan::from_tokens(&ty.to_token_stream()))
            }
            ParamRole::Context | ParamRole::State | ParamRole::Resume => continue,
        };
        assertions.extend(quote!(const _: () = #assertion;));
    }
    assertions
}

/// Expands to the calls of a capability by their full paths, with a comma. The full path excludes types of other crates with the same name.
/// Expands to nothing if the capability cannot be narrowed.
fn expand_calls(
    access: Access,
    target: &CapabilityTarget,
    skylift: &TokenStream,
) -> Option<TokenStream> {
    let calls = target.calls.iter().map(|call| {
        let name = Ident::new(call.group.name(), Span::call_site());
        quote!(#skylift::calls::#name)
    });
    let calls = match target.calls.len() {
        0 => quote!(#skylift::calls::AllCalls),
        _ if target.has_tuple_of_calls => quote!((#(#calls,)*)),
        _ => quote!(#(#calls)*),
    };
    access.can_be_narrowed().then(|| quote!(#calls,))
}

/// Returns the name of the runtime's assertion function that compiles only for the capability with this access.
const fn assertion_function_name(access: Access) -> &'static str {
    match access {
        Access::Read => "reader",
        Access::Write => "writer",
        Access::ReadWrite => "read_writer",
        Access::SignDownload => "download_signer",
        Access::SignUpload => "upload_signer",
        Access::Send => "sender",
        Access::Publish => "publisher",
        Access::Start => "starter",
        Access::Put => "putter",
        Access::Invoke => "invoker",
    }
}
