//! [`FunctionResponse`]: what a function answers, whole or bit by bit.

use super::streaming::Streaming;
#[cfg(any(test, all(feature = "local", debug_assertions)))]
use crate::Error;

/// What a function answers.
#[derive(Debug)]
pub enum FunctionResponse {
    /// JSON, as bytes.
    Buffered(Vec<u8>),
    /// Bytes that come while the function still runs.
    Streamed(Streaming),
}

#[cfg(any(test, all(feature = "local", debug_assertions)))]
impl FunctionResponse {
    /// All its bytes.
    ///
    /// # Errors
    ///
    /// What a stream fails with.
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
