//! `#[derive(Event)]`: an enum whose variants are the events of several sources.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use skylift_syntax::errors::Errors;
use skylift_syntax::place::Place;
use syn::{Data, DeriveInput, Fields, Ident, Type};

use crate::notes;

pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let traits = traits(item, &mut errors);
    let errors = errors.into_compile_errors();
    quote! { #traits #errors }
}

fn traits(item: TokenStream, errors: &mut Errors) -> Option<TokenStream> {
    let input: DeriveInput = match syn::parse2(item) {
        Ok(input) => input,
        Err(error) => {
            errors.push(&Place::of(error.span()), error.to_string());
            return None;
        }
    };
    let place = Place::of(input.ident.span());
    let variants = variants(&input, &place, errors);
    if !errors.is_empty() {
        return None;
    }
    let skylift = notes::facade(&notes::index().unwrap_or_default().facade);
    let (ident, name) = (&input.ident, input.ident.to_string());
    let (names, types): (Vec<&Ident>, Vec<&Type>) = variants.into_iter().unzip();
    let shape = format_ident!("shape");
    Some(quote! {
        const _: () = {
            impl #skylift::Event for #ident {
                type Source = #skylift::__private::Several;

                fn recognises(#shape: &#skylift::__private::Shape<'_>) -> bool {
                    #(<#types as #skylift::Event>::recognises(#shape))||*
                }

                fn deliver<'a>(
                    delivery: #skylift::__private::Delivery<'a, Self>,
                ) -> #skylift::__private::BoxFuture<'a, ::core::result::Result<#skylift::__private::Answer, #skylift::Error>> {
                    let #shape = delivery.shape();
                    #(
                        if <#types as #skylift::Event>::recognises(&#shape) {
                            return #skylift::__private::variant(delivery, Self::#names);
                        }
                    )*
                    #skylift::__private::unrecognised(#name)
                }
            }
            #(
                impl #skylift::TriggeredBy<<#types as #skylift::Event>::Source> for #ident {}
            )*
        };
    })
}

fn variants<'a>(
    input: &'a DeriveInput,
    place: &Place,
    errors: &mut Errors,
) -> Vec<(&'a Ident, &'a Type)> {
    let Data::Enum(data) = &input.data else {
        errors.push(place, "`Event` is derived for an enum, with a variant for each event");
        return Vec::new();
    };
    if !input.generics.params.is_empty() {
        errors.push(place, "an event cannot be generic");
    }
    if data.variants.is_empty() {
        errors.push(place, "this enum has no variants: it needs one for each event");
    }
    let mut variants = Vec::new();
    for variant in &data.variants {
        match &variant.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                variants.extend(fields.unnamed.first().map(|field| (&variant.ident, &field.ty)));
            }
            _ => {
                let place = Place::of(variant.ident.span());
                errors
                    .push(&place, format!("variant `{}` does not hold one event", variant.ident))
                    .help(format!("write `{}(S3Event)`", variant.ident));
            }
        }
    }
    variants
}
