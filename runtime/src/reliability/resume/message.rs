//! A hand-over as a message of the function's queue: the event, the cursor, and the facts about the work. A
//! message is recognised as a hand-over by the queue that it comes from, and by its exact shape.
// See decision 0058 and decision 0063.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use super::settings::ResumeSettings;
use crate::Error;
use crate::invocation::decode;
use crate::messages;
use crate::messages::resume::NotAHandOver;

/// The largest message that `SendMessage` of SQS accepts, in bytes.
const MAX_MESSAGE_BYTES: usize = 1_048_576;

/// The version of the format of hand-overs.
const VERSION: u32 = 1;

/// The body of a message that hands over work.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HandOver<'a> {
    resume: u32,
    #[serde(borrow)]
    function: Cow<'a, str>,
    /// The id of the request that started the work, which the logs of all invocations for the work show.
    #[serde(borrow)]
    pub(super) request: Cow<'a, str>,
    /// How many times the work was handed over, including this time.
    pub(super) hop: u32,
    /// The cursor in JSON; `None` if the first part failed. A JSON `null` is a cursor, whose meaning depends on
    /// its type.
    #[serde(
        borrow,
        default,
        deserialize_with = "read_cursor",
        skip_serializing_if = "Option::is_none"
    )]
    cursor: Option<&'a RawValue>,
    #[serde(borrow)]
    event: &'a RawValue,
}

impl<'a> HandOver<'a> {
    /// Makes the body of a message that hands over work. `request` is the id of the request that started the
    /// work, and `hop` is how many times the work was handed over.
    pub(super) fn to_body<H: ResumeSettings>(
        (request, hop): (&str, u32),
        cursor: Option<&str>,
        event: &[u8],
    ) -> Result<String, Error> {
        // Lambda replaces an empty payload by `{}`; other hosts may not.
        let event = if event.is_empty() { b"null" } else { event };
        let hand_over = HandOver {
            resume: VERSION,
            function: H::FUNCTION.into(),
            request: request.into(),
            hop,
            cursor: cursor.map(serde_json::from_str).transpose()?,
            event: decode::decode_json(event)
                .map_err(|error| error.with_context(messages::resume::describe_event()))?,
        };
        let body = serde_json::to_string(&hand_over)?;
        check_body_size::<H>(body.len(), event.len(), cursor.map(str::len))?;
        Ok(body)
    }

    /// Returns an error if the event and the cursor would be too large to hand over. It only computes the size
    /// of the message.
    pub(super) fn check_size<H: ResumeSettings>(
        of: (&str, u32),
        cursor: Option<&str>,
        event: &[u8],
    ) -> Result<(), Error> {
        let little = "0";
        let body = Self::to_body::<H>(of, cursor.map(|_| little), little.as_bytes())?;
        let around = body.len() - little.len() - cursor.map_or(0, |_| little.len());
        let (event, cursor) = (event.len(), cursor.map(str::len));
        check_body_size::<H>(around + event + cursor.unwrap_or_default(), event, cursor)
    }

    /// Parses the body of a message that came from the function's own queue, or returns an error if it is not a
    /// hand-over or has too many hops.
    pub(super) fn parse<H: ResumeSettings>(body: &'a str) -> Result<Self, Error> {
        let not = |why| messages::resume::not_a_hand_over(H::QUEUE, H::FUNCTION, why);
        if !is_object(body.as_bytes()) {
            return Err(not(NotAHandOver::NotAnObject));
        }
        let read: Self =
            serde_json::from_str(body).map_err(|error| not(NotAHandOver::Json(error)))?;
        if read.resume != VERSION {
            return Err(not(NotAHandOver::Version { found: read.resume, expected: VERSION }));
        }
        if read.function != H::FUNCTION {
            return Err(not(NotAHandOver::Function(read.function.into_owned())));
        }
        if read.hop == 0 {
            return Err(not(NotAHandOver::NoHop));
        }
        if read.hop > H::HOPS {
            return Err(messages::resume::hop_limit(H::FUNCTION, &read.request, H::HOPS));
        }
        Ok(read)
    }

    /// Returns the event in JSON.
    pub(super) fn event(&self) -> &'a [u8] {
        self.event.get().as_bytes()
    }

    /// Returns the cursor in JSON; `None` if the first part failed.
    pub(super) fn cursor(&self) -> Option<String> {
        self.cursor.map(|cursor| cursor.get().to_owned())
    }
}

/// Reads a cursor that is in the message, even if it is null.
fn read_cursor<'de: 'a, 'a, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<&'a RawValue>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(Some)
}

/// Returns an error if a body of `body` bytes is too large for a message; `event` and `cursor` are the sizes
/// that the error shows.
fn check_body_size<H: ResumeSettings>(
    body: usize,
    event: usize,
    cursor: Option<usize>,
) -> Result<(), Error> {
    let most = MAX_MESSAGE_BYTES;
    if body <= most {
        return Ok(());
    }
    Err(messages::resume::hand_over_too_large(H::FUNCTION, body, most, event, cursor))
}

/// A batch of a queue, with only the fields that are needed. Other payloads cannot be parsed as a batch.
#[derive(Deserialize)]
struct Batch<'a> {
    #[serde(borrow, rename = "Records")]
    records: Vec<QueueMessage<'a>>,
}

/// A message in a batch of a queue, with only the fields that are needed.
#[derive(Deserialize)]
pub(super) struct QueueMessage<'a> {
    #[serde(borrow, rename = "messageId")]
    pub(super) id: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) body: Cow<'a, str>,
    #[serde(borrow, rename = "eventSource")]
    source: Cow<'a, str>,
    #[serde(borrow, rename = "eventSourceARN")]
    arn: Cow<'a, str>,
}

/// Returns the messages of a payload if it is a batch of the queue with this URL; `None` for any other payload.
pub(super) fn own_messages<'a>(payload: &'a [u8], url: &str) -> Option<Vec<QueueMessage<'a>>> {
    if !is_object(payload) {
        return None;
    }
    let batch: Batch<'_> = serde_json::from_slice(payload).ok()?;
    let own = |it: &QueueMessage<'_>| it.source == "aws:sqs" && is_same_queue(&it.arn, url);
    let all = !batch.records.is_empty() && batch.records.iter().all(own);
    all.then_some(batch.records)
}

/// Returns whether JSON is an object. An array of the right values could be deserialized as one of the structs
/// here.
fn is_object(json: &[u8]) -> bool {
    json.trim_ascii_start().first() == Some(&b'{')
}

/// Returns whether an ARN and a URL belong to the same queue. It compares only account and name, since a queue
/// invokes no function in another region.
fn is_same_queue(arn: &str, url: &str) -> bool {
    let mut arn = arn.rsplit(':');
    let (name, account) = (arn.next(), arn.next());
    let mut url = url.trim_end_matches('/').rsplit('/');
    let known = (url.next(), url.next());
    name.is_some_and(|name| !name.is_empty()) && (name, account) == known
}
