//! A CloudFormation resource of a stack, as typed data.

use skylift_model::aws::node::Map;

use super::IdOwner;

/// A CloudFormation resource of a stack.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Resource {
    /// The logical id of the resource.
    pub(crate) id: String,
    /// The CloudFormation type of the resource, such as `AWS::Lambda::Function`.
    pub(crate) kind: &'static str,
    /// The part of the application that the resource belongs to.
    pub(crate) owner: IdOwner,
    /// Whether CloudFormation retains the resource when it is removed from its stack; `None` for CloudFormation's
    /// default.
    pub(crate) retention: Option<Retention>,
    /// The condition under which CloudFormation creates the resource; `None` if it always does.
    pub(crate) condition: Option<String>,
    /// The ids of resources that must exist before this one, apart from those that `properties` refers to.
    pub(crate) depends_on: Vec<String>,
    pub(crate) properties: Map,
    /// The `UpdatePolicy` of the resource, which only an alias has.
    pub(crate) update_policy: Option<Map>,
}

/// What CloudFormation does with a resource that is removed from its stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Retention {
    Retain,
    Delete,
}

impl Retention {
    /// Returns CloudFormation's word for the decision, such as `Retain`.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Retain => "Retain",
            Self::Delete => "Delete",
        }
    }
}

impl Resource {
    /// Creates a resource with these properties, without a condition, dependencies or policies.
    pub(crate) fn new(
        id: impl Into<String>,
        kind: &'static str,
        owner: IdOwner,
        properties: Map,
    ) -> Self {
        Self {
            id: id.into(),
            kind,
            owner,
            retention: None,
            condition: None,
            depends_on: Vec::new(),
            properties,
            update_policy: None,
        }
    }
}
