//! Tests of the delivery of events of user pools.
// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::registration::{Cognito, EventAnswer, answers_with_event};
use super::{DeliveredByCognito, cognito};
use crate::Error;
use crate::event::cognito::CognitoEventUserPoolsProviderType;
use crate::event::{
    CognitoEventUserPoolsCreateAuthChallenge, CognitoEventUserPoolsCustomEmailSender,
    CognitoEventUserPoolsCustomMessage, CognitoEventUserPoolsCustomSmsSender,
    CognitoEventUserPoolsDefineAuthChallenge, CognitoEventUserPoolsInboundFederation,
    CognitoEventUserPoolsMigrateUser, CognitoEventUserPoolsPostAuthentication,
    CognitoEventUserPoolsPostConfirmation, CognitoEventUserPoolsPreAuthentication,
    CognitoEventUserPoolsPreSignup, CognitoEventUserPoolsPreTokenGen,
    CognitoEventUserPoolsPreTokenGenV2, CognitoEventUserPoolsPreTokenGenV3,
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
        ("pretokengen-v3", echo::<CognitoEventUserPoolsPreTokenGenV3>("pretokengen-v3")),
        ("migrateuser", echo::<CognitoEventUserPoolsMigrateUser>("migrateuser")),
        (
            "inbound-federation",
            echo::<CognitoEventUserPoolsInboundFederation>("inbound-federation"),
        ),
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
fn senders_get_the_encrypted_code() {
    use crate::event::cognito::CognitoEventUserPoolsCustomEmailSenderTriggerSource as EmailSource;
    use crate::event::cognito::CognitoEventUserPoolsCustomSmsSenderTriggerSource as SmsSource;

    let email: CognitoEventUserPoolsCustomEmailSender = decoded("customemailsender");
    let header = &email.cognito_event_user_pools_header;
    assert_eq!(header.trigger_source, Some(EmailSource::SignUp));
    assert_eq!(email.request.request_type.as_deref(), Some("customEmailSenderRequestV1"));
    assert!(email.request.code.as_ref().unwrap().starts_with("AYAD"));
    assert_eq!(email.request.user_attributes["email"], "jane@example.com");
    assert!(email.request.client_metadata.is_empty());
    let sms: CognitoEventUserPoolsCustomSmsSender = decoded("customsmssender");
    assert_eq!(sms.cognito_event_user_pools_header.trigger_source, Some(SmsSource::Authentication));
    assert_eq!(sms.request.client_metadata["channel"], "mobile");
    let takeover: CognitoEventUserPoolsCustomEmailSender = serde_json::from_str(
        r#"{"triggerSource":"CustomEmailSender_AccountTakeOverNotification","callerContext":{},"request":{"code":null,"userAttributes":{"CITY":null,"COUNTRY":"FR"}}}"#,
    )
    .unwrap();
    assert_eq!(takeover.request.code, None);
    assert_eq!(takeover.request.user_attributes.len(), 1);
    // Cognito does not wait for the answer.
    let handler = triggered_handler(
        [cognito::<CognitoEventUserPoolsCustomSmsSender, CognitoEventUserPoolsCustomSmsSender>()],
        |_, _| async { Ok(Ok::<_, Error>(())) },
    );
    let payload = fixture("example-cognito-event-userpools-customsmssender.json");
    assert_eq!(respond(&handler, &payload).unwrap(), b"null".as_slice());
}

#[test]
fn a_value_that_cognito_adds_stays_as_it_is() {
    let json = r#"{"version":"3","triggerSource":"TokenGeneration_Later","region":null,"userPoolId":null,"callerContext":{"awsSdkVersion":null,"clientId":null},"userName":null,"request":{"userAttributes":{},"groupConfiguration":{"groupsToOverride":[],"iamRolesToOverride":[],"preferredRole":null},"clientMetadata":{},"scopes":[]},"response":{"claimsAndScopeOverrideDetails":null}}"#;
    let event: CognitoEventUserPoolsPreTokenGenV3 = serde_json::from_str(json).unwrap();
    let sent: Value = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_value(&event).unwrap(), sent);
}

#[test]
fn a_function_chooses_the_attributes_of_a_federated_user() {
    let mut event: CognitoEventUserPoolsInboundFederation = decoded("inbound-federation");
    assert_eq!(event.request.provider_type, Some(CognitoEventUserPoolsProviderType::Oidc));
    let user = event.request.attributes.user_info.as_ref().unwrap();
    let name = user["given_name"].as_str().unwrap().to_owned();
    assert!(event.request.attributes.saml_response.is_none());
    event.response.user_attributes_to_map.insert("given_name".to_owned(), name);
    let answer = serde_json::to_value(&event).unwrap();
    assert_eq!(
        answer["response"],
        serde_json::json!({ "userAttributesToMap": { "given_name": "Example" } })
    );
    assert_eq!(answer["triggerSource"], "InboundFederation_ExternalProvider");
}

/// Decodes an official event.
fn decoded<E: DeserializeOwned>(name: &str) -> E {
    let payload = fixture(&format!("example-cognito-event-userpools-{name}.json"));
    serde_json::from_slice(&payload).unwrap()
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
            CognitoEventUserPoolsPreTokenGenV3::recognises(&shape),
            CognitoEventUserPoolsMigrateUser::recognises(&shape),
            CognitoEventUserPoolsInboundFederation::recognises(&shape),
            CognitoEventUserPoolsCustomEmailSender::recognises(&shape),
            CognitoEventUserPoolsCustomSmsSender::recognises(&shape),
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
        ("TokenGeneration_ClientCredentials", "3"),
        ("UserMigration_Authentication", "1"),
        ("InboundFederation_ExternalProvider", "1"),
        ("CustomEmailSender_SignUp", "1"),
        ("CustomSMSSender_Authentication", "1"),
    ];
    for (index, (source, version)) in sources.iter().enumerate() {
        let mut expected = [false; 15];
        expected[index] = true;
        let json = format!(r#"{{"version":"{version}","triggerSource":"{source}"}}"#);
        assert_eq!(recognised(&json), expected, "{source}");
    }
    assert_eq!(recognised(r#"{"version":3,"triggerSource":"PreSignUpLater_X"}"#), [false; 15]);
    assert_eq!(recognised(r#"{"version":{},"source":"PreSignUp_SignUp"}"#), [false; 15]);
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
