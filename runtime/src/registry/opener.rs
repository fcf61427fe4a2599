//! [`Opener`]: the entry of what a function opens when it starts, a capability or the queue that it hands
//! its work over by. The rooms that open it fill in the pointer.

use std::any::TypeId;

use crate::Error;
use crate::invocation::{BoxFuture, Shared, process};

/// A capability as the registry has it: the resource, and how to open it.
pub struct Opener {
    pub(crate) resource: fn() -> TypeId,
    pub(crate) id: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) variable: &'static str,
    pub(crate) connect: Connect,
    /// Whether a function outside Lambda can do without it where its variable is not set.
    pub(crate) optional: bool,
}

/// Makes what the clients of a resource share, of what the resource goes by.
pub(crate) type Connect = fn(String) -> BoxFuture<'static, Result<Shared, Error>>;

impl Opener {
    /// The entry of what no parameter stands for, by kind, id and variable of the resource.
    pub(crate) const fn optional(
        resource: fn() -> TypeId,
        (kind, id, variable): (&'static str, &'static str, &'static str),
        connect: Connect,
    ) -> Self {
        Self { resource, id, kind, variable, connect, optional: true }
    }

    /// Whether a function does without it here.
    pub(crate) fn is_left_out(&self) -> bool {
        self.optional && process::require_variable(self.variable).is_err() && !process::is_lambda()
    }
}
