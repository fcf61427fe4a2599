//! Whether a parameter is a capability, whatever it is called where it is written.

use std::marker::PhantomData;

/// Finds out whether a type is a capability, whatever it is called where it is written: the inherent
/// constants exist only for capabilities, and win over the trait's.
pub struct CapabilityProbe<T>(PhantomData<T>);

/// What [`CapabilityProbe`] falls back on.
pub trait Plain {
    /// It is no capability.
    const IS: bool = false;
}

impl<T> Plain for CapabilityProbe<T> {}

/// Compiles where the parameter is no capability: one that goes by another name, the build step has
/// not seen, and no policy grants.
///
/// # Panics
///
/// Where it is a capability; while it is compiled, which makes that a message of the compiler.
#[track_caller]
pub const fn plain(is_capability: bool) {
    assert!(
        !is_capability,
        "this is a capability under another name, which the build step does not know: write \
         `Reader`, `Writer`, `ReadWriter`, `Sender`, `Publisher`, `Putter` or `Invoker`, and the \
         resource's own name"
    );
}
