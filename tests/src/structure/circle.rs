//! No circles: within a crate, files do not import each other in a circle. Only a file that registers
//! its modules and these modules may know each other, within one folder. Takes the files of a crate,
//! gives a complaint for each circle, file by file, with the names that tie it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::graph::{self, Graph};
use super::imports::{Imports, imports};
use super::modules::{Modules, folder};
use super::{Files, items};

/// As many circles of the same files are told at a time, the shortest first.
const SHOWN: usize = 8;

/// What is wrong with the imports of the crate that has its root in that file.
pub(super) fn complaints(files: &Files, root: &str) -> Vec<String> {
    let modules = items::read(files, root);
    let forgotten = modules.forgotten();
    assert!(forgotten.is_empty(), "no module is in {forgotten:?}: what it imports is not seen");
    let imports = imports(&modules);
    let graph =
        imports.iter().map(|(file, from)| (file.clone(), from.keys().cloned().collect())).collect();
    let knots = graph::knots(&graph);
    knots.iter().filter_map(|knot| complaint(knot, &graph, &modules, &imports)).collect()
}

/// What is wrong with files of which each leads to each other, unless that is as it should be.
fn complaint(
    knot: &BTreeSet<String>,
    graph: &Graph,
    modules: &Modules<'_>,
    imports: &Imports,
) -> Option<String> {
    let inside = graph::among(graph, knot);
    let mut circles = graph::circles(&inside);
    circles.retain(|circle| !is_registration(circle, modules));
    // Where a file registers all of a circle, the shortest ways may lead through that file.
    for parent in knot {
        let children = knot.iter().filter(|file| modules.declared_by.get(*file) == Some(parent));
        let children = children.cloned().collect();
        circles.extend(graph::circles(&graph::among(graph, &children)));
    }
    circles.sort_by_key(Vec::len);
    let mut seen: Vec<BTreeSet<&String>> = Vec::new();
    let mut text = format!("{} files lead to each other by their imports", knot.len());
    for circle in &circles {
        let files = circle.iter().collect();
        if seen.contains(&files) || seen.len() == SHOWN {
            continue;
        }
        seen.push(files);
        let folders: BTreeSet<&str> = circle.iter().map(|file| folder(file)).collect();
        let kind = if folders.len() > 1 { "spans folders" } else { "is between neighbours" };
        let _ = write!(text, "\na circle of {} {kind}:\n", circle.len());
        for (file, next) in circle.iter().zip(circle.iter().cycle().skip(1)) {
            line(&mut text, file, next, imports);
        }
    }
    (!circles.is_empty()).then_some(text)
}

fn line(text: &mut String, file: &str, next: &str, imports: &Imports) {
    let names: Vec<&str> = imports[file][next].iter().map(String::as_str).collect();
    let _ = writeln!(text, "  {file} takes {} from {next}", names.join(", "));
}

/// Whether one of the files of a circle registers all the others, which are in its own folder.
fn is_registration(circle: &[String], modules: &Modules<'_>) -> bool {
    circle.iter().any(|parent| {
        let is_child = |file: &String| {
            modules.declared_by.get(file) == Some(parent)
                && modules.folders.get(parent).map(String::as_str) == Some(folder(file))
        };
        circle.iter().all(|file| file == parent || is_child(file))
    })
}

#[cfg(test)]
mod tests {
    use super::{Files, complaints};

