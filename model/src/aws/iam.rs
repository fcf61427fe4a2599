//! Calls of AWS's API, each with the IAM action that allows it and the scope of the grant. Each kind of
//! resource lists the calls of its typed client, and `codegen` generates policy statements from them.

use serde::Serialize;

/// A group of calls that a capability can be narrowed to, such as `Get` in `Reader<Orders, Get>`. The methods of a typed
/// client that make the calls of a group have the group as their bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CallGroup {
    /// Gets one object or item.
    Get,
    /// Gets many items in one request.
    BatchGet,
    /// Queries a table or an index.
    Query,
    /// Scans a table or an index.
    Scan,
    /// Lists the objects of a bucket.
    List,
    /// Puts an object or an item.
    Put,
    /// Changes attributes of an item.
    Update,
    /// Deletes an object or an item.
    Delete,
    /// Puts or deletes many items in one request.
    BatchWrite,
}

impl CallGroup {
    /// All groups, each with the name of its type in Rust.
    pub const NAMES: [(&'static str, Self); 9] = [
        ("Get", Self::Get),
        ("BatchGet", Self::BatchGet),
        ("Query", Self::Query),
        ("Scan", Self::Scan),
        ("List", Self::List),
        ("Put", Self::Put),
        ("Update", Self::Update),
        ("Delete", Self::Delete),
        ("BatchWrite", Self::BatchWrite),
    ];

    /// Returns the name of the group's type in Rust.
    #[must_use]
    pub fn name(self) -> &'static str {
        let found = Self::NAMES.into_iter().find(|(_, group)| *group == self);
        found.map_or("", |(name, _)| name)
    }

    /// Returns the group whose type has this name, and `None` if no group has it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, group)| group)
    }
}

/// A call of AWS's API that a typed client makes, with the permission that the call needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApiCall {
    /// The operation of the call, by its name in AWS's SDKs.
    pub operation: &'static str,
    /// The IAM action that allows the call.
    pub action: &'static str,
    /// The part of the resource on which the IAM action is granted.
    pub scope: GrantScope,
    /// The group of the call. `None` if capabilities of the resource cannot be narrowed.
    pub group: Option<CallGroup>,
}

impl ApiCall {
    /// Creates a call whose IAM action is granted on the resource itself.
    #[must_use]
    pub const fn new(operation: &'static str, action: &'static str) -> Self {
        Self { operation, action, scope: GrantScope::Itself, group: None }
    }

    /// Creates a call whose IAM action is granted on a part of the resource.
    #[must_use]
    pub const fn with_scope(
        operation: &'static str,
        action: &'static str,
        scope: GrantScope,
    ) -> Self {
        Self { operation, action, scope, group: None }
    }

    /// Returns the call as one of this group.
    #[must_use]
    pub const fn in_group(self, group: CallGroup) -> Self {
        Self { group: Some(group), ..self }
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
