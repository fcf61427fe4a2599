//! Tests of the delivery of events of user pools.
// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::registration::{Cognito, EventAnswer, answers_with_event};
use super::{DeliveredByCognito, cognito};
use crate::Error;
use crate::event::{
    CognitoEventUserPoolsCreateAuthChallenge, CognitoEventUserPoolsCustomMessage,
    CognitoEventUserPoolsDefineAuthChallenge, CognitoEventUserPoolsMigrateUser,
    CognitoEventUserPoolsPostAuthentication, CognitoEventUserPoolsPostConfirmation,
    CognitoEventUserPoolsPreAuthentication, CognitoEventUserPoolsPreSignup,
    CognitoEventUserPoolsPreTokenGen, CognitoEventUserPoolsPreTokenGenV2,
    CognitoEventUserPoolsVerifyAuthChallenge,
};
use crate::handler::triggered_handler;
use crate::source::event_type::{Event, TriggeredBy};
use crate::source::shape::PayloadShape;
use crate::testing::{fixture, respond};

/// Answers an official event with the event itself, and returns the answer.
fn echo<E>(name: &str) -> Value
where
    E: DeliveredByCognito<E> + DeserializeOwned + Serialize + Send + 'static,
{
    let handler =
        triggered_handler([cognito::<E, E>()], |event: E, _| async { Ok(Ok::<_, Error>(event)) });
    let payload = fixture(&format!("example-cognito-event-userpools-{name}.json"));
    serde_json::from_slice(&respond(&handler, &payload).unwrap()).unwrap()
}

#[test]
fn each_official_event_is_answered_with_its_fields() {
    let answers = [
        ("presignup", echo::<CognitoEventUserPoolsPreSignup>("presignup")),
        ("postconfirmation", echo::<CognitoEventUserPoolsPostConfirmation>("postconfirmation")),
        ("preauthentication", echo::<CognitoEventUserPoolsPreAuthentication>("preauthentication")),
        (
            "postauthentication",
            echo::<CognitoEventUserPoolsPostAuthentication>("postauthentication"),
        ),
        ("custommessage", echo::<CognitoEventUserPoolsCustomMessage>("custommessage")),
        (
            "define-auth-challenge",
            echo::<CognitoEventUserPoolsDefineAuthChallenge>("define-auth-challenge"),
        ),
        (
            "create-auth-challenge",
            echo::<CognitoEventUserPoolsCreateAuthChallenge>("create-auth-challenge"),
        ),
        (
            "verify-auth-challenge",
            echo::<CognitoEventUserPoolsVerifyAuthChallenge>("verify-auth-challenge"),
        ),
        ("pretokengen", echo::<CognitoEventUserPoolsPreTokenGen>("pretokengen")),
        ("pretokengen-v2", echo::<CognitoEventUserPoolsPreTokenGenV2>("pretokengen-v2")),
        ("migrateuser", echo::<CognitoEventUserPoolsMigrateUser>("migrateuser")),
    ];
    for (name, answer) in answers {
        let payload = fixture(&format!("example-cognito-event-userpools-{name}.json"));
        let sent: Value = serde_json::from_slice(&payload).unwrap();
        for field in ["version", "triggerSource", "userPoolId", "userName", "callerContext"] {
            assert_eq!(answer[field], sent[field], "{name} {field}");
        }
        let fields = |value: &Value| value["response"].as_object().unwrap().clone();
        for (field, value) in fields(&sent) {
            assert_eq!(fields(&answer)[&field], value, "{name} {field}");
        }
    }
}

#[test]
fn a_handler_fills_in_the_response() {
    let handler = triggered_handler(
        [cognito::<CognitoEventUserPoolsPreSignup, CognitoEventUserPoolsPreSignup>()],
        |mut event, _| async move {
            event.response.auto_confirm_user = true;
            Ok(Ok::<_, Error>(event))
        },
    );
    let payload = fixture("example-cognito-event-userpools-presignup.json");
    let answer: Value = serde_json::from_slice(&respond(&handler, &payload).unwrap()).unwrap();
    assert_eq!(answer["response"]["autoConfirmUser"], true);
    assert_eq!(answer["triggerSource"], "PreSignUp_SignUp");
}

