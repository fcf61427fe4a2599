//! Reports the table of a benchmark. Prints the table and, on request, writes it to BENCHMARKS.md between two marks.
//! The text outside of the marks stays unchanged.

use std::fs;

use anyhow::{Context, Result};

use crate::workspace;

/// Prints the table of a benchmark. If `write` is true, also writes the table to the section `name` of BENCHMARKS.md.
pub(crate) fn show_table(name: &str, table: &str, write: bool) -> Result<()> {
    println!("{table}");
    if !write {
        return Ok(());
    }
    let path = workspace::root().join("BENCHMARKS.md");
    let text = fs::read_to_string(&path).unwrap_or_else(|_| "# Benchmarks\n".to_owned());
    fs::write(&path, replace_section(&text, name, table))
        .with_context(|| format!("cannot write `{}`", path.display()))
}

/// Returns the text of BENCHMARKS.md with this table in the section `name`. The new section replaces the section of
/// the same name, or is added at the end.
fn replace_section(text: &str, name: &str, table: &str) -> String {
    let (open, close) = (format!("<!-- bench {name} -->"), format!("<!-- end {name} -->"));
    let section = format!("{open}\n\n{}\n\n{close}", table.trim_end());
    match (text.find(&open), text.find(&close)) {
        (Some(from), Some(to)) if from < to => {
            format!("{}{section}{}", &text[..from], &text[to + close.len()..])
        }
        _ => format!("{}\n\n{section}\n", text.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::replace_section;

    #[test]
    fn a_new_section_is_added_at_the_end() {
        assert_eq!(
            replace_section("# Benchmarks\n", "synth", "| a |\n"),
            "# Benchmarks\n\n<!-- bench synth -->\n\n| a |\n\n<!-- end synth -->\n"
        );
    }

    #[test]
    fn a_section_is_replaced_and_the_text_around_it_is_kept() {
        let first = replace_section("# Benchmarks\n", "synth", "| a |");
        let text = format!("{first}\nProse.\n");
        assert_eq!(replace_section(&text, "synth", "| b |"), text.replace("| a |", "| b |"));
    }
}
