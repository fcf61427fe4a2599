//! The event after an external identity provider signed a user in, with the attributes that the provider sent.

use std::collections::HashMap;

use aws_lambda_events::cognito::CognitoEventUserPoolsHeader;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::sender::map_or_null;
use super::trigger_source::trigger_sources;

trigger_sources! {
    /// Where a user signed in that the user pool gets from elsewhere.
    CognitoEventUserPoolsInboundFederationTriggerSource {
        /// At an external identity provider.
        ExternalProvider = "InboundFederation_ExternalProvider",
    }

    /// The kind of an external identity provider.
    CognitoEventUserPoolsProviderType {
        /// A provider of OIDC.
        Oidc = "OIDC",
        /// A provider of SAML 2.0.
        Saml = "SAML",
        /// Facebook.
        Facebook = "Facebook",
        /// Google.
        Google = "Google",
        /// Apple.
        SignInWithApple = "SignInWithApple",
        /// Amazon.
        LoginWithAmazon = "LoginWithAmazon",
    }
}

/// The event after an external identity provider signed a user in: `on = inbound_federation`. The user pool takes the
/// attributes of the response.
///
/// Mirrors "Inbound federation Lambda trigger" of the Amazon Cognito Developer Guide.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct CognitoEventUserPoolsInboundFederation {
    /// What every event of a user pool has.
    #[serde(flatten)]
    pub cognito_event_user_pools_header:
        CognitoEventUserPoolsHeader<CognitoEventUserPoolsInboundFederationTriggerSource>,
    /// The provider, and what it knows about the user.
    pub request: CognitoEventUserPoolsInboundFederationRequest,
    /// The attributes that the user pool takes.
    #[serde(default)]
    pub response: CognitoEventUserPoolsInboundFederationResponse,
}

/// An identity provider, and what it knows about a user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CognitoEventUserPoolsInboundFederationRequest {
    /// The name of the provider in the user pool.
    #[serde(default)]
    pub provider_name: Option<String>,
    /// The kind of the provider.
    #[serde(default)]
    pub provider_type: Option<CognitoEventUserPoolsProviderType>,
    /// What the provider sent.
    #[serde(default)]
    pub attributes: CognitoEventUserPoolsInboundFederationAttributes,
}

/// What an identity provider sent. A provider of SAML sends `saml_response` alone, and every other provider the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CognitoEventUserPoolsInboundFederationAttributes {
    /// The answer of the provider's token endpoint. It has secrets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_response: Option<Map<String, Value>>,
    /// The claims of the identity token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_token: Option<Map<String, Value>>,
    /// The answer of the provider's user info endpoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_info: Option<Map<String, Value>>,
    /// The attributes of the SAML assertion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saml_response: Option<Map<String, Value>>,
}

/// The attributes that a user pool takes from an identity provider.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CognitoEventUserPoolsInboundFederationResponse {
    /// All attributes that the user pool takes: an attribute that is not in here is dropped. If it is empty, the user pool
    /// takes everything as the provider sent it.
    #[serde(default, deserialize_with = "map_or_null")]
    pub user_attributes_to_map: HashMap<String, String>,
}
