//! Tests of the tokens and places of found items.

use proc_macro2::TokenStream;

use super::{assert_error, found_items, walk_root};
use crate::walk::WalkedCrate;

#[track_caller]
fn assert_item(walked: &WalkedCrate, index: usize, item: &str) {
    let expected: TokenStream = item.parse().unwrap();
    assert_eq!(walked.items[index].item.to_string(), expected.to_string());
}

#[test]
fn a_function_ends_before_its_body_and_keeps_its_other_attributes() {
    let walked = walk_root(
        "/// Does *it*.
         /** All. */
         #[doc = \"More.\"] #[function(trigger = s3, env(A = \"b)\"))]
         #[allow(x)] // why
         pub(crate) async fn a<'e, T: Fn(u8) -> u8>(e: M<{ 1 > 0 }>) -> R<(), E>
         where T: X<{ 2 }> { body(\"}\") }",
    );
    assert_item(
        &walked,
        0,
        "#[doc = \" Does *it*.\"] #[doc = \" All. \"] #[doc = \"More.\"] #[allow(x)]
         pub(crate) async fn a<'e, T: Fn(u8) -> u8>(e: M<{ 1 > 0 }>) -> R<(), E>
         where T: X<{ 2 }>",
    );
    assert_eq!(walked.items[0].args.to_string(), "trigger = s3 , env (A = \"b)\")");
}

#[test]
fn a_struct_has_all_its_tokens() {
    let walked = walk_root(
        "#[resource(queue)] pub struct A; #[resource] struct B { a: u8, }
         #[resource] struct C<T>(T) where T: X; #[resource] enum D { E = 1 << 2 }",
    );
    assert_item(&walked, 0, "pub struct A;");
    assert_item(&walked, 1, "struct B { a: u8, }");
    assert_item(&walked, 2, "struct C<T>(T) where T: X;");
    assert_item(&walked, 3, "enum D { E = 1 << 2 }");
}

#[test]
fn arguments_may_be_missing_or_in_any_kind_of_brackets() {
    let walked = walk_root(
        "#[function] fn a() {} #[function()] fn b() {} #[function[x, (y)]] fn c() {}
         #[function{z}] fn d() {} #[function = \"q\"] fn e() {}",
    );
    let args: Vec<_> = walked.items.iter().map(|found| found.args.to_string()).collect();
    assert_eq!(args, ["", "", "x , (y)", "z", ""]);
}

#[test]
fn a_later_attribute_gets_the_item_without_the_earlier_ones() {
    let walked = walk_root("#[function(a)] #[x] #[init] #[skylift::function(b)] fn f() {}");
    assert_item(&walked, 0, "#[x] #[init] #[skylift::function(b)] fn f()");
    assert_item(&walked, 1, "#[x] #[skylift::function(b)] fn f()");
    assert_item(&walked, 2, "#[x] fn f()");
}

#[test]
fn cfg_on_an_item_is_removed_and_cfg_inside_it_is_kept() {
    let walked = walk_root(
        "#[cfg(unix)] #[cfg_attr(unix, a, b(\"c\") // why
         )] #[cfg_attr(windows, d)] #[function] fn f(#[cfg(windows)] x: u8) {}",
    );
    assert_item(&walked, 0, "#[a] #[b(\"c\")] fn f(#[cfg(windows)] x: u8)");
}

#[test]
fn lines_and_columns_start_at_one_and_columns_count_characters() {
    let walked = walk_root(
        "fn a() {}\n/* üüü */ #[function] fn b() {}\n\n  /// Text.\n  #[x]\n  #[init]\n  fn c() {}
mod m {\n\t#[cfg_attr(unix, function)] fn d() {} }",
    );
    let places: Vec<_> = walked.items.iter().map(|found| (found.line, found.column)).collect();
    assert_eq!(places, [(2, 11), (6, 3), (9, 2)]);
    assert!(walked.items[0].file.ends_with("src/lib.rs"));
}

#[test]
fn an_item_that_cannot_be_lexed_is_an_error() {
    let walked = walk_root("fn a() {}\n#[function] fn b(x: \"\\q\") {}\n#[init] fn c() {}");
    assert_error(&walked, "lib.rs", 2, "cannot be split into tokens");
    assert_eq!(found_items(&walked), ["c"]);
}
