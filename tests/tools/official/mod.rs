//! Official payloads of the sources that no example has, run through one binary under the Runtime Interface Emulator. The
//! unit tests of the runtime read the same payloads; here they pass the Runtime API, the registry and a built handler.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use skylift_tests::project::Project;

use crate::emulator::Function;
use crate::payloads;

/// The features of the sources.
const FEATURES: &[&str] = &[
    "alexa",
    "cognito",
    "documentdb",
    "event",
    "kafka",
    "logs",
    "mq",
    "msk",
    "schedule",
    "sns",
    "url",
];

/// The name of the package.
const PACKAGE: &str = "official-payloads";

/// The functions, each with the names of its payloads.
const CASES: &[(&str, &[&str])] = &[
    ("sns", &["sns-event"]),
    ("event", &["eventbridge-event-obj"]),
    ("schedule", &["eventbridge-schedule"]),
    ("logs", &["cloudwatch_logs-event"]),
    ("cognito", &["cognito-event-userpools-presignup"]),
    ("cognito_tokens", &["cognito-event-userpools-pretokengen-v3"]),
    ("cognito_federation", &["cognito-event-userpools-inbound-federation"]),
    ("cognito_email", &["cognito-event-userpools-customemailsender"]),
    ("cognito_sms", &["cognito-event-userpools-customsmssender"]),
    ("iot", &["iot_button-event"]),
    ("alexa", &["alexa-intent", "alexa-launch", "alexa-playback", "alexa-session-ended"]),
    ("msk", &["kafka-event"]),
    ("kafka", &["kafka-event"]),
    ("mq", &["activemq-event", "activemq-event-null-properties", "rabbitmq-event"]),
    ("url", &["function-url-iam-request"]),
    ("url_stream", &["function-url-iam-request"]),
    (
        "documentdb",
        &[
            "documentdb-insert-event",
            "documentdb-update-event",
            "documentdb-replace-event",
            "documentdb-delete-event",
            "documentdb-drop-event",
            "documentdb-drop-database-event",
            "documentdb-rename-event",
            "documentdb-invalidate-event",
        ],
    ),
];

/// The streamed response of a function URL: status and headers, eight NUL bytes, and the body.
const STREAMED: &str = "{\"statusCode\":202,\"headers\":{\"content-type\":\"text/plain; charset=utf-8\",\"x-cookie\":\"theme=dark; session=a1\",\"content-length\":\"8\"}}\0\0\0\0\0\0\0\0streamed";

/// Returns the response that Lambda gets for a payload. `null` is success without a value.
fn expected(handler: &str, payload: &Value) -> Value {
    match handler {
        "cognito" => {
            let mut answer = payload.clone();
            answer["response"]["autoConfirmUser"] = json!(true);
            answer
        }
        "url" => json!({
            "statusCode": 200,
            "headers": { "content-type": "text/plain; charset=utf-8", "content-length": "83" },
            "body": "\"arn:aws:iam::123456789012:user/reader\" /hello/a%20b?loud=1&loud=2 {\"name\":\"world\"}",
            "isBase64Encoded": false,
        }),
        "cognito_tokens" | "cognito_federation" => payload.clone(),
        "msk" => json!({ "batchItemFailures": [] }),
        _ => Value::Null,
    }
}

#[test]
fn every_official_payload_reaches_its_function() {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("official");
    let project = Project::new(&scratch, PACKAGE)
        .package("", PACKAGE, FEATURES, "")
        .file("src/main.rs", include_str!("main.rs"));
    let binary = project.build(&[]).executable(PACKAGE);
    for (handler, names) in CASES {
        let function = Function::start(&binary, handler, &BTreeMap::new());
        for name in *names {
            let payload = payloads::official(name);
            if *handler == "url_stream" {
                let answer = function.attempt(&payload).text();
                assert_eq!(answer, STREAMED, "{name}\n{}", function.log());
                continue;
            }
            let answer = function.invoke(&payload);
            if *handler == "alexa" {
                let speech = &answer["response"]["outputSpeech"];
                assert_eq!(speech["text"], "hello", "{name}: {answer}");
                continue;
            }
            assert_eq!(answer, expected(handler, &payload), "{name}\n{}", function.log());
        }
        let other = function.invoke(&json!({ "eventSource": 1, "records": 7, "Records": 7 }));
        assert!(*handler == "iot" || other["errorType"].is_string(), "{handler}: {other}");
    }
}
