//! The batch concurrency: the number of messages of one batch that the runtime processes at the same time. The
//! batch concurrency is a setting of Skylift, not of Lambda, and does not appear in a template.

use crate::aws::limits;
use crate::bounded::bounded;

bounded! {
    /// The number of messages of one batch that the runtime processes at the same time.
    BatchConcurrency: limits::SQS_BATCH_CONCURRENCY, "batch concurrency", "", limited by "Skylift";
}

impl BatchConcurrency {
    /// The key of a trigger that sets the batch concurrency.
    pub const KEY: &'static str = "batch_concurrency";

    /// The default batch concurrency.
    pub const DEFAULT: Self = Self(limits::DEFAULT_SQS_BATCH_CONCURRENCY);
}
