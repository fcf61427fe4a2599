//! The whole document of a policy: its version and its statements.

use super::owner::PolicyOwner;
use super::report::certain;
use super::statement::check_statements;
use crate::aws::shape::ShapeProblem;
use crate::aws::written::{Content, Written, WrittenEntry, has_function};
use crate::messages::policy as messages;

/// The keys of a policy document.
const DOCUMENT_KEYS: [&str; 3] = ["Version", "Id", STATEMENT];

/// The key of a policy document that has its statements.
pub const STATEMENT: &str = "Statement";

/// The versions of the language.
const VERSIONS: [&str; 2] = ["2012-10-17", "2008-10-17"];

/// Checks a policy document: a map with statements. Calls `report` with each mistake and its place.
pub fn check_document<'a, T: Written<'a>>(
    document: T,
    owner: PolicyOwner,
    report: &mut dyn FnMut(&T::Place, ShapeProblem),
) {
    let Content::Map(entries) = document.content() else { return };
    if has_function(&entries) {
        return;
    }
    let mut is_complete = false;
    for WrittenEntry { key, at, value } in entries {
        match key {
            STATEMENT => {
                is_complete = true;
                check_statements(value, owner, report);
            }
            "Version" => {
                if let Content::Text(text) = value.content()
                    && !VERSIONS.contains(&text)
                {
                    let message = messages::unknown_version(text, VERSIONS[0]);
                    report(&value.place(), certain(message));
                }
            }
            "Id" => {}
            other => {
                is_complete = true;
                report(&at, certain(messages::unknown_document_key(other, &DOCUMENT_KEYS)));
            }
        }
    }
    if !is_complete {
        report(&document.place(), certain(messages::document_incomplete()));
    }
}
