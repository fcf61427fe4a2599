//! The resources that SAM makes of a function's properties, each with what it is to the function.

use skylift_model::aws::node::{Map, Node};

use crate::stack::merge_tags;

/// A resource that SAM makes of a property.
#[derive(Debug)]
pub(crate) struct Made {
    /// Its logical id: SAM's own.
    pub(crate) id: String,
    /// What it is.
    pub(crate) what: What,
    /// Its type: `AWS::Lambda::Url`.
    pub(crate) kind: &'static str,
    pub(crate) properties: Map,
    /// The resources that it waits for, apart from those that its properties refer to.
    pub(crate) depends_on: Vec<String>,
    /// The condition under which it exists.
    pub(crate) condition: Option<String>,
}

impl Made {
    /// A resource with these properties.
    pub(super) fn new(
        what: What,
        id: impl Into<String>,
        kind: &'static str,
        properties: Map,
    ) -> Self {
        Self { id: id.into(), what, kind, properties, depends_on: Vec::new(), condition: None }
    }

    /// Adds the tags of another function that shares the resource; a later value of a key replaces an earlier
    /// one.
    pub(crate) fn add_tags_of(&mut self, other: &Self) {
        let further = tags(&other.properties);
        if !further.is_empty() {
            self.properties.set("Tags", merge_tags(tags(&self.properties), further));
        }
    }
}

fn tags(properties: &Map) -> &[Node] {
    match properties.get("Tags") {
        Some(Node::Seq(tags)) => tags,
        _ => &[],
    }
}

/// What a resource is to the function of whose properties it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// How Lambda treats asynchronous invocations.
    InvokeConfig,
    /// A queue or a topic that gets the outcomes of asynchronous invocations.
    Destination,
    /// The function URL.
    Url,
    /// What lets anybody call the function URL.
    UrlPermission,
    /// How versions take over from each other.
    DeploymentGroup,
    /// The application of all deployment groups of the stack.
    DeploymentApplication,
    /// The role of all deployment groups of the stack that have no other.
    DeploymentRole,
}

impl What {
    /// For people, as the subject of `… of function`.
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

    /// Whether all functions of the stack have one together, under one id.
    pub(crate) const fn is_shared(self) -> bool {
        matches!(self, Self::DeploymentApplication | Self::DeploymentRole)
    }
}
