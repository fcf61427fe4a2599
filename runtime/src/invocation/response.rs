//! [`FunctionResponse`]: the response of a function, buffered or streamed.

use super::streaming::Streaming;
#[cfg(any(test, all(feature = "local", debug_assertions)))]
use crate::Error;

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
