//! The response that CloudFormation reads: JSON of at most 4,096 bytes. It is made from what the handler answered, or
//! from the reason why it did not.

use serde::Serialize;
use serde_json::{Map, Value};

use super::answer::HandlerAnswer;
use super::request::Address;
use crate::{Error, messages};

/// The most bytes that CloudFormation reads of a response.
const MAX_BYTES: usize = 4_096;

/// The most bytes of a physical id.
const MAX_ID_BYTES: usize = 1_024;

/// What is written after a reason that was cut.
const CUT: &str = "…";

/// The response to a request.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Response<'a> {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    physical_resource_id: &'a str,
    stack_id: &'a str,
    request_id: &'a str,
    logical_resource_id: &'a str,
    #[serde(skip_serializing_if = "is_false")]
    no_echo: bool,
    #[serde(skip_serializing_if = "Map::is_empty")]
    data: Map<String, Value>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde calls")]
fn is_false(value: &bool) -> bool {
    !*value
}

impl<'a> Response<'a> {
    fn new(address: &'a Address, physical_id: &'a str, reason: Option<&'a str>) -> Self {
        Self {
            status: if reason.is_some() { "FAILED" } else { "SUCCESS" },
            reason,
            physical_resource_id: physical_id,
            stack_id: &address.stack_id,
            request_id: &address.request_id,
            logical_resource_id: &address.logical_resource_id,
            no_echo: false,
            data: Map::new(),
        }
    }

    fn to_json(&self) -> Vec<u8> {
        // Texts and maps with text keys can always be written.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

/// Why a request fails, with the physical id of the resource.
pub(super) struct Failure {
    pub(super) error: Error,
    pub(super) physical_id: String,
}

/// Makes the response of a handler that answered. Returns the reason why CloudFormation would not take it otherwise.
pub(super) fn write_success(
    address: &Address,
    mut answer: HandlerAnswer,
) -> Result<Vec<u8>, Failure> {
    let own_id = address.physical_id();
    // The resource that is deleted has its id already.
    let chosen = answer.physical_resource_id.take().filter(|_| !address.is_delete());
    if let Some(id) = &chosen
        && (id.is_empty() || id.len() > MAX_ID_BYTES)
    {
        let error = messages::custom_resource::invalid_physical_id(id.len(), MAX_ID_BYTES);
        return Err(Failure { error, physical_id: own_id });
    }
    // A failed update leaves the resource as it was.
    let kept = chosen.clone().filter(|_| address.is_create()).unwrap_or_else(|| own_id.clone());
    let physical_id = chosen.unwrap_or(own_id);
    let data = match answer.take_data() {
        Ok(data) => data,
        Err(error) => return Err(Failure { error, physical_id: kept }),
    };
    let response =
        Response { no_echo: answer.no_echo, data, ..Response::new(address, &physical_id, None) };
    let body = response.to_json();
    if body.len() > MAX_BYTES {
        let data = serde_json::to_vec(&response.data).map_or(0, |data| data.len());
        let error = messages::custom_resource::answer_too_large(body.len(), data, MAX_BYTES);
        return Err(Failure { error, physical_id: kept });
    }
    Ok(body)
}

/// Makes the response of a request that failed. The reason is cut to what fits. Returns an error if nothing fits: the
/// ids of the request are too long.
pub(super) fn write_failure(
    address: &Address,
    failure: &Failure,
    log_stream: &str,
) -> Result<Vec<u8>, Error> {
    let place = messages::custom_resource::log_stream(log_stream);
    let reason = messages::custom_resource::reason(&failure.error);
    let empty = Response::new(address, &failure.physical_id, Some(&place)).to_json();
    let Some(room) = MAX_BYTES.checked_sub(empty.len()) else {
        return Err(messages::custom_resource::ids_too_long(MAX_BYTES));
    };
    let reason = format!("{}{place}", cut_to_json(&reason, room));
    Ok(Response::new(address, &failure.physical_id, Some(&reason)).to_json())
}

/// Cuts a text to this many bytes of JSON.
fn cut_to_json(text: &str, room: usize) -> String {
    let (mut bytes, mut fits) = (0, 0);
    for (index, letter) in text.char_indices() {
        bytes += match letter {
            '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
            '\0'..='\u{1f}' => 6,
            letter => letter.len_utf8(),
        };
        if bytes + CUT.len() <= room {
            fits = index + letter.len_utf8();
        }
        if bytes > room {
            let cut = if room < CUT.len() { "" } else { CUT };
            return format!("{}{cut}", &text[..fits]);
        }
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_to_the_bytes_of_its_json() {
        assert_eq!(cut_to_json("abcdef", 6), "abcdef");
        assert_eq!(cut_to_json("abcdef", 5), "ab…");
        assert_eq!(cut_to_json("abcdef", 2), "");
        assert_eq!(cut_to_json("ääää", 7), "ää…");
        for text in ["\"\\\n\u{1}\u{1f}\u{7f}äß€😀".repeat(30), "x".repeat(500)] {
            for room in 0..300 {
                let json = serde_json::to_string(&cut_to_json(&text, room)).unwrap();
                assert!(json.len() - 2 <= room, "{room}: {json}");
            }
        }
    }
}
