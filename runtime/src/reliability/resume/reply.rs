//! [`Reply`]: the result that the caller of a function that resumes gets.

use serde::{Deserialize, Serialize};

/// The result that the caller of a function that resumes gets from `Invoker::invoke`.
///
/// ```
/// use skylift::resume::Reply;
///
/// fn show(reply: &Reply<u64>) -> String {
///     match reply {
///         Reply::Done(rows) => format!("{rows} rows"),
///         Reply::Resumed(to) => format!("goes on with message {}", to.message_id),
///     }
/// }
/// # assert_eq!(show(&Reply::Done(3)), "3 rows");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply<T> {
    /// The work was done within one invocation, with this result.
    Done(T),
    /// The work continues in another invocation, to which it was handed over.
    Resumed(HandedOver),
}

/// A hand-over of work to another invocation.
///
/// ```
/// use skylift::resume::HandedOver;
///
/// let handed_over = HandedOver::new(1, "message-1");
/// assert_eq!(handed_over.hop, 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[non_exhaustive]
pub struct HandedOver {
    /// How many times the work was handed over, including this time.
    pub hop: u32,
    /// The id of the message that hands over the work.
    pub message_id: String,
}

impl HandedOver {
    /// Makes a hand-over for tests of a caller.
    pub fn new(hop: u32, message_id: impl Into<String>) -> Self {
        Self { hop, message_id: message_id.into() }
    }
}

/// The response of an invocation that handed over its work: `{"resumed":{"hop":1,"messageId":"…"}}`.
#[cfg(feature = "resume")]
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ResumedReply {
    pub(super) resumed: HandedOver,
}

#[cfg(feature = "resume")]
impl<'de, T: serde::de::DeserializeOwned> Deserialize<'de> for Reply<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;

        let raw = Box::<serde_json::value::RawValue>::deserialize(deserializer)?;
        match serde_json::from_str::<ResumedReply>(raw.get()) {
            Ok(ResumedReply { resumed }) => Ok(Self::Resumed(resumed)),
            Err(_) => serde_json::from_str(raw.get()).map(Self::Done).map_err(D::Error::custom),
        }
    }
}

#[cfg(all(test, feature = "resume"))]
mod tests {
    use super::*;
    use crate::invocation::decode;

    #[test]
    fn a_reply_is_a_hand_over_only_in_its_exact_shape() {
        let read =
            |text: &str| decode::decode_json::<Reply<serde_json::Value>>(text.as_bytes()).unwrap();
        let whole = r#"{"resumed":{"hop":1,"messageId":"m"}}"#;
        let handed_over = HandedOver { hop: 1, message_id: "m".into() };
        assert_eq!(read(whole), Reply::Resumed(handed_over.clone()));
        assert_eq!(serde_json::to_string(&ResumedReply { resumed: handed_over }).unwrap(), whole);
        for other in [
            "null",
            "3",
            r#"{"resumed":true}"#,
            r#"{"resumed":{"hop":1}}"#,
            r#"{"resumed":{"hop":1,"messageId":"m","rows":3}}"#,
            r#"{"resumed":{"hop":1,"messageId":"m"},"rows":3}"#,
        ] {
            let value = serde_json::from_str(other).unwrap();
            assert_eq!(read(other), Reply::Done(value), "{other}");
        }
    }

    #[test]
    fn the_error_for_an_invalid_reply_names_the_expected_type() {
        let error = decode::decode_json::<Reply<u32>>(br#""x""#).unwrap_err().to_string();
        assert!(error.contains("invalid type: string \"x\", expected u32"), "{error}");
    }
}
