//! `#[derive(Event)]`: an enum whose variants are the events of several sources.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use skylift_model::source::{SourceInfo, Trigger, WINDOW};
use skylift_model::suggest;
use skylift_syntax::errors::Errors;
use skylift_syntax::place::Place;
use skylift_syntax::signature;
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
    let skylift = notes::facade(&notes::index().and_then(Result::ok).unwrap_or_default().facade);
    let (ident, name) = (&input.ident, input.ident.to_string());
    let mut sources = Vec::new();
    let (mut names, mut types) = (Vec::new(), Vec::new());
    for Variant { name, ty, source } in variants {
        names.push(name);
        types.push(ty);
        sources.push(Ident::new(source.runtime_name, Span::call_site()));
    }
    let shape = format_ident!("shape");
    Some(quote! {
        const _: () = {
            impl #skylift::Event for #ident {
                type Source = #skylift::__private::Several;

                const RESUMES: ::core::result::Result<(), &'static str> =
                    #skylift::__private::all_resume(&[#(<#types as #skylift::Event>::RESUMES),*]);

                fn recognises(#shape: &#skylift::__private::Shape<'_>) -> bool {
                    #(<#types as #skylift::Event>::recognises(#shape))||*
                }

                fn deliver<'a>(
                    delivery: #skylift::__private::Delivery<'a, Self>,
                ) -> #skylift::__private::BoxFuture<'a, ::core::result::Result<#skylift::__private::Answer, #skylift::Error>> {
                    let #shape = delivery.shape();
                    #(
                        if <#types as #skylift::Event>::recognises(&#shape) {
                            return #skylift::__private::variant::<#types, _>(delivery, Self::#names);
                        }
                    )*
                    #skylift::__private::unrecognised(#name)
                }
            }
            impl<__K, __M> #skylift::resource::Accepts<__K, __M> for #ident
            where
                #(#types: #skylift::resource::Accepts<__K, __M>,)*
            {}
            // The bound proves that the type is what its name says.
            #(
                impl #skylift::TriggeredBy<#skylift::source::#sources> for #ident
                where
                    #types: #skylift::TriggeredBy<#skylift::source::#sources>
                {}
            )*
        };
    })
}

/// A variant of the enum.
struct Variant<'a> {
    name: &'a Ident,
    ty: &'a Type,
    /// The source of its event.
    source: &'static SourceInfo,
}

fn variants<'a>(input: &'a DeriveInput, place: &Place, errors: &mut Errors) -> Vec<Variant<'a>> {
    let Data::Enum(data) = &input.data else {
        errors.push(place, "`Event` is derived for an enum, with a variant for each event");
        return Vec::new();
    };
    if !input.generics.params.is_empty() {
        errors.push(place, "an event cannot be generic");
        return Vec::new();
    }
    if data.variants.is_empty() {
        errors.push(place, "this enum has no variants: it needs one for each event");
    }
    let mut variants: Vec<Variant<'a>> = Vec::new();
    for variant in &data.variants {
        match &variant.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                let ty = fields.unnamed.first().map(|field| &field.ty);
                variants.extend(ty.and_then(|ty| one(&variant.ident, ty, &variants, errors)));
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

/// One variant. The source is known by the type's name, since the compiler takes no implementation
/// for "the source of that type" beside another such; what the name says is proved by a bound.
fn one<'a>(
    name: &'a Ident,
    ty: &'a Type,
    before: &[Variant<'_>],
    errors: &mut Errors,
) -> Option<Variant<'a>> {
    let place = Place::of_tokens(&ty.to_token_stream());
    let word = signature::last_segment(ty).map(|segment| segment.ident.to_string());
    if word.as_deref() == Some(WINDOW) {
        errors
            .push(
                &place,
                format!("variant `{name}` holds a window, which is no event among others"),
            )
            .help("give the trigger with `tumbling_window` a function of its own");
        return None;
    }
    let Some((source, _)) = word.as_deref().and_then(Trigger::find_event) else {
        let events = Trigger::SOURCES.iter().flat_map(|it| it.facts.events).map(|event| event.name);
        errors
            .push(
                &place,
                format!("variant `{name}` does not hold an event that a trigger delivers"),
            )
            .help(format!("the events, by their own names, are {}", suggest::list(events)));
        return None;
    };
    if let Some(other) = before.iter().find(|other| other.source == source) {
        let (other, source) = (other.name, source.name);
        errors
            .push(&place, format!("variant `{other}` holds an event of `{source}` already"))
            .help("a payload does not say which of the two is meant: keep one of them");
        return None;
    }
    Some(Variant { name, ty, source })
}
