//! Looking into a manifest: what is not there, or is something else, is none.

use toml::de::DeTable;

/// The table under this key.
pub(super) fn table<'a, 'i>(parent: &'a DeTable<'i>, key: &str) -> Option<&'a DeTable<'i>> {
    parent.get(key)?.get_ref().as_table()
}

/// The text under this key.
pub(super) fn string<'a>(parent: Option<&'a DeTable<'_>>, key: &str) -> Option<&'a str> {
    parent?.get(key)?.get_ref().as_str()
}
