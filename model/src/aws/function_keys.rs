//! The keys of `#[function]` that set properties of `AWS::Serverless::Function`, in one table. `syntax` reads
//! the keys by these names, and refuses a property under `properties` that has a key. A test of `codegen`
//! compares the table with the list of all properties.

/// A key of `#[function]` that sets properties of the function's resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FunctionKey {
    /// The name of the key: `memory`.
    pub name: &'static str,
    /// The properties that the key sets, such as `MemorySize`. `A.B` means that the key sets only `B` in `A`,
    /// and the user can set the rest of `A`.
    pub properties: &'static [&'static str],
    /// Whether the user can set the properties under `properties` as well, if the key is not set. These have forms that
    /// the key does not have, and nothing that Skylift checks or derives needs their value.
    pub is_optional: bool,
}

macro_rules! keys {
    ($($constant:ident: $name:literal $verb:ident [$($property:literal),+];)*) => {
        $(
            #[doc = concat!("`", $name, "`.")]
            pub const $constant: FunctionKey = FunctionKey {
                name: $name,
                properties: &[$($property),+],
                is_optional: keys!(@optional $verb),
            };
        )*

        /// All keys of `#[function]` that set properties of the function's resource.
        pub const ALL: &[FunctionKey] = &[$($constant),*];
    };
    (@optional sets) => { false };
    (@optional can_set) => { true };
}

keys! {
    NAME: "name" sets ["FunctionName"];
    DESCRIPTION: "description" sets ["Description"];
    MEMORY: "memory" sets ["MemorySize"];
    TIMEOUT: "timeout" sets ["Timeout"];
    ARCHITECTURE: "architecture" sets ["Architectures"];
    EPHEMERAL_STORAGE: "ephemeral_storage" sets ["EphemeralStorage"];
    RESERVED_CONCURRENCY: "reserved_concurrency" sets ["ReservedConcurrentExecutions"];
    RECURSIVE_LOOP: "recursive_loop" sets ["RecursiveLoop"];
    PROVISIONED_CONCURRENCY: "provisioned_concurrency" sets ["ProvisionedConcurrencyConfig", "AutoPublishAlias"];
    RETRIES: "retries" sets ["EventInvokeConfig.MaximumRetryAttempts"];
    MAX_EVENT_AGE: "max_event_age" sets ["EventInvokeConfig.MaximumEventAgeInSeconds"];
    ENV: "env" sets ["Environment"];
    LOG_FORMAT: "log_format" sets ["LoggingConfig.LogFormat"];
    LOG_LEVEL: "log_level" sets ["LoggingConfig.ApplicationLogLevel"];
    SYSTEM_LOG_LEVEL: "system_log_level" sets ["LoggingConfig.SystemLogLevel"];
    POLICY: "policy" sets ["Policies"];
    ALLOW: "allow" sets ["Policies"];
    TAGS: "tags" sets ["Tags"];
    TRACING: "tracing" sets ["Tracing"];
    VPC: "vpc" can_set ["VpcConfig"];
    LAYERS: "layers" can_set ["Layers"];
    FILE_SYSTEM: "file_system" can_set ["FileSystemConfigs"];
    ON_SUCCESS: "on_success" can_set ["EventInvokeConfig.DestinationConfig.OnSuccess"];
    ON_FAILURE: "on_failure" can_set ["EventInvokeConfig.DestinationConfig.OnFailure"];
    DEAD_LETTERS: "dead_letters" can_set ["DeadLetterQueue"];
    KMS_KEY: "kms_key" can_set ["KmsKeyArn"];
    CODE_SIGNING: "code_signing" can_set ["CodeSigningConfigArn"];
    PERMISSIONS_BOUNDARY: "permissions_boundary" can_set ["PermissionsBoundary"];
    ROLE_PATH: "role_path" can_set ["RolePath"];
    CAPACITY_PROVIDER: "capacity_provider" can_set ["CapacityProviderConfig"];
    SCALING: "scaling" can_set ["FunctionScalingConfig"];
    DEPLOY: "deploy" can_set ["DeploymentPreference"];
    VERSION_DESCRIPTION: "version_description" can_set ["VersionDescription"];
    TENANTS: "tenants" can_set ["TenancyConfig"];
}

/// The key for how long the logs of a function are kept. It sets a property of the log group.
pub const LOG_RETENTION: &str = "log_retention";

/// The key for the alarms of a function. They are resources of their own, and no property of the function.
pub const ALARMS: &str = "alarms";

/// The property of a function with its URL. The trigger `url` sets it, or the user does under `properties`.
pub const FUNCTION_URL_CONFIG: &str = "FunctionUrlConfig";

/// The properties of a function that have no key and that a user cannot set. Skylift sets them for the program
/// and the triggers.
pub const MANAGED_PROPERTIES: &[&str] =
    &["Handler", "Runtime", "CodeUri", "Events", "PackageType", "InlineCode", "ImageUri"];

/// Returns pairs of a property and the name of the key that alone sets it. A property is in two pairs if two keys set
/// it.
pub fn keyed_properties() -> impl Iterator<Item = (&'static str, &'static str)> {
    properties_of_keys(false)
}

/// Returns pairs of a property and the name of the key that sets it if `properties` does not.
pub fn optionally_keyed_properties() -> impl Iterator<Item = (&'static str, &'static str)> {
    properties_of_keys(true)
}

fn properties_of_keys(is_optional: bool) -> impl Iterator<Item = (&'static str, &'static str)> {
    let keys = ALL.iter().filter(move |key| key.is_optional == is_optional);
    keys.flat_map(|key| key.properties.iter().map(|property| (*property, key.name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_listed_twice() {
        for (index, key) in ALL.iter().enumerate() {
            assert!(ALL[..index].iter().all(|other| other.name != key.name), "{}", key.name);
        }
    }

    #[test]
    fn keys_set_a_property_either_as_a_whole_or_in_parts() {
        let whole = |property: &str| keyed_properties().any(|(it, _)| it == property);
        for (property, key) in keyed_properties() {
            assert!(!MANAGED_PROPERTIES.contains(&property), "{key}");
            if let Some((outer, _)) = property.split_once('.') {
                assert!(!whole(outer), "{key}");
            }
        }
        assert_eq!(keyed_properties().filter(|(it, _)| *it == "Policies").count(), 2);
    }
}
