//! [`Sealed`]: the private supertrait of the public traits that only Skylift implements.

/// Keeps other crates from implementing a trait: they cannot name this one.
pub trait Sealed {}
