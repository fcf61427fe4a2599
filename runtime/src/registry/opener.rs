//! [`Opener`]: the entry of something that a function opens when it starts: a capability, or the queue to
//! which it hands over its work. The modules that open it fill in the function pointer.

use std::any::TypeId;

use crate::Error;
use crate::invocation::{BoxFuture, Shared, process};

/// What a function opens when it starts: the resource, and how to connect to it.
pub struct Opener {
    pub(crate) resource: fn() -> TypeId,
    pub(crate) id: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) variable: &'static str,
    pub(crate) connect: Connect,
    /// Whether a function outside Lambda works without it if its variable is not set.
    pub(crate) optional: bool,
}

/// Makes the connection that the clients of a resource share, from the value of the resource's variable.
pub(crate) type Connect = fn(String) -> BoxFuture<'static, Result<Shared, Error>>;

impl Opener {
    /// An opener for something that is not a parameter of the handler, by kind, id and variable of the
    /// resource.
    pub(crate) const fn optional(
        resource: fn() -> TypeId,
        (kind, id, variable): (&'static str, &'static str, &'static str),
        connect: Connect,
    ) -> Self {
        Self { resource, id, kind, variable, connect, optional: true }
    }

    /// Whether this process works without it.
    pub(crate) fn is_left_out(&self) -> bool {
        self.optional && process::require_variable(self.variable).is_err() && !process::is_lambda()
    }
}
