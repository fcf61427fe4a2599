//! The source `iot`: a rule of AWS IoT sends what its SQL statement selects from a message. The payload has no form
//! of its own, so the handler takes any type that can be read from JSON.
// See decision 0113.

use crate::Error;
use crate::handler::{DirectEvent, HandlerOutput, direct_handler};
use crate::invocation::Call;
use crate::registry::{Handler, SourceEntry};

/// A rule of AWS IoT: `trigger = iot(…)`. Mirrors the SAM event `IoTRule`. The user defines the events of a rule, so
/// this source has no event type.
pub enum Iot {}

/// The registry entry of the source `iot`.
pub const SOURCE: SourceEntry = SourceEntry { name: "iot", trigger: "pubsub" };

/// An event that is decoded from what a rule of AWS IoT selects.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a message of AWS IoT",
    label = "cannot be read from JSON",
    note = "`iot` delivers what its `sql` selects, as any type that implements `serde::de::DeserializeOwned`",
    note = "help: put `#[derive(serde::Deserialize)]` on `{Self}`"
)]
pub trait IotEvent: DirectEvent {}

#[diagnostic::do_not_recommend]
impl<E: DirectEvent> IotEvent for E {}

/// Makes the handler of a function whose triggers are rules of AWS IoT: the event is decoded from what the rule
/// selects.
pub fn iot_handler<E, F, Fut, O>(handler: F) -> Handler
where
    E: IotEvent,
    F: Fn(E, Call) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<O, Error>> + Send + 'static,
    O: HandlerOutput,
{
    direct_handler(handler)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::Value;

    use super::iot_handler;
    use crate::Error;
    use crate::testing::{fixture, respond};

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Click {
        serial_number: String,
        click_type: String,
    }

    #[test]
    fn the_official_message_of_a_button_reaches_the_handler() {
        let handler = iot_handler(|click: Click, _| async move {
            Ok(Ok::<_, Error>(format!("{} {}", click.serial_number, click.click_type)))
        });
        let answer = respond(&handler, &fixture("example-iot_button-event.json")).unwrap();
        assert_eq!(answer, br#""ABCDEFG12345 SINGLE""#);
    }

    /// A statement can also select one value: `SELECT VALUE temperature FROM …`.
    #[test]
    fn any_json_reaches_a_handler_of_any_json() {
        let handler = iot_handler(|value: Value, _| async move { Ok(Ok::<_, Error>(value)) });
        for payload in [r#"{"data":"AAEC/w=="}"#, "21.5", r#""text""#, "[1]", "null"] {
            assert_eq!(respond(&handler, payload.as_bytes()).unwrap(), payload.as_bytes());
        }
    }

    #[test]
    fn a_message_of_another_form_is_an_error_with_its_field_and_byte() {
        let handler = iot_handler(|_: Click, _| async move { Ok(Ok::<_, Error>(())) });
        let error = respond(&handler, br#"{"serialNumber":"A","clickType":7}"#).unwrap_err();
        assert_eq!(error.name(), "InvalidPayload");
        let text = error.to_string();
        assert!(text.contains("`clickType`: invalid type: integer `7`"), "{text}");
        assert!(text.ends_with("at byte 32"), "{text}");
    }

    #[test]
    fn a_hostile_message_fails_alone() {
        let handler = iot_handler(|_: Value, _| async move { Ok(Ok::<_, Error>(())) });
        let deep = format!(r#"{{"a":{}"#, "[".repeat(100_000));
        let broken_text = b"{\"a\":\"\xff\xfe\"}";
        for payload in [deep.as_bytes(), broken_text, b"\x00\x01\xff", b"", b"{\"a\":1"] {
            assert_eq!(respond(&handler, payload).unwrap_err().name(), "InvalidPayload");
        }
    }
}
