//! `properties = { … }`: the way out to every property of the template that has no key of its own.

use skylift_model::node::Map;

use crate::errors::Errors;
use crate::read;
use crate::tree::{Key, Kind, Value};

/// What the template sets and Skylift answers for: `properties` cannot change these.
const OWN_PROPERTIES: &[&str] =
    &["Handler", "Runtime", "CodeUri", "Events", "PackageType", "InlineCode", "ImageUri"];

/// What the attribute has a key of its own for, with that key: were `properties` to set it as well,
/// the build step would reckon with another value than the one that is deployed.
const KEYED_PROPERTIES: &[(&str, &str)] = &[
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
    ("LoggingConfig", "log_retention"),
    ("Policies", "policy` or `allow"),
    ("Tags", "tags"),
];

pub(super) fn read(value: &Value, errors: &mut Errors) -> Option<Map> {
    let map = read::object(value, errors)?;
    let Kind::Map(entries) = &value.kind else { return None };
    for (Key { text, place }, _) in entries {
        let keyed = KEYED_PROPERTIES.iter().find(|(property, _)| property == text);
        if OWN_PROPERTIES.contains(&text.as_str()) || keyed.is_some() {
            let message = errors.push(
                place,
                format!("`{text}` is what Skylift sets: `properties` cannot change it"),
            );
            if let Some((_, key)) = keyed {
                message.help(format!("`#[function]` has a key for it: `{key}`"));
            }
        }
    }
    Some(map)
}
