//! Capabilities: the access that a handler has to a resource, which the type of a parameter names, such as
//! `Writer<Uploads>`. Each kind of resource lists the API calls of its typed client for each access
//! ([`ResourceKind::calls`](crate::resource::ResourceKind::calls)). A template grants exactly these calls.
// See decision 0027.

use serde::Serialize;

use crate::aws::iam::{ApiCall, CallGroup};

/// The access to a resource that a capability gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// The access of `Reader<R>`, which reads from a resource.
    Read,
    /// The access of `Writer<R>`, which writes to a resource.
    Write,
    /// The access of `ReadWriter<R>`, which reads from a resource and writes to it.
    ReadWrite,
    /// The access of `DownloadSigner<R>`, which signs URLs for downloads from a bucket.
    SignDownload,
    /// The access of `UploadSigner<R>`, which signs URLs and forms for uploads to a bucket.
    SignUpload,
    /// The access of `Sender<R>`, which sends messages to a queue.
    Send,
    /// The access of `Publisher<R>`, which publishes to a topic or an event bus.
    Publish,
    /// The access of `Putter<R>`, which puts records into a stream.
    Put,
    /// The access of `Starter<R>`, which starts executions of a state machine.
    Start,
    /// The access of `Invoker<function>`, which invokes another function.
    Invoke,
}

impl Access {
    /// All kinds of access.
    pub const ALL: [Self; 10] = [
        Self::Read,
        Self::Write,
        Self::ReadWrite,
        Self::SignDownload,
        Self::SignUpload,
        Self::Send,
        Self::Publish,
        Self::Put,
        Self::Start,
        Self::Invoke,
    ];

    /// Returns the type name of the capability that gives this access.
    #[must_use]
    pub const fn capability(self) -> &'static str {
        match self {
            Self::Read => "Reader",
            Self::Write => "Writer",
            Self::ReadWrite => "ReadWriter",
            Self::SignDownload => "DownloadSigner",
            Self::SignUpload => "UploadSigner",
            Self::Send => "Sender",
            Self::Publish => "Publisher",
            Self::Put => "Putter",
            Self::Start => "Starter",
            Self::Invoke => "Invoker",
        }
    }

    /// Returns whether the type of the capability can name the calls to which it is narrowed: `Reader<Orders, Get>`.
    #[must_use]
    pub const fn can_be_narrowed(self) -> bool {
        matches!(self, Self::Read | Self::Write | Self::ReadWrite)
    }

    /// Returns the access that the capability with this type name gives, and `None` if no capability has this
    /// name.
    #[must_use]
    pub fn from_capability(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|access| access.capability() == name)
    }
}

/// A parameter of a handler that is a capability.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Capability {
    /// The access that the capability gives.
    pub access: Access,
    /// The identifier of the resource's struct, or of the function that the capability invokes.
    #[serde(rename = "with")]
    pub target: String,
    /// The groups of calls to which the capability is narrowed. Empty if it makes all calls of its access.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<CallGroup>,
    /// The index of the capability among the parameters of the handler.
    #[serde(skip)]
    pub parameter: usize,
}

impl Capability {
    /// Returns those of the calls of its access that the capability makes.
    #[must_use]
    pub fn select_calls(&self, all: Vec<ApiCall>) -> Vec<ApiCall> {
        let is_made = |call: &ApiCall| call.group.is_none_or(|group| self.makes(group));
        all.into_iter().filter(is_made).collect()
    }

    /// Returns whether the capability makes the calls of this group, if its access and its resource have them.
    #[must_use]
    pub fn makes(&self, group: CallGroup) -> bool {
        self.calls.is_empty() || self.calls.contains(&group)
    }
}
