//! [`Resource`], the trait of every `#[resource]` type, and [`ClientsByCapability`], which says what a kind of
//! resource offers: a typed client for each of its capabilities, and [`NotOffered`] for the others.

use crate::invocation::{BoxFuture, process};
use crate::registry::GuardedKeys;
use crate::resource::calls::CallSet;
use crate::sealed::Sealed;
use crate::{Error, messages};

macro_rules! define_markers {
    ($($kind:ident: $Trait:ident, $feature:ident = $on:literal $(, $accepts:ident)?;)*) => {
        /// The kinds of resources, as marker types.
        pub mod kind {
            $(
                #[doc = concat!(
                    "The kind `", stringify!($kind), "`, see [`", stringify!($Trait),
                    "`](crate::resource::", stringify!($Trait), ")."
                )]
                pub enum $Trait {}
            )*
        }
    };
}

for_each_kind!(define_markers);

/// A resource that the application declares with `#[resource]`, or a function that another function invokes.
///
/// The macros implement this trait. [`name`](Self::name) works in every function that has a capability of the
/// resource or names the resource in its attribute.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a resource of this application",
    label = "not declared with `#[resource]`",
    note = "help: put `#[resource(bucket)]`, or the kind that it is, on `{Self}`"
)]
pub trait Resource: Sized + Send + Sync + 'static {
    /// The logical id of the resource in the template.
    const ID: &'static str;

    /// The environment variable that has the resource's name, URL or ARN, such as `UPLOADS_BUCKET_NAME`.
    const VARIABLE: &'static str;

    /// The kind of the resource.
    type Kind: ClientsByCapability<Self>;

    /// Reads the resource's name, URL or ARN from its environment variable: the name of a bucket, a table, a
    /// stream, a bus, a parameter or a function, the URL of a queue, the ARN of a topic, a secret or a state machine. The variable of
    /// an existing table, stream, bus or parameter that is declared by its ARN has the ARN.
    ///
    /// # Errors
    ///
    /// Fails with `MissingVariable` if the environment variable is not set or empty. Then the function has no
    /// capability of this resource, or was not deployed with the template of the same build.
    fn name() -> Result<String, Error> {
        let kind = <Self::Kind as ClientsByCapability<Self>>::NAME;
        process::require_variable(Self::VARIABLE).map_err(|error| {
            error.with_context(messages::client::resource_without_name(kind, Self::ID))
        })
    }
}

/// A kind of resource, with the typed client of each capability for the resource `R` of this kind.
///
/// Only Skylift implements this trait.
pub trait ClientsByCapability<R: Resource>: Sealed + 'static {
    /// The client of a [`Reader`](crate::Reader) with the calls `C`.
    type Reader<C: CallSet>: FromConnection<Self::Connection>;

    /// The client of a [`Writer`](crate::Writer) with the calls `C`.
    type Writer<C: CallSet>: FromConnection<Self::Connection>;

    /// The client of a [`ReadWriter`](crate::ReadWriter) with the calls `C`.
    type ReadWriter<C: CallSet>: FromConnection<Self::Connection>;

    /// The client of a [`DownloadSigner`](crate::DownloadSigner).
    type DownloadSigner: FromConnection<Self::Connection>;

    /// The client of an [`UploadSigner`](crate::UploadSigner).
    type UploadSigner: FromConnection<Self::Connection>;

    /// The client of a [`Sender`](crate::Sender).
    type Sender: FromConnection<Self::Connection>;

    /// The client of a [`Publisher`](crate::Publisher).
    type Publisher: FromConnection<Self::Connection>;

    /// The client of a [`Putter`](crate::Putter).
    type Putter: FromConnection<Self::Connection>;

    /// The client of a [`Starter`](crate::Starter).
    type Starter: FromConnection<Self::Connection>;

    /// The client of an [`Invoker`](crate::Invoker).
    type Invoker: FromConnection<Self::Connection>;

    /// The name of the kind of resource in messages.
    #[doc(hidden)]
    const NAME: &'static str;

    /// The Cargo feature of `skylift` that brings the typed clients of this kind of resource.
    #[doc(hidden)]
    type Feature;

    /// The connection that the typed clients of all capabilities of one resource share.
    #[doc(hidden)]
    type Connection: Clone + Send + Sync;

    /// Makes the connection to the resource with this name, URL or ARN.
    #[doc(hidden)]
    fn connect(name: String) -> BoxFuture<'static, Result<Self::Connection, Error>>;

    /// Returns the connection with keys that its clients do not write.
    #[doc(hidden)]
    fn guard(connection: Self::Connection, _: &'static [GuardedKeys]) -> Self::Connection {
        connection
    }
}

/// The Cargo feature that the capabilities of a resource need.
pub(crate) type FeatureOf<R> = <<R as Resource>::Kind as ClientsByCapability<R>>::Feature;

/// The typed client of one capability. It is made from the connection that the typed clients of a resource share, and
/// is cheap to clone.
#[doc(hidden)]
pub trait FromConnection<Connection>: Clone + Send + Sync + 'static {
    fn from_connection(connection: Connection) -> Self;
}

/// The typed client of a capability that a kind of resource does not have. It has no methods.
#[derive(Clone, Copy)]
pub struct NotOffered(());

impl<Connection> FromConnection<Connection> for NotOffered {
    fn from_connection(_: Connection) -> Self {
        Self(())
    }
}
