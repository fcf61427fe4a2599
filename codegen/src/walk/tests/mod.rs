//! Tests of the walk, each on its own tree of files.

mod configured;
mod lexical;
mod modules;
mod names;
mod property;
mod tokens;

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::{AnnotatedItem, Cfg, WalkedCrate, walk_crate};

/// A crate in a temporary directory, whose root is `src/lib.rs`.
struct TestCrate(TempDir);

impl TestCrate {
    fn new(files: &[(&str, &str)]) -> Self {
        let tree = Self(tempfile::tempdir().unwrap());
        for (file, text) in files {
            tree.write(file, text.as_bytes());
        }
        tree
    }

    fn write(&self, file: &str, text: &[u8]) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn path(&self, file: &str) -> PathBuf {
        self.0.path().join("src").join(file)
    }

    fn walk(&self) -> WalkedCrate {
        self.walk_as("skylift")
    }

    fn walk_as(&self, facade: &str) -> WalkedCrate {
        let vars = [("CARGO_CFG_UNIX", ""), ("CARGO_CFG_FEATURE", "s3,dark-mode")];
        let cfg = Cfg::from_env(vars.map(|(name, value)| (name.to_owned(), value.to_owned())));
        walk_crate(&self.path("lib.rs"), &cfg, facade)
    }

    /// Returns the files of a walk, relative to `src`.
    fn files(&self, walked: &WalkedCrate) -> Vec<String> {
        let src = self.0.path().join("src");
        let below = |file: &PathBuf| file.strip_prefix(&src).unwrap().display().to_string();
        walked.files.iter().map(below).collect()
    }
}

fn walk_root(text: &str) -> WalkedCrate {
    TestCrate::new(&[("lib.rs", text)]).walk()
}

/// Returns the items as `module::item`. The item's name is the last word before the first bracket or semicolon.
fn found_items(walked: &WalkedCrate) -> Vec<String> {
    let name = |found: &AnnotatedItem| {
        let item = found.item.to_string();
        let bare = item.rsplit("] ").next().unwrap();
        let head = bare.split(['(', '{', ';', '<']).next().unwrap().trim();
        let last = head.rsplit(' ').next().unwrap();
        found.module.iter().map(String::as_str).chain([last]).collect::<Vec<_>>().join("::")
    };
    walked.items.iter().map(name).collect()
}

#[track_caller]
fn assert_found(walked: &WalkedCrate, expected: &[&str]) {
    assert_eq!(walked.errors, [], "no errors");
    assert_eq!(found_items(walked), expected);
}

#[track_caller]
fn assert_error(walked: &WalkedCrate, file: &str, line: usize, why: &str) {
    let [error] = &walked.errors[..] else {
        panic!("one error, not {:?}", walked.errors);
    };
    assert!(error.path.ends_with(file), "{error:?}");
    assert_eq!(error.line, line, "{error:?}");
    assert!(error.message.text.contains(why), "{error:?}");
}
