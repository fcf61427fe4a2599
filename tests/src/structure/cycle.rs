//! Finds cycles of imports between the files of a crate. A file that registers its modules and these modules may
//! import each other, within one folder; no other cycle is allowed. Takes the files of a crate. Gives an error for
//! each group of cycles, with the imported names from file to file.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::graph::{self, Graph};
use super::imports::{Imports, find_imports};
use super::modules::{Modules, parent_folder};
use super::{Files, items};

/// How many cycles of one group of files an error shows, the shortest first.
const MAX_SHOWN: usize = 8;

/// Returns an error for each group of cycles of imports that is not allowed, in the crate whose root is the file
/// `root`.
pub(super) fn find_errors(files: &Files, root: &str) -> Vec<String> {
    let modules = items::read_crate(files, root);
    let undeclared = modules.undeclared_files();
    assert!(
        undeclared.is_empty(),
        "no module declares {undeclared:?}, so their imports cannot be checked"
    );
    let imports = find_imports(&modules);
    let graph =
        imports.iter().map(|(file, from)| (file.clone(), from.keys().cloned().collect())).collect();
    let groups = graph::cyclic_groups(&graph);
    groups.iter().filter_map(|group| describe_group(group, &graph, &modules, &imports)).collect()
}

/// Describes the cycles of imports in a group of files that all import each other, directly or through other files.
/// Returns `None` if all these cycles are allowed.
fn describe_group(
    group: &BTreeSet<String>,
    graph: &Graph,
    modules: &Modules<'_>,
    imports: &Imports,
) -> Option<String> {
    let inside = graph::subgraph(graph, group);
    let mut cycles = graph::shortest_cycles(&inside);
    cycles.retain(|cycle| !is_registration(cycle, modules));
    // Where one file registers all files of a cycle, the shortest paths may lead through that file.
    for parent in group {
        let children = group.iter().filter(|file| modules.declared_by.get(*file) == Some(parent));
        let children = children.cloned().collect();
        cycles.extend(graph::shortest_cycles(&graph::subgraph(graph, &children)));
    }
    cycles.sort_by_key(Vec::len);
    let mut seen: Vec<BTreeSet<&String>> = Vec::new();
    let mut text = format!("{} files import each other in cycles", group.len());
    for cycle in &cycles {
        let files = cycle.iter().collect();
        if seen.contains(&files) || seen.len() == MAX_SHOWN {
            continue;
        }
        seen.push(files);
        let folders: BTreeSet<&str> = cycle.iter().map(|file| parent_folder(file)).collect();
        let kind = if folders.len() > 1 { "spans folders" } else { "is within one folder" };
        let _ = write!(text, "\na cycle of {} {kind}:\n", cycle.len());
        for (file, next) in cycle.iter().zip(cycle.iter().cycle().skip(1)) {
            write_step(&mut text, file, next, imports);
        }
    }
    (!cycles.is_empty()).then_some(text)
}

fn write_step(text: &mut String, file: &str, next: &str, imports: &Imports) {
    let names: Vec<&str> = imports[file][next].iter().map(String::as_str).collect();
    let _ = writeln!(text, "  {file} imports {} from {next}", names.join(", "));
}

/// Returns whether one file of a cycle of imports registers all other files of the cycle as its modules, and these
/// files are directly in the folder of its modules.
fn is_registration(cycle: &[String], modules: &Modules<'_>) -> bool {
    cycle.iter().any(|parent| {
        let is_child = |file: &String| {
            modules.declared_by.get(file) == Some(parent)
                && modules.folders.get(parent).map(String::as_str) == Some(parent_folder(file))
        };
        cycle.iter().all(|file| file == parent || is_child(file))
    })
}

#[cfg(test)]
mod tests {
    use super::{Files, find_errors};

    /// Returns the errors of a crate with these files.
    fn errors_of(files: &[(&str, &str)]) -> Vec<String> {
        let named = files.iter().map(|(name, text)| (format!("src/{name}"), (*text).to_owned()));
        find_errors(&named.collect::<Files>(), "src/lib.rs")
    }

    #[track_caller]
    fn assert_no_cycle(files: &[(&str, &str)]) {
        assert_eq!(errors_of(files), [] as [String; 0]);
    }

    /// Asserts that there is one group of cycles, and that these are the lines of the shortest cycle.
    #[track_caller]
    fn assert_cycle(files: &[(&str, &str)], lines: &[&str]) {
        let errors = errors_of(files);
        assert_eq!(errors.len(), 1, "{errors:?}");
        let shown: Vec<&str> = errors[0]
            .lines()
            .skip_while(|line| !line.starts_with(' '))
            .map_while(|line| line.strip_prefix("  "))
            .collect();
        for line in lines {
            assert!(shown.contains(line), "no {line:?} in\n{}", errors[0]);
        }
        assert_eq!(shown.len(), lines.len(), "{}", errors[0]);
    }

    const ROOT: (&str, &str) = ("lib.rs", "mod a; mod b;");

