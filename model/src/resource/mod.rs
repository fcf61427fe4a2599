//! What an application declares beside its functions: a file for each kind, registered here.

pub mod bucket;
pub mod queue;

use serde::Serialize;

use crate::function::Origin;
use crate::name::LogicalId;

/// A resource of the application.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Resource {
    /// The identifier of its struct, by which triggers name it.
    pub ident: String,
    /// The id of its resource in the template.
    pub id: LogicalId,
    /// What it is, and what was set on it.
    #[serde(flatten)]
    pub settings: Settings,
    /// The function that brought it by a bare trigger: its index.
    #[serde(skip)]
    pub owner: Option<usize>,
    /// Where it stands in the source.
    pub origin: Origin,
}

impl Resource {
    /// What it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.settings.kind()
    }
}

macro_rules! resources {
    ($($module:ident: $Kind:ident,)*) => {
        /// The kinds of resources.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Kind {
            $(
                #[doc = concat!("`", stringify!($module), "`")]
                $Kind,
            )*
        }

        impl Kind {
            /// The names of all kinds, as the grammar has them.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($module),)*];

            /// The kind's name in the grammar.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$Kind => stringify!($module),)*
                }
            }
        }

        /// What was set on a resource.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Settings {
            $(
                #[doc = concat!("`", stringify!($module), "`")]
                $Kind($module::$Kind),
            )*
        }

        impl Settings {
            /// The kind of the resource.
            #[must_use]
            pub const fn kind(&self) -> Kind {
                match self {
                    $(Self::$Kind(_) => Kind::$Kind,)*
                }
            }
        }
    };
}

resources! {
    bucket: Bucket,
    queue: Queue,
}
