//! The marker types that say what the client of a bucket or a table may do. A client has the reading methods only if
//! its marker allows reading, and the writing methods only if its marker allows writing. The marker can be narrowed to
//! calls: then the client has the methods that make these calls.

use std::marker::PhantomData;

use super::calls::{
    AllCalls, Answer, BatchGet, BatchWrite, CallSet, Delete, Get, IsYes, List, Put, Query, Scan,
    Update,
};
use crate::sealed::Sealed;

/// What the client of a bucket or a table may do: [`ReadAccess`], [`WriteAccess`] or [`ReadWriteAccess`]; and of a bucket
/// [`SignDownloadAccess`] or [`SignUploadAccess`].
pub trait Access: Sealed + Send + Sync + 'static {
    /// Whether a client with this access may list the objects of a bucket.
    #[doc(hidden)]
    const LISTS: bool = false;
}

/// Only reading, with the calls `C`.
pub struct ReadAccess<C = AllCalls>(PhantomData<fn() -> C>);

/// Only writing, with the calls `C`.
pub struct WriteAccess<C = AllCalls>(PhantomData<fn() -> C>);

/// Reading and writing, with the calls `C`.
pub struct ReadWriteAccess<C = AllCalls>(PhantomData<fn() -> C>);

/// Only signing URLs for downloads.
pub enum SignDownloadAccess {}

/// Only signing URLs and forms for uploads.
pub enum SignUploadAccess {}

impl<C: CallSet> Sealed for ReadAccess<C> {}
impl<C: CallSet> Sealed for WriteAccess<C> {}
impl<C: CallSet> Sealed for ReadWriteAccess<C> {}
impl Sealed for SignDownloadAccess {}
impl Sealed for SignUploadAccess {}

impl<C: CallSet> Access for ReadAccess<C> {
    const LISTS: bool = <C::List as Answer>::IS_YES;
}
impl<C: CallSet> Access for WriteAccess<C> {}
impl<C: CallSet> Access for ReadWriteAccess<C> {
    const LISTS: bool = <C::List as Answer>::IS_YES;
}
impl Access for SignDownloadAccess {}
impl Access for SignUploadAccess {}

/// An access that includes reading with the call `Call`.
#[diagnostic::on_unimplemented(
    message = "this capability does not read with `{Call}`",
    label = "reads what this capability may not read",
    note = "help: take a `Reader<…>` or a `ReadWriter<…>`; if the capability names its calls, add `{Call}` to them"
)]
pub trait CanRead<Call>: Access {}

/// An access that includes writing with the call `Call`.
#[diagnostic::on_unimplemented(
    message = "this capability does not write with `{Call}`",
    label = "writes what this capability may not write",
    note = "help: take a `Writer<…>` or a `ReadWriter<…>`; if the capability names its calls, add `{Call}` to them"
)]
pub trait CanWrite<Call>: Access {}

/// Implements the traits for calls: for each access that has the call, if it is not narrowed to others.
macro_rules! allow_calls {
    ($($Trait:ident<$Call:ident> for $Access:ident;)*) => {
        $(
            #[diagnostic::do_not_recommend]
            impl<C: CallSet> $Trait<$Call> for $Access<C> where C::$Call: IsYes {}

            #[diagnostic::do_not_recommend]
            impl<C: CallSet> $Trait<$Call> for ReadWriteAccess<C> where C::$Call: IsYes {}
        )*
    };
}

allow_calls! {
    CanRead<Get> for ReadAccess;
    CanRead<BatchGet> for ReadAccess;
    CanRead<Query> for ReadAccess;
    CanRead<Scan> for ReadAccess;
    CanRead<List> for ReadAccess;
    CanWrite<Put> for WriteAccess;
    CanWrite<Update> for WriteAccess;
    CanWrite<Delete> for WriteAccess;
    CanWrite<BatchWrite> for WriteAccess;
}

/// An access that includes signing URLs for downloads.
#[diagnostic::on_unimplemented(
    message = "this capability does not sign URLs for downloads",
    label = "signs what this capability may not sign",
    note = "help: take a `DownloadSigner<…>`, a `Reader<…>` or a `ReadWriter<…>`; if the capability names its calls, add \
            `Get` to them"
)]
pub trait CanSignDownload: Access {}

/// An access that includes signing URLs and forms for uploads.
#[diagnostic::on_unimplemented(
    message = "this capability does not sign URLs or forms for uploads",
    label = "signs what this capability may not sign",
    note = "help: take an `UploadSigner<…>`, a `Writer<…>` or a `ReadWriter<…>`; if the capability names its calls, add \
            `Put` to them"
)]
pub trait CanSignUpload: Access {}

#[diagnostic::do_not_recommend]
impl<C: CallSet> CanSignDownload for ReadAccess<C> where C::Get: IsYes {}
#[diagnostic::do_not_recommend]
impl<C: CallSet> CanSignDownload for ReadWriteAccess<C> where C::Get: IsYes {}
#[diagnostic::do_not_recommend]
impl CanSignDownload for SignDownloadAccess {}
#[diagnostic::do_not_recommend]
impl<C: CallSet> CanSignUpload for WriteAccess<C> where C::Put: IsYes {}
#[diagnostic::do_not_recommend]
impl<C: CallSet> CanSignUpload for ReadWriteAccess<C> where C::Put: IsYes {}
#[diagnostic::do_not_recommend]
impl CanSignUpload for SignUploadAccess {}
