//! Tables of AWS's names: resource types and their properties, IAM actions, managed policies and SAM's policy templates.
//! `cargo xtask tables` makes them from the data of AWS's own tools, and a test of the tools compares them. The
//! first lines of each table say what it contains. The tables are text that is searched when a name is checked,
//! because a build pays less for a text than for code.
// See decision 0087.

pub(super) mod words;

pub(super) const ACTIONS: &str = include_str!("actions.txt");
pub(super) const MANAGED_POLICIES: &str = include_str!("managed_policies.txt");
pub(super) const POLICY_TEMPLATES: &str = include_str!("policy_templates.txt");
pub(super) const SHAPES: &str = include_str!("shapes.txt");
pub(super) const TYPES: &str = include_str!("types.txt");
const WORDS: &str = include_str!("words.txt");

/// Returns the lines of a table, without the comments at its beginning.
pub(super) fn table_lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().skip_while(|line| line.starts_with('#'))
}

/// Returns the rest of the line that begins with the word `name`, and `None` if the table has no such line.
pub(super) fn find_line(table: &'static str, name: &str) -> Option<&'static str> {
    table_lines(table).find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The limit of all tables together. Every build of a user compiles them.
    const MAX_BYTES: usize = 200_000;

    #[test]
    fn all_tables_together_are_small() {
        let tables = [ACTIONS, MANAGED_POLICIES, POLICY_TEMPLATES, SHAPES, TYPES, WORDS];
        assert!(tables.into_iter().map(str::len).sum::<usize>() <= MAX_BYTES);
    }

    #[test]
    fn a_line_is_found_by_its_whole_first_word() {
        assert!(find_line(POLICY_TEMPLATES, "SQSPollerPolicy").is_some());
        assert_eq!(find_line(POLICY_TEMPLATES, "SQSPoller"), None);
        assert_eq!(find_line(POLICY_TEMPLATES, "#"), None);
    }
}
