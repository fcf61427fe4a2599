//! [`Answer`]: what a function answers, whole or bit by bit.

use super::streaming::Streaming;
#[cfg(any(test, all(feature = "local", debug_assertions)))]
use crate::Error;

/// What a function answers.
#[derive(Debug)]
pub enum Answer {
    /// JSON, as bytes.
    Whole(Vec<u8>),
    /// Bytes that come while the function still runs.
    Streamed(Streaming),
}

#[cfg(any(test, all(feature = "local", debug_assertions)))]
impl Answer {
    /// All its bytes.
    ///
    /// # Errors
    ///
    /// What a stream fails with.
    pub(crate) async fn whole(self) -> Result<Vec<u8>, Error> {
        match self {
            Self::Whole(bytes) => Ok(bytes),
            Self::Streamed(stream) => stream.collect().await,
        }
    }
}

impl From<Vec<u8>> for Answer {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Whole(bytes)
    }
}
