//! What a client of a bucket or a table may do, as types: a method that reads is there only where it may.

/// What a client may do: [`Read`], [`Write`] or [`ReadWrite`].
pub trait Access: Send + Sync + 'static {}

/// Reading alone.
pub enum Read {}

/// Writing alone.
pub enum Write {}

/// Both.
pub enum ReadWrite {}

impl Access for Read {}
impl Access for Write {}
impl Access for ReadWrite {}

/// An access that includes reading.
#[diagnostic::on_unimplemented(
    message = "this capability does not read",
    note = "help: take a `Reader<…>` or a `ReadWriter<…>`"
)]
pub trait Reads: Access {}

/// An access that includes writing.
#[diagnostic::on_unimplemented(
    message = "this capability does not write",
    note = "help: take a `Writer<…>` or a `ReadWriter<…>`"
)]
pub trait Writes: Access {}

impl Reads for Read {}
impl Reads for ReadWrite {}
impl Writes for Write {}
impl Writes for ReadWrite {}
