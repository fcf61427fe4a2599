//! Settings with a higher limit on Lambda Managed Instances: memory, timeout and the size of `/tmp`. A function runs
//! there if it has `capacity_provider(…)`, or `CapacityProviderConfig` among its `properties`.

use std::fmt::Display;

use skylift_model::aws::function_keys;
use skylift_model::bounded::{InstanceLimited, OutOfRange};
use skylift_model::message::Message;

use crate::errors::Errors;
use crate::messages;
use crate::properties;
use crate::tree::{ArgValue, Args};

/// The property that makes a function run on Lambda Managed Instances.
const CAPACITY_PROVIDER: &str = "CapacityProviderConfig";

/// Returns whether the function with these arguments runs on Lambda Managed Instances.
pub(super) fn runs_on_instances(args: &Args) -> bool {
    let properties = args.locate(properties::KEY);
    args.has_key(function_keys::CAPACITY_PROVIDER.name)
        || properties.is_some_and(|properties| properties.find_key(CAPACITY_PROVIDER).is_some())
}

/// Returns a reader of a number whose limit is higher on Lambda Managed Instances; `on_instances` says whether the
/// function runs there, and `read` reads the number without a limit.
pub(super) fn read_limited<T, E>(
    on_instances: bool,
    read: impl Fn(&ArgValue, &mut Errors) -> Option<u64>,
) -> impl Fn(&ArgValue, &mut Errors) -> Option<T>
where
    T: InstanceLimited + TryFrom<u64, Error = E>,
    E: Display + Into<OutOfRange>,
{
    move |value, errors| {
        let number = read(value, errors)?;
        let limited = if on_instances {
            T::try_on_instances(number)
        } else {
            T::try_from(number).map_err(Into::into)
        };
        let error = match limited {
            Ok(limited) => return Some(limited),
            Err(error) => error,
        };
        let mut message = Message::new(error.to_string());
        if !on_instances && T::try_on_instances(number).is_ok() {
            message = message
                .with_help(messages::only_on_instances(function_keys::CAPACITY_PROVIDER.name));
        }
        errors.push(&value.span, message);
        None
    }
}

#[cfg(test)]
mod tests {
    use crate::function::testing::{accepted, rejected};

    #[test]
    fn a_function_on_instances_has_higher_limits() {
        let instances = r#"properties = { "CapacityProviderConfig": { "Arn": "arn:a" } }"#;
        for (setting, longest) in [
            (r#"timeout = "1801s""#, r#"timeout = "90m""#),
            ("memory = 10241", "memory = 32768"),
            ("ephemeral_storage = 10241", "ephemeral_storage = 32768"),
        ] {
            let message = rejected(setting);
            assert!(message.contains(" is out of range: AWS takes "), "{message}");
            assert!(
                message.ends_with(
                    "help: only a function on Lambda Managed Instances takes this: one with `capacity_provider(…)`"
                ),
                "{message}"
            );
            accepted(&format!("{longest}, {instances}"));
            accepted(&format!("{longest}, capacity_provider(provider = param(\"Fleet\"))"));
        }
        accepted(r#"timeout = "30m""#);
        let message = rejected(r#"timeout = "2h""#);
        assert_eq!(message, "timeout of 7200 s is out of range: AWS takes 1 to 1800 s");
        let message = rejected(&format!("memory = 32769, {instances}"));
        assert_eq!(message, "memory of 32769 MB is out of range: AWS takes 128 to 32768 MB");
    }
}
