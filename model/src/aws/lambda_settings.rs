//! The settings of a function that are AWS Lambda's own: its network, its layers and its file system, the role's
//! limits, and where the results of asynchronous invocations go.

use serde::Serialize;

use super::alarms::{AlarmSettings, Alarms};
use super::deployment::Deployment;
use super::name::{ExportName, ParameterName};
use super::parameter_content::ParameterContent;
use super::value::{CfnValue, UsedParameter};
use super::{function_keys, limits};
use crate::bounded::bounded;
use crate::number_setting::NumberFields;

/// A list of values of the template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CfnList {
    /// The values. Some may be known only when the stack is deployed.
    Values(Vec<CfnValue>),
    /// A template parameter that is a list.
    Param(ParameterName),
    /// The value that another stack exports, with a comma between the items.
    Import(ExportName),
}

/// The network of a function: AWS's `VpcConfig`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Vpc {
    /// The ids of the subnets, at most [`SUBNETS`](super::limits::SUBNETS).
    pub subnets: CfnList,
    /// The ids of the security groups, at most
    /// [`SECURITY_GROUPS`](super::limits::SECURITY_GROUPS).
    pub security_groups: CfnList,
    /// Whether the function also connects to IPv6 addresses, in subnets that have both.
    pub ipv6: bool,
}

/// Whether a function is in a VPC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Network {
    /// The function is in this VPC.
    Vpc(Vpc),
    /// The function is in no VPC, whatever the default is.
    None,
}

/// A file system that a function mounts: AWS's `FileSystemConfigs`, which has one item at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileSystem {
    /// The ARN of the access point of EFS or S3 Files.
    pub access_point: CfnValue,
    /// The folder of the function in which it is mounted, below `/mnt/`.
    pub path: String,
}

bounded! {
    /// The number of invocations at once in an environment on Lambda Managed Instances.
    InstanceConcurrency: limits::INSTANCE_CONCURRENCY, "concurrency", "";
    /// The memory for each virtual CPU of an environment on Lambda Managed Instances, in GiB.
    MemoryPerCpu: limits::INSTANCE_MEMORY_PER_CPU_GIB, "memory per CPU", "GiB";
    /// The number of environments of a function on Lambda Managed Instances.
    Environments: limits::INSTANCE_ENVIRONMENTS, "number of environments", "";
}

/// The instances of a function that runs on Lambda Managed Instances: AWS's `CapacityProviderConfig`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CapacityProvider {
    /// The ARN of the capacity provider.
    pub provider: CfnValue,
    /// The greatest number of invocations at once in an environment, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concurrency: Option<InstanceConcurrency>,
    /// The memory for each virtual CPU, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory_per_cpu: Option<MemoryPerCpu>,
}

/// How many environments a function has on Lambda Managed Instances: AWS's `FunctionScalingConfig`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct InstanceScaling {
    /// The least number of environments, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<Environments>,
    /// The greatest number of environments, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<Environments>,
}

/// Whether each tenant has environments of its own: AWS's `TenancyConfig`. The handler reads the tenant from its
/// `Context`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tenants {
    /// No environment handles invocations of two tenants.
    Isolated,
}

impl Tenants {
    /// The words of the grammar.
    pub const ALL: [(&'static str, Self); 1] = [("isolated", Self::Isolated)];
}

/// The results of an asynchronous invocation that Lambda sends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The answers of the handler: `on_success`.
    Success,
    /// The events for which the handler failed, with its error: `on_failure`.
    Failure,
    /// The events alone for which the handler failed: `dead_letters`.
    DeadLetter,
}

impl Outcome {
    /// The results, each with the key that says where they go.
    pub const ALL: [Self; 3] = [Self::Success, Self::Failure, Self::DeadLetter];

    /// Returns the key that says where the results go.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Success => function_keys::ON_SUCCESS.name,
            Self::Failure => function_keys::ON_FAILURE.name,
            Self::DeadLetter => function_keys::DEAD_LETTERS.name,
        }
    }
}

/// The place to which Lambda sends results of asynchronous invocations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultTarget {
    /// A `#[resource]` of the application, by the identifier of its struct.
    Declared(String),
    /// A function of the application, by its identifier.
    Function(String),
    /// An existing queue, topic, bus, bucket or function, by its ARN.
    Arn(String),
}

