//! The features of `skylift` that bring the clients, as types, so that a capability without its
//! feature is an error of the compiler which names the feature.

/// A feature that is on.
#[diagnostic::on_unimplemented(
    message = "this capability needs a feature of `skylift` that is not on: `{Self}`",
    label = "needs the feature `{Self}`",
    note = "help: `cargo add skylift --features` with the last name in `{Self}`"
)]
pub trait Enabled {}

macro_rules! feature {
    ($name:ident = $on:literal) => {
        #[doc = concat!("The feature `", $on, "`.")]
        // As it is written in `Cargo.toml`, and so in messages.
        #[expect(non_camel_case_types)]
        pub enum $name {}

        #[cfg(feature = $on)]
        #[diagnostic::do_not_recommend]
        impl Enabled for $name {}
    };
}

macro_rules! of_kinds {
    ($($room:ident: $Trait:ident, $feature:ident = $on:literal $(, $accepts:ident)?;)*) => {
        $(feature!($feature = $on);)*
    };
}

kinds!(of_kinds);

feature!(resume = "resume");
