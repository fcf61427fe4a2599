//! `main!()`: the binary's `main`, with the list of what it has to serve.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use skylift_syntax::errors::Errors;
use skylift_syntax::handoff::Index;
use skylift_syntax::place::Place;
use syn::Ident;

use crate::{notes, publish};

pub(crate) fn expand(input: &TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let here = Place::of(Span::call_site());
    if !input.is_empty() {
        errors.push(&Place::of_tokens(input), "`main!()` takes no arguments");
    }
    let main = match notes::index() {
        Some(Ok(index)) => main(&index, &here, &mut errors),
        Some(Err(unread)) => {
            notes::tell_unread(&unread, &here, &mut errors);
            None
        }
        None => {
            notes::missing(&here, &mut errors);
            None
        }
    };
    // Without a `main`, rustc would add that it is missing.
    let main = main.unwrap_or_else(|| {
        quote!(
            fn main() {}
        )
    });
    let errors = errors.into_compile_errors();
    quote! { #main #errors }
}

fn main(index: &Index, here: &Place, errors: &mut Errors) -> Option<TokenStream> {
    for problem in &index.problems {
        errors.push(here, problem);
    }
    let binary = std::env::var("CARGO_BIN_NAME").unwrap_or_default();
    if errors.is_empty()
        && let (Some(outputs), Some(folder)) = (&index.outputs, notes::folder())
        && let Err(error) = publish::publish(outputs, &folder, &binary)
    {
        errors.push(here, format!("the template cannot be published: {error}"));
    }
    if !errors.is_empty() {
        return None;
    }
    let skylift = notes::facade(&index.facade);
    let package = notes::package();
    let handlers = index.handlers.iter().filter(|it| it.binary == binary).map(|it| &it.name);
    // Nothing else may refer to the library, and what nobody refers to is not linked.
    let library = index.library.as_ref().map(|library| {
        let library = Ident::new(library, Span::call_site());
        quote!(const _: () = { extern crate #library as _; };)
    });
    Some(quote! {
        #library
        fn main() -> ::std::process::ExitCode {
            #skylift::__private::run(#skylift::__private::AppEntry {
                package: #package,
                binary: #binary,
                handlers: &[#(#handlers),*],
            })
        }
    })
}
