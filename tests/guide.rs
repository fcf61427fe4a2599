//! The guide is one set of pages in three workspace: the Markdown in `runtime/docs`, the book that `SUMMARY.md`
//! lists, and the modules of `skylift::guide`. These tests read the three as text and compare them. rustdoc compiles
//! the examples.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "all of this is tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use skylift_tests::workspace;

/// The page of the module `skylift::guide` itself.
const INDEX: &str = "index";

fn folder() -> PathBuf {
    workspace::root().join("runtime/docs")
}

fn read(path: &str) -> String {
    let path = workspace::root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("`{}`: {error}", path.display()))
}

/// The text of every page, by its name.
fn pages() -> BTreeMap<String, String> {
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let named = files.map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), path));
    let pages = named.filter(|(name, _)| name != "SUMMARY");
    pages.map(|(name, path)| (name, fs::read_to_string(path).unwrap())).collect()
}

/// The pages that the book has, in its order.
fn listed() -> Vec<String> {
    let summary = read("runtime/docs/SUMMARY.md");
    let links = summary.lines().filter_map(|line| line.split_once("](")?.1.strip_suffix(".md)"));
    links.map(str::to_owned).collect()
}

/// The pages that are modules, in their order.
fn modules() -> Vec<String> {
    let source = read("runtime/src/guide/mod.rs");
    let list = source.split_once("pages! {\n").unwrap().1;
    let lines = list.lines().map_while(|line| line.trim().strip_suffix("];"));
    lines.map(|line| line.split_once(" [").unwrap().0.to_owned()).collect()
}

/// The names that lines such as `[batches]: batches.md` define, with what each leads to.
fn definitions(text: &str) -> BTreeMap<&str, &str> {
    let lines = text.lines().filter_map(|line| line.strip_prefix('[')?.split_once("]: "));
    lines.collect()
}

/// The names that a page uses as links: `[Batches][batches]`.
fn references(text: &str) -> BTreeSet<&str> {
    let after = text.split("][").skip(1);
    after.filter_map(|rest| Some(rest.split_once(']')?.0)).collect()
}

#[test]
fn every_page_is_in_the_book_and_is_a_module_in_the_same_order() {
    let listed = listed();
    let pages: BTreeSet<String> = pages().into_keys().collect();
    assert_eq!(listed.iter().cloned().collect::<BTreeSet<_>>(), pages, "SUMMARY.md and the files");
    assert_eq!(listed.len(), pages.len(), "SUMMARY.md lists a page twice");
    assert_eq!(listed[0], INDEX);
    assert_eq!(listed[1..], modules(), "SUMMARY.md and `skylift::guide`");
    assert!(read("docs/book.toml").contains("src = \"../runtime/docs\""));
}

#[test]
fn every_page_has_an_example_that_is_compiled_and_names_a_page_of_aws() {
    for (name, text) in pages() {
        let rust = text.lines().filter(|line| line.starts_with("```rust"));
        let compiled: Vec<&str> = rust.filter(|line| !line.contains("ignore")).collect();
        assert!(!compiled.is_empty(), "`{name}.md` has no example that is compiled");
        assert!(text.starts_with("# "), "`{name}.md` begins with its title");
        assert!(name == INDEX || text.contains("\nAWS: "), "`{name}.md` names no page of AWS");
    }
}

#[test]
fn every_link_between_pages_leads_to_a_page_in_the_book_and_in_rustdoc() {
    let pages = pages();
    let links = read("runtime/src/guide/links.md");
    let links = definitions(&links);
    for page in pages.keys().filter(|page| *page != INDEX) {
        assert_eq!(links.get(page.as_str()), Some(&format!("crate::guide::{page}").as_str()));
    }
    for (page, text) in &pages {
        let definitions = definitions(text);
        let used = references(text);
        assert_eq!(definitions.keys().copied().collect::<BTreeSet<_>>(), used, "`{page}.md`");
        for (name, file) in definitions {
            assert_eq!(file, format!("{name}.md"), "`{page}.md`");
            assert!(links.contains_key(name), "`{page}.md` links to `{name}`, which is no page");
        }
    }
}

#[test]
fn every_link_from_the_attributes_leads_to_a_page() {
    let modules: BTreeSet<String> = modules().into_iter().collect();
    let source = read("macros/src/lib.rs");
    let links: Vec<&str> = source.split("../skylift/guide/").skip(1).collect();
    assert!(!links.is_empty());
    for link in links {
        let page = link.split_once("index.html").unwrap().0.trim_end_matches('/');
        assert!(page.is_empty() || modules.contains(page), "there is no page `{page}`");
    }
}
