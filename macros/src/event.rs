//! The derive macro `#[derive(Event)]`: implements the traits of an event for an enum whose variants are the
//! events of several sources.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use skylift_model::source::{EventType, SourceInfo, Trigger, WINDOW};
use skylift_syntax::errors::{Diagnostic, Errors};
use skylift_syntax::signature;
use skylift_syntax::span::SourceSpan;
use syn::{Data, DeriveInput, Fields, Ident, PathArguments, PathSegment, Type};

use crate::expansion::expand_with_errors;
use crate::features::is_enabled;
use crate::{messages, notes};

/// Expands `#[derive(Event)]` on this item.
pub(crate) fn expand(item: TokenStream) -> TokenStream {
    expand_with_errors(|errors| expand_traits(item, errors))
}

/// Expands to the implementations of the traits of an event for the enum. After an error, they say that the enum is
/// an event of every source, so that no further errors follow where a handler takes it.
fn expand_traits(item: TokenStream, errors: &mut Errors) -> Option<TokenStream> {
    let input: DeriveInput = match syn::parse2(item) {
        Ok(input) => input,
        Err(error) => {
            errors.push(&SourceSpan::from_token(error.span()), error.to_string());
            return None;
        }
    };
    let span = SourceSpan::from_token(input.ident.span());
    let mut missing = Vec::new();
    let variants = read_variants(&input, &span, &mut missing, errors);
    if !errors.is_empty() {
        let missing = expand_missing_types(&input.ident, &missing);
        let event = expand_broken_event(&input);
        return Some(quote!(#missing #event));
    }
    let index = notes::read_index().and_then(Result::ok).unwrap_or_default();
    let skylift = notes::runtime_path(&index.facade);
    let (ident, name) = (&input.ident, input.ident.to_string());
    let (mut sources, mut delivered) = (Vec::new(), Vec::new());
    let (mut names, mut types) = (Vec::new(), Vec::new());
    for EventVariant { name, ty, event, .. } in variants {
        names.push(name);
        types.push(ty);
        for source in Trigger::sources_of_event(event) {
            let marker = Ident::new(source.runtime_name, Span::call_site());
            let is_of_type = source.facts.has_event_of_each_trigger();
            sources.push(if is_of_type { quote!(#marker<#ty>) } else { quote!(#marker) });
            delivered.push(ty);
        }
    }
    let shape = format_ident!("shape");
    Some(quote! {
        const _: () = {
            impl #skylift::Event for #ident {
                type Source = #skylift::__private::EventEnum;

                const RESUMES: ::core::result::Result<(), &'static str> =
                    #skylift::__private::all_resumable(&[#(<#types as #skylift::Event>::RESUMES),*]);

                fn recognises(#shape: &#skylift::__private::PayloadShape<'_>) -> bool {
                    #(<#types as #skylift::Event>::recognises(#shape))||*
                }

                fn deliver<'a>(
                    delivery: #skylift::__private::Delivery<'a, Self>,
                ) -> #skylift::__private::BoxFuture<'a, ::core::result::Result<#skylift::__private::FunctionResponse, #skylift::Error>> {
                    let #shape = delivery.shape();
                    #(
                        if <#types as #skylift::Event>::recognises(&#shape) {
                            return #skylift::__private::deliver_variant::<#types, _>(delivery, Self::#names);
                        }
                    )*
                    #skylift::__private::reject_payload(#name)
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
                    #delivered: #skylift::TriggeredBy<#skylift::source::#sources>
                {}
            )*
        };
    })
}

/// Expands to the implementations of an event for an item with errors.
fn expand_broken_event(input: &DeriveInput) -> TokenStream {
    let skylift = notes::facade_path();
    let ident = &input.ident;
    let mut generics = input.generics.clone();
    for param in generics.type_params_mut() {
        param.default = None;
    }
    let params: Vec<_> = generics.params.iter().collect();
    let (_, names, bounds) = input.generics.split_for_impl();
    let bounds = bounds.map(|bounds| &bounds.predicates);
    let bounds = quote!(where Self: ::core::marker::Send + 'static, #bounds);
    quote! {
        const _: () = {
            impl<#(#params),*> #skylift::Event for #ident #names #bounds {
                type Source = #skylift::__private::EventEnum;

                fn recognises(_: &#skylift::__private::PayloadShape<'_>) -> bool {
                    false
                }

                fn deliver<'a>(
                    _: #skylift::__private::Delivery<'a, Self>,
                ) -> #skylift::__private::BoxFuture<'a, ::core::result::Result<#skylift::__private::FunctionResponse, #skylift::Error>> {
                    #skylift::__private::reject_payload("")
                }
            }
            impl<#(#params,)* __K, __M> #skylift::resource::Accepts<__K, __M> for #ident #names #bounds {}
            impl<#(#params,)* __S> #skylift::TriggeredBy<__S> for #ident #names #bounds {}
        };
    }
}

