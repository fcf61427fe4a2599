//! `stream`, `stream(shards = 2, retention = "2d", message = Click)`.

use proc_macro2::TokenStream;
use skylift_model::resource::stream::{RecordRetention, ShardCount, Stream};

use super::common::{Grammar, NamedType};
use super::items::{self, Runtime};
use super::written::Written;
use crate::errors::Errors;
use crate::read;
use crate::tree::{Args, Kind, Value};

/// The word for a stream that is billed by the record.
const ON_DEMAND: &str = "on_demand";

impl Written for Stream {
    const GRAMMAR: Grammar = Grammar {
        made: &["shards", "retention"],
        types: &["message"],
        properties: &[
            ("Name", "name"),
            ("ShardCount", "shards"),
            ("StreamModeDetails", "shards"),
            ("RetentionPeriodHours", "retention"),
        ],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        Some(Self {
            name: args.take("name", read::name, errors),
            shards: args.take("shards", shards, errors),
            retention: args.take("retention", retention, errors),
        })
    }

    fn items(&self, types: &[NamedType], runtime: Runtime<'_>) -> TokenStream {
        items::message(types, runtime)
    }
}

fn shards(value: &Value, errors: &mut Errors) -> Option<ShardCount> {
    match &value.kind {
        Kind::Int(_) => read::number(value, errors),
        _ if value.word() == Some(ON_DEMAND) => None,
        _ => read::expected(&format!("a number of shards or `{ON_DEMAND}`"), value, errors),
    }
}

fn retention(value: &Value, errors: &mut Errors) -> Option<RecordRetention> {
    let retention: RecordRetention = read::seconds(value, errors)?;
    if !retention.is_whole() {
        let seconds = retention.get();
        errors
            .push(&value.place, format!("retention of {seconds} s is not a whole number of hours"))
            .help(format!("Kinesis counts in hours: write `\"{}h\"`", retention.hours() + 1));
        return None;
    }
    Some(retention)
}

#[cfg(test)]
mod tests {
    use skylift_model::resource::ResourceSettings;

    use super::Stream;
    use crate::resource::testing::{refused, settings};

    fn stream(attribute: &str) -> Stream {
        match settings(attribute) {
            ResourceSettings::Stream(stream) => stream,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_key_is_read() {
        let none = Stream { name: None, shards: None, retention: None };
        for on_demand in ["stream", "stream(shards = on_demand)", r#"stream(shards = "on_demand")"#]
        {
            assert_eq!(stream(on_demand), none, "{on_demand}");
        }
        let read = stream(r#"stream(name = "clicks", shards = 2, retention = "25h")"#);
        assert_eq!(read.name.unwrap().as_str(), "clicks");
        assert_eq!(read.shards.unwrap().get(), 2);
        assert_eq!(read.retention.unwrap().hours(), 25);
    }

    #[test]
    fn every_key_is_checked() {
        for (wrong, message) in [
            (r#"name = "a/b""#, "is not a stream name"),
            ("shards = 0", "shard count of 0 is too low"),
            ("shards = many", "expected a number of shards or `on_demand`, found `many`"),
            ("shards = 0.5", "expected a number of shards or `on_demand`"),
            (r#"retention = "23h""#, "retention of 82800 s is out of range"),
            (r#"retention = "366d""#, "is out of range"),
        ] {
            let found = refused(&format!("stream({wrong})"));
            assert!(found.contains(message), "{wrong}: {found}");
        }
        assert_eq!(
            refused(r#"stream(retention = "1441m")"#),
            "retention of 86460 s is not a whole number of hours\n\nhelp: Kinesis counts in hours: write `\"25h\"`"
        );
    }
}
