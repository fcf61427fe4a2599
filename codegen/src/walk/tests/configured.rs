//! Tests of `cfg` and `cfg_attr`.

use super::{TestCrate, assert_found, walk_root};

#[test]
fn an_item_that_cfg_removes_is_not_found() {
    let walked = walk_root(
        "#[cfg(unix)] #[function] fn a() {}
         #[function] #[cfg(windows)] fn b() {}
         #[function] #[cfg(feature = \"dark-mode\")] #[cfg(windows)] fn c() {}
         #[cfg(feature = \"dark-mode\")] #[function] fn d() {}
         #[cfg(test)] #[function] fn e() {}",
    );
    assert_found(&walked, &["a", "d"]);
}

#[test]
fn a_module_that_cfg_removes_is_not_read() {
    let walked = walk_root(
        "#[cfg(windows)] mod gone; #[cfg(test)] mod tests { #[function] fn a() {} { }
         } #[function] fn b() {}",
    );
    assert_found(&walked, &["b"]);
}

#[test]
fn an_inner_cfg_applies_to_its_module() {
    let files = [
        (
            "lib.rs",
            "#![allow(dead_code)] mod a; mod b { #![cfg(windows)] #[function] fn f() {} }
            mod c { //! Text.\n #![cfg(unix)] #[function] fn f() {} } mod d;",
        ),
        ("a.rs", "//! Text.\n#![cfg(windows)]\n#[function] fn f() {}\nmod gone;"),
        ("d.rs", "#![cfg_attr(unix, cfg(windows))] #[function] fn f() {}"),
    ];
    assert_found(&TestCrate::new(&files).walk(), &["c::f"]);
}

#[test]
fn cfg_may_remove_the_whole_crate() {
    assert_found(&walk_root("#![cfg(false)] #[function] fn f() {} skylift::main!();"), &[]);
}

#[test]
fn cfg_attr_adds_attributes_if_it_is_true() {
    let walked = walk_root(
        "#[cfg_attr(unix, function(memory = 1), doc = \"x\")] fn a() {}
         #[cfg_attr(windows, function)] fn b() {}
         #[cfg_attr(all(unix, feature = \"s3\"), cfg_attr(not(windows), skylift::init,),)] fn c() {}
         #[cfg_attr(unix, cfg(windows))] #[function] fn d() {}
         #[cfg_attr(windows, cfg(windows))] #[function] fn e() {}
         #[cfg_attr(unix)] #[function] fn f() {}",
    );
    assert_found(&walked, &["a", "c", "e", "f"]);
    assert_eq!(walked.items[0].args.to_string(), "memory = 1");
    assert_eq!(walked.items[0].item.to_string(), "# [doc = \"x\"] fn a ()");
}

#[test]
fn cfg_attr_may_set_the_file_of_a_module() {
    let files = [
        (
            "lib.rs",
            "#[cfg_attr(windows, path = \"w.rs\")] #[cfg_attr(unix, path = \"u.rs\")] mod a;",
        ),
        ("u.rs", "#[function] fn f() {}"),
    ];
    assert_found(&TestCrate::new(&files).walk(), &["a::f"]);
}

#[test]
fn deeply_nested_cfg_attr_is_ignored() {
    let attribute = format!("#[{}function{}]", "cfg_attr(unix, ".repeat(2_000), ")".repeat(2_000));
    assert_found(&walk_root(&format!("{attribute} fn f() {{}}")), &[]);
}

#[test]
fn imports_that_cfg_removes_are_ignored() {
    let walked = walk_root(
        "#[cfg(windows)] use other::function;
         #[cfg(windows)] use skylift::function as f;
         #[function] fn a() {} #[f] fn b() {}",
    );
    assert_found(&walked, &["a"]);
}
