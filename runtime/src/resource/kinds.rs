//! What a kind of resource offers: for each capability the client that it leads to, or
//! [`NotOffered`]. A kind is declared in its own file, with and without the feature of its client.

use crate::Error;
use crate::handler::BoxFuture;
use crate::resource::Resource;

/// The kinds of resources, as types.
pub mod kind {
    /// `#[resource(bucket)]`.
    pub enum Bucket {}

    /// `#[resource(table(…))]`.
    pub enum Table {}

    /// `#[resource(queue)]`.
    pub enum Queue {}

    /// `#[resource(topic)]`.
    pub enum Topic {}

    /// `#[resource(stream)]`.
    pub enum Stream {}

    /// `#[resource(bus)]`.
    pub enum Bus {}

    /// `#[resource(secret)]`.
    pub enum Secret {}

    /// `#[resource(parameter)]`.
    pub enum Parameter {}

    /// A function that another one invokes.
    pub enum Function {}
}

/// A kind of resource, for one resource of it: the clients that its capabilities lead to.
///
/// Its implementations are Skylift's own.
pub trait Kind<R: Resource>: 'static {
    /// What [`Reader`](crate::Reader) leads to.
    type Reader: Client<Self::Connection>;

    /// What [`Writer`](crate::Writer) leads to.
    type Writer: Client<Self::Connection>;

    /// What [`ReadWriter`](crate::ReadWriter) leads to.
    type ReadWriter: Client<Self::Connection>;

    /// What [`Sender`](crate::Sender) leads to.
    type Sender: Client<Self::Connection>;

    /// What [`Publisher`](crate::Publisher) leads to.
    type Publisher: Client<Self::Connection>;

    /// What [`Putter`](crate::Putter) leads to.
    type Putter: Client<Self::Connection>;

    /// What [`Invoker`](crate::Invoker) leads to.
    type Invoker: Client<Self::Connection>;

    /// The kind's name in messages.
    #[doc(hidden)]
    const NAME: &'static str;

    /// The feature of `skylift` that brings its clients.
    #[doc(hidden)]
    type Feature;

    /// What the clients of all capabilities share.
    #[doc(hidden)]
    type Connection: Clone + Send + Sync;

    /// Makes it, for the resource of this name.
    #[doc(hidden)]
    fn connect(name: String) -> BoxFuture<'static, Result<Self::Connection, Error>>;
}

/// The feature that a resource's capabilities need.
pub(crate) type FeatureOf<R> = <<R as Resource>::Kind as Kind<R>>::Feature;

/// A client for one capability, over what it shares with the others. Cloning is cheap.
#[doc(hidden)]
pub trait Client<Connection>: Clone + Send + Sync + 'static {
    fn over(connection: Connection) -> Self;
}

/// Where a kind of resource has no such capability: there is nothing to be done with it.
#[derive(Clone, Copy)]
pub struct NotOffered(());

impl<Connection> Client<Connection> for NotOffered {
    fn over(_: Connection) -> Self {
        Self(())
    }
}

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

/// Declares a kind: its name, its feature, what the clients share and how that is made, and the
/// clients by the names of their capabilities, in the order of [`Kind`].
macro_rules! declare {
    (
        $Trait:ident, $name:literal, feature $feature:ident = $on:literal,
        $connection:ty = $connect:expr,
        $(Reader = $reader:ty,)?
        $(Writer = $writer:ty,)?
        $(ReadWriter = $read_writer:ty,)?
        $(Sender = $sender:ty,)?
        $(Publisher = $publisher:ty,)?
        $(Putter = $putter:ty,)?
        $(Invoker = $invoker:ty,)?
    ) => {
        #[cfg(feature = $on)]
        impl<R: $Trait> $crate::resource::Kind<R> for $crate::resource::kind::$Trait {
            type Reader = $crate::resource::kinds::offered!($($reader)?);
            type Writer = $crate::resource::kinds::offered!($($writer)?);
            type ReadWriter = $crate::resource::kinds::offered!($($read_writer)?);
            type Sender = $crate::resource::kinds::offered!($($sender)?);
            type Publisher = $crate::resource::kinds::offered!($($publisher)?);
            type Putter = $crate::resource::kinds::offered!($($putter)?);
            type Invoker = $crate::resource::kinds::offered!($($invoker)?);

            const NAME: &'static str = $name;
            type Feature = $crate::resource::feature::$feature;
            type Connection = $connection;

            fn connect(
                name: String,
            ) -> $crate::handler::BoxFuture<'static, Result<$connection, $crate::Error>> {
                Box::pin($connect(name))
            }
        }

        #[cfg(not(feature = $on))]
        impl<R: $Trait> $crate::resource::Kind<R> for $crate::resource::kind::$Trait {
            type Reader = $crate::resource::NotOffered;
            type Writer = $crate::resource::NotOffered;
            type ReadWriter = $crate::resource::NotOffered;
            type Sender = $crate::resource::NotOffered;
            type Publisher = $crate::resource::NotOffered;
            type Putter = $crate::resource::NotOffered;
            type Invoker = $crate::resource::NotOffered;

            const NAME: &'static str = $name;
            type Feature = $crate::resource::feature::$feature;
            type Connection = ();

            fn connect(
                _: String,
            ) -> $crate::handler::BoxFuture<'static, Result<(), $crate::Error>> {
                let message = concat!("the feature `", $on, "` of `skylift` is not on");
                Box::pin(async move { Err($crate::Error::new("MissingFeature", message)) })
            }
        }
    };
}

#[allow(unused_macros)]
macro_rules! offered {
    () => {
        $crate::resource::NotOffered
    };
    ($client:ty) => {
        $client
    };
}

pub(crate) use declare;
#[allow(unused_imports)]
pub(crate) use offered;
