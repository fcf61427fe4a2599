//! Capabilities: the parameters by which a handler says what it does with a resource. Each is opened
//! when its function starts, and leads to the typed client of the resource's kind.

pub(crate) mod opened;
pub(crate) mod parameters;
pub(crate) mod probe;
pub(crate) mod proof;
#[cfg(test)]
mod tests;
