//! The resources that SAM generates from a function's properties, each with its purpose for the function.

use skylift_model::aws::node::{Map, Node};

use crate::stack::merge_tags;

/// A resource that SAM generates from a property of a function.
#[derive(Debug)]
pub(crate) struct SamResource {
    /// The logical id that SAM gives to the resource.
    pub(crate) id: String,
    /// The purpose of the resource for the function.
    pub(crate) purpose: SamResourcePurpose,
    /// The CloudFormation type of the resource, such as `AWS::Lambda::Url`.
    pub(crate) kind: &'static str,
    pub(crate) properties: Map,
    /// The ids of resources that must exist before this one, apart from those that `properties` refers to.
    pub(crate) depends_on: Vec<String>,
    /// The condition under which CloudFormation creates the resource; `None` if it always does.
    pub(crate) condition: Option<String>,
}

impl SamResource {
    /// Creates a resource with these properties, without a condition or dependencies.
    pub(super) fn new(
        purpose: SamResourcePurpose,
        id: impl Into<String>,
        kind: &'static str,
        properties: Map,
    ) -> Self {
        Self { id: id.into(), purpose, kind, properties, depends_on: Vec::new(), condition: None }
    }

    /// Adds the tags that another function gives to the same resource, which both functions share.
    /// A tag of `other` replaces the tag with the same key.
    pub(crate) fn add_tags_of(&mut self, other: &Self) {
        let further = listed_tags(&other.properties);
        if !further.is_empty() {
            self.properties.set("Tags", merge_tags(listed_tags(&self.properties), further));
        }
    }
}

/// Returns the tags in the properties of a resource; an empty list if it has none.
fn listed_tags(properties: &Map) -> &[Node] {
    match properties.get("Tags") {
        Some(Node::Seq(tags)) => tags,
        _ => &[],
    }
}

/// The purpose of a generated resource for its function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SamResourcePurpose {
    /// The settings of asynchronous invocations.
    InvokeConfig,
    /// A queue or a topic that receives the results of asynchronous invocations.
    Destination,
    /// The function URL.
    Url,
    /// A permission to call the public function URL.
    UrlPermission,
    /// The deployment group, which moves traffic between versions.
    DeploymentGroup,
    /// The CodeDeploy application of all deployment groups of the stack.
    DeploymentApplication,
    /// The role of all deployment groups of the stack for which the user set none.
    DeploymentRole,
}

impl SamResourcePurpose {
    /// Describes the resource for messages, with an article, as the beginning of `… of function`.
    pub(crate) const fn describe(self) -> &'static str {
        match self {
            Self::InvokeConfig => "the invoke configuration",
            Self::Destination => "a destination",
            Self::Url | Self::UrlPermission => "the function URL",
            Self::DeploymentGroup => "the deployment group",
            Self::DeploymentApplication => "the CodeDeploy application",
            Self::DeploymentRole => "the role of CodeDeploy",
        }
    }

    /// Returns whether all functions of the stack share one resource of this purpose.
    pub(crate) const fn is_shared(self) -> bool {
        matches!(self, Self::DeploymentApplication | Self::DeploymentRole)
    }
}