    #[test]
    fn two_files_of_one_folder_that_import_each_other_are_a_cycle() {
        let b = ("b.rs", "use crate::a::A; pub struct B;");
        let expected = ["src/a.rs imports B from src/b.rs", "src/b.rs imports A from src/a.rs"];
        assert_cycle(&[ROOT, ("a.rs", "use crate::b::B; pub struct A;"), b], &expected);
        assert_cycle(&[ROOT, ("a.rs", "use super::b::{B}; pub struct A;"), b], &expected);
        assert_cycle(&[ROOT, ("a.rs", "pub struct A; fn f() { crate::b::B; }"), b], &expected);
        assert_cycle(
            &[ROOT, ("a.rs", "pub struct A; fn f() { use crate::{b::{B as C}}; }"), b],
            &expected,
        );
        assert_cycle(&[ROOT, ("a.rs", "use crate::b; pub struct A(b::B);"), b], &expected);
        assert_cycle(
            &[ROOT, ("a.rs", "use crate::b as c; pub struct A(Vec<c::B>);"), b],
            &expected,
        );
        assert_cycle(
            &[ROOT, ("a.rs", "pub struct A; mod inner { use super::super::b::B; }"), b],
            &expected,
        );
        assert_cycle(
            &[ROOT, ("a.rs", "pub struct A; macro_rules! m { () => { $crate::b::B } }"), b],
            &expected,
        );
    }

    #[test]
    fn a_name_that_only_a_macro_can_define_counts_for_its_module() {
        let a = ("a.rs", "use crate::b::Probe; types! { A }");
        let b = ("b.rs", "use crate::a::A; pub struct Probe;");
        let expected = ["src/a.rs imports Probe from src/b.rs", "src/b.rs imports A from src/a.rs"];
        assert_cycle(&[ROOT, a, b], &expected);
    }

    #[test]
    fn imports_in_one_direction_are_not_a_cycle() {
        let b = ("b.rs", "use ::a::A; use std::fmt; pub struct B;");
        assert_no_cycle(&[ROOT, ("a.rs", "use crate::b::B; pub struct A;"), b]);
        assert_no_cycle(&[
            ("lib.rs", "mod a; mod b; pub use a::A; pub use b::B;"),
            ("a.rs", "use crate::B; pub struct A;"),
            b,
        ]);
    }

    #[test]
    fn a_cycle_through_a_reexport_is_found() {
        let a = ("a.rs", "use crate::B; pub struct A;");
        let b = ("b.rs", "use crate::a::A; pub struct B;");
        let expected = ["src/a.rs imports B from src/b.rs", "src/b.rs imports A from src/a.rs"];
        assert_cycle(&[("lib.rs", "mod a; mod b; pub use b::B;"), a, b], &expected);
        assert_cycle(&[("lib.rs", "mod a; mod b; pub use self::b::*;"), a, b], &expected);
        assert_cycle(
            &[("lib.rs", "mod a; mod b; mod all { pub use crate::b::*; } pub use all::B;"), a, b],
            &expected,
        );
        let globbed = ("a.rs", "use crate::*; pub struct A(B);");
        let expected = ["src/a.rs imports B from src/b.rs", "src/b.rs imports A from src/a.rs"];
        assert_cycle(&[("lib.rs", "mod a; mod b; pub use b::B;"), globbed, b], &expected);
    }

    #[test]
    fn a_cycle_of_three_files_in_three_folders_is_shown_from_file_to_file() {
        let root = ("lib.rs", "mod a; mod b; mod c;");
        let a = ("a/mod.rs", "use crate::b::one; use crate::b::two; pub struct A;");
        let b = ("b/mod.rs", "mod deep; pub use deep::one; pub fn two() {}");
        let deep = ("b/deep.rs", "use crate::c::C; pub fn one() {}");
        assert_no_cycle(&[root, a, b, deep, ("c/mod.rs", "pub struct C;")]);
        let c = ("c/mod.rs", "use crate::a::A; pub struct C;");
        let expected = [
            "src/a/mod.rs imports one from src/b/deep.rs",
            "src/b/deep.rs imports C from src/c/mod.rs",
            "src/c/mod.rs imports A from src/a/mod.rs",
        ];
        assert_cycle(&[root, a, b, deep, c], &expected);
    }

    #[test]
    fn a_file_and_the_modules_that_it_registers_may_import_each_other_within_a_folder() {
        let a = ("a.rs", "use super::Trait; pub struct A;");
        let b = ("b.rs", "use super::Trait; use super::a::A; pub struct B;");
        let within = |folder: &str, name: &str| -> String { format!("{folder}/{name}") };
        let root = ("lib.rs", "mod x;");
        let mods = "mod a; mod b; pub trait Trait {} fn all() { (a::A, b::B) }";
        let (xa, xb) = (within("x", a.0), within("x", b.0));
        for file in ["x/mod.rs", "x.rs"] {
            assert_no_cycle(&[root, (file, mods), (&xa, a.1), (&xb, b.1)]);
        }
        // They are still a cycle without the registering file, also where that cycle is longer.
        let a = "use super::b::B; use super::Trait; pub struct A;";
        let expected =
            ["src/x/a.rs imports B from src/x/b.rs", "src/x/b.rs imports A from src/x/a.rs"];
        assert_cycle(&[root, ("x/mod.rs", mods), (&xa, a), (&xb, b.1)], &expected);
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
        let expected = [
            "src/x/a.rs imports B from src/x/b.rs",
            "src/x/b.rs imports C from src/x/c.rs",
            "src/x/c.rs imports A from src/x/a.rs",
        ];
        assert_cycle(&[&[root, ("x/mod.rs", mods)], &files[..]].concat(), &expected);
    }

