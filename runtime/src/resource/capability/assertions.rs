//! The assertions on a handler's parameters that the macros write: a parameter that the build step took for a capability
//! is that capability, and no other parameter is one.
// See decision 0029.

use super::parameters::{
    DownloadSigner, Invoker, Publisher, Putter, ReadWriter, Reader, Sender, Starter, UploadSigner,
    Writer,
};
use crate::messages;
use crate::resource::calls::CallSet;
use crate::resource::feature::Enabled;
use crate::resource::kinds::{FeatureOf, Resource};

/// A trait that only the type `T` itself implements.
#[diagnostic::on_unimplemented(
    message = "this is not Skylift's `{T}`: another type of that name is in scope",
    label = "has the name of a capability",
    note = "help: call the other type something else, or write `skylift::` before the capability's name"
)]
pub trait SameAs<T> {}

#[diagnostic::do_not_recommend]
impl<T> SameAs<T> for T {}

// One function for each capability, without a macro: the compiler's message would show the macro.

/// Asserts that `P` is the `Reader` of `R` with the calls `C`, and that the feature of its client is enabled.
pub const fn reader<R: Resource, C: CallSet, P: SameAs<Reader<R, C>>>()
where
    FeatureOf<R>: Enabled,
{
}

/// Asserts that `P` is the `Writer` of `R` with the calls `C`, and that the feature of its client is enabled.
pub const fn writer<R: Resource, C: CallSet, P: SameAs<Writer<R, C>>>()
where
    FeatureOf<R>: Enabled,
{
}

/// Asserts that `P` is the `ReadWriter` of `R` with the calls `C`, and that the feature of its client is enabled.
pub const fn read_writer<R: Resource, C: CallSet, P: SameAs<ReadWriter<R, C>>>()
where
    FeatureOf<R>: Enabled,
{
}

/// Asserts that `P` is the `DownloadSigner` of `R`, and that the feature of its client is enabled.
pub const fn download_signer<R: Resource, P: SameAs<DownloadSigner<R>>>()
where
    FeatureOf<R>: Enabled,
{
}

/// Asserts that `P` is the `UploadSigner` of `R`, and that the feature of its client is enabled.
pub const fn upload_signer<R: Resource, P: SameAs<UploadSigner<R>>>()
where
    FeatureOf<R>: Enabled,
{
}

/// Asserts that `P` is the `Sender` of `R`, and that the feature of its client is enabled.
pub const fn sender<R: Resource, P: SameAs<Sender<R>>>()
where
    FeatureOf<R>: Enabled,
{
}

/// Asserts that `P` is the `Publisher` of `R`, and that the feature of its client is enabled.
pub const fn publisher<R: Resource, P: SameAs<Publisher<R>>>()
where
    FeatureOf<R>: Enabled,
{
}

/// Asserts that `P` is the `Putter` of `R`, and that the feature of its client is enabled.
pub const fn putter<R: Resource, P: SameAs<Putter<R>>>()
where
    FeatureOf<R>: Enabled,
{
}

/// Asserts that `P` is the `Starter` of `R`, and that the feature of its client is enabled.
pub const fn starter<R: Resource, P: SameAs<Starter<R>>>()
where
    FeatureOf<R>: Enabled,
{
}

/// Asserts that `P` is the `Invoker` of `R`, and that the feature of its client is enabled.
pub const fn invoker<R: Resource, P: SameAs<Invoker<R>>>()
where
    FeatureOf<R>: Enabled,
{
}

/// Asserts that a parameter of a handler is no capability. A capability that has another name in the source is
/// unknown to the build step, so no policy grants its permissions.
///
/// # Panics
///
/// Panics if the parameter is a capability. The macro calls this function in a constant, so the panic is a compile
/// error.
#[track_caller]
pub const fn assert_no_capability(is_capability: bool) {
    assert!(!is_capability, "{}", messages::compile::capability_under_another_name());
}
