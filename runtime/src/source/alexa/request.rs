//! [`AlexaRequest`]: a request of an Alexa skill. What every request has is decoded first. The fields that depend on
//! the type of the request are decoded from the whole payload again, so that an error names the field and the byte.

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_json::{Map, Value};

use super::intent::Intent;
use crate::Error;
use crate::invocation::decode;

/// A request of an Alexa skill: the user started the skill, said something, or left.
///
/// Mirrors "Request and Response JSON Reference" of the Alexa Skills Kit.
///
/// ```
/// use skylift::event::alexa::RequestKind;
/// use skylift::event::{AlexaRequest, AlexaResponse};
/// use skylift::{Error, function};
///
/// #[function(
///     trigger = alexa(skill = "amzn1.ask.skill.5bd3d8b1-0f7e-4e6a-9d3c-1a2b3c4d5e6f"),
///     timeout = "8s",
/// )]
/// async fn weather(request: AlexaRequest) -> Result<AlexaResponse, Error> {
///     let RequestKind::Intent(intent) = &request.kind else {
///         return Ok(AlexaResponse::say("Which city?").with_reprompt("Say the name of a city."));
///     };
///     let city = intent.slot("City").unwrap_or("your city");
///     Ok(AlexaResponse::say(format!("It is sunny in {city}.")).end_session())
/// }
///
/// // In a test, make one by hand.
/// let request = AlexaRequest::intent("Weather").with_slot("City", "Paris");
/// # let _ = weather(request);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AlexaRequest {
    /// The id of the request.
    pub id: String,
    /// The time of the request, as RFC 3339.
    pub timestamp: String,
    /// The language and the region of the user, such as `en-US`.
    pub locale: Option<String>,
    /// What the user did, with the fields of this type of request.
    pub kind: RequestKind,
    /// The session. Requests of a player have none.
    pub session: Option<Session>,
    /// The state of the device, the player and the display, as Alexa sent it.
    pub context: Value,
}

/// What the user did.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum RequestKind {
    /// The user started the skill without saying what it should do: a `LaunchRequest`.
    Launch,
    /// The user said what the skill should do: an `IntentRequest`.
    Intent(Intent),
    /// The session ended, and the skill did not end it: a `SessionEndedRequest`. Alexa ignores the response.
    SessionEnded(SessionEnd),
    /// A request of another type.
    Other {
        /// The type, such as `AudioPlayer.PlaybackFinished`.
        name: String,
        /// All fields of the request, with `type`.
        fields: Map<String, Value>,
    },
}

/// The session of a request.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct Session {
    /// Whether this is the first request of the session.
    pub new: bool,
    /// The id of the session.
    #[serde(rename = "sessionId", deserialize_with = "or_default")]
    pub id: String,
    /// What the previous response stored in the session.
    #[serde(deserialize_with = "or_default")]
    pub attributes: Map<String, Value>,
    /// The user, or the account that owns the device.
    #[serde(deserialize_with = "or_default")]
    pub user: User,
}

/// The user of a skill.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct User {
    /// The id of the user, which is another one after the user disables and enables the skill.
    #[serde(rename = "userId", deserialize_with = "or_default")]
    pub id: String,
    /// The token of the linked account, if the user has linked one.
    pub access_token: Option<String>,
}

/// Why a session ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct SessionEnd {
    /// `USER_INITIATED`, `ERROR` or `EXCEEDED_MAX_REPROMPTS`.
    #[serde(deserialize_with = "or_default")]
    pub reason: String,
    /// The error, if one ended the session.
    pub error: Option<SessionError>,
}

/// The error that ended a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct SessionError {
    /// The type of the error, such as `INVALID_RESPONSE`.
    #[serde(rename = "type", deserialize_with = "or_default")]
    pub kind: String,
    /// The text of the error.
    #[serde(deserialize_with = "or_default")]
    pub message: String,
}

/// The fields that every request has.
#[derive(serde::Deserialize)]
struct AlexaEnvelope {
    session: Option<Session>,
    #[serde(default)]
    context: Value,
    request: RequestFacts,
}

