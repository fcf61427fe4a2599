//! The documents of the repository, and the parts of Markdown that tests look at: code spans, links and
//! code blocks. Takes a path or a text, gives what is in it.

use std::fs;

use crate::workspace;

/// Reads a file of the repository.
pub fn read(path: &str) -> String {
    fs::read_to_string(workspace::root().join(path))
        .unwrap_or_else(|error| panic!("cannot read `{path}`: {error}"))
}

/// The code spans of a text, without those in code blocks.
pub fn code_spans(text: &str) -> Vec<&str> {
    prose(text).flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
}

/// The targets of links to files, without those in code blocks and without web addresses.
pub fn file_links(text: &str) -> Vec<&str> {
    let targets = prose(text).flat_map(|line| line.split("](").skip(1));
    let targets = targets.filter_map(|rest| rest.split([')', '#']).next());
    targets.filter(|target| !target.is_empty() && !target.contains("://")).collect()
}

/// The lines outside of code blocks.
pub fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut in_block = false;
    text.lines().filter(move |line| {
        let is_fence = line.starts_with("```");
        in_block ^= is_fence;
        !in_block && !is_fence && !line.starts_with("    ")
    })
}

/// The content of a fenced code block whose first line is this comment, without the comment.
pub fn block(text: &str, comment: &str) -> String {
    let start = format!("\n{comment}\n");
    let (_, rest) = text.split_once(&start).unwrap_or_else(|| panic!("no block `{comment}`"));
    let (block, _) = rest.split_once("\n```").expect("the block ends");
    format!("{block}\n")
}

#[test]
fn spans_links_and_blocks_are_found_where_they_are() {
    let text = "See `a/b` and [c](d/e.md#f), `g`.\n\n```rust\n// h.rs\nlet i = `j`;\n```\n[k](https://l)\n";
    assert_eq!(code_spans(text), ["a/b", "g"]);
    assert_eq!(file_links(text), ["d/e.md"]);
    assert_eq!(block(text, "// h.rs"), "let i = `j`;\n");
}
