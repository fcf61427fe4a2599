//! How many records of one batch the runtime works on at once: a number of Skylift's, which no template
//! says.

use crate::aws::limits;
use crate::bounded::bounded;

bounded! {
    /// How many messages of one batch the runtime works on at once.
    BatchConcurrency: limits::SQS_CONCURRENCY, "concurrency", "", of "Skylift";
}

impl BatchConcurrency {
    /// The key that sets it.
    pub const KEY: &'static str = "concurrency";

    /// That of a trigger that says nothing.
    pub const DEFAULT: Self = Self(limits::DEFAULT_SQS_CONCURRENCY);
}
