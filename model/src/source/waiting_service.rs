//! The services that wait for the answer of a function and give up after some time: API Gateway, Cognito and Alexa.

/// A service that waits for the answer of a function.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WaitingService {
    /// The name of the service: `API Gateway`.
    pub(crate) name: &'static str,
    /// What the function is behind, with its article: `an HTTP route`.
    pub(crate) behind: &'static str,
    /// How long the service waits, in seconds.
    pub(crate) seconds: u32,
}
