//! Tests of the delivery of requests of Alexa skills. The payloads are in the form of "Request Types Reference" of the
//! Alexa Skills Kit.
// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};

use super::registration::answers_alexa;
use super::{AlexaRequest, AlexaResponse, RequestKind, alexa};
use crate::Error;
use crate::handler::triggered_handler;
use crate::registry::Handler;
use crate::source::event_type::Event;
use crate::source::shape::PayloadShape;
use crate::testing::{fixture, respond};

/// Returns a handler that answers with a description of the request.
fn describing() -> Handler {
    triggered_handler([alexa::<AlexaRequest>()], |request: AlexaRequest, _| async move {
        let mut facts = vec![
            json!(request.id),
            json!(request.locale),
            json!(request.user_id()),
            json!(request.access_token()),
        ];
        facts.push(match &request.kind {
            RequestKind::Launch => json!("launch"),
            RequestKind::Intent(intent) => {
                let slot = &intent.slots["ZodiacSign"];
                json!([
                    intent.name,
                    intent.slot("ZodiacSign"),
                    slot.resolved_id(),
                    slot.resolved_name(),
                    intent.dialog_state
                ])
            }
            RequestKind::SessionEnded(end) => {
                json!([end.reason, end.error.as_ref().map(|it| &it.kind)])
            }
            RequestKind::Other { name, fields } => json!([name, fields["token"]]),
        });
        Ok(Ok::<_, Error>(Value::from(facts)))
    })
}

fn described(name: &str) -> Value {
    let payload = fixture(&format!("example-alexa-{name}.json"));
    serde_json::from_slice(&respond(&describing(), &payload).unwrap()).unwrap()
}

#[test]
fn each_type_of_request_reaches_the_handler_with_its_fields() {
    let user = "amzn1.ask.account.AEXAMPLE";
    assert_eq!(
        described("launch"),
        json!(["amzn1.echo-api.request.launch", "en-US", user, null, "launch"])
    );
    assert_eq!(
        described("intent"),
        json!([
            "amzn1.echo-api.request.intent",
            "en-US",
            user,
            "token-of-the-account",
            ["GetZodiacHoroscopeIntent", "virgo", "VIRGO", "Virgo", "COMPLETED"]
        ])
    );
    assert_eq!(
        described("session-ended"),
        json!(["amzn1.echo-api.request.end", "en-US", user, null, ["ERROR", "INVALID_RESPONSE"]])
    );
    assert_eq!(
        described("playback"),
        json!([
            "amzn1.echo-api.request.play",
            "en-US",
            user,
            null,
            ["AudioPlayer.PlaybackFinished", "track-1"]
        ])
    );
}

#[test]
fn a_slot_without_a_match_is_not_resolved() {
    let intent = json!({
        "version": "1.0",
        "request": { "type": "IntentRequest", "intent": { "name": "A", "slots": {
            "ZodiacSign": { "name": "ZodiacSign", "value": "x", "resolutions": { "resolutionsPerAuthority": [
                { "status": { "code": "ER_SUCCESS_NO_MATCH" } }
            ] } }
        } } }
    });
    let answer = respond(&describing(), intent.to_string().as_bytes()).unwrap();
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!(answer, json!(["", null, null, null, ["A", "x", null, null, null]]));
}

#[test]
fn fields_that_are_null_or_absent_are_empty() {
    for request in [
        json!({ "type": "IntentRequest", "intent": { "name": "A", "slots": null } }),
        json!({ "type": "IntentRequest", "requestId": null, "intent": { "name": "A" } }),
        json!({ "type": "SessionEndedRequest", "reason": null }),
        json!({ "type": "LaunchRequest" }),
    ] {
        let session = json!({ "attributes": null, "user": null });
        let payload = json!({ "version": "1.0", "session": session, "request": request });
        let read = AlexaRequest::read(payload.to_string().as_bytes()).unwrap();
        assert!(read.id.is_empty() && read.attribute("a").is_none() && read.user_id().is_none());
    }
}

