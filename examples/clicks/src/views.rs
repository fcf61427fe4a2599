//! The messages of the stream and the items of the table.

use serde::{Deserialize, Serialize};

/// The allowed length of a name, in bytes. Pages are keys of the table, and visitors are keys of the stream. With a
/// longer name, the table would refuse the counts of a whole minute.
const NAME_LENGTH: std::ops::RangeInclusive<usize> = 1..=256;

/// A visitor looked at a page.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Click {
    /// The name of the visitor.
    pub(crate) visitor: String,
    /// The name of the page.
    pub(crate) page: String,
}

impl Click {
    /// Returns whether the click can be counted.
    pub(crate) fn is_valid(&self) -> bool {
        [&self.visitor, &self.page].iter().all(|name| NAME_LENGTH.contains(&name.len()))
    }
}

/// How often a page was seen in one window of one shard.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Views {
    /// The page, the partition key.
    pub(crate) page: String,
    /// The shard and the first click of the window, the sort key.
    pub(crate) part: String,
    /// The start of the window, in seconds since 1970.
    pub(crate) since: u64,
    /// How often the page was seen.
    pub(crate) count: u64,
    /// When the table may delete the item, in seconds since 1970.
    pub(crate) expires_at: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_1_to_256_bytes_are_valid() {
        let click = |visitor: usize, page: usize| Click {
            visitor: "v".repeat(visitor),
            page: "p".repeat(page),
        };
        assert!(click(1, 1).is_valid() && click(256, 256).is_valid());
        for (visitor, page) in [(0, 1), (1, 0), (257, 1), (1, 257)] {
            assert!(!click(visitor, page).is_valid(), "{visitor} {page}");
        }
    }
}
