//! The kind `stream`, or `stream(shards = 2, retention = "2d", message = Click)`: reads the settings of a
//! Kinesis data stream.

use proc_macro2::TokenStream;
use skylift_model::number_setting::NumberParameters;
use skylift_model::resource::ResourceKind;
use skylift_model::resource::stream::{RecordRetention, ShardCount, Stream};

use super::common::{KindKeys, KindWords, NamedType};
use super::grammar::ResourceGrammar;
use super::trait_items::{RuntimeNames, expand_message_item};
use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::readers::{read_name, read_number, read_seconds, report_expected, take_number};
use crate::tree::{ArgValue, ArgValueKind, Args};

/// The word for the capacity mode "on-demand" of a Kinesis data stream.
const ON_DEMAND: &str = "on_demand";

impl ResourceGrammar for Stream {
    const KEYS: KindKeys = KindKeys {
        creation: &["shards", "retention", "from"],
        types: &["message"],
        policy: Some("kinesis"),
        sources: &[ResourceKind::Bus],
        view: None,
        properties: &[
            ("Name", "name"),
            ("ShardCount", "shards"),
            ("StreamModeDetails", "shards"),
            ("RetentionPeriodHours", "retention"),
        ],
    };

    const WORDS: KindWords = KindWords {
        names: &[(&["kinesis"], "write `stream`")],
        keys: &[
            (&["shardcount"], "write `shards = 2`"),
            (&["streammode", "streammodedetails"], "write `shards = on_demand`"),
            (&["retentionperiod", "retentionperiodhours"], "write `retention = \"2d\"`"),
        ],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let mut parameters = NumberParameters::default();
        Some(Self {
            name: args.take("name", read_name, errors),
            shards: take_number(args, Self::SHARDS, read_shards, &mut parameters, errors),
            retention: take_number(args, Self::RETENTION, read_retention, &mut parameters, errors),
            from_parameters: parameters,
        })
    }

    fn trait_items(&self, types: &[NamedType], runtime: RuntimeNames<'_>) -> TokenStream {
        expand_message_item(types, runtime)
    }
}

/// Reads the value of `shards`. Returns `None` after an error was recorded.
fn read_shards(value: &ArgValue, errors: &mut Errors) -> Option<ShardCount> {
    match &value.kind {
        ArgValueKind::Int(_) => read_number(value, errors),
        _ if value.word() == Some(ON_DEMAND) => None,
        _ if value.word().is_some_and(|word| word.eq_ignore_ascii_case(ON_DEMAND)) => {
            let what = phrases::shards(ON_DEMAND);
            let word = value.word().unwrap_or_default();
            errors.push(&value.span, messages::unknown_word(word, &what, &[ON_DEMAND]));
            None
        }
        _ => report_expected(&phrases::shards(ON_DEMAND), value, errors),
    }
}

/// Reads the value of `retention`, which has to be whole hours. Returns `None` after an error was recorded.
fn read_retention(value: &ArgValue, errors: &mut Errors) -> Option<RecordRetention> {
    let retention: RecordRetention = read_seconds(value, errors)?;
    if !retention.is_whole() {
        let message = messages::retention_not_in_hours(retention.get(), retention.hours() + 1);
        errors.push(&value.span, message);
        return None;
    }
    Some(retention)
}

#[cfg(test)]
mod tests {
    use skylift_model::resource::ResourceSettings;

    use super::Stream;
    use crate::resource::testing::{rejected, settings};

    fn stream(attribute: &str) -> Stream {
        match settings(attribute) {
            ResourceSettings::Stream(stream) => stream,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_key_is_read() {
        let none = Stream::default();
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
            let found = rejected(&format!("stream({wrong})"));
            assert!(found.contains(message), "{wrong}: {found}");
        }
        assert_eq!(
            rejected(r#"stream(retention = "1441m")"#),
            "retention of 86460 s is not a whole number of hours\n\nhelp: Kinesis counts in hours: write `\"25h\"`"
        );
    }
}
