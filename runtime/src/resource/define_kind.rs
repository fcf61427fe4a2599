//! The macro that implements [`ClientsByCapability`](super::kinds::ClientsByCapability) for a kind of resource, with and
//! without the Cargo feature of its client.

/// Implements `ClientsByCapability` for a kind of resource. Takes the kind's trait, its name in messages, its Cargo
/// feature, how a connection is made (`sdk` for the shared client of an AWS SDK crate, else a type and a function, and
/// a function that adds guarded keys to it), and its typed clients by capability, in the order of `ClientsByCapability`.
macro_rules! define_kind {
    (
        $Trait:ident, $name:literal, feature $feature:ident = $on:literal, sdk $sdk:ident,
        $($clients:tt)*
    ) => {
        #[cfg(feature = $on)]
        async fn connect(
            name: String,
        ) -> Result<$crate::aws::connection::SdkConnection<$sdk::Client>, $crate::Error> {
            let client = $crate::aws::connection::shared_client!($sdk, &name)?;
            Ok($crate::aws::connection::SdkConnection { client, name: name.into() })
        }

        $crate::resource::define_kind::define_kind! {
            $Trait, $name, feature $feature = $on,
            connection $crate::aws::connection::SdkConnection<$sdk::Client> = connect,
            $($clients)*
        }
    };
    (
        $Trait:ident, $name:literal, feature $feature:ident = $on:literal,
        connection $connection:ty = $connect:expr, $(guard $guard:expr,)?
        $(Reader = $reader:ty,)?
        $(Writer = $writer:ty,)?
        $(ReadWriter = $read_writer:ty,)?
        $(DownloadSigner = $download_signer:ty,)?
        $(UploadSigner = $upload_signer:ty,)?
        $(Sender = $sender:ty,)?
        $(Publisher = $publisher:ty,)?
        $(Putter = $putter:ty,)?
        $(Starter = $starter:ty,)?
        $(Invoker = $invoker:ty,)?
    ) => {
        impl $crate::sealed::Sealed for $crate::resource::kinds::kind::$Trait {}

        #[cfg(feature = $on)]
        impl<R: $Trait> $crate::resource::kinds::ClientsByCapability<R>
            for $crate::resource::kinds::kind::$Trait
        {
            type Reader<C: $crate::calls::CallSet> = $crate::resource::define_kind::client_or_not_offered!($($reader)?);
            type Writer<C: $crate::calls::CallSet> = $crate::resource::define_kind::client_or_not_offered!($($writer)?);
            type ReadWriter<C: $crate::calls::CallSet> = $crate::resource::define_kind::client_or_not_offered!($($read_writer)?);
            type DownloadSigner = $crate::resource::define_kind::client_or_not_offered!($($download_signer)?);
            type UploadSigner = $crate::resource::define_kind::client_or_not_offered!($($upload_signer)?);
            type Sender = $crate::resource::define_kind::client_or_not_offered!($($sender)?);
            type Publisher = $crate::resource::define_kind::client_or_not_offered!($($publisher)?);
            type Putter = $crate::resource::define_kind::client_or_not_offered!($($putter)?);
            type Starter = $crate::resource::define_kind::client_or_not_offered!($($starter)?);
            type Invoker = $crate::resource::define_kind::client_or_not_offered!($($invoker)?);

            const NAME: &'static str = $name;
            type Feature = $crate::resource::feature::$feature;
            type Connection = $connection;

            fn connect(
                name: String,
            ) -> $crate::invocation::BoxFuture<'static, Result<$connection, $crate::Error>> {
                Box::pin($connect(name))
            }

            $(
                fn guard(
                    connection: $connection,
                    keys: &'static [$crate::registry::GuardedKeys],
                ) -> $connection {
                    $guard(connection, keys)
                }
            )?
        }

        #[cfg(not(feature = $on))]
        impl<R: $Trait> $crate::resource::kinds::ClientsByCapability<R>
            for $crate::resource::kinds::kind::$Trait
        {
            type Reader<C: $crate::calls::CallSet> = $crate::resource::kinds::NotOffered;
            type Writer<C: $crate::calls::CallSet> = $crate::resource::kinds::NotOffered;
            type ReadWriter<C: $crate::calls::CallSet> = $crate::resource::kinds::NotOffered;
            type DownloadSigner = $crate::resource::kinds::NotOffered;
            type UploadSigner = $crate::resource::kinds::NotOffered;
            type Sender = $crate::resource::kinds::NotOffered;
            type Publisher = $crate::resource::kinds::NotOffered;
            type Putter = $crate::resource::kinds::NotOffered;
            type Starter = $crate::resource::kinds::NotOffered;
            type Invoker = $crate::resource::kinds::NotOffered;

            const NAME: &'static str = $name;
            type Feature = $crate::resource::feature::$feature;
            type Connection = ();

            fn connect(
                _: String,
            ) -> $crate::invocation::BoxFuture<'static, Result<(), $crate::Error>> {
                Box::pin(async move { Err($crate::messages::client::feature_missing($on)) })
            }
        }
    };
}

#[allow(unused_macros)]
macro_rules! client_or_not_offered {
    () => {
        $crate::resource::kinds::NotOffered
    };
    ($client:ty) => {
        $client
    };
}

#[allow(unused_imports)]
pub(crate) use client_or_not_offered;
pub(crate) use define_kind;
