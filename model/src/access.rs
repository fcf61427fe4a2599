//! Capabilities: the access that a handler has to a resource, which the type of a parameter names, such as
//! `Writer<Uploads>`. Each kind of resource lists the API calls of its typed client for each access
//! ([`ResourceKind::calls`](crate::resource::ResourceKind::calls)). A template grants exactly these calls.
// See decision 0027.

use serde::Serialize;

/// The access to a resource that a capability gives.
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
    /// All kinds of access.
    pub const ALL: [Self; 7] = [
        Self::Read,
        Self::Write,
        Self::ReadWrite,
        Self::Send,
        Self::Publish,
        Self::Put,
        Self::Invoke,
    ];

    /// Returns the name of the capability's type.
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

    /// Returns the access that the capability with this type name gives.
    #[must_use]
    pub fn from_capability(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|access| access.capability() == name)
    }
}

/// A parameter of a handler that is a capability.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Capability {
    /// The access that it gives.
    pub access: Access,
    /// The identifier of the resource's struct, or of the invoked function.
    #[serde(rename = "with")]
    pub target: String,
    /// The index of the parameter.
    #[serde(skip)]
    pub parameter: usize,
}
