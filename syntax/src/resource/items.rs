//! What a `#[resource]` tells the runtime of itself: the items of the trait that the runtime has for its
//! kind. Each kind says its own; what several of them say stands here.

use proc_macro2::TokenStream;
use quote::quote;

use super::common::NamedType;

/// What items have to name: the runtime, and the package that is compiled.
#[derive(Debug, Clone, Copy)]
pub struct Runtime<'a> {
    /// The path of the runtime crate.
    pub path: &'a TokenStream,
    /// The package.
    pub package: &'a str,
}

/// The type that the attribute names under this key.
pub(super) fn named<'a>(types: &'a [NamedType], key: &str) -> Option<&'a TokenStream> {
    types.iter().find(|named| named.key == key).map(|named| &named.path)
}

/// The marker for the type that the attribute names under this key, or for none.
pub(super) fn carried(types: &[NamedType], key: &str, runtime: Runtime<'_>) -> TokenStream {
    let skylift = runtime.path;
    match named(types, key) {
        Some(ty) => quote!(#skylift::resource::Typed<#ty>),
        None => quote!(#skylift::resource::Untyped),
    }
}

/// The type of its messages.
pub(super) fn message(types: &[NamedType], runtime: Runtime<'_>) -> TokenStream {
    let message = carried(types, "message", runtime);
    quote!(type Message = #message;)
}

/// Whether messages keep their order.
pub(super) fn order(fifo: bool, runtime: Runtime<'_>) -> TokenStream {
    let skylift = runtime.path;
    let order = if fifo { quote!(Fifo) } else { quote!(Standard) };
    quote!(type Order = #skylift::resource::#order;)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::testing::right;

    /// What an attribute tells the runtime, without spaces.
    fn items(attribute: &str) -> String {
        let runtime = Runtime { path: &quote!(rt), package: "shop" };
        right(attribute).items(runtime).to_string().replace(' ', "")
    }

    #[test]
    fn what_a_kind_holds_is_a_type_of_the_users_or_none() {
        for (attribute, told) in [
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
            ("secret", "typeValue=rt::resource::SecretText;"),
            ("secret(value = Login)", "typeValue=rt::resource::SecretJson<Login>;"),
        ] {
            assert_eq!(items(attribute), told, "{attribute}");
        }
    }

    #[test]
    fn a_table_tells_its_items_its_keys_and_its_indexes() {
        let least = items(r#"table(key = "id")"#);
        for told in [
            "typeItem=rt::resource::MessageOf<rt::resource::Untyped>;",
            "typeItemMarker=rt::resource::Untyped;",
            "typeStreamView=rt::resource::stream_view::NewAndOldImages;",
            "typeKey<'a>=&'a::core::primitive::str;",
            "typePartition<'a>=&'a::core::primitive::str;",
            "typeSort<'a>=rt::resource::key::NoSortKey;",
            "constKEY:rt::resource::Attribute=rt::resource::Attribute{name:\"id\",kind:rt::resource::KeyType::String};",
            "constSORT:::core::option::Option<rt::resource::Attribute>=::core::option::Option::None;",
            "constTTL:::core::option::Option<&'static::core::primitive::str>=::core::option::Option::None;",
            "constINDEXES:&'static[rt::resource::Index]=&[];",
        ] {
            assert!(least.contains(told), "{told} is not in {least}");
        }
        let all = items(
            r#"table(key = binary("id"), sort = number("at"), item = Order, ttl = "ends", indexes(by_day(sort = "day"), by_state(key = "state")))"#,
        );
        for told in [
            "typeItemMarker=rt::resource::Typed<Order>;",
            "typeKey<'a>=(&'a[::core::primitive::u8],::core::primitive::i64);",
            "typeSort<'a>=::core::primitive::i64;",
            "::core::option::Option::Some(rt::resource::Attribute{name:\"at\",kind:rt::resource::KeyType::Number});",
            "=::core::option::Option::Some(\"ends\");",
            // A local index has the table's own partition key.
            "rt::resource::Index{name:\"by_day\",key:rt::resource::Attribute{name:\"id\",kind:rt::resource::KeyType::Binary},sort:::core::option::Option::Some(",
            "rt::resource::Index{name:\"by_state\",key:rt::resource::Attribute{name:\"state\",kind:rt::resource::KeyType::String},sort:::core::option::Option::None}",
        ] {
            assert!(all.contains(told), "{told} is not in {all}");
        }
        for (stream, view) in [
            ("keys", "KeysOnly"),
            ("new", "NewImage"),
            ("old", "OldImage"),
            ("new_and_old", "NewAndOldImages"),
        ] {
            let told = items(&format!("table(key = \"id\", stream = {stream})"));
            assert!(
                told.contains(&format!("typeStreamView=rt::resource::stream_view::{view};")),
                "{told}"
            );
        }
    }
}