    #[test]
    fn a_registered_file_may_register_others() {
        assert_no_cycle(&[
            ("lib.rs", "mod x; pub struct Top; fn f() { x::X }"),
            ("x.rs", "mod y; use crate::Top; pub struct X; fn f() { y::Y }"),
            ("x/y.rs", "use super::X; pub struct Y;"),
        ]);
    }

    #[test]
    fn a_file_and_a_module_that_it_registers_in_a_subfolder_may_not_import_each_other() {
        let root = ("lib.rs", "mod x; pub struct Top; fn f() { x::X }");
        let expected =
            ["src/lib.rs imports X from src/x/mod.rs", "src/x/mod.rs imports Top from src/lib.rs"];
        assert_cycle(&[root, ("x/mod.rs", "use crate::Top; pub struct X;")], &expected);
        assert_no_cycle(&[root, ("x.rs", "use crate::Top; pub struct X;")]);
    }

    #[test]
    fn a_file_that_registers_modules_in_a_macro_call_imports_them() {
        let m = "macro_rules! m { ($($n:ident: $T:ident),*) => { $($n::read::<$n::$T>();)* } }";
        let root = ("lib.rs", "mod x; mod y;");
        let x = format!("{m} mod a; m! {{ a: A }} pub struct X;");
        let expected = [
            "src/x/a.rs imports Y from src/y.rs",
            "src/x/mod.rs imports a from src/x/a.rs",
            "src/y.rs imports X from src/x/mod.rs",
        ];
        let (a, y) = (
            ("x/a.rs", "use crate::y::Y; pub struct A;"),
            ("y.rs", "use crate::x::X; pub struct Y;"),
        );
        assert_cycle(&[root, ("x/mod.rs", &x), a, y], &expected);
        let declares =
            "macro_rules! m { ($($n:ident),*) => { $(mod $n;)* } } m! { a } pub struct X;";
        assert_cycle(&[root, ("x/mod.rs", declares), a, y], &expected);
    }

    #[test]
    fn code_only_for_tests_is_ignored() {
        let b = ("b.rs", "use crate::a::A; pub struct B;");
        for a in [
            "pub struct A; #[cfg(test)] mod tests { use crate::b::B; }",
            "pub struct A; #[cfg(all(test, feature = \"x\"))] use crate::b::B;",
            "pub struct A; #[cfg(test)] const fn f<T, U>() -> crate::b::B { crate::b::B }",
            "pub struct A; #[cfg(test)] const X: [u8; 1] = { crate::b::B };",
            "pub enum A { #[cfg(test)] B(crate::b::B), C }",
            "//! Text.\n#![cfg(test)] use crate::b::B; pub struct A;",
        ] {
            assert_no_cycle(&[ROOT, ("a.rs", a), b]);
        }
        let tests = ("a/tests.rs", "mod more; use crate::b::B;");
        let a = ("a.rs", "pub struct A; #[cfg(test)] mod tests;");
        assert_no_cycle(&[ROOT, a, b, tests, ("a/tests/more.rs", "use crate::b::B;")]);
        for a in [
            "pub struct A; #[cfg(not(test))] use crate::b::B;",
            "pub struct A; #[cfg(any(test, unix))] use crate::b::B;",
            "pub struct A; #[cfg(test)] use std::fmt; use crate::b::B;",
            "pub struct A; #[cfg(test)] pub(crate) struct C(u8); pub(crate) struct D(crate::b::B);",
            "pub struct A; fn f(x: crate::b::B, #[cfg(test)] y: u8) {}",
        ] {
            assert_eq!(errors_of(&[ROOT, ("a.rs", a), b]).len(), 1, "{a}");
        }
    }

    #[test]
    fn a_module_with_a_path_attribute_is_found() {
        let root = ("lib.rs", "#[path = \"odd/name.rs\"] pub mod a; mod b { pub mod c; }");
        let a = ("odd/name.rs", "use crate::b::c::C; pub mod d;");
        let d = ("odd/d.rs", "pub struct D;");
        let expected =
            ["src/b/c.rs imports D from src/odd/d.rs", "src/odd/d.rs imports C from src/b/c.rs"];
        let c = ("b/c.rs", "use crate::a::d::D; pub struct C;");
        assert_no_cycle(&[root, a, d, c]);
        assert_cycle(&[root, a, ("odd/d.rs", "use crate::b::c::C; pub struct D;"), c], &expected);
    }

    #[test]
    #[should_panic(expected = "no module declares [\"src/b.rs\"]")]
    fn a_file_that_no_module_declares_is_an_error() {
        errors_of(&[("lib.rs", "mod a;"), ("a.rs", ""), ("b.rs", "")]);
    }
}
