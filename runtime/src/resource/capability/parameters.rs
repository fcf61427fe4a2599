//! The parameters by which a handler says what it does with a resource: a type for each capability, which dereferences to
//! the typed client of the resource's kind.

use std::fmt::{self, Debug, Formatter};
use std::ops::Deref;

use super::open::{Capability, opened_connection};
use super::probe::CapabilityProbe;
use crate::Error;
use crate::handler::FromInvocation;
use crate::invocation::Call;
use crate::resource::calls::{AllCalls, CallSet};
use crate::resource::feature::Enabled;
use crate::resource::kinds::{ClientsByCapability, FeatureOf, FromConnection, Resource};

macro_rules! capabilities {
    ($($(#[$doc:meta])* $Name:ident $(<$C:ident>)?;)*) => {$(
        $(#[$doc])*
        pub struct $Name<R: Resource $(, $C: CallSet = AllCalls)?> {
            client: <R::Kind as ClientsByCapability<R>>::$Name$(<$C>)?,
        }

        impl<R: Resource> $Name<R>
        where
            FeatureOf<R>: Enabled,
        {
            /// Creates the capability for the tests of a handler. `name` is the name, URL or ARN of the resource in
            /// the account, as [`Resource::name`] returns it.
            ///
            /// # Errors
            ///
            /// `MissingCredentials` or `MissingRegion` if the environment has no AWS credentials or no region, and the
            /// error of AWS if a secret or a parameter cannot be fetched.
            pub async fn named(name: impl Into<String>) -> Result<Self, Error> {
                let connection = <R::Kind as ClientsByCapability<R>>::connect(name.into()).await?;
                Ok(Self { client: FromConnection::from_connection(connection) })
            }
        }

        impl<R: Resource $(, $C: CallSet)?> Deref for $Name<R $(, $C)?> {
            type Target = <R::Kind as ClientsByCapability<R>>::$Name$(<$C>)?;

            fn deref(&self) -> &Self::Target {
                &self.client
            }
        }

        impl<R: Resource $(, $C: CallSet)?> Clone for $Name<R $(, $C)?> {
            fn clone(&self) -> Self {
                Self { client: self.client.clone() }
            }
        }

        impl<R: Resource $(, $C: CallSet)?> Debug for $Name<R $(, $C)?> {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($Name)).field(&R::ID).finish()
            }
        }

        impl<R: Resource $(, $C: CallSet)?> Capability for $Name<R $(, $C)?> {
            type Resource = R;
        }

        impl<R: Resource $(, $C: CallSet)?> FromInvocation for $Name<R $(, $C)?> {
            fn from_invocation(call: &Call) -> Result<Self, Error> {
                let connection = opened_connection::<R>(call, stringify!($Name))?;
                Ok(Self { client: FromConnection::from_connection(connection) })
            }
        }

        #[cfg(feature = "http")]
        impl<S: Sync, R: Resource $(, $C: CallSet)?> axum::extract::FromRequestParts<S>
            for $Name<R $(, $C)?>
        {
            type Rejection = Error;

            async fn from_request_parts(
                parts: &mut http::request::Parts,
                _: &S,
            ) -> Result<Self, Error> {
                Self::from_invocation(crate::handler::call_from_request(parts)?)
            }
        }

        impl<R: Resource $(, $C: CallSet)?> CapabilityProbe<$Name<R $(, $C)?>> {
            /// `true`: the type is a capability.
            pub const IS_CAPABILITY: bool = true;
        }

        $(
            impl<R: Resource> $Name<R>
            where
                FeatureOf<R>: Enabled,
            {
                /// Creates the capability with the name of the resource, for the tests of a handler that takes it with
                /// some calls, as `named` does for all calls.
                ///
                /// # Errors
                ///
                /// Fails as `named` does.
                pub async fn named_with_calls<$C: CallSet>(
                    name: impl Into<String>,
                ) -> Result<$Name<R, $C>, Error> {
                    let connection =
                        <R::Kind as ClientsByCapability<R>>::connect(name.into()).await?;
                    Ok($Name { client: FromConnection::from_connection(connection) })
                }
            }
        )?
    )*};
}

