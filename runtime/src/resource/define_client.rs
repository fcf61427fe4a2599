//! A typed client of ours over one of the SDK's.

/// Declares the typed client of a kind over the SDK's, for any access or with one as a parameter.
macro_rules! define_client {
    ($(#[$doc:meta])* $Name:ident<R $(, $Access:ident)?>, $sdk:ident, $what:literal) => {
        $(#[$doc])*
        pub struct $Name<R $(, $Access)?> {
            pub(crate) connection: $crate::aws::connection::SdkConnection<$sdk::Client>,
            of: std::marker::PhantomData<fn() -> (R, $($Access)?)>,
        }

        impl<R: $crate::resource::kinds::Resource $(, $Access: $crate::resource::access::Access)?>
            $Name<R $(, $Access)?>
        {
            /// The client of AWS's SDK, for what this one does not do. It is allowed what this one
            /// does: what else a call needs, the function has to be granted.
            #[must_use]
            pub fn client(&self) -> &$sdk::Client {
                &self.connection.client
            }

            #[doc = $what]
            #[must_use]
            pub fn name(&self) -> &str {
                &self.connection.name
            }
        }

        impl<R: $crate::resource::kinds::Resource $(, $Access: $crate::resource::access::Access)?>
            $crate::resource::kinds::FromConnection<$crate::aws::connection::SdkConnection<$sdk::Client>> for $Name<R $(, $Access)?>
        {
            fn from_connection(connection: $crate::aws::connection::SdkConnection<$sdk::Client>) -> Self {
                Self { connection, of: std::marker::PhantomData }
            }
        }

        impl<R $(, $Access)?> Clone for $Name<R $(, $Access)?> {
            fn clone(&self) -> Self {
                Self { connection: self.connection.clone(), of: std::marker::PhantomData }
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
