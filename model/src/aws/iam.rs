//! Calls of AWS's API, each with the IAM action that allows it and the scope of the grant. Each kind of
//! resource lists the calls of its typed client, and `codegen` generates policy statements from them.

/// A call of AWS's API that a typed client makes, with the permission that the call needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApiCall {
    /// The operation of the call, by its name in AWS's SDKs.
    pub operation: &'static str,
    /// The IAM action that allows the call.
    pub action: &'static str,
    /// The part of the resource on which the IAM action is granted.
    pub scope: GrantScope,
}

impl ApiCall {
    /// Creates a call whose IAM action is granted on the resource itself.
    #[must_use]
    pub const fn new(operation: &'static str, action: &'static str) -> Self {
        Self { operation, action, scope: GrantScope::Itself }
    }

    /// Creates a call whose IAM action is granted on a part of the resource.
    #[must_use]
    pub const fn with_scope(
        operation: &'static str,
        action: &'static str,
        scope: GrantScope,
    ) -> Self {
        Self { operation, action, scope }
    }
}

/// The part of a resource on which an IAM action is granted. Each part has its own ARNs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GrantScope {
    /// The resource itself: a bucket, a table, a queue.
    Itself,
    /// The objects of a bucket.
    Objects,
    /// The indexes of a table. Each index has its own ARN with the index's name.
    Indexes,
}

impl GrantScope {
    /// All parts of a resource.
    pub const ALL: [Self; 3] = [Self::Itself, Self::Objects, Self::Indexes];
}
