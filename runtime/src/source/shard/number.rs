//! The sequence number of a record: what a failure is reported by. Takes the record's JSON, with which
//! something else may be wrong.

use std::borrow::Cow;

use serde::Deserialize;

use crate::Error;
use crate::invocation::decode;
use crate::source::batch::text::Text;

/// A record of either kind of streams.
#[derive(Deserialize)]
struct Numbered<'a> {
    #[serde(borrow, alias = "dynamodb")]
    kinesis: Number<'a>,
}

#[derive(Deserialize)]
struct Number<'a> {
    #[serde(borrow, rename = "sequenceNumber", alias = "SequenceNumber")]
    number: Option<Text<'a>>,
}

/// The number, where the record has one.
pub(crate) fn number(json: &str) -> Result<Option<Cow<'_, str>>, Error> {
    let record: Numbered<'_> = decode::text(json)?;
    Ok(record.kinesis.number.map(|number| number.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_records_have_their_number() {
        for json in [
            r#"{"eventID":1,"kinesis":{"data":null,"sequenceNumber":"7"}}"#,
            r#"{"dynamodb":{"Keys":[],"SequenceNumber":"7"},"eventName":null}"#,
        ] {
            assert_eq!(number(json).unwrap().as_deref(), Some("7"));
        }
        assert_eq!(number(r#"{"dynamodb":{}}"#).unwrap(), None);
        assert!(number("{}").is_err());
    }
}
