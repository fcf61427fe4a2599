//! What the runtime's typed client of a table knows: the types of its items and of its keys, and its
//! indexes.

use proc_macro2::TokenStream;
use quote::quote;
use skylift_model::resource::table::{KeyAttribute, KeyType, SecondaryIndex, StreamView, Table};

pub(super) fn of(table: &Table, holds: &TokenStream, skylift: &TokenStream) -> TokenStream {
    let partition = ty(&table.key);
    let (sort, whole) = match &table.sort {
        Some(sort) => {
            let sort = ty(sort);
            (quote!(#sort), quote!((#partition, #sort)))
        }
        None => (quote!(#skylift::resource::key::NoSortKey), partition.clone()),
    };
    let key = attribute(&table.key, skylift);
    let sort_key = optional(table.sort.as_ref(), skylift);
    let ttl = match &table.ttl {
        Some(ttl) => {
            let ttl = ttl.as_str();
            quote!(::core::option::Option::Some(#ttl))
        }
        None => quote!(::core::option::Option::None),
    };
    let indexes = table.indexes.iter().map(|it| index(it, &table.key, skylift));
    let view = match table.stream {
        Some(StreamView::Keys) => quote!(KeysOnly),
        Some(StreamView::New) => quote!(NewImage),
        Some(StreamView::Old) => quote!(OldImage),
        // The stream of what exists already tells what it tells.
        Some(StreamView::NewAndOld) | None => quote!(NewAndOldImages),
    };
    quote! {
        type Item = #skylift::resource::MessageOf<#holds>;
        type ItemMarker = #holds;
        type StreamView = #skylift::resource::stream_view::#view;
        type Key<'a> = #whole;
        type Partition<'a> = #partition;
        type Sort<'a> = #sort;
        const KEY: #skylift::resource::KeyAttribute = #key;
        const SORT: ::core::option::Option<#skylift::resource::KeyAttribute> = #sort_key;
        const TTL: ::core::option::Option<&'static ::core::primitive::str> = #ttl;
        const INDEXES: &'static [#skylift::resource::SecondaryIndex] = &[#(#indexes),*];
    }
}

fn index(index: &SecondaryIndex, partition: &KeyAttribute, skylift: &TokenStream) -> TokenStream {
    let name = index.name.as_str();
    let key = attribute(index.key.as_ref().unwrap_or(partition), skylift);
    let sort = optional(index.sort.as_ref(), skylift);
    quote!(#skylift::resource::SecondaryIndex { name: #name, key: #key, sort: #sort })
}

fn optional(of: Option<&KeyAttribute>, skylift: &TokenStream) -> TokenStream {
    match of {
        Some(of) => {
            let attribute = attribute(of, skylift);
            quote!(::core::option::Option::Some(#attribute))
        }
        None => quote!(::core::option::Option::None),
    }
}

fn attribute(attribute: &KeyAttribute, skylift: &TokenStream) -> TokenStream {
    let name = attribute.name.as_str();
    let kind = match attribute.kind {
        KeyType::String => quote!(String),
        KeyType::Number => quote!(Number),
        KeyType::Binary => quote!(Binary),
    };
    quote!(#skylift::resource::KeyAttribute { name: #name, kind: #skylift::resource::KeyType::#kind })
}

/// What the client takes for it.
fn ty(attribute: &KeyAttribute) -> TokenStream {
    match attribute.kind {
        KeyType::String => quote!(&'a ::core::primitive::str),
        KeyType::Number => quote!(::core::primitive::i64),
        KeyType::Binary => quote!(&'a [::core::primitive::u8]),
    }
}
