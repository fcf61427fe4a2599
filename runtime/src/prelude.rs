//! What nearly every file with handlers needs: `use skylift::prelude::*;`.

#[allow(unused_imports, unreachable_pub, reason = "only the features of sources bring events")]
pub use crate::event::prelude::*;
#[cfg(feature = "http")]
pub use crate::http::{IntoResponse, Json, Path, Query, StatusCode};
#[cfg(feature = "metrics")]
pub use crate::metric;
pub use crate::{
    Context, Error, Event, Invoker, Progress, Publisher, Putter, ReadWriter, Reader, Resume,
    Sender, State, Streaming, Writer, function, init, resource,
};
