//! The parameters by which a handler says what it does with a resource: a type for each capability, which
//! leads to the typed client of the resource's kind.

use std::fmt::{self, Debug, Formatter};
use std::ops::Deref;

use super::opened::{Capability, connection};
use super::probe::CapabilityProbe;
use crate::Error;
use crate::handler::FromInvocation;
use crate::invocation::Call;
use crate::resource::feature::Enabled;
use crate::resource::kinds::{FeatureOf, FromConnection, Resource, ResourceKind};

macro_rules! capabilities {
    ($($(#[$doc:meta])* $Name:ident;)*) => {$(
        $(#[$doc])*
        pub struct $Name<R: Resource> {
            client: <R::Kind as ResourceKind<R>>::$Name,
        }

        impl<R: Resource> $Name<R>
        where
            FeatureOf<R>: Enabled,
        {
            /// One made by hand, for the tests of a handler: for the resource that goes by this
            /// name in the account, or whatever else [`Resource::name`] gives.
            ///
            /// # Errors
            ///
            /// Where the environment has no credentials of AWS or no region, and where a secret or
            /// a parameter cannot be fetched.
            pub async fn named(name: impl Into<String>) -> Result<Self, Error> {
                let connection = <R::Kind as ResourceKind<R>>::connect(name.into()).await?;
                Ok(Self { client: FromConnection::from_connection(connection) })
            }
        }

        impl<R: Resource> Deref for $Name<R> {
            type Target = <R::Kind as ResourceKind<R>>::$Name;

            fn deref(&self) -> &Self::Target {
                &self.client
            }
        }

        impl<R: Resource> Clone for $Name<R> {
            fn clone(&self) -> Self {
                Self { client: self.client.clone() }
            }
        }

        impl<R: Resource> Debug for $Name<R> {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($Name)).field(&R::ID).finish()
            }
        }

        impl<R: Resource> Capability for $Name<R> {
            type Resource = R;
        }

        impl<R: Resource> FromInvocation for $Name<R> {
            fn from_invocation(call: &Call) -> Result<Self, Error> {
                let connection = connection::<R>(call, stringify!($Name))?;
                Ok(Self { client: FromConnection::from_connection(connection) })
            }
        }

        #[cfg(feature = "http")]
        impl<S: Sync, R: Resource> axum::extract::FromRequestParts<S> for $Name<R> {
            type Rejection = Error;

            async fn from_request_parts(
                parts: &mut http::request::Parts,
                _: &S,
            ) -> Result<Self, Error> {
                Self::from_invocation(crate::handler::call_of(parts)?)
            }
        }

        impl<R: Resource> CapabilityProbe<$Name<R>> {
            /// It is a capability.
            pub const IS: bool = true;
        }
    )*};
}

capabilities! {
    /// Reads a bucket, a table, a secret or a parameter.
    ///
    /// As a parameter of a handler it grants the function what reading takes, on this resource
    /// alone, and hands it the typed client: `BucketClient` of a bucket, `TableClient` of a table, a
    /// `SecretClient` or a `ParameterClient`, all of [`resource`](mod@crate::resource).
    ///
    /// ```
    /// # #[cfg(feature = "bucket")] {
    /// use skylift::{Error, Reader};
    /// # use skylift::resource::{Bucket, Resource, kind};
    /// # struct Uploads;
    /// # impl Resource for Uploads {
    /// #     const ID: &'static str = "Uploads";
    /// #     const VARIABLE: &'static str = "UPLOADS_BUCKET_NAME";
    /// #     type Kind = kind::Bucket;
    /// # }
    /// # impl Bucket for Uploads {}
    ///
    /// // With `#[resource(bucket)] struct Uploads;`
    /// async fn size(key: String, uploads: Reader<Uploads>) -> Result<Option<usize>, Error> {
    ///     Ok(uploads.get(&key).await?.map(|content| content.len()))
    /// }
    ///
    /// // In a test, make one by hand.
    /// async fn test() -> Result<(), Error> {
    ///     let uploads = Reader::named("a-bucket-for-tests").await?;
    ///     assert_eq!(size("missing".into(), uploads).await?, None);
    ///     Ok(())
    /// }
    /// # let _ = test;
    /// # }
    /// ```
    Reader;

    /// Writes to a bucket or a table, and does not read it.
    ///
    /// As a parameter of a handler it grants the function what writing takes, on this resource
    /// alone, and hands it the typed client: `BucketClient` of a bucket, `TableClient` of a table, both of
    /// [`resource`](mod@crate::resource).
    Writer;

    /// Reads and writes a bucket or a table.
    ///
    /// As a parameter of a handler it grants the function both, on this resource alone, and hands
    /// it the typed client: `BucketClient` of a bucket, `TableClient` of a table, both of
    /// [`resource`](mod@crate::resource).
    ReadWriter;

    /// Sends messages to a queue.
    ///
    /// As a parameter of a handler it grants the function sending, to this queue alone, and hands it
    /// the typed client, a `QueueClient` of [`resource`](mod@crate::resource).
    Sender;

    /// Publishes to a topic or an event bus.
    ///
    /// As a parameter of a handler it grants the function publishing, to this one alone, and hands
    /// it the typed client: a `TopicClient` or a `BusClient` of
    /// [`resource`](mod@crate::resource).
    Publisher;

    /// Puts records into a stream.
    ///
    /// As a parameter of a handler it grants the function that, for this stream alone, and hands it
    /// the typed client, a `StreamClient` of [`resource`](mod@crate::resource).
    Putter;

    /// Invokes another function of the application: `Invoker<thumbnail>`, by the function's own name.
    ///
    /// As a parameter of a handler it grants the function that, for this one alone, and hands it the
    /// typed client, a `FunctionClient` of [`resource`](mod@crate::resource).
    Invoker;
}
