//! The attribute `#[resource]`: implements the runtime's traits for the struct under it.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use skylift_model::http::Authorizer;
use skylift_model::problem::PlaceInItem;
use skylift_model::resource::{Existing, ResourceKind, view};
use skylift_model::subscription;
use skylift_syntax::errors::{Diagnostic, Errors};
use skylift_syntax::handoff::Note;
use skylift_syntax::resource::{
    NamedType, ResourceDefinition, ResourceItem, RuntimeNames, ViewDefinition,
};
use skylift_syntax::span::SourceSpan;

use crate::expansion::{expand_start_check, expand_with_errors};
use crate::features::is_enabled;
use crate::function::tokens::move_to_span;
use crate::{compiler, messages, notes};

/// The Cargo feature that an authorizer needs.
const HTTP_FEATURE: &str = "http";

/// Expands `#[resource]` with these arguments on this item.
pub(crate) fn expand(args: &TokenStream, item: &TokenStream) -> TokenStream {
    let mut without_generics = None;
    let expanded = expand_with_errors(|errors| {
        let parsed = ResourceItem::parse(args.clone(), item.clone(), errors)?;
        if parsed.is_generic && !notes::runs_in_editor() {
            // Wherever the resource is named, the compiler would report that the arguments of the type are missing.
            let (vis, ident) = (&parsed.vis, &parsed.ident);
            without_generics = Some(quote!(#vis struct #ident;));
        }
        if parsed.is_repeated {
            return None;
        }
        if parsed.is_authorizer() {
            return expand_authorizer(args, item, &parsed, errors);
        }
        let traits = expand_traits(args, item, &parsed, errors);
        let error = errors.first().filter(|_| traits.is_none());
        let broken =
            error.map(|error| expand_broken_resource(&parsed.ident, error, &notes::facade_path()));
        Some(quote!(#traits #broken))
    });
    let item = without_generics.as_ref().unwrap_or(item);
    quote! { #item #expanded }
}

/// Expands to an implementation of `Resource` for a type whose attribute has errors. With this implementation, the
/// compiler takes the types of the resource's capabilities for types with that error, and reports no further errors
/// where they are used.
pub(crate) fn expand_broken_resource(
    ident: &Ident,
    error: &Diagnostic,
    skylift: &TokenStream,
) -> TokenStream {
    let kind = error.to_error_type();
    quote! {
        impl #skylift::resource::Resource for #ident {
            const ID: &'static str = "";
            const VARIABLE: &'static str = "";
            type Kind = #kind;
        }
    }
}

/// Expands to the implementation of the runtime's trait for the struct of an authorizer. The claims of an authorizer with
/// errors have a type with the first error, so that the compiler reports no further errors where they are used.
fn expand_authorizer(
    args: &TokenStream,
    tokens: &TokenStream,
    item: &ResourceItem,
    errors: &mut Errors,
) -> Option<TokenStream> {
    let definition = item.read_authorizer(errors);
    let mut skylift = notes::facade_path();
    if definition.is_some() && (notes::build_step_has_run() || compiler::compiles_doctest()) {
        let note = notes::find_note(&item.ident, args, tokens, errors)?;
        skylift = notes::runtime_path(&note.facade);
        let span_at = |at: &PlaceInItem| match at {
            PlaceInItem::Key(key) => item.span_in_authorizer(key),
            _ => SourceSpan::from_token(item.ident.span()),
        };
        notes::report_problems(&note, span_at, errors);
    }
    if definition.is_some() && !is_enabled(HTTP_FEATURE) {
        let message = messages::feature_missing(Authorizer::KIND, HTTP_FEATURE);
        errors.push(&SourceSpan::from_token(item.ident.span()), message);
        return None;
    }
    let ident = &item.ident;
    let (id, claims) = match (&definition, errors.first()) {
        (Some(definition), _) => {
            let own = definition.claims.clone();
            let claims = own.unwrap_or_else(|| quote!(#skylift::http::JwtClaims));
            (definition.id.to_string(), claims)
        }
        (None, Some(error)) => (String::new(), error.to_error_type()),
        (None, None) => return None,
    };
    Some(quote! {
        const _: () = {
            impl #skylift::http::Authorizer for #ident {
                const ID: &'static str = #id;
                type Claims = #claims;
            }
        };
    })
}

/// Expands to the implementations of the runtime's traits for the struct. Returns `None` after an error was
/// recorded, if no trait can be implemented.
fn expand_traits(
    args: &TokenStream,
    tokens: &TokenStream,
    item: &ResourceItem,
    errors: &mut Errors,
) -> Option<TokenStream> {
    let definition = item.read(errors)?;
    // A function reports that the build step has not run.
    let note = if notes::build_step_has_run() || compiler::compiles_doctest() {
        notes::find_note(&item.ident, args, tokens, errors)?
    } else {
        Note::default()
    };
    let span_at = |at: &PlaceInItem| match at {
        PlaceInItem::Key(key) => item.span_of(Some(key.as_str())),
        PlaceInItem::Property(name) => item.span_in_properties(name),
        _ => item.span_of(None),
    };
    notes::report_problems(&note, span_at, errors);
    let skylift = notes::runtime_path(&note.facade);
    let (ident, id) = (&item.ident, definition.id.as_str());
    let kind = definition.settings.kind();
    let variable = Existing::variable_name(definition.existing.as_ref(), &definition.id, kind);
    let trait_of_kind = format_ident!("{}", kind.runtime_name());
    let variable = match &definition.view {
        Some(ViewDefinition { path, .. }) => {
            quote!(<#path as #skylift::resource::Resource>::VARIABLE)
        }
        None => quote!(#variable),
    };
    let view = match &definition.view {
        // The items of the traits name those of the whole resource, which may not be one.
        Some(_) if !errors.is_empty() => return None,
        Some(ViewDefinition { path, .. }) => {
            let at = PlaceInItem::key(view::OF);
            let id = note.uses.iter().find(|(used, _)| *used == at).map(|(_, id)| id);
            if id.is_none() && notes::build_step_has_run() && !compiler::compiles_doctest() {
                return Some(expand_view_of_broken_resource(ident, path, &skylift));
            }
            expand_view_assertion(path, id, &skylift)
        }
        None => TokenStream::new(),
    };
    let extent = (kind == ResourceKind::Table).then(|| match &definition.view {
        Some(_) => quote!(impl #skylift::resource::TableView for #ident {}),
        None => quote!(impl #skylift::resource::WholeTable for #ident {}),
    });
    let package = notes::package_name();
    let types = definition.types.iter().filter(|named| note.is_probed && named.key == "item");
    let checks = types.map(|NamedType { path, .. }| {
        let check = quote!(#skylift::__private::check_items_of!(#ident, #path));
        expand_start_check(&check, &skylift)
    });
    let checks: Vec<TokenStream> = checks.collect();
    let has_envelopes = definition.subscriptions.iter().any(|it| it.from.is_taken_apart());
    let envelopes = (kind == ResourceKind::Queue && has_envelopes).then(|| {
        quote!(
            const HAS_ENVELOPES: ::core::primitive::bool = true;
        )
    });
    let assertions = expand_subscriptions(item, &definition, &note, &skylift);
    let items = definition.trait_items(RuntimeNames { path: &skylift, package: &package });
    Some(quote! {
        const _: () = {
            impl #skylift::resource::Resource for #ident {
                const ID: &'static str = #id;
                const VARIABLE: &'static str = #variable;
                type Kind = #skylift::resource::kind::#trait_of_kind;
            }
            impl #skylift::resource::#trait_of_kind for #ident {
                #items
                #envelopes
            }
            #extent
            #view
            #(#checks)*
            #assertions
        };
    })
}

/// Expands to the assertion that the whole resource of a view is the one that the build step found, by its `id`. Examples
/// have no note, and so no id.
fn expand_view_assertion(
    path: &TokenStream,
    id: Option<&String>,
    skylift: &TokenStream,
) -> TokenStream {
    let Some(id) = id else { return TokenStream::new() };
    let has_id = quote!(#skylift::__private::check_resource_id::<#path>(#id));
    let has_id = move_to_span(has_id, &SourceSpan::from_tokens(path));
    quote!(const _: () = #has_id;)
}

/// Expands to the implementation of `Resource` for a view of a resource whose attribute has errors. The kind is a type with
/// that error, and the compiler reports no other.
fn expand_view_of_broken_resource(
    ident: &Ident,
    path: &TokenStream,
    skylift: &TokenStream,
) -> TokenStream {
    quote! {
        impl #skylift::resource::Resource for #ident {
            const ID: &'static str = "";
            const VARIABLE: &'static str = "";
            type Kind = <#path as #skylift::resource::Resource>::Kind;
        }
    }
}

/// Expands to assertions that the resources whose messages this one gets are the ones that the build step found, and that
/// they carry messages of the same type.
fn expand_subscriptions(
    item: &ResourceItem,
    definition: &ResourceDefinition,
    note: &Note,
    skylift: &TokenStream,
) -> TokenStream {
    let mut assertions = TokenStream::new();
    let kind = definition.settings.kind();
    for (index, subscription) in definition.subscriptions.iter().enumerate() {
        let Some(path) = &subscription.path else { continue };
        let source = subscription.from.kind();
        let at = PlaceInItem::Key(format!("{}.{index}.{}", subscription::KEY, source.as_str()));
        let id = note.uses.iter().find(|(used, _)| *used == at).map(|(_, id)| id);
        // A resource with errors of its own is not among the uses. Examples have no note.
        if id.is_none() && !compiler::compiles_doctest() {
            continue;
        }
        let span = SourceSpan::from_tokens(path);
        let private = quote!(#skylift::__private);
        if let Some(id) = id {
            let has_id = quote!(#private::check_resource_id::<#path>(#id));
            let has_id = move_to_span(has_id, &span);
            assertions.extend(quote!(const _: () = #has_id;));
        }
        // A topic hands on a whole event of a bus, and the detail alone if the subscription takes it out.
        let is_published = subscription.from.carries_published()
            && (kind == ResourceKind::Queue || subscription.from.envelope().is_none());
        if is_published {
            let own = format_ident!("{}", kind.runtime_name());
            let other = format_ident!("{}", source.runtime_name());
            let ident = &item.ident;
            let own = quote!(<#ident as #skylift::resource::#own>::Message);
            let other = quote!(<#path as #skylift::resource::#other>::Message);
            let check = move_to_span(quote!(#private::check_subscription::<#own, #other>()), &span);
            assertions.extend(quote!(const _: () = #check;));
        }
    }
    assertions
}
