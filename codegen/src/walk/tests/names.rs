//! Tests of name resolution: which attributes and macros are Skylift's.

use super::{TestCrate, assert_found, walk_root};
use crate::walk::AttributeKind::{Function, Init, Resource};

#[test]
fn attributes_are_found_by_their_name_and_by_paths_into_the_crate() {
    let walked = walk_root(
        "#[function] fn a() {} #[skylift::resource(queue)] struct B; #[::skylift::init] fn c() {}
         #[skylift::prelude::function] fn d() {} # [ skylift /* x */ :: function // y
         (trigger = s3) ] fn e() {}",
    );
    assert_found(&walked, &["a", "B", "c", "d", "e"]);
    let attributes: Vec<_> = walked.items.iter().map(|found| found.attribute).collect();
    assert_eq!(attributes, [Function, Resource, Init, Function, Function]);
}

#[test]
fn attributes_of_other_crates_are_ignored() {
    let walked = walk_root(
        "#[other::function] fn a() {} #[::other::init] fn b() {} #[function::x] fn c() {}
         #[skylift::other] fn d() {} #[functions] fn e() {} #[doc = \"function\"] fn f() {}
         #[skylift::deep::er::function] fn g() {} #[main] fn h() {} #[tokio::main] fn i() {}
         /// #[function]\n fn j() {} // #[function]\n fn k() {}",
    );
    assert_found(&walked, &[]);
}

#[test]
fn an_import_from_another_crate_shadows_the_name_in_its_module_only() {
    let walked = walk_root(
        "use other::{function, x::init as init}; #[function] fn a() {} #[init] fn b() {}
         mod m { #[function] fn c() {} #[resource] struct D; }",
    );
    assert_found(&walked, &["m::c", "m::D"]);
}

#[test]
fn an_import_from_a_module_of_the_package_does_not_shadow_the_name() {
    let walked = walk_root(
        "mod start { pub fn init() {} } use start::init; use skylift::prelude::*; #[init] fn a() {}",
    );
    assert_found(&walked, &["a"]);
}

#[test]
fn renamed_imports_are_followed() {
    let walked = walk_root(
        "use skylift::function as f; use skylift as sky; use skylift::{self as up, prelude::{init as i}};
         use sky::resource as r; extern crate skylift as lift; use ::skylift::function as g;
         #[f] fn a() {} #[sky::function] fn b() {} #[up::function] fn c() {} #[i] fn d() {}
         #[r] struct E; #[lift::function] fn h() {} #[g] fn i() {} #[self::f] fn j() {}
         #[crate::sky::function] fn k() {} #[unknown::function] fn l() {}",
    );
    assert_found(&walked, &["a", "b", "c", "d", "E", "h", "i", "j", "k"]);
}

#[test]
fn an_import_may_come_after_its_use() {
    assert_found(&walk_root("#[f] fn a() {} use skylift::function as f;"), &["a"]);
}

#[test]
fn an_import_applies_to_its_own_module() {
    let walked = walk_root(
        "use skylift::function as f; mod m { #[f] fn a() {} #[super::f] fn b() {} #[crate::f] fn c() {}
         mod n { #[super::super::f] fn d() {} use super::super::*; #[f] fn e() {} } }",
    );
    assert_found(&walked, &["m::b", "m::c", "m::n::d", "m::n::e"]);
}

#[test]
fn reexports_of_the_package_are_followed() {
    let files = [
        ("lib.rs", "mod handlers; mod prelude;"),
        (
            "handlers.rs",
            "use crate::prelude::*; #[lambda] fn a() {} #[sky::init] fn b() {}
            #[function] fn c() {} use super::prelude::taken; #[taken] fn d() {}",
        ),
        (
            "prelude.rs",
            "pub use skylift::function as lambda; pub use skylift as sky;
            pub use skylift::prelude::*; pub use other::function as taken;",
        ),
    ];
    assert_found(&TestCrate::new(&files).walk(), &["handlers::a", "handlers::b", "handlers::c"]);
}

#[test]
fn a_crate_renamed_in_the_root_is_known_in_every_module() {
    let walked = walk_root("extern crate skylift as sky; mod m { #[sky::function] fn a() {} }");
    assert_found(&walked, &["m::a"]);
}

#[test]
fn the_manifest_may_rename_the_crate() {
    let files = [(
        "lib.rs",
        "#[sky::function] fn a() {} #[skylift::function] fn b() {}
        use sky::function as f; #[f] fn c() {} sky::main!();",
    )];
    let walked = TestCrate::new(&files).walk_as("sky");
    assert_found(&walked, &["a", "c"]);
    assert!(walked.main);
}

#[test]
fn cyclic_imports_end() {
    let walked = walk_root(
        "use self::b as a; use self::a as b; use self::x::*; mod x { pub use super::*; pub use super::x::*; }
         use self::c::d as c; pub use self::*; use skylift::function as f;
         #[a] fn one() {} #[c] fn two() {} #[x::f] fn three() {} #[x::x::x::gone] fn four() {}",
    );
    assert_found(&walked, &["three"]);
}

#[test]
fn globs_that_import_each_other_end_quickly() {
    let module = |index| {
        let globs = (0..40).map(|other| format!("pub use crate::m{other}::*;"));
        let globs = globs.collect::<Vec<_>>().concat();
        format!("pub mod m{index} {{ {globs} #[gone] fn f() {{}} #[m1::m2::gone] fn g() {{}} }}")
    };
    let text: String = (0..40).map(module).collect();
    assert_found(&walk_root(&text), &[]);
}

#[test]
fn main_in_the_root_is_found_under_any_name() {
    for text in [
        "skylift::main!();",
        "::skylift::main!{}",
        "skylift :: main ! [ ] ;",
        "use skylift::prelude::*; main!();",
        "use skylift::main; main!();",
        "use skylift::main as start; start!();",
        "use skylift as sky; sky::main!();",
        "#[macro_use] extern crate skylift; main!();",
        "#[cfg(unix)] skylift::main!();",
        "#[cfg_attr(unix, allow(x))] fn f() {} /* */ skylift::main!();",
    ] {
        assert!(walk_root(text).main, "{text}");
    }
}

#[test]
fn other_macros_named_main_are_ignored() {
    for text in [
        "",
        "other::main!();",
        "main!();",
        "use other::*; main!();",
        "use other::main; main!();",
        "use skylift::prelude::*; macro_rules! main { () => {} } main!();",
        "#[cfg(windows)] skylift::main!();",
        "mod m { skylift::main!(); }",
        "fn f() { skylift::main!(); }",
        "// skylift::main!();",
        "skylift::other!();",
        "skylift::main::x!();",
        "const S: &str = \"skylift::main!();\";",
    ] {
        assert!(!walk_root(text).main, "{text}");
    }
}
