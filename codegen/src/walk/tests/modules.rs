//! Tests of the search for module files.

use super::{TestCrate, assert_error, assert_found, found_items, walk_root};

const HANDLER: &str = "#[function] fn f() {}";

#[track_caller]
fn assert_modules(files: &[(&str, &str)], expected: &[&str]) {
    assert_found(&TestCrate::new(files).walk(), expected);
}

#[test]
fn the_file_of_a_module_is_beside_its_parent_or_in_its_own_folder() {
    let root = "mod a; mod b; #[function] fn last() {}";
    assert_modules(
        &[("lib.rs", root), ("a.rs", HANDLER), ("b/mod.rs", HANDLER)],
        &["a::f", "b::f", "last"],
    );
}

#[test]
fn items_are_in_the_order_of_the_source() {
    let root = "#[init] fn one() {}\nmod a;\nmod c { #[function] fn f() {} }\n#[init] fn two() {}";
    assert_modules(&[("lib.rs", root), ("a.rs", HANDLER)], &["one", "a::f", "c::f", "two"]);
}

#[test]
fn the_modules_of_a_file_are_in_the_folder_of_its_name() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "mod x;"),
        ("a/x.rs", "mod y;"),
        ("a/x/y.rs", HANDLER),
        ("b/mod.rs", "mod x;"),
        ("b/x.rs", HANDLER),
    ];
    assert_modules(&files, &["a::x::y::f", "b::x::f"]);
}

#[test]
fn an_inline_module_adds_a_folder() {
    let files = [
        ("lib.rs", "mod a { mod b; pub mod c { mod d; } } mod e;"),
        ("a/b.rs", HANDLER),
        ("a/c/d.rs", HANDLER),
        ("e.rs", "mod g { mod h; }"),
        ("e/g/h.rs", HANDLER),
    ];
    assert_modules(&files, &["a::b::f", "a::c::d::f", "e::g::h::f"]);
}

#[test]
fn raw_identifiers_name_plain_files() {
    let files = [("lib.rs", "mod r#type;"), ("type.rs", "mod r#fn;"), ("type/fn.rs", HANDLER)];
    assert_modules(&files, &["type::fn::f"]);
}

#[test]
fn an_explicit_path_is_relative_to_the_folder_of_the_file() {
    let files = [
        ("lib.rs", "#[path = \"other/c.rs\"] mod c; mod a;"),
        // The modules of a file that `#[path]` names are beside it.
        ("other/c.rs", "mod d;"),
        ("other/d.rs", HANDLER),
        ("a.rs", "#[path = \"beside.rs\"] mod x;"),
        ("beside.rs", HANDLER),
    ];
    assert_modules(&files, &["c::d::f", "a::x::f"]);
}

#[test]
fn an_explicit_path_in_an_inline_module_is_relative_to_the_folder_of_the_module() {
    let files = [
        ("lib.rs", "mod inline { #[path = \"other.rs\"] mod inner; } mod a; mod m;"),
        ("inline/other.rs", HANDLER),
        ("a.rs", "mod inline { #[path = \"other.rs\"] mod inner; }"),
        ("a/inline/other.rs", HANDLER),
        ("m/mod.rs", "mod inline { #[path = \"other.rs\"] mod inner; }"),
        ("m/inline/other.rs", HANDLER),
    ];
    assert_modules(&files, &["inline::inner::f", "a::inline::inner::f", "m::inline::inner::f"]);
}

#[test]
fn an_explicit_path_of_an_inline_module_is_its_folder() {
    let files = [
        ("lib.rs", "#[path = \"files\"] mod thread { #[path = \"tls.rs\"] mod local; mod next; }"),
        ("files/tls.rs", HANDLER),
        ("files/next.rs", HANDLER),
    ];
    assert_modules(&files, &["thread::local::f", "thread::next::f"]);
}

#[test]
fn an_explicit_path_may_be_any_string_literal_and_the_first_one_is_used() {
    let root = "#[path = r#\"a.rs\"#] mod one; #[path=\"\\x61.rs\"] mod two;
        #[path = \"a.rs\"] #[path = \"b.rs\"] mod three;";
    assert_modules(&[("lib.rs", root), ("a.rs", HANDLER)], &["one::f", "two::f", "three::f"]);
}

