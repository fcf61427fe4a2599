//! What the macros prove of types: that a parameter which the build step took for a capability is
//! that capability, and that no other parameter is one.

use super::parameters::{Invoker, Publisher, Putter, ReadWriter, Reader, Sender, Writer};
use crate::resource::feature::Enabled;
use crate::resource::kinds::{FeatureOf, Resource};

/// The type itself.
#[diagnostic::on_unimplemented(
    message = "this is not Skylift's `{T}`: another type of that name is in scope",
    label = "goes by the name of a capability",
    note = "help: call the other type something else, or write `skylift::` before the capability's name"
)]
pub trait Is<T> {}

#[diagnostic::do_not_recommend]
impl<T> Is<T> for T {}

// A function for each capability, written out: a macro's would have the compiler show the macro.

/// Compiles where `P` is the `Reader` of `R`, and the client is compiled in.
pub const fn reader<R: Resource, P: Is<Reader<R>>>()
where
    FeatureOf<R>: Enabled,
{
}

/// Compiles where `P` is the `Writer` of `R`, and the client is compiled in.
pub const fn writer<R: Resource, P: Is<Writer<R>>>()
where
    FeatureOf<R>: Enabled,
{
}

/// Compiles where `P` is the `ReadWriter` of `R`, and the client is compiled in.
pub const fn read_writer<R: Resource, P: Is<ReadWriter<R>>>()
where
    FeatureOf<R>: Enabled,
{
}

/// Compiles where `P` is the `Sender` of `R`, and the client is compiled in.
pub const fn sender<R: Resource, P: Is<Sender<R>>>()
where
    FeatureOf<R>: Enabled,
{
}

/// Compiles where `P` is the `Publisher` of `R`, and the client is compiled in.
pub const fn publisher<R: Resource, P: Is<Publisher<R>>>()
where
    FeatureOf<R>: Enabled,
{
}

/// Compiles where `P` is the `Putter` of `R`, and the client is compiled in.
pub const fn putter<R: Resource, P: Is<Putter<R>>>()
where
    FeatureOf<R>: Enabled,
{
}

/// Compiles where `P` is the `Invoker` of `R`, and the client is compiled in.
pub const fn invoker<R: Resource, P: Is<Invoker<R>>>()
where
    FeatureOf<R>: Enabled,
{
}