#[test]
fn a_broken_request_is_an_error_with_its_field_and_byte() {
    let payload = br#"{"request":{"type":"IntentRequest","intent":{"name":7}}}"#;
    let error = respond(&describing(), payload).unwrap_err();
    assert_eq!(error.name(), "InvalidPayload");
    let text = error.to_string();
    assert!(text.contains("`request.intent.name`: invalid type: integer `7`"), "{text}");
    assert!(text.ends_with("at byte 52"), "{text}");
    let deep = "[".repeat(100_000);
    for payload in [
        format!(r#"{{"request":{{"type":"LaunchRequest","other":{deep}"#).as_bytes(),
        format!(r#"{{"request":{{"type":"Other","field":{deep}"#).as_bytes(),
        format!(r#"{{"request":{{"type":"LaunchRequest"}},"context":{deep}"#).as_bytes(),
        b"\xff",
        b"",
        b"null",
        br#"{"request":{"type":"Launch\xffRequest"}}"#,
        br#"{"request":{}}"#,
        br#"{"request":{"type":"IntentRequest"}}"#,
        br#"{"request":{"type":"LaunchRequest"},"session":7}"#,
    ] {
        assert_eq!(respond(&describing(), payload).unwrap_err().name(), "InvalidPayload");
    }
}

#[test]
fn an_enum_recognises_a_request_by_its_version_and_its_fields() {
    let is_request = |payload: &[u8]| {
        AlexaRequest::recognises(&serde_json::from_slice::<PayloadShape<'_>>(payload).unwrap())
    };
    for name in ["launch", "intent", "session-ended", "playback"] {
        assert!(is_request(&fixture(&format!("example-alexa-{name}.json"))), "{name}");
    }
    for other in ["s3-event", "cognito-event-userpools-presignup", "eventbridge-schedule"] {
        assert!(!is_request(&fixture(&format!("example-{other}.json"))), "{other}");
    }
}

#[test]
fn a_response_has_the_fields_that_were_set_and_no_others() {
    let json = |response: AlexaResponse| serde_json::to_value(response).unwrap();
    assert_eq!(json(AlexaResponse::new()), json!({ "version": "1.0", "response": {} }));
    let attributes = serde_json::Map::from_iter([("turn".to_owned(), json!(1))]);
    let response = AlexaResponse::say_ssml("Hello <break time=\"1s\"/>")
        .with_reprompt_ssml("<speak>Again?</speak>")
        .with_card("Title", "Text")
        .with_directive(json!({ "type": "AudioPlayer.Stop" }))
        .with_attributes(attributes)
        .with_attribute("name", "a");
    assert_eq!(
        json(response.clone()),
        json!({
            "version": "1.0",
            "sessionAttributes": { "turn": 1, "name": "a" },
            "response": {
                "outputSpeech": { "type": "SSML", "ssml": "<speak>Hello <break time=\"1s\"/></speak>" },
                "card": { "type": "Simple", "title": "Title", "content": "Text" },
                "reprompt": { "outputSpeech": { "type": "SSML", "ssml": "<speak>Again?</speak>" } },
                "directives": [{ "type": "AudioPlayer.Stop" }],
                "shouldEndSession": false,
            },
        })
    );
    assert_eq!(json(response.end_session())["response"]["shouldEndSession"], true);
    let open = json(AlexaResponse::say("a").with_link_account_card().keep_session());
    assert_eq!(open["response"]["card"], json!({ "type": "LinkAccount" }));
    assert_eq!(open["response"]["shouldEndSession"], false);
}

#[test]
fn a_request_for_a_test_has_what_was_set() {
    let request = AlexaRequest::intent("Weather").with_slot("City", "Paris").with_attribute("a", 1);
    let RequestKind::Intent(intent) = &request.kind else { panic!("{request:?}") };
    assert_eq!((intent.name.as_str(), intent.slot("City")), ("Weather", Some("Paris")));
    assert_eq!(request.attribute("a"), Some(&json!(1)));
    assert_eq!(AlexaRequest::launch().with_slot("a", "b").kind, RequestKind::Launch);
    let RequestKind::SessionEnded(end) = AlexaRequest::session_ended("ERROR").kind else {
        panic!("another kind");
    };
    assert_eq!((end.reason.as_str(), end.error), ("ERROR", None));
}

#[test]
fn the_answer_is_a_response_or_any_json() {
    answers_alexa::<Result<AlexaResponse, Error>>();
    answers_alexa::<Result<Value, std::io::Error>>();
}
