//! [`FunctionResponse`]: the response of a function, buffered or streamed.

use super::future::BoxFuture;
use super::streaming::Streaming;
use crate::Error;

/// The future of a response, as handlers and sources pass it around.
pub(crate) type ResponseFuture<'a> = BoxFuture<'a, Result<FunctionResponse, Error>>;

/// The response of a function.
#[derive(Debug)]
pub enum FunctionResponse {
    /// A whole response: JSON, as bytes.
    Buffered(Vec<u8>),
    /// A response that is sent while the function still produces it.
    Streamed(Streaming),
}

#[cfg(any(test, all(feature = "local", debug_assertions)))]
impl FunctionResponse {
    /// Collects the bytes of the response.
    ///
    /// # Errors
    ///
    /// If the stream fails.
    pub(crate) async fn collect_bytes(self) -> Result<Vec<u8>, Error> {
        match self {
            Self::Buffered(bytes) => Ok(bytes),
            Self::Streamed(stream) => stream.collect().await,
        }
    }
}

impl From<Vec<u8>> for FunctionResponse {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Buffered(bytes)
    }
}
