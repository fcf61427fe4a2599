//! Looks up values in a manifest by their keys.

use toml::de::DeTable;

/// Returns the table under a key.
pub(super) fn table_at<'a, 'i>(parent: &'a DeTable<'i>, key: &str) -> Option<&'a DeTable<'i>> {
    parent.get(key)?.get_ref().as_table()
}

/// Returns the string under a key.
pub(super) fn string_at<'a>(parent: Option<&'a DeTable<'_>>, key: &str) -> Option<&'a str> {
    parent?.get(key)?.get_ref().as_str()
}