/// An event type in the enum whose feature is not on.
struct MissingType<'a> {
    /// The last segment of the type's path.
    name: &'a PathSegment,
    error: Diagnostic,
}

/// Expands to types with the names of the missing types, which the compiler takes for types with an error: no further
/// errors follow from them. They give way to types of these names that the user imports. `ident` is the name of the
/// enum.
fn expand_missing_types(ident: &Ident, missing: &[MissingType<'_>]) -> Option<TokenStream> {
    if missing.is_empty() {
        return None;
    }
    let module = format_ident!("__skylift_types_of_{ident}");
    let types = missing.iter().map(|MissingType { name, error }| {
        let ident = &name.ident;
        let count = match &name.arguments {
            PathArguments::AngleBracketed(arguments) => arguments.args.len(),
            _ => 0,
        };
        let names: Vec<_> = (0..count).map(|index| format_ident!("T{index}")).collect();
        let ty = error.to_error_type();
        quote!(pub(super) type #ident<#(#names),*> = (#ty, #(::core::marker::PhantomData<#names>),*);)
    });
    Some(quote! {
        #[doc(hidden)]
        #[allow(non_snake_case, dead_code)]
        mod #module { #(#types)* }
        #[allow(unused_imports)]
        use #module::*;
    })
}

/// A variant of the enum under `#[derive(Event)]`.
struct EventVariant<'a> {
    name: &'a Ident,
    ty: &'a Type,
    /// The source of the event that the variant holds.
    source: &'static SourceInfo,
    /// The name of the event's type.
    event: &'static str,
}

/// Reads the variants of the enum, and reports those that do not hold exactly one event. `span` is the span of
/// the enum.
fn read_variants<'a>(
    input: &'a DeriveInput,
    span: &SourceSpan,
    missing: &mut Vec<MissingType<'a>>,
    errors: &mut Errors,
) -> Vec<EventVariant<'a>> {
    let Data::Enum(data) = &input.data else {
        errors.push(span, messages::event_not_an_enum());
        return Vec::new();
    };
    if !input.generics.params.is_empty() {
        errors.push(span, messages::event_generic());
        return Vec::new();
    }
    if data.variants.is_empty() {
        errors.push(span, messages::event_without_variants());
    }
    let mut variants: Vec<EventVariant<'a>> = Vec::new();
    for variant in &data.variants {
        match &variant.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                let ty = fields.unnamed.first().map(|field| &field.ty);
                let read =
                    ty.and_then(|ty| read_variant(&variant.ident, ty, &variants, missing, errors));
                variants.extend(read);
            }
            _ => {
                let span = SourceSpan::from_token(variant.ident.span());
                errors.push(&span, messages::variant_without_one_field(&variant.ident));
            }
        }
    }
    variants
}

/// Reads one variant of the enum. The macro finds the source of the variant by the name of the variant's type,
/// because a macro does not see types. A bound on the generated implementation then proves that the name
/// belongs to the expected type. Returns `None` after an error was recorded.
fn read_variant<'a>(
    name: &'a Ident,
    ty: &'a Type,
    previous: &[EventVariant<'_>],
    missing: &mut Vec<MissingType<'a>>,
    errors: &mut Errors,
) -> Option<EventVariant<'a>> {
    let span = SourceSpan::from_tokens(&ty.to_token_stream());
    let type_name = signature::last_segment(ty).map(|segment| segment.ident.to_string());
    if type_name.as_deref() == Some(WINDOW) {
        errors.push(&span, messages::variant_with_window(name));
        return None;
    }
    let Some((source, EventType { name: event, .. })) =
        type_name.as_deref().and_then(Trigger::find_event)
    else {
        let is_first = |source: &SourceInfo, event: &EventType| {
            Trigger::find_event(event.name).is_some_and(|(first, _)| first == source)
        };
        let events = Trigger::SOURCES.iter().flat_map(|source| {
            source.facts.events.iter().filter(move |event| is_first(source, event))
        });
        let events = events.map(|event| event.name);
        errors.push(&span, messages::variant_without_event(name, events));
        return None;
    };
    if !Trigger::sources_of_event(event).any(|source| is_enabled(source.name)) {
        let message = messages::feature_missing(type_name.unwrap_or_default(), source.name);
        errors.push(&span, message.clone());
        let error = Diagnostic { span, message };
        missing.extend(signature::last_segment(ty).map(|name| MissingType { name, error }));
        return None;
    }
    let is_same = |other: &&EventVariant<'_>| {
        let by_type = source.facts.has_event_of_each_trigger();
        other.source == source && (!by_type || other.event == event)
    };
    if let Some(other) = previous.iter().find(is_same) {
        errors.push(&span, messages::second_variant_of_source(other.name, source.name));
        return None;
    }
    Some(EventVariant { name, ty, source, event })
}