capabilities! {
    /// Reads a bucket, a table, a secret or a parameter.
    ///
    /// As a parameter of a handler, it grants the function the permissions to read this resource. `C` can narrow it to some
    /// [`calls`](crate::calls): `Reader<Orders, Get>`. It dereferences to the typed client:
    ///
    /// | resource | typed client | Cargo feature | methods |
    /// | --- | --- | --- | --- |
    /// | bucket | [`BucketClient`] | `bucket` | `get`, `get_range`, `get_range_if`, `head`, `list` |
    /// | table | [`TableClient`] | `table` | `get`, `get_consistent`, `get_all`, `query`, `index`, `scan` |
    /// | secret | [`SecretClient`] | `secret` | `get`, `get_max_age`, `refresh` |
    /// | parameter | [`ParameterClient`] | `parameter` | `get`, `get_max_age`, `refresh` |
    ///
    /// [`BucketClient`]: crate::resource::BucketClient
    /// [`TableClient`]: crate::resource::TableClient
    /// [`SecretClient`]: crate::resource::SecretClient
    /// [`ParameterClient`]: crate::resource::ParameterClient
    ///
    /// ```
    /// # #[cfg(feature = "bucket")] {
    /// use skylift::{Error, Reader, function, resource};
    ///
    /// #[resource(bucket)]
    /// struct Uploads;
    ///
    /// #[function]
    /// async fn size(key: String, uploads: Reader<Uploads>) -> Result<Option<usize>, Error> {
    ///     Ok(uploads.get(&key).await?.map(|content| content.len()))
    /// }
    ///
    /// // A test of the handler makes the capability itself.
    /// async fn test() -> Result<(), Error> {
    ///     let uploads = Reader::named("a-bucket-for-tests").await?;
    ///     assert_eq!(size("missing".into(), uploads).await?, None);
    ///     Ok(())
    /// }
    /// # let _ = test;
    /// # }
    /// ```
    Reader<C>;

    /// Writes to a bucket or a table, and does not read it.
    ///
    /// As a parameter of a handler, it grants the function the permissions to write to this resource. `C` can narrow it to
    /// some [`calls`](crate::calls): `Writer<Orders, Put>`. It dereferences to the typed client:
    ///
    /// | resource | typed client | Cargo feature | methods |
    /// | --- | --- | --- | --- |
    /// | bucket | [`BucketClient`] | `bucket` | `put`, `put_with`, `upload`, `upload_with`, `delete` |
    /// | table | [`TableClient`] | `table` | `put`, `put_all`, `create`, `update`, `delete`, `delete_all` |
    ///
    /// [`BucketClient`]: crate::resource::BucketClient
    /// [`TableClient`]: crate::resource::TableClient
    ///
    /// ```
    /// # #[cfg(feature = "bucket")] {
    /// use skylift::{Error, Writer, function, resource};
    ///
    /// #[resource(bucket)]
    /// struct Reports;
    ///
    /// #[function]
    /// async fn report(day: String, reports: Writer<Reports>) -> Result<(), Error> {
    ///     reports.put(&format!("{day}.txt"), "nothing happened").await
    /// }
    /// # }
    /// ```
    Writer<C>;

    /// Reads and writes a bucket or a table.
    ///
    /// As a parameter of a handler, it grants the function the permissions to read this resource and to write to it. `C` can
    /// narrow it to some [`calls`](crate::calls): `ReadWriter<Orders, (Get, Put)>`. It dereferences to the typed client, with
    /// the methods of [`Reader`] and [`Writer`]:
    ///
    /// | resource | typed client | Cargo feature |
    /// | --- | --- | --- |
    /// | bucket | [`BucketClient`] | `bucket` |
    /// | table | [`TableClient`] | `table` |
    ///
    /// [`BucketClient`]: crate::resource::BucketClient
    /// [`TableClient`]: crate::resource::TableClient
    ///
    /// ```
    /// # #[cfg(feature = "bucket")] {
    /// use skylift::{Error, ReadWriter, function, resource};
    ///
    /// #[resource(bucket)]
    /// struct Drafts;
    ///
    /// #[function]
    /// async fn copy(key: String, drafts: ReadWriter<Drafts>) -> Result<(), Error> {
    ///     if let Some(content) = drafts.get(&key).await? {
    ///         drafts.put(&format!("{key}.copy"), content).await?;
    ///     }
    ///     Ok(())
    /// }
    /// # }
    /// ```
    ReadWriter<C>;

    /// Signs URLs from which others read objects of a bucket, such as browsers, and does not read them itself.
    ///
    /// As a parameter of a handler, it grants the function the permission to get objects of this bucket, which such a
    /// URL passes on for one object. It dereferences to the typed client,
    /// [`BucketClient`](crate::resource::BucketClient), with the method `download_url`. Cargo feature: `bucket`.
    ///
    /// ```
    /// # #[cfg(feature = "bucket")] {
    /// use std::time::Duration;
    /// use skylift::{DownloadSigner, Error, function, resource};
    ///
    /// #[resource(bucket)]
    /// struct Reports;
    ///
    /// #[function]
    /// async fn link(day: String, reports: DownloadSigner<Reports>) -> Result<String, Error> {
    ///     reports.download_url(&format!("{day}.pdf"), Duration::from_mins(5)).await
    /// }
    /// # }
    /// ```
    DownloadSigner;

    /// Signs URLs and forms with which others write objects to a bucket, such as browsers, and does not write them itself.
    ///
    /// As a parameter of a handler, it grants the function the permission to put objects into this bucket, which such a
    /// URL or form passes on for one object. It dereferences to the typed client,
    /// [`BucketClient`](crate::resource::BucketClient), with the methods `upload_url` and `upload_form`. Cargo feature:
    /// `bucket`.
    ///
    /// ```
    /// # #[cfg(feature = "bucket")] {
    /// use std::time::Duration;
    /// use skylift::resource::{UploadForm, UploadFormOptions};
    /// use skylift::{Error, UploadSigner, function, resource};
    ///
    /// #[resource(bucket)]
    /// struct Images;
    ///
    /// #[function]
    /// async fn form(id: String, images: UploadSigner<Images>) -> Result<UploadForm, Error> {
    ///     let limits = UploadFormOptions::new(Duration::from_mins(5))
    ///         .content_type("image/png")
    ///         .max_length(5_000_000);
    ///     images.upload_form(&format!("{id}.png"), limits).await
    /// }
    /// # }
    /// ```
    UploadSigner;

    /// Sends messages to a queue.
    ///
    /// As a parameter of a handler, it grants the function the permission to send to this queue. It dereferences to the
    /// typed client, [`QueueClient`](crate::resource::QueueClient), with the methods `send`, `send_delayed`, `send_all`,
    /// `send_to_group` and `send_all_to_groups`. Cargo feature: `queue`.
    ///
    /// ```
    /// # #[cfg(feature = "queue")] {
    /// use serde::Serialize;
    /// use skylift::{Error, Sender, function, resource};
    ///
    /// #[resource(queue(message = Job))]
    /// struct Jobs;
    ///
    /// #[derive(Serialize)]
    /// struct Job { url: String }
    ///
    /// #[function]
    /// async fn plan(url: String, jobs: Sender<Jobs>) -> Result<(), Error> {
    ///     jobs.send(&Job { url }).await
    /// }
    /// # }
    /// ```
    Sender;

    /// Publishes to a topic or an event bus.
    ///
    /// As a parameter of a handler, it grants the function the permission to publish to this topic or bus. It dereferences
    /// to the typed client:
    ///
    /// | resource | typed client | Cargo feature | methods |
    /// | --- | --- | --- | --- |
    /// | topic | [`TopicClient`] | `topic` | `publish`, `publish_with`, `publish_all`, `publish_to_group`, `publish_all_to_groups` |
    /// | bus | [`BusClient`] | `bus` | `publish`, `publish_all` |
    ///
    /// [`TopicClient`]: crate::resource::TopicClient
    /// [`BusClient`]: crate::resource::BusClient
    ///
    /// ```
    /// # #[cfg(feature = "topic")] {
    /// use serde::{Deserialize, Serialize};
    /// use skylift::{Error, Publisher, function, resource};
    ///
    /// #[resource(topic(message = Alarm))]
    /// struct Alarms;
    ///
    /// #[derive(Serialize, Deserialize)]
    /// struct Alarm { room: u32, degrees: f64 }
    ///
    /// #[function]
    /// async fn warn(alarm: Alarm, alarms: Publisher<Alarms>) -> Result<(), Error> {
    ///     alarms.publish(&alarm).await
    /// }
    /// # }
    /// ```
    Publisher;

    /// Puts records into a stream.
    ///
    /// As a parameter of a handler, it grants the function the permission to put records into this stream. It dereferences
    /// to the typed client, [`StreamClient`](crate::resource::StreamClient), with the methods `put` and `put_all`. Cargo
    /// feature: `stream`.
    ///
    /// ```
    /// # #[cfg(feature = "stream")] {
    /// use serde::{Deserialize, Serialize};
    /// use skylift::{Error, Putter, function, resource};
    ///
    /// #[resource(stream(message = Click))]
    /// struct Clicks;
    ///
    /// #[derive(Serialize, Deserialize)]
    /// struct Click { visitor: String, page: String }
    ///
    /// #[function]
    /// async fn record(click: Click, clicks: Putter<Clicks>) -> Result<(), Error> {
    ///     clicks.put(&click.visitor, &click).await
    /// }
    /// # }
    /// ```
    Putter;

    /// Starts executions of a state machine.
    ///
    /// As a parameter of a handler, it grants the function the permission to start executions of this state machine. It
    /// dereferences to the typed client, [`StateMachineClient`](crate::resource::StateMachineClient), with the methods
    /// `start` and `start_named`, and `start_sync` of an express workflow. Cargo feature: `state_machine`.
    ///
    /// ```
    /// # #[cfg(feature = "state_machine")] {
    /// use serde::Serialize;
    /// use skylift::{Error, Starter, function, resource};
    ///
    /// #[resource(state_machine(existing = "checkout", input = Order))]
    /// struct Checkout;
    ///
    /// #[derive(Serialize)]
    /// struct Order { article: String }
    ///
    /// #[function]
    /// async fn order(article: String, checkout: Starter<Checkout>) -> Result<String, Error> {
    ///     checkout.start(&Order { article }).await
    /// }
    /// # }
    /// ```
    Starter;

    /// Invokes another function of the application: `Invoker<thumbnail>`, by the name of the function.
    ///
    /// As a parameter of a handler, it grants the function the permission to invoke this function. It dereferences to the
    /// typed client, [`FunctionClient`](crate::resource::FunctionClient), with the methods `invoke` and `invoke_async`.
    /// Cargo feature: `invoke`.
    ///
    /// ```
    /// # #[cfg(feature = "invoke")] {
    /// use skylift::{Error, Invoker, function};
    ///
    /// #[function]
    /// async fn thumbnail(key: String) -> Result<String, Error> {
    ///     Ok(format!("small-{key}"))
    /// }
    ///
    /// #[function]
    /// async fn show(key: String, thumbnail: Invoker<thumbnail>) -> Result<String, Error> {
    ///     thumbnail.invoke(&key).await
    /// }
    /// # }
    /// ```
    Invoker;
}
