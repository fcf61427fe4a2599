//! The guide exists in three forms: the Markdown pages in `runtime/docs`, the book that `SUMMARY.md` lists, and the
//! modules of `skylift::guide`. These tests read the three as text and compare them. rustdoc compiles the examples.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "all of this is tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use skylift_tests::workspace;

/// The page of the module `skylift::guide` itself.
const INDEX: &str = "index";

fn pages_folder() -> PathBuf {
    workspace::root().join("runtime/docs")
}

/// Reads every page. Returns the texts by the names of the pages.
fn read_pages() -> BTreeMap<String, String> {
    let files = workspace::list_folder(&pages_folder()).into_iter();
    let named = files.map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), path));
    let pages = named.filter(|(name, _)| name != "SUMMARY");
    pages.map(|(name, path)| (name, workspace::read_file(&path))).collect()
}

/// Returns the pages of the book, in order.
fn pages_of_book() -> Vec<String> {
    let summary = workspace::read_repository_file("runtime/docs/SUMMARY.md");
    let links = summary.lines().filter_map(|line| line.split_once("](")?.1.strip_suffix(".md)"));
    links.map(str::to_owned).collect()
}

/// Returns the pages that are modules, in order.
fn pages_of_modules() -> Vec<String> {
    let source = workspace::read_repository_file("runtime/src/guide/mod.rs");
    let list = source.split_once("pages! {\n").unwrap().1;
    let lines = list.lines().map_while(|line| line.trim().strip_suffix("];"));
    lines.map(|line| line.split_once(" [").unwrap().0.to_owned()).collect()
}

/// Returns the names and targets of link definitions, such as `[batches]: batches.md`.
fn link_definitions(text: &str) -> BTreeMap<&str, &str> {
    let lines = text.lines().filter_map(|line| line.strip_prefix('[')?.split_once("]: "));
    lines.collect()
}

/// Returns the names in links of a page, such as `[Batches][batches]`.
fn link_references(text: &str) -> BTreeSet<&str> {
    let after = text.split("][").skip(1);
    after.filter_map(|rest| Some(rest.split_once(']')?.0)).collect()
}

#[test]
fn every_page_is_in_the_book_and_is_a_module_in_the_same_order() {
    let listed = pages_of_book();
    let pages: BTreeSet<String> = read_pages().into_keys().collect();
    assert_eq!(listed.iter().cloned().collect::<BTreeSet<_>>(), pages, "SUMMARY.md and the files");
    assert_eq!(listed.len(), pages.len(), "SUMMARY.md lists a page twice");
    assert_eq!(listed[0], INDEX);
    assert_eq!(listed[1..], pages_of_modules(), "SUMMARY.md and `skylift::guide`");
    assert!(
        workspace::read_repository_file("docs/book.toml").contains("src = \"../runtime/docs\"")
    );
}

#[test]
fn every_page_has_a_compiled_example_and_a_link_to_a_page_of_aws() {
    for (name, text) in read_pages() {
        let rust = text.lines().filter(|line| line.starts_with("```rust"));
        let compiled: Vec<&str> = rust.filter(|line| !line.contains("ignore")).collect();
        assert!(!compiled.is_empty(), "`{name}.md` has no compiled example");
        assert!(text.starts_with("# "), "`{name}.md` does not begin with its title");
        assert!(
            name == INDEX || text.contains("\nAWS: "),
            "`{name}.md` has no link to a page of AWS"
        );
    }
}

#[test]
fn every_link_between_pages_leads_to_a_page_in_the_book_and_in_rustdoc() {
    let pages = read_pages();
    let links = workspace::read_repository_file("runtime/src/guide/links.md");
    let links = link_definitions(&links);
    for page in pages.keys().filter(|page| *page != INDEX) {
        assert_eq!(links.get(page.as_str()), Some(&format!("crate::guide::{page}").as_str()));
    }
    for (page, text) in &pages {
        let definitions = link_definitions(text);
        let used = link_references(text);
        assert_eq!(definitions.keys().copied().collect::<BTreeSet<_>>(), used, "`{page}.md`");
        for (name, file) in definitions {
            assert_eq!(file, format!("{name}.md"), "`{page}.md`");
            assert!(links.contains_key(name), "`{page}.md` links to `{name}`, which is not a page");
        }
    }
}

#[test]
fn every_link_from_the_attributes_leads_to_a_page() {
    let modules: BTreeSet<String> = pages_of_modules().into_iter().collect();
    let source = workspace::read_repository_file("macros/src/lib.rs");
    let links: Vec<&str> = source.split("../skylift/guide/").skip(1).collect();
    assert!(!links.is_empty());
    for link in links {
        let page = link.split_once("index.html").unwrap().0.trim_end_matches('/');
        assert!(page.is_empty() || modules.contains(page), "there is no page `{page}`");
    }
}
