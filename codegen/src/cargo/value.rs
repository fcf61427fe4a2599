//! Values of a manifest by their keys.

use toml::de::DeTable;

/// The table under a key.
pub(super) fn table<'a, 'i>(parent: &'a DeTable<'i>, key: &str) -> Option<&'a DeTable<'i>> {
    parent.get(key)?.get_ref().as_table()
}

/// The text under a key.
pub(super) fn string<'a>(parent: Option<&'a DeTable<'_>>, key: &str) -> Option<&'a str> {
    parent?.get(key)?.get_ref().as_str()
}
