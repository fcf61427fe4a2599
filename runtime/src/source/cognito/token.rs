//! The third version of the event before a user pool makes tokens. It differs from the second in its occasions alone: it
//! is also sent for machines. The types of its request and response are those of the second version.

use aws_lambda_events::cognito::{
    CognitoEventUserPoolsHeader, CognitoEventUserPoolsPreTokenGenRequestV2,
    CognitoEventUserPoolsPreTokenGenResponseV2,
};
use serde::{Deserialize, Serialize};

use super::trigger_source::trigger_sources;

trigger_sources! {
    /// For what a user pool makes tokens.
    CognitoEventUserPoolsPreTokenGenV3TriggerSource {
        /// A user signed in at the managed login.
        HostedAuth = "TokenGeneration_HostedAuth",
        /// A user signed in.
        Authentication = "TokenGeneration_Authentication",
        /// A user that an administrator made has a new password.
        NewPasswordChallenge = "TokenGeneration_NewPasswordChallenge",
        /// A user signed in with a known device.
        AuthenticateDevice = "TokenGeneration_AuthenticateDevice",
        /// A client refreshes its tokens.
        RefreshTokens = "TokenGeneration_RefreshTokens",
        /// A machine signed in with the credentials of an app client. There is no user.
        ClientCredentials = "TokenGeneration_ClientCredentials",
    }
}

/// The third version of the event before a user pool makes tokens, for users and for machines:
/// `on = pre_token_generation_v3`.
///
/// Mirrors "Pre token generation Lambda trigger" of the Amazon Cognito Developer Guide.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct CognitoEventUserPoolsPreTokenGenV3 {
    /// What every event of a user pool has.
    #[serde(flatten)]
    pub cognito_event_user_pools_header:
        CognitoEventUserPoolsHeader<CognitoEventUserPoolsPreTokenGenV3TriggerSource>,
    /// The user, its groups, and the scopes of the access token.
    pub request: CognitoEventUserPoolsPreTokenGenRequestV2,
    /// The changes of the claims and scopes.
    #[serde(default)]
    pub response: CognitoEventUserPoolsPreTokenGenResponseV2,
}
