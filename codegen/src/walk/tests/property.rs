//! Property tests: a walk ends without a panic for any content of a file.

use proptest::prelude::*;

use super::TestCrate;

const SAMPLE: &str = include_str!("sample.rs");

/// The syntax that the cursor handles, so that generated files contain it often.
const FRAGMENTS: &[&str] = &[
    "\"",
    "'",
    "r#",
    "r\"",
    "#",
    "#[",
    "#![",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "/*",
    "*/",
    "//",
    "\n",
    "\\",
    "mod a",
    "mod a;",
    ";",
    "use ",
    "::",
    "as ",
    "*",
    "cfg(",
    "cfg_attr(",
    "unix",
    ",",
    "path = ",
    "#[function]",
    "fn f",
    "<",
    ">",
    "->",
    "=",
    "extern crate ",
    "macro_rules! ",
    "skylift::main!();",
    "é",
    "😀",
    "b'",
    "cr#\"",
    "\u{feff}",
    "\0",
    "\r\n",
    "const ",
    "impl !",
    "self",
    "super::",
    " ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_walked_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let tree = TestCrate::new(&[]);
        tree.write("lib.rs", &bytes);
        let _ = tree.walk();
    }

    #[test]
    fn any_sequence_of_fragments_is_walked_without_a_panic(
        fragments in proptest::collection::vec(proptest::sample::select(FRAGMENTS), 0..60),
    ) {
        let _ = TestCrate::new(&[("lib.rs", &fragments.concat())]).walk();
    }

    #[test]
    fn mutated_source_is_walked_without_a_panic(
        cuts in proptest::collection::vec((any::<proptest::sample::Index>(), 0_usize..4), 1..6),
        fragments in proptest::collection::vec(proptest::sample::select(FRAGMENTS), 6),
    ) {
        let mut text = SAMPLE.to_owned();
        for ((index, length), fragment) in cuts.iter().zip(fragments) {
            let start = text.floor_char_boundary(index.index(text.len()));
            let end = text.ceil_char_boundary((start + length).min(text.len()));
            text.replace_range(start..end, fragment);
        }
        let walked = TestCrate::new(&[("lib.rs", &text)]).walk();
        let lines = text.lines().count() + 1;
        for found in &walked.items {
            prop_assert!(found.line >= 1 && found.line <= lines && found.column >= 1);
        }
    }
}