/// The settings of a function that are Lambda's own. Every setting is optional.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct LambdaSettings {
    /// The VPC of the function, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<Network>,
    /// The ARNs of the layers, in the order in which Lambda unpacks them, if they are set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layers: Option<Vec<CfnValue>>,
    /// The file system that the function mounts, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_system: Option<FileSystem>,
    /// Where the answers of asynchronous invocations go, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_success: Option<ResultTarget>,
    /// Where failed events go with their error, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_failure: Option<ResultTarget>,
    /// Where failed events go without their error, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dead_letters: Option<ResultTarget>,
    /// The KMS key that encrypts the environment variables, if it is set; Lambda's default is its own key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_key: Option<CfnValue>,
    /// The ARN of the code signing configuration, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_signing: Option<CfnValue>,
    /// The ARN of the policy that limits what the function's role may do, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions_boundary: Option<CfnValue>,
    /// The instances on which the function runs, if it runs on Lambda Managed Instances.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity_provider: Option<CapacityProvider>,
    /// How many environments the function has on Lambda Managed Instances, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scaling: Option<InstanceScaling>,
    /// How the traffic moves to a new version, if it is set. Lambda's default is at once, without an alias.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deploy: Option<Deployment>,
    /// The description of the versions, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version_description: Option<String>,
    /// The alarms of the function, if they are set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alarms: Option<Alarms>,
    /// Whether each tenant has environments of its own, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenants: Option<Tenants>,
    /// The path of the function's role, such as `/app/`, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_path: Option<String>,
}

impl LambdaSettings {
    /// Returns whether no setting is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns the settings with those of `defaults` for what is not set.
    #[must_use]
    pub fn with_defaults(&self, defaults: &Self) -> Self {
        let own = self.clone();
        let or =
            |own: Option<CfnValue>, default: &Option<CfnValue>| own.or_else(|| default.clone());
        Self {
            network: own.network.or_else(|| defaults.network.clone()),
            layers: own.layers.or_else(|| defaults.layers.clone()),
            file_system: own.file_system.or_else(|| defaults.file_system.clone()),
            on_success: own.on_success.or_else(|| defaults.on_success.clone()),
            on_failure: own.on_failure.or_else(|| defaults.on_failure.clone()),
            dead_letters: own.dead_letters.or_else(|| defaults.dead_letters.clone()),
            kms_key: or(own.kms_key, &defaults.kms_key),
            code_signing: or(own.code_signing, &defaults.code_signing),
            permissions_boundary: or(own.permissions_boundary, &defaults.permissions_boundary),
            capacity_provider: own.capacity_provider.or_else(|| defaults.capacity_provider.clone()),
            scaling: own.scaling.or(defaults.scaling),
            tenants: own.tenants.or(defaults.tenants),
            deploy: own.deploy.or_else(|| defaults.deploy.clone()),
            version_description: own
                .version_description
                .or_else(|| defaults.version_description.clone()),
            alarms: match (own.alarms, &defaults.alarms) {
                (Some(own), Some(defaults)) => Some(own.with_defaults(defaults)),
                (own, defaults) => own.or_else(|| defaults.clone()),
            },
            role_path: own.role_path.or_else(|| defaults.role_path.clone()),
        }
    }

    /// Returns whether the setting of this key is set.
    #[must_use]
    pub fn sets(&self, key: &str) -> bool {
        let Self {
            network,
            layers,
            file_system,
            on_success,
            on_failure,
            dead_letters,
            kms_key,
            code_signing,
            permissions_boundary,
            capacity_provider,
            scaling,
            deploy,
            version_description,
            alarms: _,
            tenants,
            role_path,
        } = self;
        [
            (function_keys::VPC.name, network.is_some()),
            (function_keys::LAYERS.name, layers.is_some()),
            (function_keys::FILE_SYSTEM.name, file_system.is_some()),
            (function_keys::ON_SUCCESS.name, on_success.is_some()),
            (function_keys::ON_FAILURE.name, on_failure.is_some()),
            (function_keys::DEAD_LETTERS.name, dead_letters.is_some()),
            (function_keys::KMS_KEY.name, kms_key.is_some()),
            (function_keys::CODE_SIGNING.name, code_signing.is_some()),
            (function_keys::PERMISSIONS_BOUNDARY.name, permissions_boundary.is_some()),
            (function_keys::CAPACITY_PROVIDER.name, capacity_provider.is_some()),
            (function_keys::SCALING.name, scaling.is_some()),
            (function_keys::DEPLOY.name, deploy.is_some()),
            (function_keys::VERSION_DESCRIPTION.name, version_description.is_some()),
            (function_keys::TENANTS.name, tenants.is_some()),
            (function_keys::ROLE_PATH.name, role_path.is_some()),
        ]
        .contains(&(key, true))
    }

