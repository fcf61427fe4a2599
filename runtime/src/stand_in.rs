//! Stand-ins for the names of a Cargo feature that is not on, so that an import of them is no error: the only error is
//! then that of the macro which needs the feature.

/// Defines stand-ins for types. A type with parameters has a field for each of them.
#[allow(unused_macros, reason = "with all features, nothing needs a stand-in")]
macro_rules! stand_ins {
    ($($Name:ident $(<$($T:ident $(= $default:ty)?),*>)?),* $(,)?) => {$(
        /// Stands for a type of a feature that is not on.
        #[allow(non_snake_case, dead_code, reason = "a stand-in has no values")]
        pub struct $Name $(<$($T $(= $default)?),*>)? {
            $($($T: std::marker::PhantomData<$T>,)*)?
            never: std::convert::Infallible,
        }
    )*};
}

#[allow(unused_imports, reason = "with all features, nothing needs a stand-in")]
pub(crate) use stand_ins;

/// Stands for the macro `metric!` if the feature `metrics` is not on.
#[cfg(not(feature = "metrics"))]
#[doc(hidden)]
#[macro_export]
macro_rules! metric {
    ($($arguments:tt)*) => {
        ::core::compile_error!(
            "`metric!` needs the feature `metrics` of `skylift`, which is not on\n\nhelp: run `cargo add skylift --features metrics`"
        )
    };
}
