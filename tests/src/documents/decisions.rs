//! Checks `docs/decisions`: one file for each decision, an index of all, and citations of decisions in other files.

use std::collections::BTreeMap;

use super::list_text_files;
use crate::markdown;
use crate::workspace::{self, read_repository_file};

const FOLDER: &str = "docs/decisions";

/// The titles of the sections of each decision, in order.
const SECTIONS: [&str; 4] = ["Context", "Decision", "Consequences", "Evidence"];

/// Returns the file name of each decision in `docs/decisions`, by the number of the decision.
fn list_decisions() -> BTreeMap<u32, String> {
    let files = workspace::list_folder(&workspace::root().join(FOLDER));
    let names =
        files.iter().map(|file| workspace::file_name(file)).filter(|name| name != "README.md");
    let numbered = names.map(|name| {
        let (number, _) = name.split_once('-').unwrap_or_else(|| panic!("`{name}` has no number"));
        assert_eq!(number.len(), 4, "`{name}`");
        (number.parse().unwrap_or_else(|_| panic!("`{name}` has no number")), name)
    });
    numbered.collect()
}

#[test]
fn decisions_are_numbered_from_one_without_a_gap() {
    let numbers: Vec<u32> = list_decisions().into_keys().collect();
    let count = u32::try_from(numbers.len()).unwrap();
    assert_eq!(numbers, (1..=count).collect::<Vec<_>>());
}

#[test]
fn each_decision_has_its_title_and_the_four_sections_with_a_text() {
    for (number, name) in list_decisions() {
        let text = read_repository_file(&format!("{FOLDER}/{name}"));
        assert!(
            text.starts_with(&format!("# {number:04}. ")),
            "`{name}` does not begin with its title"
        );
        let parts: Vec<(&str, &str)> =
            text.split("\n## ").skip(1).map(|part| part.split_once('\n').unwrap()).collect();
        let sections: Vec<&str> = parts.iter().map(|(section, _)| *section).collect();
        assert_eq!(sections, SECTIONS, "`{name}`");
        for (section, text) in parts {
            assert!(!text.trim().is_empty(), "`{name}`: the section {section} is empty");
        }
    }
}

#[test]
fn the_index_lists_each_decision_once_with_its_title() {
    let index = read_repository_file(&format!("{FOLDER}/README.md"));
    for (number, name) in list_decisions() {
        let text = read_repository_file(&format!("{FOLDER}/{name}"));
        let title = text.lines().next().unwrap().trim_start_matches("# ");
        let (_, title) = title.split_once(". ").unwrap();
        let line = format!("- [{number:04}]({name}) {title}");
        assert_eq!(index.lines().filter(|it| **it == line).count(), 1, "the index lacks `{line}`");
    }
    assert_eq!(markdown::file_links(&index).len(), list_decisions().len());
}

/// Returns the numbers of decisions that a text cites, such as `docs/decisions/0012` or `decision 0012`.
fn find_cited_decisions(text: &str) -> Vec<u32> {
    let text = text.to_lowercase();
    let after = |word: &str| {
        let rest = text.split(word).skip(1);
        rest.filter_map(|rest| rest.get(..4)?.parse().ok()).collect::<Vec<u32>>()
    };
    [after("decisions/"), after("decision "), after("decisions ")].concat()
}

#[test]
fn each_cited_decision_exists() {
    let decisions = list_decisions();
    let mut seen = 0;
    for file in list_text_files() {
        for number in find_cited_decisions(&read_repository_file(&file)) {
            seen += 1;
            assert!(decisions.contains_key(&number), "`{file}` cites decision {number:04}");
        }
    }
    assert!(seen > 50, "only {seen} citations");
}
