//! The marker types that say what the client of a bucket or a table may do. A client has the reading methods only if
//! its marker allows reading, and the writing methods only if its marker allows writing.

use crate::sealed::Sealed;

/// What the client of a bucket or a table may do: [`ReadAccess`], [`WriteAccess`] or [`ReadWriteAccess`].
pub trait Access: Sealed + Send + Sync + 'static {}

/// Only reading.
pub enum ReadAccess {}

/// Only writing.
pub enum WriteAccess {}

/// Reading and writing.
pub enum ReadWriteAccess {}

impl Sealed for ReadAccess {}
impl Sealed for WriteAccess {}
impl Sealed for ReadWriteAccess {}

impl Access for ReadAccess {}
impl Access for WriteAccess {}
impl Access for ReadWriteAccess {}

/// An access that includes reading.
#[diagnostic::on_unimplemented(
    message = "this capability does not read",
    note = "help: take a `Reader<…>` or a `ReadWriter<…>`"
)]
pub trait CanRead: Access {}

/// An access that includes writing.
#[diagnostic::on_unimplemented(
    message = "this capability does not write",
    note = "help: take a `Writer<…>` or a `ReadWriter<…>`"
)]
pub trait CanWrite: Access {}

impl CanRead for ReadAccess {}
impl CanRead for ReadWriteAccess {}
impl CanWrite for WriteAccess {}
impl CanWrite for ReadWriteAccess {}
