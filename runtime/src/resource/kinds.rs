//! [`Resource`], what every `#[resource]` type is; and [`ResourceKind`], what a kind of resource offers: for each
//! capability the client that it leads to, or [`NotOffered`].

use crate::Error;
use crate::invocation::{BoxFuture, process};

macro_rules! markers {
    ($($room:ident: $Trait:ident, $feature:ident = $on:literal $(, $accepts:ident)?;)*) => {
        /// The kinds of resources, as types.
        pub mod kind {
            $(
                #[doc = concat!("A ", stringify!($room), ", see [`", stringify!($Trait), "`](crate::resource::", stringify!($Trait), ").")]
                pub enum $Trait {}
            )*
        }
    };
}

kinds!(markers);

/// A resource that the application declares, made by `#[resource]`, or a function that another one
/// invokes.
///
/// [`name`](Self::name) works wherever a function runs that has a capability of the resource or
/// names it in its attribute.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a resource of this application",
    label = "not declared with `#[resource]`",
    note = "help: put `#[resource(bucket)]`, or the kind that it is, on `{Self}`"
)]
pub trait Resource: Sized + Send + Sync + 'static {
    /// The resource's logical id in the template.
    const ID: &'static str;

    /// The environment variable by which a function finds it: `UPLOADS_BUCKET_NAME`.
    const VARIABLE: &'static str;

    /// What it is.
    type Kind: ResourceKind<Self>;

    /// What a function finds it by: the name of a bucket, a table, a stream, a bus, a parameter or a
    /// function, the URL of a queue, the ARN of a topic or a secret.
    ///
    /// # Errors
    ///
    /// `MissingVariable` where the environment variable is not set or empty: the function has
    /// no capability of this resource, or was not deployed with the template of the same build.
    fn name() -> Result<String, Error> {
        let kind = <Self::Kind as ResourceKind<Self>>::NAME;
        process::variable(Self::VARIABLE)
            .map_err(|error| error.at(format_args!("no name of the {kind} `{}`", Self::ID)))
    }
}

/// A kind of resource, for one resource of it: the clients that its capabilities lead to.
///
/// Its implementations are Skylift's own.
pub trait ResourceKind<R: Resource>: 'static {
    /// What [`Reader`](crate::Reader) leads to.
    type Reader: FromConnection<Self::Connection>;

    /// What [`Writer`](crate::Writer) leads to.
    type Writer: FromConnection<Self::Connection>;

    /// What [`ReadWriter`](crate::ReadWriter) leads to.
    type ReadWriter: FromConnection<Self::Connection>;

    /// What [`Sender`](crate::Sender) leads to.
    type Sender: FromConnection<Self::Connection>;

    /// What [`Publisher`](crate::Publisher) leads to.
    type Publisher: FromConnection<Self::Connection>;

    /// What [`Putter`](crate::Putter) leads to.
    type Putter: FromConnection<Self::Connection>;

    /// What [`Invoker`](crate::Invoker) leads to.
    type Invoker: FromConnection<Self::Connection>;

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
pub(crate) type FeatureOf<R> = <<R as Resource>::Kind as ResourceKind<R>>::Feature;

/// A client for one capability, over what it shares with the others. Cloning is cheap.
#[doc(hidden)]
pub trait FromConnection<Connection>: Clone + Send + Sync + 'static {
    fn from_connection(connection: Connection) -> Self;
}

/// Where a kind of resource has no such capability: there is nothing to be done with it.
#[derive(Clone, Copy)]
pub struct NotOffered(());

impl<Connection> FromConnection<Connection> for NotOffered {
    fn from_connection(_: Connection) -> Self {
        Self(())
    }
}
