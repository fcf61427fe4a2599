//! The values of `triggerSource` in the events of user pools. Cognito adds values from time to time, so an unknown one is
//! kept as it is: the event of a known trigger is never refused for it, and an answer has it unchanged.

/// Declares enums of the values of `triggerSource`.
macro_rules! trigger_sources {
    ($(
        $(#[$doc:meta])*
        $Enum:ident { $($(#[$variant_doc:meta])* $Variant:ident = $name:literal,)* }
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
        #[non_exhaustive]
        pub enum $Enum {
            $($(#[$variant_doc])* #[serde(rename = $name)] $Variant,)*
            /// Another value, as Cognito sent it.
            #[serde(untagged)]
            Other(String),
        }

        impl Default for $Enum {
            fn default() -> Self {
                Self::Other(String::new())
            }
        }
    )*};
}

pub(super) use trigger_sources;
