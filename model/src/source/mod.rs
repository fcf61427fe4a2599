//! What can trigger a function: a file for each source, registered here in one line. All that is known of
//! a source is in its file, and is asked of its [`Trigger`], or of the [`Facts`] of the source.

mod concurrency;
mod contract;
mod document;
pub mod dynamodb;
mod facts;
pub mod http;
pub mod kinesis;
mod placed;
pub mod s3;
pub mod schedule;
pub mod sqs;

use std::ops::{Deref, DerefMut};

use serde::Serialize;

pub use concurrency::Concurrency;
pub use contract::{Refusal, Source, Uses};
pub use document::Document;
pub use facts::{Delivers, EventType, Facts, Invocation};
pub use placed::{Invoked, Placed, Resources};

use crate::problem::Problems;

/// The name of the type that is a tumbling window of a stream's records, whichever stream it is.
pub const WINDOW: &str = "Window";

macro_rules! sources {
    ($($module:ident: $Source:ident,)*) => {
        /// One trigger of a function.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Trigger {
            $(
                #[doc = concat!("`", stringify!($module), "`")]
                $Source($module::$Source),
            )*
        }

        impl Trigger {
            /// The names of all sources, as the grammar has them.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($module),)*];

            /// What each source delivers.
            pub const DELIVERS: &'static [Delivers] = &[
                $(Delivers {
                    source: stringify!($module),
                    marker: stringify!($Source),
                    facts: $module::FACTS,
                },)*
            ];

            /// The source's name in the grammar, and in traces.
            #[must_use]
            pub const fn source(&self) -> &'static str {
                match self {
                    $(Self::$Source(_) => stringify!($module),)*
                }
            }

            /// What is so for every trigger of its source.
            #[must_use]
            pub const fn facts(&self) -> &'static Facts {
                match self {
                    $(Self::$Source(_) => $module::FACTS,)*
                }
            }

            /// Records what is wrong with triggers, seen beside each other.
            pub(crate) fn check(
                all: &[Placed<'_, Self>],
                resources: &Resources<'_>,
                problems: &mut Problems,
            ) {
                $({
                    let triggers: Vec<Placed<'_, $module::$Source>> = all
                        .iter()
                        .filter_map(|placed| {
                            let Self::$Source(trigger) = placed.trigger else { return None };
                            Some(placed.with(trigger))
                        })
                        .collect();
                    $module::$Source::check(&triggers, resources, problems);
                })*
            }
        }

        impl Deref for Trigger {
            type Target = dyn Source;

            fn deref(&self) -> &Self::Target {
                match self {
                    $(Self::$Source(trigger) => trigger,)*
                }
            }
        }

        impl DerefMut for Trigger {
            fn deref_mut(&mut self) -> &mut Self::Target {
                match self {
                    $(Self::$Source(trigger) => trigger,)*
                }
            }
        }

        $(
            impl From<$module::$Source> for Trigger {
                fn from(trigger: $module::$Source) -> Self {
                    Self::$Source(trigger)
                }
            }
        )*
    };
}

sources! {
    s3: S3,
    schedule: Schedule,
    http: Http,
    sqs: Sqs,
    kinesis: Kinesis,
    dynamodb: DynamoDb,
}

impl Trigger {
    /// The event of that name, with the source that delivers it.
    #[must_use]
    pub fn event(name: &str) -> Option<(&'static Delivers, EventType)> {
        Self::DELIVERS.iter().find_map(|delivers| {
            let event = delivers.facts.events.iter().find(|event| event.name == name)?;
            Some((delivers, *event))
        })
    }

    /// Whether nobody waits for the answer, and Lambda drops an event after it has tried three times. A
    /// queue or a stream keeps what failed, and the caller of a request waits.
    #[must_use]
    pub fn is_unattended(&self) -> bool {
        self.facts().invocation == Invocation::Asynchronous
    }

    /// The form of the requests that it takes, where it takes requests in place of events.
    #[must_use]
    pub const fn request(&self) -> Option<&'static Document> {
        match self.facts().invocation {
            Invocation::Request(document) => Some(document),
            Invocation::Asynchronous | Invocation::Polled => None,
        }
    }

    /// Whether its events are ticks of the clock, which may also keep the function warm.
    #[must_use]
    pub const fn is_tick(&self) -> bool {
        self.facts().is_tick
    }
}
