//! Finds the parts of a Markdown document that tests read: code spans, links and code blocks. Takes the text of the
//! document.

/// Returns the code spans of a Markdown text without their backquotes, except those in code blocks.
pub fn code_spans(text: &str) -> Vec<&str> {
    prose_lines(text).flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
}

/// Returns the targets of the links of a Markdown text, except those in code blocks. Links to web addresses are left
/// out.
pub fn file_links(text: &str) -> Vec<&str> {
    let targets = prose_lines(text).flat_map(|line| line.split("](").skip(1));
    let targets = targets.filter_map(|rest| rest.split([')', '#']).next());
    targets.filter(|target| !target.is_empty() && !target.contains("://")).collect()
}

/// Returns the lines of a Markdown text that are outside of code blocks.
pub fn prose_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut in_block = false;
    text.lines().filter(move |line| {
        let is_fence = line.starts_with("```");
        in_block ^= is_fence;
        !in_block && !is_fence && !line.starts_with("    ")
    })
}

/// Returns the content of the fenced code block of a Markdown text whose first line is `comment`, without that line.
pub fn code_block(text: &str, comment: &str) -> String {
    let start = format!("\n{comment}\n");
    let (_, rest) = text.split_once(&start).unwrap_or_else(|| panic!("no block `{comment}`"));
    let (block, _) = rest.split_once("\n```").expect("the block ends");
    format!("{block}\n")
}

#[test]
fn spans_links_and_blocks_are_found() {
    let text = "See `a/b` and [c](d/e.md#f), `g`.\n\n```rust\n// h.rs\nlet i = `j`;\n```\n[k](https://l)\n";
    assert_eq!(code_spans(text), ["a/b", "g"]);
    assert_eq!(file_links(text), ["d/e.md"]);
    assert_eq!(code_block(text, "// h.rs"), "let i = `j`;\n");
}
