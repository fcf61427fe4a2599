//! [`CapabilityProbe`], by which the code that the macros write finds out whether the type of a handler's parameter is a
//! capability.
// See decision 0029.

use std::marker::PhantomData;

/// Tells whether the type `T` is a capability, whatever name the source has for it. The inherent constant
/// `IS_CAPABILITY` exists only for capabilities, and takes precedence over that of [`NotACapability`].
pub struct CapabilityProbe<T>(PhantomData<T>);

/// The answer of [`CapabilityProbe`] for a type that is not a capability.
pub trait NotACapability {
    /// `false`: the type is no capability.
    const IS_CAPABILITY: bool = false;
}

impl<T> NotACapability for CapabilityProbe<T> {}
