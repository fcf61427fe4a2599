//! Looks up values in the TOML tables of a manifest by their keys.

use toml::de::DeTable;

/// Returns the table under `key` of a TOML table, or `None` if there is no such table.
pub(super) fn table_at<'a, 'i>(parent: &'a DeTable<'i>, key: &str) -> Option<&'a DeTable<'i>> {
    parent.get(key)?.get_ref().as_table()
}

/// Returns the string under `key` of a TOML table. Returns `None` if there is no such string, or no table.
pub(super) fn string_at<'a>(parent: Option<&'a DeTable<'_>>, key: &str) -> Option<&'a str> {
    parent?.get(key)?.get_ref().as_str()
}
