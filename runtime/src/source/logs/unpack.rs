//! Unpacks the event of a log group: CloudWatch Logs sends the entries as JSON that is compressed with gzip and encoded
//! as base64. Takes the payload and returns the JSON, or an error if it is larger than the limit.

use std::io::Read as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;
use serde::Deserialize;

use crate::Error;
use crate::invocation::decode;
use crate::messages;
use crate::source::batch::borrowed_text::BorrowedText;

/// The largest size of the unpacked JSON, in bytes. An asynchronous event has at most 1 MB, and log lines seldom shrink
/// to less than a twentieth. A function with 128 MB of memory can hold as much.
const LIMIT: usize = 32 * 1024 * 1024;

/// The event as CloudWatch Logs sends it.
#[derive(Deserialize)]
struct PackedEvent<'a> {
    #[serde(borrow)]
    awslogs: PackedData<'a>,
}

#[derive(Deserialize)]
struct PackedData<'a> {
    #[serde(borrow)]
    data: BorrowedText<'a>,
}

/// Returns the JSON in the event of a log group.
pub(super) fn unpack(payload: &[u8]) -> Result<Vec<u8>, Error> {
    unpack_up_to(payload, LIMIT)
}

/// Returns the JSON in the event of a log group, or an error if it has more bytes than `limit`.
fn unpack_up_to(payload: &[u8], limit: usize) -> Result<Vec<u8>, Error> {
    let event: PackedEvent<'_> = decode::decode_json(payload)?;
    let packed =
        STANDARD.decode(&*event.awslogs.data).map_err(messages::batch::invalid_log_data)?;
    let mut json = Vec::new();
    let read_limit = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    GzDecoder::new(packed.as_slice())
        .take(read_limit)
        .read_to_end(&mut json)
        .map_err(messages::batch::invalid_log_data)?;
    if json.len() > limit {
        return Err(messages::batch::log_data_too_large(limit));
    }
    Ok(json)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::logs::tests::pack;

    #[test]
    fn the_limit_is_the_size_of_the_unpacked_json() {
        let payload = pack(&[b' '; 1_000]);
        assert_eq!(unpack_up_to(&payload, 1_000).unwrap().len(), 1_000);
        let error = unpack_up_to(&payload, 999).unwrap_err();
        assert_eq!(error.name(), "InvalidPayload");
        assert_eq!(
            error.to_string(),
            "the entries of the log have more than 999 bytes when they are unpacked"
        );
    }

    #[test]
    fn an_event_that_grows_without_end_is_stopped_at_the_limit() {
        let error = unpack(&pack(&vec![b' '; 2 * LIMIT])).unwrap_err();
        assert!(error.to_string().contains("more than 33554432 bytes"), "{error}");
    }

    #[test]
    fn data_of_another_encoding_is_an_error() {
        for (payload, message) in [
            (&br#"{"awslogs":{"data":"%%"}}"#[..], "the data of the log: Invalid symbol 37"),
            (
                br#"{"awslogs":{"data":"AAAAAAAAAAAAAAAA"}}"#,
                "the data of the log: invalid gzip header",
            ),
            (br#"{"awslogs":{"data":""}}"#, "the data of the log: "),
            (
                br#"{"awslogs":{"data":7}}"#,
                "the payload is not a `PackedEvent`: `awslogs.data`: invalid type: integer `7`, expected a string, at byte 19",
            ),
            (
                br#"{"awslogs":{}}"#,
                "the payload is not a `PackedEvent`: `awslogs`: missing field `data`",
            ),
        ] {
            let error = unpack(payload).unwrap_err();
            assert_eq!(error.name(), "InvalidPayload");
            assert!(error.to_string().starts_with(message), "{error}");
        }
        let mut cut = pack(b"{}");
        let event: PackedEvent<'_> = serde_json::from_slice(&cut).unwrap();
        let packed = STANDARD.decode(&*event.awslogs.data).unwrap();
        let text = STANDARD.encode(&packed[..packed.len() - 9]);
        cut = format!(r#"{{"awslogs":{{"data":"{text}"}}}}"#).into_bytes();
        let error = unpack(&cut).unwrap_err();
        assert!(error.to_string().starts_with("the data of the log: "), "{error}");
    }
}
