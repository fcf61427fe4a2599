//! What can trigger a function: a file for each source, registered here in one line.

mod document;
pub mod dynamodb;
pub mod http;
pub mod kinesis;
pub mod s3;
pub mod schedule;
pub mod sqs;

use std::ops::{Deref, DerefMut};

use serde::Serialize;

pub use document::Document;

use crate::App;
use crate::name::ParameterName;
use crate::problem::{At, Item, Problem, Problems};
use crate::resource::{Kind, Settings};
use crate::value::Named;

/// What every source can tell about one of its triggers.
pub trait Source {
    /// The `#[resource]` that the trigger stands on.
    fn uses(&self) -> Option<Uses<'_>> {
        None
    }

    /// What a bare trigger brings with it: the suffix of its id, and what it is.
    fn own(&self) -> Option<(&'static str, Settings)> {
        None
    }

    /// Makes the trigger stand on the resource that it brought.
    fn take_own(&mut self, _ident: &str) {}

    /// Where the trigger lets Lambda put what the function could not take.
    fn on_failure(&self) -> Option<&Named> {
        None
    }

    /// Whether it keeps a state over tumbling windows, where it could.
    fn has_window(&self) -> Option<bool> {
        None
    }

    /// Whether a handler takes what its resource says it holds: messages, records or items of a type.
    fn is_typed(&self) -> bool {
        false
    }

    /// Why work that it began cannot go on later, where it cannot.
    fn never_resumes(&self) -> Option<&'static str> {
        None
    }

    /// The template parameters that the trigger needs, and what they are.
    fn parameters(&self) -> Vec<(&ParameterName, &'static str)> {
        Vec::new()
    }

    /// What the trigger is, for people: `GET /orders/{id}`.
    fn summary(&self) -> String;
}

/// A `#[resource]` that a trigger stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Uses<'a> {
    /// The key of the trigger that names it.
    pub key: &'static str,
    /// The identifier of the resource's struct.
    pub ident: &'a str,
    /// What it has to be.
    pub kind: Kind,
}

/// A type that a source delivers, by its own name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventType {
    /// The type's name, without the path to it.
    pub name: &'static str,
    /// Whether it is one record of a batch, with which the handler is called once for each.
    pub record: bool,
    /// The JSON that it is read from, where its form is known; that of a message is the user's.
    pub document: Option<&'static Document>,
}

impl EventType {
    /// The whole event.
    const fn whole(name: &'static str) -> Self {
        Self { name, record: false, document: None }
    }

    /// The same, read from JSON of a known form.
    const fn of(self, document: &'static Document) -> Self {
        Self { document: Some(document), ..self }
    }

    /// One record of it.
    const fn record(name: &'static str) -> Self {
        Self { name, record: true, document: None }
    }
}

/// The types that a source delivers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivers {
    /// The source's name in the grammar.
    pub source: &'static str,
    /// The runtime's name for the source.
    pub marker: &'static str,
    /// The types of its events.
    pub events: &'static [EventType],
}

/// Where a trigger stands: its function's index, and its own among that function's triggers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The index in `App::functions`.
    pub function: usize,
    /// The index in `Function::triggers`.
    pub trigger: usize,
}

impl Place {
    /// Records a problem with the trigger as a whole.
    pub(crate) fn problem(self, problems: &mut Problems, message: String) -> &mut Problem {
        problems.push(Item::Function(self.function), At::Trigger(self.trigger), message)
    }

    /// Records a problem with one key of the trigger.
    pub(crate) fn key<'a>(
        self,
        key: &str,
        problems: &'a mut Problems,
        message: String,
    ) -> &'a mut Problem {
        problems.push(Item::Function(self.function), At::trigger_key(self.trigger, key), message)
    }

    /// The function, as a message names it to the reader of another one's.
    pub(crate) fn named(self, from: Self, app: &App) -> String {
        if self.function == from.function {
            return "another trigger of this function".to_owned();
        }
        let function = &app.functions[self.function];
        format!("function `{}` at {}", function.handler, function.origin)
    }
}

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
                    events: $module::TYPES,
                },)*
            ];

            /// The source's name in the grammar.
            #[must_use]
            pub const fn source(&self) -> &'static str {
                match self {
                    $(Self::$Source(_) => stringify!($module),)*
                }
            }

        /// What is wrong with the triggers of the application, seen beside each other.
        pub(crate) fn check(app: &App, problems: &mut Problems) {
            $({
                let triggers: Vec<(Place, &$module::$Source)> = app
                    .triggers()
                    .filter_map(|(place, trigger)| match trigger {
                        Trigger::$Source(trigger) => Some((place, trigger)),
                        _ => None,
                    })
                    .collect();
                $module::check(&triggers, app, problems);
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
            let event = delivers.events.iter().find(|event| event.name == name)?;
            Some((delivers, *event))
        })
    }
}
