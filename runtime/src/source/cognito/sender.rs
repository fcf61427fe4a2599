//! The events by which a user pool asks a function to send a message: an e-mail or a text message.

use std::collections::HashMap;

use aws_lambda_events::cognito::CognitoEventUserPoolsHeader;
use serde::{Deserialize, Deserializer, Serialize};

use super::trigger_source::trigger_sources;

trigger_sources! {
    /// Why a user pool sends an e-mail.
    CognitoEventUserPoolsCustomEmailSenderTriggerSource {
        /// A user signed up.
        SignUp = "CustomEmailSender_SignUp",
        /// A user wants another code for the confirmation of the account.
        ResendCode = "CustomEmailSender_ResendCode",
        /// A user forgot the password.
        ForgotPassword = "CustomEmailSender_ForgotPassword",
        /// A user changed an attribute that needs verification.
        UpdateUserAttribute = "CustomEmailSender_UpdateUserAttribute",
        /// A user wants to verify an attribute.
        VerifyUserAttribute = "CustomEmailSender_VerifyUserAttribute",
        /// An administrator made a user, whose temporary password is the code.
        AdminCreateUser = "CustomEmailSender_AdminCreateUser",
        /// A user signs in with a code.
        Authentication = "CustomEmailSender_Authentication",
        /// Cognito found an attempt to take over an account. There is no code.
        AccountTakeOverNotification = "CustomEmailSender_AccountTakeOverNotification",
    }

    /// Why a user pool sends a text message.
    CognitoEventUserPoolsCustomSmsSenderTriggerSource {
        /// A user signed up.
        SignUp = "CustomSMSSender_SignUp",
        /// A user wants another code for the confirmation of the account.
        ResendCode = "CustomSMSSender_ResendCode",
        /// A user forgot the password.
        ForgotPassword = "CustomSMSSender_ForgotPassword",
        /// A user changed an attribute that needs verification.
        UpdateUserAttribute = "CustomSMSSender_UpdateUserAttribute",
        /// A user wants to verify an attribute.
        VerifyUserAttribute = "CustomSMSSender_VerifyUserAttribute",
        /// An administrator made a user, whose temporary password is the code.
        AdminCreateUser = "CustomSMSSender_AdminCreateUser",
        /// A user signs in with a code.
        Authentication = "CustomSMSSender_Authentication",
    }
}

/// The event by which a user pool asks a function to send an e-mail: `on = custom_email_sender`. Cognito does not wait
/// for the function.
///
/// Mirrors "Custom email sender Lambda trigger" of the Amazon Cognito Developer Guide.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct CognitoEventUserPoolsCustomEmailSender {
    /// What every event of a user pool has.
    #[serde(flatten)]
    pub cognito_event_user_pools_header:
        CognitoEventUserPoolsHeader<CognitoEventUserPoolsCustomEmailSenderTriggerSource>,
    /// The message.
    pub request: CognitoEventUserPoolsCustomSenderRequest,
}

/// The event by which a user pool asks a function to send a text message: `on = custom_sms_sender`. Cognito does not wait
/// for the function.
///
/// Mirrors "Custom SMS sender Lambda trigger" of the Amazon Cognito Developer Guide.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct CognitoEventUserPoolsCustomSmsSender {
    /// What every event of a user pool has.
    #[serde(flatten)]
    pub cognito_event_user_pools_header:
        CognitoEventUserPoolsHeader<CognitoEventUserPoolsCustomSmsSenderTriggerSource>,
    /// The message.
    pub request: CognitoEventUserPoolsCustomSenderRequest,
}

/// A message that a function sends in the place of Cognito.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CognitoEventUserPoolsCustomSenderRequest {
    /// The version of the request: `customEmailSenderRequestV1` or `customSMSSenderRequestV1`.
    #[serde(rename = "type", default)]
    pub request_type: Option<String>,
    /// The code or the temporary password, encrypted with the AWS Encryption SDK and encoded in Base64. `None` if the
    /// message has no code.
    #[serde(default)]
    pub code: Option<String>,
    /// The attributes of the user, such as `email`.
    #[serde(default, deserialize_with = "map_or_null")]
    pub user_attributes: HashMap<String, String>,
    /// What the client of the user sent beside its request.
    #[serde(default, deserialize_with = "map_or_null")]
    pub client_metadata: HashMap<String, String>,
}

/// Decodes a map of texts. `null` is an empty map, and entries that are `null` are left out.
pub(super) fn map_or_null<'de, D>(deserializer: D) -> Result<HashMap<String, String>, D::Error>
where
    D: Deserializer<'de>,
{
    let map = Option::<HashMap<String, Option<String>>>::deserialize(deserializer)?;
    Ok(map.into_iter().flatten().filter_map(|(key, value)| Some((key, value?))).collect())
}
