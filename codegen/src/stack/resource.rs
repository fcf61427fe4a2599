//! One resource of a stack.

use skylift_model::aws::node::Map;

use super::Part;

/// A resource, as CloudFormation takes it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Resource {
    /// Its logical id.
    pub(crate) id: String,
    /// Its type: `AWS::Lambda::Function`.
    pub(crate) kind: &'static str,
    /// What it is to the application.
    pub(crate) part: Part,
    /// What becomes of it when its stack no longer has it, where that is said.
    pub(crate) retention: Option<Retention>,
    /// The condition under which it is there.
    pub(crate) condition: Option<String>,
    /// What it has to wait for beside what its properties refer to.
    pub(crate) depends_on: Vec<String>,
    pub(crate) properties: Map,
    /// How CloudFormation updates it, where that is said.
    pub(crate) update_policy: Option<Map>,
}

/// What becomes of a resource when its stack no longer has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Retention {
    Retain,
    Delete,
}

impl Retention {
    /// As CloudFormation writes it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Retain => "Retain",
            Self::Delete => "Delete",
        }
    }
}

impl Resource {
    /// A resource with these properties, of which nothing more is said.
    pub(crate) fn new(
        id: impl Into<String>,
        kind: &'static str,
        part: Part,
        properties: Map,
    ) -> Self {
        Self {
            id: id.into(),
            kind,
            part,
            retention: None,
            condition: None,
            depends_on: Vec::new(),
            properties,
            update_policy: None,
        }
    }
}
