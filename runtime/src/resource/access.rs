//! The marker types that say what the client of a bucket or a table may do. A client has the reading methods only if
//! its marker allows reading, and the writing methods only if its marker allows writing.

use crate::sealed::Sealed;

/// What the client of a bucket or a table may do: [`ReadAccess`], [`WriteAccess`] or [`ReadWriteAccess`]; and of a bucket
/// [`SignDownloadAccess`] or [`SignUploadAccess`].
pub trait Access: Sealed + Send + Sync + 'static {}

/// Only reading.
pub enum ReadAccess {}

/// Only writing.
pub enum WriteAccess {}

/// Reading and writing.
pub enum ReadWriteAccess {}

/// Only signing URLs for downloads.
pub enum SignDownloadAccess {}

/// Only signing URLs and forms for uploads.
pub enum SignUploadAccess {}

impl Sealed for ReadAccess {}
impl Sealed for WriteAccess {}
impl Sealed for ReadWriteAccess {}

impl Sealed for SignDownloadAccess {}
impl Sealed for SignUploadAccess {}

impl Access for ReadAccess {}
impl Access for WriteAccess {}
impl Access for ReadWriteAccess {}
impl Access for SignDownloadAccess {}
impl Access for SignUploadAccess {}

/// An access that includes reading.
#[diagnostic::on_unimplemented(
    message = "this capability does not read",
    label = "reads what this capability may not read",
    note = "help: take a `Reader<…>` or a `ReadWriter<…>`"
)]
pub trait CanRead: Access {}

/// An access that includes writing.
#[diagnostic::on_unimplemented(
    message = "this capability does not write",
    label = "writes what this capability may not write",
    note = "help: take a `Writer<…>` or a `ReadWriter<…>`"
)]
pub trait CanWrite: Access {}

#[diagnostic::do_not_recommend]
impl CanRead for ReadAccess {}
#[diagnostic::do_not_recommend]
impl CanRead for ReadWriteAccess {}
#[diagnostic::do_not_recommend]
impl CanWrite for WriteAccess {}
#[diagnostic::do_not_recommend]
impl CanWrite for ReadWriteAccess {}

/// An access that includes signing URLs for downloads.
#[diagnostic::on_unimplemented(
    message = "this capability does not sign URLs for downloads",
    label = "signs what this capability may not sign",
    note = "help: take a `DownloadSigner<…>`, a `Reader<…>` or a `ReadWriter<…>`"
)]
pub trait CanSignDownload: Access {}

/// An access that includes signing URLs and forms for uploads.
#[diagnostic::on_unimplemented(
    message = "this capability does not sign URLs or forms for uploads",
    label = "signs what this capability may not sign",
    note = "help: take an `UploadSigner<…>`, a `Writer<…>` or a `ReadWriter<…>`"
)]
pub trait CanSignUpload: Access {}

#[diagnostic::do_not_recommend]
impl CanSignDownload for ReadAccess {}
#[diagnostic::do_not_recommend]
impl CanSignDownload for ReadWriteAccess {}
#[diagnostic::do_not_recommend]
impl CanSignDownload for SignDownloadAccess {}
#[diagnostic::do_not_recommend]
impl CanSignUpload for WriteAccess {}
#[diagnostic::do_not_recommend]
impl CanSignUpload for ReadWriteAccess {}
#[diagnostic::do_not_recommend]
impl CanSignUpload for SignUploadAccess {}
