//! The Cargo features of `skylift` that bring the typed clients, as types. With them, a capability whose
//! feature is not enabled is a compile error that names the feature.

use crate::sealed::Sealed;

/// A Cargo feature of `skylift` that is enabled. Only Skylift implements this trait.
#[diagnostic::on_unimplemented(
    message = "this capability needs a feature of `skylift` that is not on: `{Self}`",
    label = "needs the feature `{Self}`",
    note = "help: run `cargo add skylift --features …`, with the last name in `{Self}`"
)]
pub trait Enabled: Sealed {}

macro_rules! define_feature {
    ($name:ident = $on:literal) => {
        #[doc = concat!("The feature `", $on, "`.")]
        // Spelled as in `Cargo.toml`: the compiler shows this name in its message.
        #[expect(non_camel_case_types)]
        pub enum $name {}

        impl Sealed for $name {}

        #[cfg(feature = $on)]
        #[diagnostic::do_not_recommend]
        impl Enabled for $name {}
    };
}

macro_rules! define_features {
    ($($kind:ident: $Trait:ident, $feature:ident = $on:literal $(, $accepts:ident)?;)*) => {
        $(define_feature!($feature = $on);)*
    };
}

for_each_kind!(define_features);
