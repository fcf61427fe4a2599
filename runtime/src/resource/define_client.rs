//! The macro that defines a typed client over a client of the AWS SDK, with the methods and the traits that
//! all typed clients have.
// See decision 0084.

/// Defines the typed client of a kind of resource. Takes its documentation, its name, the SDK crate, the Cargo
/// feature and the documentation of `name()`. The client may have a second type parameter for its access (reading or
/// writing).
macro_rules! define_client {
    (
        $(#[$doc:meta])*
        $Name:ident<R $(, $Access:ident)?>, $sdk:ident, feature $feature:literal, $name_doc:literal
    ) => {
        $(#[$doc])*
        #[cfg_attr(docsrs, doc(cfg(feature = $feature)))]
        pub struct $Name<R $(, $Access)?> {
            pub(crate) connection: $crate::aws::connection::SdkConnection<$sdk::Client>,
            marker: std::marker::PhantomData<fn() -> (R, $($Access)?)>,
        }

        impl<R: $crate::resource::kinds::Resource $(, $Access: $crate::resource::access::Access)?>
            $Name<R $(, $Access)?>
        {
            /// Returns the client of the AWS SDK, for operations that this client does not have.
            ///
            /// The function's role allows only the operations of the capability. Any other operation needs
            /// a permission of its own, by `allow(…)` of the function for example.
            #[must_use]
            pub fn client(&self) -> &$sdk::Client {
                &self.connection.client
            }

            #[doc = $name_doc]
            #[must_use]
            pub fn name(&self) -> &str {
                &self.connection.name
            }
        }

        impl<R: $crate::resource::kinds::Resource $(, $Access: $crate::resource::access::Access)?>
            $crate::resource::kinds::FromConnection<
                $crate::aws::connection::SdkConnection<$sdk::Client>,
            > for $Name<R $(, $Access)?>
        {
            fn from_connection(
                connection: $crate::aws::connection::SdkConnection<$sdk::Client>,
            ) -> Self {
                Self { connection, marker: std::marker::PhantomData }
            }
        }

        impl<R $(, $Access)?> Clone for $Name<R $(, $Access)?> {
            fn clone(&self) -> Self {
                Self { connection: self.connection.clone(), marker: std::marker::PhantomData }
            }
        }

        impl<R: $crate::resource::kinds::Resource $(, $Access)?> std::fmt::Debug
            for $Name<R $(, $Access)?>
        {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_tuple(stringify!($Name)).field(&self.connection.name).finish()
            }
        }
    };
}

pub(crate) use define_client;
