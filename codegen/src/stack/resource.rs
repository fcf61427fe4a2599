//! One CloudFormation resource of a stack.

use skylift_model::aws::node::Map;

use super::IdOwner;

/// A CloudFormation resource.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Resource {
    /// Its logical id.
    pub(crate) id: String,
    /// Its type: `AWS::Lambda::Function`.
    pub(crate) kind: &'static str,
    /// The owner of its id.
    pub(crate) owner: IdOwner,
    /// Whether it is retained when it is removed from its stack, if that is set.
    pub(crate) retention: Option<Retention>,
    /// The condition under which it exists.
    pub(crate) condition: Option<String>,
    /// The ids of resources that must exist first, apart from those that its properties refer to.
    pub(crate) depends_on: Vec<String>,
    pub(crate) properties: Map,
    /// Its `UpdatePolicy`, if it has one.
    pub(crate) update_policy: Option<Map>,
}

/// What happens to a resource when it is removed from its stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Retention {
    Retain,
    Delete,
}

impl Retention {
    /// Returns CloudFormation's word for it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Retain => "Retain",
            Self::Delete => "Delete",
        }
    }
}

impl Resource {
    /// Creates a resource with these properties and no other settings.
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
