//! The table of all properties of `AWS::Serverless::Function`, and how plain CloudFormation supports each. A test
//! compares the names with those of aws-sam-translator.

use skylift_model::aws::node::Node;

use super::lowering::Lowering;
use super::{deployment, function_url, invoke_config, plain, version};

/// A property of `AWS::Serverless::Function`.
#[derive(Debug)]
pub(crate) struct Row {
    /// Its name in SAM.
    pub(crate) name: &'static str,
    /// How plain CloudFormation supports it.
    pub(crate) how: How,
}

/// A function that lowers the value of a property.
type Lower = fn(&Node, &mut Lowering<'_>);

/// How plain CloudFormation supports a property.
#[derive(Debug, Clone, Copy)]
pub(crate) enum How {
    /// `AWS::Lambda::Function` has it under the same name.
    Same,
    /// A function converts it.
    Lowered {
        /// The result, for people.
        to: &'static str,
        /// The function.
        by: Lower,
    },
    /// It becomes a property of the role with this name.
    OfRole(&'static str),
    /// Only Skylift may set it: it is an error under `properties`.
    Ours,
    /// It changes how SAM works, and plain CloudFormation does not need it. The text says what happens there instead.
    Needless(&'static str),
    /// It is not supported. The text is the reason: the end of a sentence that begins with the property.
    Not(&'static str),
}

impl How {
    /// Describes, for people, how plain CloudFormation supports it.
    pub(crate) fn describe(self) -> String {
        match self {
            Self::Same => "the same".to_owned(),
            Self::Lowered { to, .. } => to.to_owned(),
            Self::OfRole(property) => format!("{property} of the role"),
            Self::Ours => "set by Skylift alone".to_owned(),
            Self::Needless(instead) => format!("not needed: {instead}"),
            Self::Not(reason) => format!("not carried: it {reason}"),
        }
    }
}

const fn lowered(to: &'static str, by: Lower) -> How {
    How::Lowered { to, by }
}

const fn row(name: &'static str, how: How) -> Row {
    Row { name, how }
}

/// One row for each property, in alphabetical order.
pub(crate) const TABLE: &[Row] = &[
    row("Architectures", How::Same),
    row("AssumeRolePolicyDocument", How::OfRole("AssumeRolePolicyDocument")),
    row("AutoPublishAlias", lowered("AWS::Lambda::Alias", version::auto_publish_alias)),
    row(
        "AutoPublishAliasAllProperties",
        How::Needless("whatever is set on a function makes a new version of it"),
    ),
    row("AutoPublishCodeSha256", lowered("the end of Description", plain::code_sha256)),
    row(
        "CapacityProviderConfig",
        lowered("the parts that CloudFormation has", plain::capacity_provider),
    ),
    row("CodeSigningConfigArn", How::Same),
    row("CodeUri", How::Ours),
    row("DeadLetterQueue", lowered("DeadLetterConfig", plain::dead_letter_queue)),
    row(
        "DeploymentPreference",
        lowered("AWS::CodeDeploy::DeploymentGroup and the alias's UpdatePolicy", deployment::lower),
    ),
    row("Description", lowered("Description", plain::description)),
    row(
        "DurableConfig",
        lowered("DurableConfig and a managed policy of the role", plain::durable_config),
    ),
    row("Environment", How::Same),
    row("EphemeralStorage", How::Same),
    row(
        "EventInvokeConfig",
        lowered("AWS::Lambda::EventInvokeConfig, and a queue or topic", invoke_config::lower),
    ),
    row("Events", How::Ours),
    row("FileSystemConfigs", How::Same),
    row("FunctionName", How::Same),
    row(
        "FunctionScalingConfig",
        lowered("FunctionScalingConfig of the function and its versions", plain::function_scaling),
    ),
    row("FunctionUrlConfig", lowered("AWS::Lambda::Url with its permissions", function_url::lower)),
    row("Handler", How::Same),
    row(
        "ImageConfig",
        How::Not("is for functions that are container images, and these are zip archives"),
    ),
    row("ImageUri", How::Ours),
    row("InlineCode", How::Ours),
    row("KmsKeyArn", How::Same),
    row("Layers", How::Same),
    row("LoggingConfig", How::Same),
    row("MemorySize", How::Same),
    row("PackageType", How::Ours),
    row("PermissionsBoundary", How::OfRole("PermissionsBoundary")),
    row("Policies", How::Ours),
    row("PropagateTags", lowered("Tags of what is made", plain::propagate_tags)),
    row("ProvisionedConcurrencyConfig", How::Ours),
    row("PublishToLatestPublished", How::Same),
    row("RecursiveLoop", How::Same),
    row("ReservedConcurrentExecutions", How::Same),
    row("Role", lowered("Role", plain::role)),
    row("RolePath", How::OfRole("Path")),
    row("Runtime", How::Same),
    row("RuntimeManagementConfig", How::Same),
    row("SnapStart", How::Same),
    row("SourceKMSKeyArn", lowered("Code.SourceKMSKeyArn", plain::source_kms_key)),
    row("Tags", lowered("Tags as a list, of the role too", plain::tags)),
    row("TenancyConfig", How::Same),
    row("Timeout", How::Same),
    row("Tracing", lowered("TracingConfig", plain::tracing)),
    row(
        "VersionDeletionPolicy",
        lowered("DeletionPolicy of the versions", version::deletion_policy),
    ),
    row(
        "VersionDescription",
        How::Not("is set by Skylift itself, so that a change publishes a new version"),
    ),
    row("VpcConfig", lowered("VpcConfig and a managed policy of the role", plain::vpc_config)),
];