#[test]
fn one_file_may_be_two_modules() {
    let root = "#[path = \"a.rs\"] mod one; #[path = \"a.rs\"] mod two;";
    let tree = TestCrate::new(&[("lib.rs", root), ("a.rs", HANDLER)]);
    let walked = tree.walk();
    assert_found(&walked, &["one::f", "two::f"]);
    assert_eq!(tree.files(&walked), ["lib.rs", "a.rs"]);
}

#[test]
fn a_file_that_includes_itself_is_an_error() {
    let tree = TestCrate::new(&[
        ("lib.rs", "mod a;\n#[function] fn f() {}"),
        ("a.rs", "\n\n#[path = \"../src/a.rs\"]\nmod b;"),
    ]);
    let walked = tree.walk();
    assert_error(&walked, "a.rs", 3, "includes itself");
    assert_eq!(found_items(&walked), ["f"]);
}

#[test]
fn files_that_include_each_other_are_errors() {
    let both = "#[path = \"a.rs\"] mod a; #[path = \"b.rs\"] mod b;";
    let walked = TestCrate::new(&[("lib.rs", both), ("a.rs", both), ("b.rs", both)]).walk();
    assert!(walked.errors.iter().all(|error| error.message.text.contains("includes itself")));
    assert!(!walked.errors.is_empty());
}

#[test]
fn a_missing_file_is_an_error_at_its_declaration_and_is_watched() {
    let tree = TestCrate::new(&[("lib.rs", "mod a;"), ("a.rs", "\nmod gone;\n#[init] fn f() {}")]);
    let walked = tree.walk();
    assert_error(&walked, "a.rs", 2, "no file for module `gone`");
    assert_eq!(found_items(&walked), ["a::f"]);
    assert_eq!(tree.files(&walked), ["lib.rs", "a.rs", "a/gone.rs", "a/gone/mod.rs"]);
}

#[test]
fn a_missing_explicit_file_is_an_error_and_is_watched() {
    let tree = TestCrate::new(&[("lib.rs", "#[path = \"x.rs\"] mod gone;")]);
    let walked = tree.walk();
    assert_error(&walked, "lib.rs", 1, "cannot read");
    assert_eq!(tree.files(&walked), ["lib.rs", "x.rs"]);
}

#[test]
fn only_existing_files_are_watched_if_none_is_missing() {
    let tree = TestCrate::new(&[("lib.rs", "mod a;"), ("a.rs", ""), ("stray.rs", "")]);
    assert_eq!(tree.files(&tree.walk()), ["lib.rs", "a.rs"]);
}

#[test]
fn two_files_for_one_module_are_an_error() {
    let walked = TestCrate::new(&[("lib.rs", "mod a;"), ("a.rs", ""), ("a/mod.rs", "")]).walk();
    assert_error(&walked, "lib.rs", 1, "two files for module `a`");
}

#[test]
fn a_missing_root_is_an_error() {
    let walked = TestCrate::new(&[]).walk();
    assert_error(&walked, "lib.rs", 1, "cannot read");
    assert!(walked.items.is_empty() && !walked.main);
}

#[test]
fn a_file_that_is_not_utf8_is_an_error_and_the_others_are_read() {
    let tree = TestCrate::new(&[("lib.rs", "\nmod a; mod b;"), ("b.rs", HANDLER)]);
    tree.write("a.rs", b"// \xff\n");
    let walked = tree.walk();
    assert_error(&walked, "lib.rs", 2, "not valid UTF-8");
    assert_eq!(found_items(&walked), ["b::f"]);
    assert_eq!(tree.files(&walked), ["lib.rs", "a.rs", "b.rs"]);
}

#[test]
fn too_deeply_nested_modules_are_an_error() {
    let text = format!("{}{}", "mod a {".repeat(5_000), "}".repeat(5_000));
    assert_error(&walk_root(&text), "lib.rs", 1, "nested deeper");
}

#[test]
fn include_is_not_followed() {
    let tree = TestCrate::new(&[("lib.rs", "include!(\"a.rs\");"), ("a.rs", HANDLER)]);
    assert_found(&tree.walk(), &[]);
}
