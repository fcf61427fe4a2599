//! [`FunctionResponse`]: the response of a function, buffered or streamed.

use super::future::BoxFuture;
use super::streaming::Streaming;
use crate::{Error, messages};

/// The largest response that Lambda accepts. "Lambda quotas" of the AWS Lambda Developer Guide says 6 MB;
/// Lambda in fact accepts 6 MiB and 100 bytes, according to its error `Function.ResponseSizeTooLarge` ("maximum
/// allowed payload size (6291556 bytes)") and to `MaxPayloadSize` in the sources of its Runtime Interface
/// Emulator.
pub(crate) const MAX_RESPONSE_BYTES: usize = 6 * 1024 * 1024 + 100;

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

/// Checks that Lambda accepts a response. The size of a streamed response is not checked here: it may be
/// larger, and the host counts the bytes while it sends them.
pub(crate) fn check_response(response: FunctionResponse) -> Result<FunctionResponse, Error> {
    match &response {
        FunctionResponse::Buffered(bytes) if bytes.len() > MAX_RESPONSE_BYTES => {
            Err(messages::invocation::response_too_large(bytes.len(), MAX_RESPONSE_BYTES))
        }
        FunctionResponse::Streamed(stream) if !stream.has_valid_content_type() => {
            Err(messages::invocation::invalid_content_type(stream.content_type()))
        }
        _ => Ok(response),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_over_the_limit_is_an_error_with_its_size() {
        assert!(check_response(vec![0; MAX_RESPONSE_BYTES].into()).is_ok());
        let error = check_response(vec![0; MAX_RESPONSE_BYTES + 1].into()).unwrap_err();
        assert_eq!(error.name(), "ResponseTooLarge");
        let start = "the response has 6291557 bytes, and Lambda takes 6291556; help: ";
        assert!(error.to_string().starts_with(start), "{error}");
    }
}
