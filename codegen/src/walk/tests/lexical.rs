//! Tests of the syntax that the cursor skips.

use super::{TestCrate, assert_error, assert_found, found_items, walk_root};
use crate::walk::line_column;

/// Syntax that may come between two handlers. If a piece is parsed incorrectly, the second handler is not found.
const PIECES: &[&str] = &[
    "fn a() { let s = \"}\"; }",
    "fn a() { let s = \"\\\"}\"; }",
    "fn a() { let s = \"\\\\\"; }",
    "fn a() { let s = r\"}\\\"; }",
    "fn a() { let s = r#\"\"}\"#; }",
    "fn a() { let s = r##\"\"#}\"##; }",
    "fn a() { let s = (b\"}\", br\"}\\\", br#\"\"}\"#, c\"}\", cr#\"\"}\"#); }",
    "fn a() { let c = ('}', '\\'', '\\\\', '\"', b'}', b'\\'', '\\u{7d}', '\\x7d', 'é', '€', '😀'); }",
    "fn a<'a>(x: &'a str, y: &'static str) -> &'a str { 'l: loop { break 'l; } }",
    "fn a<'é>(x: &'é str) {}",
    "fn a(x: &'r#fn str) {}",
    "m! { 'a 'b '\"' }",
    "m!('r\"}\");",
    "m!(xr\"}\");",
    "fn a() { /* } /* } */ } */ } // }",
    "/* } */ // }\n",
    "fn a() { 1 / 2 } fn b() { /**/ }",
    "fn a() -> [u8; { 3 }] { [0; 3] }",
    "fn a<const N: usize>() -> M<{ N }> where M<{ N }>: X { }",
    "fn a() where for<'b> T: Fn(&'b u8) -> W<{ 1 }>, { }",
    "impl<const N: usize> X for M<{ N + 1 }> { fn f() {} }",
    "impl !Send for X {} unsafe impl Sync for X {} impl ::core::fmt::Debug for X {}",
    "const A: u8 = { 1 }; const B: bool = 1 < 2; static C: [u8; 1] = [1]; const _: () = { () };",
    "const fn a() {} pub const unsafe extern \"C\" fn b() {} async unsafe fn c() {} const async fn d() {}",
    "extern \"C\" { fn f(); } unsafe extern \"C\" { safe fn g(); } extern \"C\" fn h() {} extern fn i() {}",
    "extern crate alloc; extern crate core as c;",
    "use ::a::{b, c::{d}}; pub(in crate::x) use e;",
    "type A = M<{ 1 }>; type B<T> = Vec<T>; trait C = D;",
    "struct A; struct B(u8); struct D { x: u8 } struct E<const N: usize = { 1 }>; struct F<const N: u8> { x: u8 }",
    "enum A { B = 1 << 3, C } union D { x: u8 } enum E {}",
    "trait A<const N: usize>: B<{ N }> { fn f() {} } unsafe auto trait B {} pub trait C: Fn() -> u8 {}",
    "macro_rules! a { ($x:expr) => { $x }; } macro_rules! b ( () => {} ); macro c($x:expr) { $x }",
    "m! { #[function] fn a() {} } m!(); a::m![]; ::a::b::m! {} m! x { }",
    "mod a { fn f() { \"}\" } } mod b {} pub mod c { mod d { } }",
    "#[doc = \"]\"] fn a() {} #[x(\"\\\"]\")] struct B;",
    "fn a() { #[function] fn inner() {} }",
    "trait T { #[function] fn a(); } impl T for X { #[function] fn a() {} }",
    "thread_local! { static A: u8 = { 1 }; }",
    "pub(crate) fn a() {} pub(super) struct A; crate::m!();",
    "gen fn a() { yield 1; } default fn b() {} safe fn c() {}",
    ";",
    "fn no_body();",
    "/// text",
    "\u{2028}\u{85}",
];

#[test]
fn every_kind_of_item_is_skipped_as_a_whole() {
    for piece in PIECES {
        let walked =
            walk_root(&format!("#[init] fn before() {{}}\n{piece}\n#[init] fn after() {{}}"));
        assert_eq!(walked.errors, [], "{piece}");
        assert_eq!(found_items(&walked), ["before", "after"], "{piece}");
    }
}

#[test]
fn all_kinds_of_items_in_one_file_are_skipped() {
    let pieces = PIECES.iter().map(|piece| format!("{piece}\n#[init] fn f() {{}}\n"));
    let pieces = pieces.collect::<Vec<_>>().concat();
    let walked = walk_root(&pieces);
    assert_eq!(walked.errors, []);
    assert_eq!(walked.items.len(), PIECES.len());
}

#[test]
fn the_sample_has_the_expected_items() {
    let walked = walk_root(include_str!("sample.rs"));
    assert_found(
        &walked,
        &["resize", "Jobs", "orders::show", "orders::deep::list", "start", "tick"],
    );
    let lines: Vec<_> = walked.items.iter().map(|found| found.line).collect();
    assert_eq!(lines, [17, 35, 50, 60, 73, 87]);
    assert!(walked.main);
}

#[test]
fn byte_order_mark_and_carriage_returns_are_removed() {
    let walked = walk_root(
        "\u{feff}#[function(a = \"x\r\ny\")]\r\n/// Text.\r\nfn a() {}\r\n#[init]\r\nfn b() {}",
    );
    assert_found(&walked, &["a", "b"]);
    assert_eq!((walked.items[0].line, walked.items[0].column), (1, 1));
    assert_eq!(walked.items[1].line, 5);
    assert_eq!(walked.items[0].args.to_string(), "a = \"x\ny\"");
    assert!(!walked.items[0].item.to_string().contains('\r'));
}

#[test]
fn a_shebang_is_not_an_attribute() {
    assert_found(&walk_root("#!/usr/bin/env x {\n#[function] fn a() {}"), &["a"]);
    assert_found(&walk_root("#!\n/* */ [cfg(false)] #[function] fn a() {}"), &[]);
}

#[test]
fn unbalanced_brackets_are_reported_at_their_place() {
    for (text, line, why) in [
        ("\nfn a() {", 2, "unclosed `{`"),
        ("fn a() {\n(}", 2, "mismatched closing `}`, expected `)`"),
        ("fn a() {}\n}", 2, "unexpected closing `}`"),
        ("\nmod a {\nfn f() {}", 2, "unclosed `{`"),
        ("\n\nfn a() { \"", 3, "unterminated string"),
        ("fn a() { r#\"\" }", 1, "unterminated raw string"),
        ("\n/* /* */", 2, "unterminated block comment"),
        ("\n#x fn a() {}", 2, "expected `[`"),
        ("fn a() )", 1, "unexpected closing `)`"),
    ] {
        assert_error(&walk_root(text), "lib.rs", line, why);
    }
}

#[test]
fn items_before_an_error_and_in_other_files_are_found() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "#[function] fn f() {} fn g() {"),
        ("b.rs", "#[function] fn f() {}"),
    ];
    let walked = TestCrate::new(&files).walk();
    assert_error(&walked, "a.rs", 1, "unclosed `{`");
    assert_eq!(found_items(&walked), ["a::f", "b::f"]);
}

#[test]
fn lines_and_columns_count_from_one() {
    let text = "ab\nüc\n";
    let places = [0, 2, 3, 5, 6, 7].map(|offset| line_column(text, offset));
    assert_eq!(places, [(1, 1), (1, 3), (2, 1), (2, 2), (2, 3), (3, 1)]);
    assert_eq!(line_column(text, 4), (2, 1), "inside a character");
    assert_eq!(line_column(text, 99), (3, 1), "past the end");
}
