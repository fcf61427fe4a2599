//! What a client of a bucket or a table may do, as types: a method that reads is there only where it may.

/// What a client may do: [`ReadAccess`], [`WriteAccess`] or [`ReadWriteAccess`].
pub trait Access: Send + Sync + 'static {}

/// Reading alone.
pub enum ReadAccess {}

/// Writing alone.
pub enum WriteAccess {}

/// Both.
pub enum ReadWriteAccess {}

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
