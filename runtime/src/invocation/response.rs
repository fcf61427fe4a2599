//! [`FunctionResponse`]: the response of a function, buffered or streamed.

use super::future::BoxFuture;
use super::streaming::Streaming;
use crate::Error;

/// The future of a function's response, as handlers and sources pass it around.
pub(crate) type ResponseFuture<'a> = BoxFuture<'a, Result<FunctionResponse, Error>>;

/// The response of a function to one invocation.
#[derive(Debug)]
pub enum FunctionResponse {
    /// A response that is complete: JSON, as bytes.
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
    /// Returns the error of the stream if the response is streamed and fails.
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
