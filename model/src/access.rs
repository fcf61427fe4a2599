//! What a handler may do with a resource, as the types of its parameters say it: `Writer<Uploads>`.
//! Each kind of resource knows the calls that its typed client makes for each access
//! ([`ResourceKind::calls`](crate::resource::ResourceKind::calls)); what a template grants is made of these calls alone.

use serde::Serialize;

/// What a capability lets a handler do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// `Reader<R>`.
    Read,
    /// `Writer<R>`.
    Write,
    /// `ReadWriter<R>`.
    ReadWrite,
    /// `Sender<R>`, to a queue.
    Send,
    /// `Publisher<R>`, to a topic or an event bus.
    Publish,
    /// `Putter<R>`, into a stream.
    Put,
    /// `Invoker<function>`.
    Invoke,
}

impl Access {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Read,
        Self::Write,
        Self::ReadWrite,
        Self::Send,
        Self::Publish,
        Self::Put,
        Self::Invoke,
    ];

    /// The name of the type that asks for it.
    #[must_use]
    pub const fn capability(self) -> &'static str {
        match self {
            Self::Read => "Reader",
            Self::Write => "Writer",
            Self::ReadWrite => "ReadWriter",
            Self::Send => "Sender",
            Self::Publish => "Publisher",
            Self::Put => "Putter",
            Self::Invoke => "Invoker",
        }
    }

    /// What the type of this name asks for.
    #[must_use]
    pub fn from_capability(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|access| access.capability() == name)
    }
}

/// A parameter of a handler that is a capability.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Capability {
    /// What it lets the handler do.
    pub access: Access,
    /// With what: the identifier of a resource's struct, or of a function.
    #[serde(rename = "with")]
    pub target: String,
    /// The index of the parameter.
    #[serde(skip)]
    pub parameter: usize,
}