    /// What is wrong with a crate of these files.
    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let named = files.iter().map(|(name, text)| (format!("src/{name}"), (*text).to_owned()));
        complaints(&named.collect::<Files>(), "src/lib.rs")
    }

    #[track_caller]
    fn assert_none(files: &[(&str, &str)]) {
        assert_eq!(found(files), [] as [String; 0]);
    }

    /// Asserts that files in one circle are found, the shortest told in these lines.
    #[track_caller]
    fn assert_one(files: &[(&str, &str)], lines: &[&str]) {
        let found = found(files);
        assert_eq!(found.len(), 1, "{found:?}");
        let told: Vec<&str> = found[0]
            .lines()
            .skip_while(|line| !line.starts_with(' '))
            .map_while(|line| line.strip_prefix("  "))
            .collect();
        for line in lines {
            assert!(told.contains(line), "no {line:?} in\n{}", found[0]);
        }
        assert_eq!(told.len(), lines.len(), "{}", found[0]);
    }

    const ROOT: (&str, &str) = ("lib.rs", "mod a; mod b;");

    #[test]
    fn neighbours_that_import_each_other_are_a_circle() {
        let b = ("b.rs", "use crate::a::A; pub struct B;");
        let told = ["src/a.rs takes B from src/b.rs", "src/b.rs takes A from src/a.rs"];
        assert_one(&[ROOT, ("a.rs", "use crate::b::B; pub struct A;"), b], &told);
        assert_one(&[ROOT, ("a.rs", "use super::b::{B}; pub struct A;"), b], &told);
        assert_one(&[ROOT, ("a.rs", "pub struct A; fn f() { crate::b::B; }"), b], &told);
        assert_one(
            &[ROOT, ("a.rs", "pub struct A; fn f() { use crate::{b::{B as C}}; }"), b],
            &told,
        );
        assert_one(&[ROOT, ("a.rs", "use crate::b; pub struct A(b::B);"), b], &told);
        assert_one(&[ROOT, ("a.rs", "use crate::b as c; pub struct A(Vec<c::B>);"), b], &told);
        assert_one(
            &[ROOT, ("a.rs", "pub struct A; mod inner { use super::super::b::B; }"), b],
            &told,
        );
        assert_one(
            &[ROOT, ("a.rs", "pub struct A; macro_rules! m { () => { $crate::b::B } }"), b],
            &told,
        );
    }

    #[test]
    fn imports_in_one_direction_are_no_circle() {
        let b = ("b.rs", "use ::a::A; use std::fmt; pub struct B;");
        assert_none(&[ROOT, ("a.rs", "use crate::b::B; pub struct A;"), b]);
        assert_none(&[
            ("lib.rs", "mod a; mod b; pub use a::A; pub use b::B;"),
            ("a.rs", "use crate::B; pub struct A;"),
            b,
        ]);
    }

    #[test]
    fn a_circle_does_not_hide_behind_a_name_that_is_exported_again() {
        let a = ("a.rs", "use crate::B; pub struct A;");
        let b = ("b.rs", "use crate::a::A; pub struct B;");
        let told = ["src/a.rs takes B from src/b.rs", "src/b.rs takes A from src/a.rs"];
        assert_one(&[("lib.rs", "mod a; mod b; pub use b::B;"), a, b], &told);
        assert_one(&[("lib.rs", "mod a; mod b; pub use self::b::*;"), a, b], &told);
        assert_one(
            &[("lib.rs", "mod a; mod b; mod all { pub use crate::b::*; } pub use all::B;"), a, b],
            &told,
        );
        let globbed = ("a.rs", "use crate::*; pub struct A(B);");
        let told = ["src/a.rs takes B from src/b.rs", "src/b.rs takes A from src/a.rs"];
        assert_one(&[("lib.rs", "mod a; mod b; pub use b::B;"), globbed, b], &told);
    }

    #[test]
    fn a_circle_of_three_files_in_three_folders_is_told_from_file_to_file() {
        let root = ("lib.rs", "mod a; mod b; mod c;");
        let a = ("a/mod.rs", "use crate::b::one; use crate::b::two;");
        let b = ("b/mod.rs", "mod deep; pub use deep::one; pub fn two() {}");
        let deep = ("b/deep.rs", "use crate::c::C; pub fn one() {}");
        let c = ("c/mod.rs", "use crate::a::A; pub struct C;");
        assert_none(&[root, a, b, deep, c]);
        let a = ("a/mod.rs", "use crate::b::one; use crate::b::two; pub struct A;");
        let told = [
            "src/a/mod.rs takes one from src/b/deep.rs",
            "src/b/deep.rs takes C from src/c/mod.rs",
            "src/c/mod.rs takes A from src/a/mod.rs",
        ];
        assert_one(&[root, a, b, deep, c], &told);
    }

    #[test]
    fn what_registers_modules_and_these_may_know_each_other_within_a_folder() {
        let a = ("a.rs", "use super::Trait; pub struct A;");
        let b = ("b.rs", "use super::Trait; use super::a::A; pub struct B;");
        let within = |folder: &str, name: &str| -> String { format!("{folder}/{name}") };
        let root = ("lib.rs", "mod x;");
        let mods = "mod a; mod b; pub trait Trait {} fn all() { (a::A, b::B) }";
        let (xa, xb) = (within("x", a.0), within("x", b.0));
        for file in ["x/mod.rs", "x.rs"] {
            assert_none(&[root, (file, mods), (&xa, a.1), (&xb, b.1)]);
        }
        // Without what registers them they are a circle still, also where that is the longer way.
        let a = "use super::b::B; use super::Trait; pub struct A;";
        let told = ["src/x/a.rs takes B from src/x/b.rs", "src/x/b.rs takes A from src/x/a.rs"];
        assert_one(&[root, ("x/mod.rs", mods), (&xa, a), (&xb, b.1)], &told);
        let mods = "mod a; mod b; mod c; pub trait Trait {} fn all() { (a::A, b::B, c::C) }";
        let [a, b, c] = [("a", "A", "b::B"), ("b", "B", "c::C"), ("c", "C", "a::A")].map(
            |(file, name, next)| {
                (
                    format!("x/{file}.rs"),
                    format!("use super::{next}; use super::Trait; pub struct {name};"),
                )
            },
        );
        let files = [&a, &b, &c].map(|(file, text)| (file.as_str(), text.as_str()));
        let told = [
            "src/x/a.rs takes B from src/x/b.rs",
            "src/x/b.rs takes C from src/x/c.rs",
            "src/x/c.rs takes A from src/x/a.rs",
        ];
        assert_one(&[&[root, ("x/mod.rs", mods)], &files[..]].concat(), &told);
    }

    #[test]
    fn a_file_that_is_registered_may_register_others() {
        assert_none(&[
            ("lib.rs", "mod x; pub struct Top; fn f() { x::X }"),
            ("x.rs", "mod y; use crate::Top; pub struct X; fn f() { y::Y }"),
            ("x/y.rs", "use super::X; pub struct Y;"),
        ]);
    }

    #[test]
    fn what_registers_a_folder_and_a_file_in_that_may_not_know_each_other() {
        let root = ("lib.rs", "mod x; pub struct Top; fn f() { x::X }");
        let told =
            ["src/lib.rs takes X from src/x/mod.rs", "src/x/mod.rs takes Top from src/lib.rs"];
        assert_one(&[root, ("x/mod.rs", "use crate::Top; pub struct X;")], &told);
        assert_none(&[root, ("x.rs", "use crate::Top; pub struct X;")]);
    }

    #[test]
    fn modules_that_macros_register_are_known_to_the_file_that_registers_them() {
        let m = "macro_rules! m { ($($n:ident: $T:ident),*) => { $($n::read::<$n::$T>();)* } }";
        let root = ("lib.rs", "mod x; mod y;");
        let x = format!("{m} mod a; m! {{ a: A }} pub struct X;");
        let told = [
            "src/x/a.rs takes Y from src/y.rs",
            "src/x/mod.rs takes a from src/x/a.rs",
            "src/y.rs takes X from src/x/mod.rs",
        ];
        let (a, y) = (
            ("x/a.rs", "use crate::y::Y; pub struct A;"),
            ("y.rs", "use crate::x::X; pub struct Y;"),
        );
        assert_one(&[root, ("x/mod.rs", &x), a, y], &told);
        let declares =
            "macro_rules! m { ($($n:ident),*) => { $(mod $n;)* } } m! { a } pub struct X;";
        assert_one(&[root, ("x/mod.rs", declares), a, y], &told);
    }

    #[test]
    fn what_tests_alone_have_is_left_out() {
        let b = ("b.rs", "use crate::a::A; pub struct B;");
        for a in [
            "pub struct A; #[cfg(test)] mod tests { use crate::b::B; }",
            "pub struct A; #[cfg(all(test, feature = \"x\"))] use crate::b::B;",
            "pub struct A; #[cfg(test)] const fn f<T, U>() -> crate::b::B { crate::b::B }",
            "pub struct A; #[cfg(test)] const X: [u8; 1] = { crate::b::B };",
            "pub enum A { #[cfg(test)] B(crate::b::B), C }",
            "//! Text.\n#![cfg(test)] use crate::b::B; pub struct A;",
        ] {
            assert_none(&[ROOT, ("a.rs", a), b]);
        }
        let tests = ("a/tests.rs", "mod more; use crate::b::B;");
        let a = ("a.rs", "pub struct A; #[cfg(test)] mod tests;");
        assert_none(&[ROOT, a, b, tests, ("a/tests/more.rs", "use crate::b::B;")]);
        for a in [
            "pub struct A; #[cfg(not(test))] use crate::b::B;",
            "pub struct A; #[cfg(any(test, unix))] use crate::b::B;",
            "pub struct A; #[cfg(test)] use std::fmt; use crate::b::B;",
            "pub struct A; #[cfg(test)] pub(crate) struct C(u8); pub(crate) struct D(crate::b::B);",
            "pub struct A; fn f(x: crate::b::B, #[cfg(test)] y: u8) {}",
        ] {
            assert_eq!(found(&[ROOT, ("a.rs", a), b]).len(), 1, "{a}");
        }
    }

    #[test]
    fn modules_are_found_where_their_paths_say() {
        let root = ("lib.rs", "#[path = \"odd/name.rs\"] pub mod a; mod b { pub mod c; }");
        let a = ("odd/name.rs", "use crate::b::c::C; pub mod d;");
        let d = ("odd/d.rs", "pub struct D;");
        let told = ["src/b/c.rs takes D from src/odd/d.rs", "src/odd/d.rs takes C from src/b/c.rs"];
        let c = ("b/c.rs", "use crate::a::d::D; pub struct C;");
        assert_none(&[root, a, d, c]);
        assert_one(&[root, a, ("odd/d.rs", "use crate::b::c::C; pub struct D;"), c], &told);
    }

    #[test]
    #[should_panic(expected = "no module is in [\"src/b.rs\"]")]
    fn a_file_that_no_module_is_in_is_told() {
        found(&[("lib.rs", "mod a;"), ("a.rs", ""), ("b.rs", "")]);
    }
}
