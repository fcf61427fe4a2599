//! The properties of a function that are not the user's to set.

use super::WHAT;
use crate::properties::Ours;

pub(super) const OURS: Ours = Ours {
    what: WHAT,
    own: &["Handler", "Runtime", "CodeUri", "Events", "PackageType", "InlineCode", "ImageUri"],
    keyed: &[
        ("FunctionName", "name"),
        ("Description", "description"),
        ("MemorySize", "memory"),
        ("Timeout", "timeout"),
        ("Architectures", "architecture"),
        ("EphemeralStorage", "ephemeral_storage"),
        ("ReservedConcurrentExecutions", "reserved_concurrency"),
        ("ProvisionedConcurrencyConfig", "provisioned_concurrency"),
        ("AutoPublishAlias", "provisioned_concurrency"),
        ("EventInvokeConfig", "retries` or `max_event_age"),
        ("Environment", "env"),
        ("LoggingConfig", "log_format`, `log_level` or `log_retention"),
        ("Policies", "policy` or `allow"),
        ("Tags", "tags"),
        ("Tracing", "tracing"),
    ],
};
