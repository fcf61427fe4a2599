//! The source `cognito`: takes an event of a user pool and delivers it as a whole. The handler answers with the same event,
//! in which it has filled in the response. Nothing waits for the answer of a handler that sends messages.
//!
//! Most events are types of the crate `aws_lambda_events`; those that the crate lacks are here.

#[cfg(feature = "cognito")]
mod deliver;
#[cfg(feature = "cognito")]
mod federation;
pub(crate) mod registration;
#[cfg(feature = "cognito")]
mod sender;
#[cfg(all(test, feature = "cognito"))]
mod tests;
#[cfg(feature = "cognito")]
mod token;
#[cfg(feature = "cognito")]
mod trigger_source;

#[cfg(feature = "cognito")]
pub use federation::{
    CognitoEventUserPoolsInboundFederation, CognitoEventUserPoolsInboundFederationAttributes,
    CognitoEventUserPoolsInboundFederationRequest, CognitoEventUserPoolsInboundFederationResponse,
    CognitoEventUserPoolsInboundFederationTriggerSource, CognitoEventUserPoolsProviderType,
};
pub use registration::{Cognito, DeliveredByCognito, SOURCE, cognito};
#[cfg(feature = "cognito")]
pub use sender::{
    CognitoEventUserPoolsCustomEmailSender, CognitoEventUserPoolsCustomEmailSenderTriggerSource,
    CognitoEventUserPoolsCustomSenderRequest, CognitoEventUserPoolsCustomSmsSender,
    CognitoEventUserPoolsCustomSmsSenderTriggerSource,
};
#[cfg(feature = "cognito")]
pub use token::{
    CognitoEventUserPoolsPreTokenGenV3, CognitoEventUserPoolsPreTokenGenV3TriggerSource,
};
