//! `#[resource]`: the struct gets the traits that say what it is.

mod table;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use skylift_model::problem::At;
use skylift_model::resource::Settings;
use skylift_model::resource::queue::Queue;
use skylift_model::resource::topic::Topic;
use skylift_syntax::errors::Errors;
use skylift_syntax::resource::{Item, Read};

use crate::notes;

pub(crate) fn expand(args: &TokenStream, item: &TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let traits = traits(args, item, &mut errors);
    let errors = errors.into_compile_errors();
    quote! { #item #traits #errors }
}

fn traits(args: &TokenStream, tokens: &TokenStream, errors: &mut Errors) -> Option<TokenStream> {
    let item = Item::parse(args.clone(), tokens.clone(), errors)?;
    let read = item.read(errors).filter(|_| !item.is_generic)?;
    let note = notes::of_item(&item.ident, args, tokens, errors)?;
    let place = |at: &At| match at {
        At::Key(key) => item.place(Some(key.as_str())),
        _ => item.place(None),
    };
    notes::report(&note, place, errors);
    let skylift = notes::facade(&note.facade);
    let (ident, id) = (&item.ident, read.id.as_str());
    let kind = read.settings.kind();
    let variable = read.id.variable(kind.variable());
    let trait_of_kind = format_ident!("{}", capital(kind.as_str()));
    let of_kind = of_kind(&read, &skylift);
    Some(quote! {
        const _: () = {
            impl #skylift::resource::Resource for #ident {
                const ID: &'static str = #id;
                const VARIABLE: &'static str = #variable;
                type Kind = #skylift::resource::kind::#trait_of_kind;
            }
            impl #skylift::resource::#trait_of_kind for #ident {
                #of_kind
            }
        };
    })
}

/// What the kind's own trait wants to know.
fn of_kind(read: &Read, skylift: &TokenStream) -> TokenStream {
    match &read.settings {
        Settings::Bucket(_) | Settings::Parameter(_) => TokenStream::new(),
        Settings::Table(table) => {
            let holds = carried(read, "item", skylift);
            table::expand(table, &holds, skylift)
        }
        Settings::Queue(Queue { fifo, .. }) | Settings::Topic(Topic { fifo, .. }) => {
            let (message, order) = (message(read, skylift), order(*fifo, skylift));
            quote!(#message #order)
        }
        Settings::Stream(_) => message(read, skylift),
        Settings::Bus(_) => {
            let (message, package) = (message(read, skylift), notes::package());
            quote!(#message const SOURCE: &'static str = #package;)
        }
        Settings::Secret(_) => {
            let value = match ty(read, "value") {
                Some(ty) => quote!(#skylift::resource::Json<#ty>),
                None => quote!(#skylift::resource::Text),
            };
            quote!(type Value = #value;)
        }
    }
}

/// The type that the attribute names under this key.
fn ty<'a>(read: &'a Read, key: &str) -> Option<&'a TokenStream> {
    read.types.iter().find(|named| named.key == key).map(|named| &named.path)
}

/// The type of its messages.
fn message(read: &Read, skylift: &TokenStream) -> TokenStream {
    let message = carried(read, "message", skylift);
    quote!(type Message = #message;)
}

/// The marker for the type that the attribute names under this key, or for none.
fn carried(read: &Read, key: &str, skylift: &TokenStream) -> TokenStream {
    match ty(read, key) {
        Some(ty) => quote!(#skylift::resource::Typed<#ty>),
        None => quote!(#skylift::resource::Untyped),
    }
}

fn order(fifo: bool, skylift: &TokenStream) -> TokenStream {
    let order = if fifo { quote!(Fifo) } else { quote!(Standard) };
    quote!(type Order = #skylift::resource::#order;)
}

/// The runtime's trait for a kind: `bucket` is `Bucket`.
fn capital(kind: &str) -> String {
    let (first, rest) = kind.split_at(1);
    first.to_ascii_uppercase() + rest
}
