//! Capabilities: the parameters by which a handler says what it does with a resource. Each capability is opened when
//! its function starts, and dereferences to the typed client of the resource's kind.

pub(crate) mod assertions;
pub(crate) mod open;
pub(crate) mod parameters;
pub(crate) mod probe;
#[cfg(test)]
mod tests;
