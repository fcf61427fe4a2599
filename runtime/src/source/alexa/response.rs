//! [`AlexaResponse`]: what Alexa says and shows, and whether it listens after that.

use serde::Serialize;
use serde_json::{Map, Value};

/// The version of the format.
const VERSION: &str = "1.0";

/// The response to a request of an Alexa skill.
///
/// A response without a reprompt ends the session unless [`keep_session`](Self::keep_session) keeps it open. Alexa
/// takes at most 8,000 characters of speech, as many in a card, and 120 KB in all. Mirrors "Request and Response JSON
/// Reference" of the Alexa Skills Kit.
///
/// ```
/// use serde_json::json;
/// use skylift::event::AlexaResponse;
///
/// let response = AlexaResponse::say("Which city?")
///     .with_reprompt("Say the name of a city.")
///     .with_card("Weather", "Which city?")
///     .with_attribute("asked", 1);
/// let json = serde_json::to_value(&response).unwrap();
/// assert_eq!(json["response"]["outputSpeech"], json!({ "type": "PlainText", "text": "Which city?" }));
/// assert_eq!(json["response"]["shouldEndSession"], false);
/// assert_eq!(json["sessionAttributes"], json!({ "asked": 1 }));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use]
pub struct AlexaResponse {
    version: &'static str,
    #[serde(skip_serializing_if = "Map::is_empty")]
    session_attributes: Map<String, Value>,
    response: ResponseBody,
}

/// What Alexa does.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct ResponseBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    output_speech: Option<Speech>,
    #[serde(skip_serializing_if = "Option::is_none")]
    card: Option<Card>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reprompt: Option<Reprompt>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    directives: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    should_end_session: Option<bool>,
}

/// What Alexa says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type")]
enum Speech {
    PlainText {
        text: String,
    },
    #[serde(rename = "SSML")]
    Ssml {
        ssml: String,
    },
}

/// What Alexa says if the user says nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Reprompt {
    output_speech: Speech,
}

/// What the Alexa app shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type")]
enum Card {
    Simple { title: String, content: String },
    LinkAccount,
}

impl Default for AlexaResponse {
    fn default() -> Self {
        Self::new()
    }
}

impl AlexaResponse {
    /// Makes a response without speech, such as one to the end of a session.
    pub fn new() -> Self {
        Self { version: VERSION, session_attributes: Map::new(), response: ResponseBody::default() }
    }

    /// Makes a response with a text that Alexa says.
    pub fn say(text: impl Into<String>) -> Self {
        let mut response = Self::new();
        response.response.output_speech = Some(Speech::PlainText { text: text.into() });
        response
    }

    /// Makes a response with speech in SSML, with or without `<speak>` around it. The caller escapes `&` and `<` in the
    /// texts inside.
    pub fn say_ssml(ssml: impl Into<String>) -> Self {
        let mut response = Self::new();
        response.response.output_speech = Some(Speech::ssml(ssml.into()));
        response
    }

    /// Sets the text that Alexa says if the user says nothing. The session stays open, and Alexa listens.
    pub fn with_reprompt(self, text: impl Into<String>) -> Self {
        self.reprompt(Speech::PlainText { text: text.into() })
    }

    /// Sets the speech in SSML that follows if the user says nothing. The session stays open, and Alexa listens.
    pub fn with_reprompt_ssml(self, ssml: impl Into<String>) -> Self {
        self.reprompt(Speech::ssml(ssml.into()))
    }

    /// Sets a card that the Alexa app shows.
    pub fn with_card(mut self, title: impl Into<String>, content: impl Into<String>) -> Self {
        self.response.card = Some(Card::Simple { title: title.into(), content: content.into() });
        self
    }

    /// Sets the card by which the user links an account.
    pub fn with_link_account_card(mut self) -> Self {
        self.response.card = Some(Card::LinkAccount);
        self
    }

    /// Adds a directive, such as one to a player or a display.
    pub fn with_directive(mut self, directive: impl Into<Value>) -> Self {
        self.response.directives.push(directive.into());
        self
    }

    /// Stores an attribute in the session. The next request has the attributes of this response, and no others.
    pub fn with_attribute(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.session_attributes.insert(name.into(), value.into());
        self
    }

    /// Stores these attributes in the session, such as those of the request.
    pub fn with_attributes(mut self, attributes: Map<String, Value>) -> Self {
        self.session_attributes.extend(attributes);
        self
    }

    /// Ends the session, even after a reprompt was set.
    pub fn end_session(mut self) -> Self {
        self.response.should_end_session = Some(true);
        self
    }

    /// Keeps the session open: Alexa listens for the user.
    pub fn keep_session(mut self) -> Self {
        self.response.should_end_session = Some(false);
        self
    }

    fn reprompt(mut self, output_speech: Speech) -> Self {
        self.response.reprompt = Some(Reprompt { output_speech });
        self.keep_session()
    }
}

impl Speech {
    /// Makes speech in SSML, whose root is `<speak>`.
    fn ssml(ssml: String) -> Self {
        let has_root = ssml.trim_start().starts_with("<speak");
        Self::Ssml { ssml: if has_root { ssml } else { format!("<speak>{ssml}</speak>") } }
    }
}
