//! [`Opener`]: the entry of a connection that a function opens when it starts: that of a capability, or that of
//! the queue to which the function hands over its work. The modules that open connections fill in the function
//! pointer.

use std::any::TypeId;

use super::guarded_keys::GuardedKeys;
use crate::Error;
use crate::invocation::{BoxFuture, Shared, process};

/// A connection that a function opens when it starts: the resource, and how to connect to it.
pub struct Opener {
    /// Returns the type that the resource is declared on.
    pub(crate) resource: fn() -> TypeId,
    /// The logical id of the resource, for messages.
    pub(crate) id: &'static str,
    /// The kind of the resource, for messages.
    pub(crate) kind: &'static str,
    /// The environment variable with the name, the URL or the ARN of the resource.
    pub(crate) variable: &'static str,
    /// Makes the connection.
    pub(crate) connect: Connect,
    /// The keys that the typed client of the resource does not write.
    pub(crate) guarded: &'static [GuardedKeys],
    /// Returns the guarded keys in the form in which the typed client finds them. `None` if the connection has no
    /// typed client.
    pub(crate) share_guarded: Option<ShareGuarded>,
    /// Whether a function outside Lambda works without this connection if the environment variable is not set.
    pub(crate) optional: bool,
}

/// Makes the connection that all clients of a resource share. Takes the value of the resource's environment
/// variable.
pub(crate) type Connect = fn(String) -> BoxFuture<'static, Result<Shared, Error>>;

/// Returns guarded keys in the form in which a typed client finds them.
pub(crate) type ShareGuarded = fn(&'static [GuardedKeys]) -> Shared;

impl Opener {
    /// Adds the keys that the typed client of the resource does not write.
    #[must_use]
    pub const fn guard(self, keys: &'static [GuardedKeys]) -> Self {
        Self { guarded: keys, ..self }
    }

    /// Makes the opener of a connection that is no parameter of the handler, and without which a function
    /// outside Lambda works. `(kind, id, variable)` describe the resource.
    pub(crate) const fn optional(
        resource: fn() -> TypeId,
        (kind, id, variable): (&'static str, &'static str, &'static str),
        connect: Connect,
    ) -> Self {
        Self {
            resource,
            id,
            kind,
            variable,
            connect,
            guarded: &[],
            share_guarded: None,
            optional: true,
        }
    }

    /// Returns whether this process does not open the connection, because it is optional and its environment
    /// variable is not set outside Lambda.
    pub(crate) fn is_left_out(&self) -> bool {
        self.optional && process::require_variable(self.variable).is_err() && !process::is_lambda()
    }
}
