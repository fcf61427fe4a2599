//! What goes through the stream, and what the table holds.

use serde::{Deserialize, Serialize};

/// What a name may have, in bytes. A page is a key of the table and a visitor one of the stream: of longer
/// names the table would refuse a whole minute.
const NAME: std::ops::RangeInclusive<usize> = 1..=256;

/// Somebody looked at a page.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Click {
    /// Who.
    pub(crate) visitor: String,
    /// What they looked at.
    pub(crate) page: String,
}

impl Click {
    /// Whether it can be counted.
    pub(crate) fn is_valid(&self) -> bool {
        [&self.visitor, &self.page].iter().all(|name| NAME.contains(&name.len()))
    }
}

/// How often a page was seen in one window of one shard.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Views {
    /// The page, the partition key.
    pub(crate) page: String,
    /// Which window it was, the sort key.
    pub(crate) part: String,
    /// When it began, in seconds since 1970.
    pub(crate) since: u64,
    /// How often.
    pub(crate) count: u64,
    /// When the table may forget it, in seconds since 1970.
    pub(crate) expires_at: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_both_ends() {
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
