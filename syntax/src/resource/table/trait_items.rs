//! The items in the implementation of the runtime's trait for tables: the types of the table's items and keys,
//! and its indexes.

use proc_macro2::TokenStream;
use quote::quote;
use skylift_model::resource::table::{KeyAttribute, KeyType, SecondaryIndex, StreamView, Table};

/// Returns the tokens of the items in the implementation of the runtime's trait for a table. `item_marker` is
/// the marker type for the type of the table's items.
pub(super) fn table_trait_items(
    table: &Table,
    item_marker: &TokenStream,
    skylift: &TokenStream,
) -> TokenStream {
    let partition = rust_key_type(&table.key);
    let (sort, whole_key) = match &table.sort {
        Some(sort) => {
            let sort = rust_key_type(sort);
            (quote!(#sort), quote!((#partition, #sort)))
        }
        None => (quote!(#skylift::resource::key::NoSortKey), partition.clone()),
    };
    let key = expand_attribute_value(&table.key, skylift);
    let sort_key = expand_optional_attribute_value(table.sort.as_ref(), skylift);
    let ttl = match &table.ttl {
        Some(ttl) => {
            let ttl = ttl.as_str();
            quote!(::core::option::Option::Some(#ttl))
        }
        None => quote!(::core::option::Option::None),
    };
    let indexes = table.indexes.iter().map(|index| expand_index_value(index, &table.key, skylift));
    let view = match table.stream {
        Some(StreamView::Keys) => quote!(KeysOnly),
        Some(StreamView::New) => quote!(NewImage),
        Some(StreamView::Old) => quote!(OldImage),
        // The view of an existing table's stream is not known: the records may have both images.
        Some(StreamView::NewAndOld) | None => quote!(NewAndOldImages),
    };
    quote! {
        type Item = #skylift::resource::MessageOf<#item_marker>;
        type ItemMarker = #item_marker;
        type StreamView = #skylift::resource::stream_view::#view;
        type Key<'a> = #whole_key;
        type Partition<'a> = #partition;
        type Sort<'a> = #sort;
        const KEY: #skylift::resource::KeyAttribute = #key;
        const SORT: ::core::option::Option<#skylift::resource::KeyAttribute> = #sort_key;
        const TTL: ::core::option::Option<&'static ::core::primitive::str> = #ttl;
        const INDEXES: &'static [#skylift::resource::SecondaryIndex] = &[#(#indexes),*];
    }
}

/// Expands to the value that describes an index of the table. `table_key` is the partition key of the table.
fn expand_index_value(
    index: &SecondaryIndex,
    table_key: &KeyAttribute,
    skylift: &TokenStream,
) -> TokenStream {
    let name = index.name.as_str();
    let key = expand_attribute_value(index.key.as_ref().unwrap_or(table_key), skylift);
    let sort = expand_optional_attribute_value(index.sort.as_ref(), skylift);
    quote!(#skylift::resource::SecondaryIndex { name: #name, key: #key, sort: #sort })
}

/// Expands to an `Option` with the value that describes a key attribute.
fn expand_optional_attribute_value(
    attribute: Option<&KeyAttribute>,
    skylift: &TokenStream,
) -> TokenStream {
    match attribute {
        Some(attribute) => {
            let attribute = expand_attribute_value(attribute, skylift);
            quote!(::core::option::Option::Some(#attribute))
        }
        None => quote!(::core::option::Option::None),
    }
}

/// Expands to the value that describes a key attribute.
fn expand_attribute_value(attribute: &KeyAttribute, skylift: &TokenStream) -> TokenStream {
    let name = attribute.name.as_str();
    let kind = match attribute.kind {
        KeyType::String => quote!(String),
        KeyType::Number => quote!(Number),
        KeyType::Binary => quote!(Binary),
    };
    quote!(#skylift::resource::KeyAttribute { name: #name, kind: #skylift::resource::KeyType::#kind })
}

/// Returns the Rust type in which the typed client takes the value of a key attribute.
fn rust_key_type(attribute: &KeyAttribute) -> TokenStream {
    match attribute.kind {
        KeyType::String => quote!(&'a ::core::primitive::str),
        KeyType::Number => quote!(::core::primitive::i64),
        KeyType::Binary => quote!(&'a [::core::primitive::u8]),
    }
}
