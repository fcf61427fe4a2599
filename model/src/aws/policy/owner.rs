//! What a policy belongs to. It decides which keys the statements need and refuse.

/// The keys with principals.
pub(super) const PRINCIPAL: [&str; 2] = ["Principal", "NotPrincipal"];
/// The keys with actions.
pub(super) const ACTION: [&str; 2] = ["Action", "NotAction"];
/// The keys with resources.
pub(super) const RESOURCE: [&str; 2] = ["Resource", "NotResource"];

/// What a policy belongs to, which decides the keys of its statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyOwner {
    /// A role, a user or a group: the policy says what it may do.
    Identity,
    /// A role: the policy says who may assume it.
    Trust,
    /// A resource such as a queue: the policy says who may use it.
    Resource,
    /// Not known.
    Unknown,
}

impl PolicyOwner {
    /// Returns the keys that a statement needs, one key of each list.
    pub(super) fn required(self) -> Vec<&'static [&'static str]> {
        let mut keys: Vec<&[&str]> = vec![&["Effect"]];
        match self {
            Self::Identity => keys.extend([ACTION.as_slice(), RESOURCE.as_slice()]),
            Self::Trust | Self::Resource => {
                keys.extend([PRINCIPAL.as_slice(), ACTION.as_slice()]);
            }
            Self::Unknown => {}
        }
        keys
    }

    /// Returns whether a statement cannot have the key.
    pub(super) fn refuses(self, key: &str) -> bool {
        match self {
            Self::Identity => PRINCIPAL.contains(&key),
            Self::Trust => RESOURCE.contains(&key),
            Self::Resource | Self::Unknown => false,
        }
    }
}