#[test]
fn an_enum_recognises_each_event_by_its_trigger_source() {
    let recognised = |json: &str| {
        let shape: PayloadShape<'_> = serde_json::from_str(json).unwrap();
        [
            CognitoEventUserPoolsPreSignup::recognises(&shape),
            CognitoEventUserPoolsPostConfirmation::recognises(&shape),
            CognitoEventUserPoolsPreAuthentication::recognises(&shape),
            CognitoEventUserPoolsPostAuthentication::recognises(&shape),
            CognitoEventUserPoolsCustomMessage::recognises(&shape),
            CognitoEventUserPoolsDefineAuthChallenge::recognises(&shape),
            CognitoEventUserPoolsCreateAuthChallenge::recognises(&shape),
            CognitoEventUserPoolsVerifyAuthChallenge::recognises(&shape),
            CognitoEventUserPoolsPreTokenGen::recognises(&shape),
            CognitoEventUserPoolsPreTokenGenV2::recognises(&shape),
            CognitoEventUserPoolsMigrateUser::recognises(&shape),
        ]
    };
    let sources = [
        ("PreSignUp_AdminCreateUser", "1"),
        ("PostConfirmation_ConfirmSignUp", "1"),
        ("PreAuthentication_Authentication", "1"),
        ("PostAuthentication_Authentication", "1"),
        ("CustomMessage_ForgotPassword", "1"),
        ("DefineAuthChallenge_Authentication", "1"),
        ("CreateAuthChallenge_Authentication", "1"),
        ("VerifyAuthChallengeResponse_Authentication", "1"),
        ("TokenGeneration_HostedAuth", "1"),
        ("TokenGeneration_HostedAuth", "2"),
        ("UserMigration_Authentication", "1"),
    ];
    for (index, (source, version)) in sources.iter().enumerate() {
        let mut expected = [false; 11];
        expected[index] = true;
        let json = format!(r#"{{"version":"{version}","triggerSource":"{source}"}}"#);
        assert_eq!(recognised(&json), expected, "{source}");
    }
    assert_eq!(recognised(r#"{"version":3,"triggerSource":"PreSignUpLater_X"}"#), [false; 11]);
    assert_eq!(recognised(r#"{"version":{},"source":"PreSignUp_SignUp"}"#), [false; 11]);
}

#[test]
fn a_broken_event_is_an_error_with_its_field() {
    type PreSignup = CognitoEventUserPoolsPreSignup;
    let handler = triggered_handler([cognito::<PreSignup, PreSignup>()], |event, _| async {
        Ok(Ok::<PreSignup, Error>(event))
    });
    let error =
        respond(&handler, br#"{"callerContext":{},"request":7,"response":{}}"#).unwrap_err();
    assert_eq!(error.name(), "InvalidPayload");
    assert!(error.to_string().contains("`request`"), "{error}");
    let deep = format!(r#"{{"request":{}"#, "[".repeat(100_000));
    let unknown = format!(r#"{{"clientMetadata":{}"#, "[".repeat(100_000));
    for payload in [deep.as_bytes(), unknown.as_bytes(), b"\xff", b"", b"null"] {
        assert_eq!(respond(&handler, payload).unwrap_err().name(), "InvalidPayload");
    }
}

#[test]
fn the_answer_is_the_event_or_any_json() {
    fn delivered<T, E: TriggeredBy<Cognito<T>>>() {}
    fn answer<E, O: EventAnswer<E>>() {}
    delivered::<CognitoEventUserPoolsPreSignup, CognitoEventUserPoolsPreSignup>();
    answer::<CognitoEventUserPoolsPreSignup, Result<Value, Error>>();
    answers_with_event::<
        CognitoEventUserPoolsPreSignup,
        Result<CognitoEventUserPoolsPreSignup, std::io::Error>,
    >();
}
