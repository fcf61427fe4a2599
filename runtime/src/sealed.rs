//! [`Sealed`]: the private supertrait of the public traits that only Skylift implements.

/// A supertrait that keeps other crates from implementing a public trait of Skylift: other crates cannot name
/// `Sealed`.
pub trait Sealed {}
