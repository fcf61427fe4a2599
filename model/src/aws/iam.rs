//! Calls of AWS's API, each with the action of IAM that allows it and what the action is granted on.
//! Kinds of resources list those of their clients, and codegen makes statements of policies of them.

/// A call of AWS's API that a typed client makes, and what has to be granted for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApiCall {
    /// The operation, as AWS's SDKs name it.
    pub operation: &'static str,
    /// The action of IAM that allows it.
    pub action: &'static str,
    /// What the action is granted on.
    pub scope: GrantScope,
}

impl ApiCall {
    /// A call on the resource itself.
    #[must_use]
    pub const fn new(operation: &'static str, action: &'static str) -> Self {
        Self { operation, action, scope: GrantScope::Itself }
    }

    /// A call on a part of the resource.
    #[must_use]
    pub const fn with_scope(
        operation: &'static str,
        action: &'static str,
        scope: GrantScope,
    ) -> Self {
        Self { operation, action, scope }
    }
}

/// What of a resource a statement is about: parts have ARNs of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GrantScope {
    /// The resource: a bucket, a table, a queue.
    Itself,
    /// The objects of a bucket.
    Objects,
    /// The indexes of a table, each by its name.
    Indexes,
}

impl GrantScope {
    /// The whole of a resource, part by part.
    pub const ALL: [Self; 3] = [Self::Itself, Self::Objects, Self::Indexes];
}
