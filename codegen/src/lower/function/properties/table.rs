//! The table of all properties of `AWS::Serverless::Function`, and how plain CloudFormation supports each. A test
//! compares the names with those of aws-sam-translator.

use skylift_model::aws::node::Node;

use super::state::PropertyLowering;
use super::{deployment, file_systems, function_url, invoke_config, plain, version};
use crate::messages::ONLY_FOR_IMAGES;

/// A row of the table: a property of `AWS::Serverless::Function`.
#[derive(Debug)]
pub(crate) struct PropertyRow {
    /// The name of the property in SAM.
    pub(crate) name: &'static str,
    /// How plain CloudFormation supports the property.
    pub(crate) support: PropertySupport,
}

/// A function that lowers the value of a SAM property and adds the result to the state.
type LowerProperty = fn(&Node, &mut PropertyLowering<'_>);

/// How plain CloudFormation supports a SAM property.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PropertySupport {
    /// `AWS::Lambda::Function` has a property with the same name and form.
    Same,
    /// A function of this module converts the property.
    Lowered {
        /// What the property becomes in plain CloudFormation, in words for people.
        to: &'static str,
        /// The function that converts the property.
        by: LowerProperty,
    },
    /// The property becomes the property of the role with this name.
    RoleProperty(&'static str),
    /// Only Skylift may set the property; it is an error under the user's `properties`.
    SkyliftOnly,
    /// The property changes how SAM works, and plain CloudFormation does not need it. The text says what happens in
    /// plain CloudFormation instead.
    NotNeeded(&'static str),
    /// Plain CloudFormation does not support the property. The text is the reason: the end of a sentence that
    /// begins with the property.
    Unsupported(&'static str),
}

impl PropertySupport {
    /// Describes, in words for people, how plain CloudFormation supports the property.
    pub(crate) fn describe(self) -> String {
        match self {
            Self::Same => "the same".to_owned(),
            Self::Lowered { to, .. } => to.to_owned(),
            Self::RoleProperty(property) => format!("{property} of the role"),
            Self::SkyliftOnly => "set by Skylift alone".to_owned(),
            Self::NotNeeded(instead) => format!("not needed: {instead}"),
            Self::Unsupported(reason) => format!("not supported: it {reason}"),
        }
    }
}

/// Describes a property that the function `by` lowers; `to` says in words for people what the property becomes.
const fn lowered_by(to: &'static str, by: LowerProperty) -> PropertySupport {
    PropertySupport::Lowered { to, by }
}

/// Creates the row of the property `name`.
const fn row(name: &'static str, support: PropertySupport) -> PropertyRow {
    PropertyRow { name, support }
}

/// One row for each property of `AWS::Serverless::Function`, in alphabetical order.
pub(crate) const TABLE: &[PropertyRow] = &[
    row("Architectures", PropertySupport::Same),
    row("AssumeRolePolicyDocument", PropertySupport::RoleProperty("AssumeRolePolicyDocument")),
    row("AutoPublishAlias", lowered_by("AWS::Lambda::Alias", version::check_alias)),
    row(
        "AutoPublishAliasAllProperties",
        PropertySupport::NotNeeded("every changed setting publishes a new version"),
    ),
    row("AutoPublishCodeSha256", lowered_by("the end of Description", plain::lower_code_sha256)),
    row(
        "CapacityProviderConfig",
        lowered_by("the parts that CloudFormation has", plain::lower_capacity_provider),
    ),
    row("CodeSigningConfigArn", PropertySupport::Same),
    row("CodeUri", PropertySupport::SkyliftOnly),
    row("DeadLetterQueue", lowered_by("DeadLetterConfig", plain::lower_dead_letter_queue)),
    row(
        "DeploymentPreference",
        lowered_by(
            "AWS::CodeDeploy::DeploymentGroup and the alias's UpdatePolicy",
            deployment::lower_deployment_preference,
        ),
    ),
    row("Description", lowered_by("Description", plain::lower_description)),
    row(
        "DurableConfig",
        lowered_by("DurableConfig and a managed policy of the role", plain::lower_durable_config),
    ),
    row("Environment", PropertySupport::Same),
    row("EphemeralStorage", PropertySupport::Same),
    row(
        "EventInvokeConfig",
        lowered_by(
            "AWS::Lambda::EventInvokeConfig, and a queue or topic",
            invoke_config::lower_invoke_config,
        ),
    ),
    row("Events", PropertySupport::SkyliftOnly),
    row(
        "FileSystemConfigs",
        lowered_by(
            "FileSystemConfigs and statements of the role",
            file_systems::lower_file_systems,
        ),
    ),
    row("FunctionName", PropertySupport::Same),
    row(
        "FunctionScalingConfig",
        lowered_by(
            "FunctionScalingConfig of the function and its versions",
            plain::lower_function_scaling,
        ),
    ),
    row(
        "FunctionUrlConfig",
        lowered_by("AWS::Lambda::Url with its permissions", function_url::lower_function_url),
    ),
    row("Handler", PropertySupport::Same),
    row("ImageConfig", PropertySupport::Unsupported(ONLY_FOR_IMAGES)),
    row("ImageUri", PropertySupport::SkyliftOnly),
    row("InlineCode", PropertySupport::SkyliftOnly),
    row("KmsKeyArn", PropertySupport::Same),
    row("Layers", PropertySupport::Same),
    row("LoggingConfig", PropertySupport::Same),
    row("MemorySize", PropertySupport::Same),
    row("PackageType", PropertySupport::SkyliftOnly),
    row("PermissionsBoundary", PropertySupport::RoleProperty("PermissionsBoundary")),
    row("Policies", PropertySupport::SkyliftOnly),
    row("PropagateTags", lowered_by("Tags of generated resources", plain::check_propagate_tags)),
    row("ProvisionedConcurrencyConfig", PropertySupport::SkyliftOnly),
    row("PublishToLatestPublished", PropertySupport::Same),
    row("RecursiveLoop", PropertySupport::Same),
    row("ReservedConcurrentExecutions", PropertySupport::Same),
    row("Role", lowered_by("Role", plain::lower_role)),
    row("RolePath", PropertySupport::RoleProperty("Path")),
    row("Runtime", PropertySupport::Same),
    row("RuntimeManagementConfig", PropertySupport::Same),
    row("SnapStart", PropertySupport::Same),
    row("SourceKMSKeyArn", lowered_by("Code.SourceKMSKeyArn", plain::lower_source_kms_key)),
    row("Tags", lowered_by("Tags as a list, of the role too", plain::lower_tags)),
    row("TenancyConfig", PropertySupport::Same),
    row("Timeout", PropertySupport::Same),
    row("Tracing", lowered_by("TracingConfig", plain::lower_tracing)),
    row(
        "VersionDeletionPolicy",
        lowered_by("DeletionPolicy of the versions", version::lower_deletion_policy),
    ),
    row(
        "VersionDescription",
        lowered_by("Description of the versions", version::lower_description),
    ),
    row(
        "VpcConfig",
        lowered_by("VpcConfig and a managed policy of the role", plain::lower_vpc_config),
    ),
];
