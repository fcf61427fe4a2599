//! The items that nearly every file with handlers needs: `use skylift::prelude::*;`.
//!
//! | items | feature |
//! | --- | --- |
//! | the attributes [`function`](macro@function), [`init`](macro@init), [`resource`](macro@resource) and [`Event`](macro@Event) | |
//! | [`Context`], [`State`], [`Error`], [`Progress`], [`Resume`], [`Streaming`] | |
//! | the capabilities [`Reader`], [`Writer`], [`ReadWriter`], [`DownloadSigner`], [`UploadSigner`], [`Sender`], [`Publisher`], [`Putter`], [`Starter`], [`Invoker`] | |
//! | the most common [events](crate::event) of a source | that of the source |
//! | `Claims`, `Form`, `HeaderMap`, `IntoResponse`, `Json`, `Path`, `Query`, `StatusCode` of the module `http` | `http` |
//! | [`metric!`](crate::metric) | `metrics` |
//!
//! ```
//! use skylift::prelude::*;
//!
//! #[resource(bucket)]
//! struct Uploads;
//!
//! /// Takes no event: the schedule only starts it.
//! #[function(schedule = "rate(1 day)", timeout = "1m")]
//! async fn report(context: Context) -> Result<(), Error> {
//!     println!("{} has {:?} left", context.function_name(), context.remaining());
//!     Ok(())
//! }
//! ```

#[allow(unused_imports, unreachable_pub, reason = "only the features of sources bring events")]
pub use crate::event::prelude::*;
#[cfg(feature = "http")]
#[cfg_attr(docsrs, doc(cfg(feature = "http")))]
pub use crate::http::{Claims, Form, HeaderMap, IntoResponse, Json, Path, Query, StatusCode};
#[cfg_attr(docsrs, doc(cfg(feature = "metrics")))]
pub use crate::metric;
pub use crate::{
    Context, DownloadSigner, Error, Event, Invoker, Progress, Publisher, Putter, ReadWriter,
    Reader, Resume, Sender, Starter, State, Streaming, UploadSigner, Writer, function, init,
    resource,
};
