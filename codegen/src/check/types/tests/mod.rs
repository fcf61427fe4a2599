//! Tests of the checks of types, each on the source of an application.

mod filter;
mod idempotency;
mod input;
mod path;
mod result;
mod state;
mod table;

use crate::testing::problems_of;

/// Asserts that the source of a binary has no problem.
#[track_caller]
fn assert_right(items: &str) {
    assert_eq!(problems_of(items, None), [""; 0], "{items}");
}

/// Asserts that the source of a binary has one problem, which begins with a place and a text.
#[track_caller]
fn assert_wrong(items: &str, expected: &str) {
    let found = problems_of(items, None);
    let [problem] = found.as_slice() else { panic!("one problem, not {found:#?}: {items}") };
    assert!(problem.starts_with(expected), "{problem}\nis not\n{expected}\n{items}");
}
