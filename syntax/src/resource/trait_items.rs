//! The items in the implementations of the runtime's traits for a `#[resource]`. Each kind has a trait of its
//! own; this module creates the items that several traits share.

use proc_macro2::TokenStream;
use quote::quote;

use super::common::NamedType;

/// The names of crates that the generated items contain.
#[derive(Debug, Clone, Copy)]
pub struct RuntimeNames<'a> {
    /// The path of the runtime crate.
    pub path: &'a TokenStream,
    /// The name of the package that is being compiled.
    pub package: &'a str,
}

/// Returns the path of the type that the attribute names under this key. Returns `None` if the attribute does
/// not have the key.
pub(super) fn find_type<'a>(types: &'a [NamedType], key: &str) -> Option<&'a TokenStream> {
    types.iter().find(|named| named.key == key).map(|named| &named.path)
}

/// Returns the marker type for the type that the attribute names under this key, or the marker type for any
/// JSON if the attribute does not have the key.
pub(super) fn expand_type_marker(
    types: &[NamedType],
    key: &str,
    runtime: RuntimeNames<'_>,
) -> TokenStream {
    let skylift = runtime.path;
    match find_type(types, key) {
        Some(ty) => quote!(#skylift::resource::Typed<#ty>),
        None => quote!(#skylift::resource::Untyped),
    }
}

/// Returns the item that declares the type of the resource's messages.
pub(super) fn expand_message_item(types: &[NamedType], runtime: RuntimeNames<'_>) -> TokenStream {
    let message = expand_type_marker(types, "message", runtime);
    quote!(type Message = #message;)
}

/// Returns the item that declares whether the resource keeps the order of its messages.
pub(super) fn expand_order_item(is_fifo: bool, runtime: RuntimeNames<'_>) -> TokenStream {
    let skylift = runtime.path;
    let order = if is_fifo { quote!(Fifo) } else { quote!(Standard) };
    quote!(type Order = #skylift::resource::#order;)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::testing::accepted;

    /// Returns the items of the trait that an attribute expands to, without spaces.
    fn items(attribute: &str) -> String {
        let runtime = RuntimeNames { path: &quote!(rt), package: "shop" };
        accepted(attribute).trait_items(runtime).to_string().replace(' ', "")
    }

    #[test]
    fn the_trait_of_a_kind_has_the_named_type_or_none() {
        for (attribute, expected) in [
            ("bucket", ""),
            (r#"parameter(value = "1")"#, ""),
            ("queue", "typeMessage=rt::resource::Untyped;typeOrder=rt::resource::Standard;"),
            (
                "queue(fifo, message = a::Job)",
                "typeMessage=rt::resource::Typed<a::Job>;typeOrder=rt::resource::Fifo;",
            ),
            (
                "topic(fifo, message = News)",
                "typeMessage=rt::resource::Typed<News>;typeOrder=rt::resource::Fifo;",
            ),
            ("stream(message = Click)", "typeMessage=rt::resource::Typed<Click>;"),
            (
                "bus(message = Happened)",
                "typeMessage=rt::resource::Typed<Happened>;constSOURCE:&'staticstr=\"shop\";",
            ),
            (
                r#"bus(source = "shop.orders")"#,
                "typeMessage=rt::resource::Untyped;constSOURCE:&'staticstr=\"shop.orders\";",
            ),
            ("secret", "typeValue=rt::resource::SecretText;"),
            ("secret(value = Login)", "typeValue=rt::resource::SecretJson<Login>;"),
        ] {
            assert_eq!(items(attribute), expected, "{attribute}");
        }
    }

    #[test]
    fn the_trait_of_a_table_has_its_item_keys_and_indexes() {
        let least = items(r#"table(key = "id")"#);
        for expected in [
            "typeItem=rt::resource::MessageOf<rt::resource::Untyped>;",
            "typeItemMarker=rt::resource::Untyped;",
            "typeStreamView=rt::resource::stream_view::NewAndOldImages;",
            "typeKey<'a>=&'a::core::primitive::str;",
            "typePartition<'a>=&'a::core::primitive::str;",
            "typeSort<'a>=rt::resource::key::NoSortKey;",
            "constKEY:rt::resource::KeyAttribute=rt::resource::KeyAttribute{name:\"id\",kind:rt::resource::KeyType::String};",
            "constSORT:::core::option::Option<rt::resource::KeyAttribute>=::core::option::Option::None;",
            "constTTL:::core::option::Option<&'static::core::primitive::str>=::core::option::Option::None;",
            "constINDEXES:&'static[rt::resource::SecondaryIndex]=&[];",
        ] {
            assert!(least.contains(expected), "{expected} is not in {least}");
        }
        let all = items(
            r#"table(key = binary("id"), sort = number("at"), item = Order, ttl = "ends", indexes(by_day(sort = "day"), by_state(key = "state")))"#,
        );
        for expected in [
            "typeItemMarker=rt::resource::Typed<Order>;",
            "typeKey<'a>=(&'a[::core::primitive::u8],::core::primitive::i64);",
            "typeSort<'a>=::core::primitive::i64;",
            "::core::option::Option::Some(rt::resource::KeyAttribute{name:\"at\",kind:rt::resource::KeyType::Number});",
            "=::core::option::Option::Some(\"ends\");",
            // A local index has the table's own partition key.
            "rt::resource::SecondaryIndex{name:\"by_day\",key:rt::resource::KeyAttribute{name:\"id\",kind:rt::resource::KeyType::Binary},sort:::core::option::Option::Some(",
            "rt::resource::SecondaryIndex{name:\"by_state\",key:rt::resource::KeyAttribute{name:\"state\",kind:rt::resource::KeyType::String},sort:::core::option::Option::None}",
        ] {
            assert!(all.contains(expected), "{expected} is not in {all}");
        }
        for (stream, view) in [
            ("keys", "KeysOnly"),
            ("new", "NewImage"),
            ("old", "OldImage"),
            ("new_and_old", "NewAndOldImages"),
        ] {
            let found = items(&format!("table(key = \"id\", stream = {stream})"));
            let expected = format!("typeStreamView=rt::resource::stream_view::{view};");
            assert!(found.contains(&expected), "{found}");
        }
    }
}
