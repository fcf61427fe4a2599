//! Declares a kind of resource in its room, with and without the feature of its client.

/// Declares a kind: its name, its feature, what the clients share and how that is made, and the
/// clients by the names of their capabilities, in the order of [`ResourceKind`].
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
        impl<R: $Trait> $crate::resource::kinds::ResourceKind<R> for $crate::resource::kinds::kind::$Trait {
            type Reader = $crate::resource::declare::offered!($($reader)?);
            type Writer = $crate::resource::declare::offered!($($writer)?);
            type ReadWriter = $crate::resource::declare::offered!($($read_writer)?);
            type Sender = $crate::resource::declare::offered!($($sender)?);
            type Publisher = $crate::resource::declare::offered!($($publisher)?);
            type Putter = $crate::resource::declare::offered!($($putter)?);
            type Invoker = $crate::resource::declare::offered!($($invoker)?);

            const NAME: &'static str = $name;
            type Feature = $crate::resource::feature::$feature;
            type Connection = $connection;

            fn connect(
                name: String,
            ) -> $crate::invocation::BoxFuture<'static, Result<$connection, $crate::Error>> {
                Box::pin($connect(name))
            }
        }

        #[cfg(not(feature = $on))]
        impl<R: $Trait> $crate::resource::kinds::ResourceKind<R> for $crate::resource::kinds::kind::$Trait {
            type Reader = $crate::resource::kinds::NotOffered;
            type Writer = $crate::resource::kinds::NotOffered;
            type ReadWriter = $crate::resource::kinds::NotOffered;
            type Sender = $crate::resource::kinds::NotOffered;
            type Publisher = $crate::resource::kinds::NotOffered;
            type Putter = $crate::resource::kinds::NotOffered;
            type Invoker = $crate::resource::kinds::NotOffered;

            const NAME: &'static str = $name;
            type Feature = $crate::resource::feature::$feature;
            type Connection = ();

            fn connect(
                _: String,
            ) -> $crate::invocation::BoxFuture<'static, Result<(), $crate::Error>> {
                let message = concat!("the feature `", $on, "` of `skylift` is not on");
                Box::pin(async move { Err($crate::Error::new("MissingFeature", message)) })
            }
        }
    };
}

#[allow(unused_macros)]
macro_rules! offered {
    () => {
        $crate::resource::kinds::NotOffered
    };
    ($client:ty) => {
        $client
    };
}

pub(crate) use declare;
#[allow(unused_imports)]
pub(crate) use offered;
