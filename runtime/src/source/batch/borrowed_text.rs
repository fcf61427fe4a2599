//! [`BorrowedText`]: a string in a payload, which is borrowed if it has no escapes.

use std::borrow::Cow;
use std::ops::Deref;

use serde::Deserialize;

/// A string in a payload. It takes the place of `Cow<str>`, which serde does not borrow inside an `Option`.
#[derive(Deserialize)]
#[allow(dead_code, reason = "with `documentdb` alone, no event has such a text")]
pub(crate) struct BorrowedText<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);

impl Deref for BorrowedText<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}