/// The fields of `request` that do not depend on its type.
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct RequestFacts {
    #[serde(rename = "type")]
    name: String,
    #[serde(default, deserialize_with = "or_default")]
    request_id: String,
    #[serde(default, deserialize_with = "or_default")]
    timestamp: String,
    locale: Option<String>,
}

/// The fields of `request` that depend on its type.
#[derive(serde::Deserialize)]
struct AlexaPayload<R> {
    request: R,
}

/// The fields of an `IntentRequest`.
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct IntentFields {
    intent: Intent,
    dialog_state: Option<String>,
}

impl AlexaRequest {
    /// Makes a request of a user who started the skill, for tests of a handler.
    #[must_use]
    pub fn launch() -> Self {
        Self::of_kind(RequestKind::Launch)
    }

    /// Makes a request with the intent `name`, for tests of a handler.
    #[must_use]
    pub fn intent(name: impl Into<String>) -> Self {
        Self::of_kind(RequestKind::Intent(Intent::new(name)))
    }

    /// Makes the request at the end of a session, for tests of a handler. `reason` is `USER_INITIATED`, `ERROR` or
    /// `EXCEEDED_MAX_REPROMPTS`.
    #[must_use]
    pub fn session_ended(reason: impl Into<String>) -> Self {
        let end = SessionEnd { reason: reason.into(), error: None };
        Self::of_kind(RequestKind::SessionEnded(end))
    }

    /// Sets the value of a slot of the intent. A request without an intent stays the same.
    #[must_use]
    pub fn with_slot(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        if let RequestKind::Intent(intent) = &mut self.kind {
            intent.set_slot(name.into(), value.into());
        }
        self
    }

    /// Sets an attribute of the session.
    #[must_use]
    pub fn with_attribute(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        let session = self.session.get_or_insert_default();
        session.attributes.insert(name.into(), value.into());
        self
    }

    /// Returns the attribute of the session with this name, which the previous response stored.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&Value> {
        self.session.as_ref()?.attributes.get(name)
    }

    /// Returns the id of the user. A request without a session has it in its context.
    #[must_use]
    pub fn user_id(&self) -> Option<&str> {
        match &self.session {
            Some(session) if !session.user.id.is_empty() => Some(&session.user.id),
            _ => self.context["System"]["user"]["userId"].as_str(),
        }
    }

    /// Returns the token of the linked account, if the user has linked one.
    #[must_use]
    pub fn access_token(&self) -> Option<&str> {
        let token = self.session.as_ref().and_then(|session| session.user.access_token.as_deref());
        token.or_else(|| self.context["System"]["user"]["accessToken"].as_str())
    }

    fn of_kind(kind: RequestKind) -> Self {
        Self {
            id: String::new(),
            timestamp: String::new(),
            locale: None,
            kind,
            session: Some(Session { new: true, ..Session::default() }),
            context: Value::Null,
        }
    }

    /// Decodes a request.
    pub(super) fn read(payload: &[u8]) -> Result<Self, Error> {
        let AlexaEnvelope { session, context, request } = decode::decode_json(payload)?;
        let kind = match request.name.as_str() {
            "LaunchRequest" => RequestKind::Launch,
            "IntentRequest" => {
                let IntentFields { intent, dialog_state } = read_fields(payload)?;
                RequestKind::Intent(Intent { dialog_state, ..intent })
            }
            "SessionEndedRequest" => RequestKind::SessionEnded(read_fields(payload)?),
            _ => RequestKind::Other { name: request.name, fields: read_fields(payload)? },
        };
        let RequestFacts { request_id, timestamp, locale, .. } = request;
        Ok(Self { id: request_id, timestamp, locale, kind, session, context })
    }
}

/// Decodes the fields of `request` that depend on its type.
fn read_fields<R: DeserializeOwned>(payload: &[u8]) -> Result<R, Error> {
    decode::decode_json::<AlexaPayload<R>>(payload).map(|payload| payload.request)
}

/// Decodes a value, where `null` is the default.
pub(super) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}