    /// Returns the numbers of the alarms that template parameters can have. Returns `None` if there are no alarms.
    pub(crate) fn alarm_numbers(&mut self) -> Option<NumberFields<'_>> {
        match self.alarms.as_mut()? {
            Alarms::Set(settings) => Some(settings.numbers()),
            Alarms::None => None,
        }
    }

    /// Returns the settings of the alarms, and `None` if there are no alarms.
    #[must_use]
    pub fn alarm_settings(&self) -> Option<&AlarmSettings> {
        self.alarms.as_ref()?.settings()
    }

    /// Returns where these results go, and `None` if Lambda drops them.
    #[must_use]
    pub const fn target(&self, outcome: Outcome) -> Option<&ResultTarget> {
        match outcome {
            Outcome::Success => self.on_success.as_ref(),
            Outcome::Failure => self.on_failure.as_ref(),
            Outcome::DeadLetter => self.dead_letters.as_ref(),
        }
    }

    /// Returns the identifiers of the functions to which results go.
    pub fn receivers(&self) -> impl Iterator<Item = &str> {
        Outcome::ALL.into_iter().filter_map(|outcome| match self.target(outcome)? {
            ResultTarget::Function(ident) => Some(ident.as_str()),
            ResultTarget::Declared(_) | ResultTarget::Arn(_) => None,
        })
    }

    /// Returns the values that may be known only when the stack is deployed, each with its key and with the content that a
    /// template parameter must have there.
    #[must_use]
    pub fn values(&self) -> Vec<(&'static str, &CfnValue, ParameterContent)> {
        let mut values = Vec::new();
        if self.is_empty() {
            return values;
        }
        let vpc_key = function_keys::VPC.name;
        if let Some(Network::Vpc(vpc)) = &self.network {
            for (list, content) in [
                (&vpc.subnets, ParameterContent::SUBNET),
                (&vpc.security_groups, ParameterContent::SECURITY_GROUP),
            ] {
                if let CfnList::Values(items) = list {
                    values.extend(items.iter().map(|item| (vpc_key, item, content)));
                }
            }
        }
        let layers = self.layers.iter().flatten();
        values.extend(layers.map(|it| (function_keys::LAYERS.name, it, ParameterContent::LAYER)));
        let file_system = self.file_system.iter().map(|it| &it.access_point);
        let key = function_keys::FILE_SYSTEM.name;
        values.extend(file_system.map(|it| (key, it, ParameterContent::ANY_ARN)));
        let provider = self.capacity_provider.iter().map(|it| &it.provider);
        let key = function_keys::CAPACITY_PROVIDER.name;
        values.extend(provider.map(|it| (key, it, ParameterContent::ANY_ARN)));
        let topics = self.alarm_settings().into_iter().flat_map(|it| &it.to);
        values.extend(topics.map(|it| (function_keys::ALARMS, it, ParameterContent::TOPIC)));
        let alarms = self.deploy.iter().flat_map(|it| &it.alarms);
        let key = function_keys::DEPLOY.name;
        values.extend(alarms.map(|it| (key, it, ParameterContent::ALARM)));
        for (key, value, content) in [
            (function_keys::KMS_KEY, &self.kms_key, ParameterContent::KMS_KEY),
            (function_keys::CODE_SIGNING, &self.code_signing, ParameterContent::CODE_SIGNING),
            (
                function_keys::PERMISSIONS_BOUNDARY,
                &self.permissions_boundary,
                ParameterContent::MANAGED_POLICY,
            ),
        ] {
            values.extend(value.as_ref().map(|value| (key.name, value, content)));
        }
        values
    }

    /// Returns the template parameters that the settings use.
    #[must_use]
    pub fn parameters(&self) -> Vec<UsedParameter<'_>> {
        let mut used = Vec::new();
        if let Some(Network::Vpc(vpc)) = &self.network {
            for (list, content) in [
                (&vpc.subnets, ParameterContent::SUBNETS),
                (&vpc.security_groups, ParameterContent::SECURITY_GROUPS),
            ] {
                if let CfnList::Param(name) = list {
                    used.push(UsedParameter { key: function_keys::VPC.name, name, content });
                }
            }
        }
        let values = self.values().into_iter();
        used.extend(self.alarm_settings().into_iter().flat_map(|it| it.from_parameters.uses()));
        used.extend(values.filter_map(|(key, value, content)| {
            Some(UsedParameter { key, name: value.param()?, content })
        }));
        used
    }
}
