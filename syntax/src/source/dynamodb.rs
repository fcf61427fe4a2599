//! The source `dynamodb(table = Orders, batch_size = 100, start = latest)`, with the arguments that every
//! stream's event source mapping has. Reads a trigger on a table.

use skylift_model::aws::arn;
use skylift_model::aws::value::ArnReference;
use skylift_model::resource::ResourceKind;
use skylift_model::source::dynamodb::{self, DynamoDb};

use super::{SourceGrammar, SourceWords};
use crate::errors::Errors;
use crate::mapping::{RecordFields, read_resource_or_arn, stream};
use crate::messages::{self, phrases};
use crate::tree::{ArgValue, ArgValueKind, Args};

/// The fields of a stream record that the filters of a `dynamodb` trigger may name.
const RECORDS: RecordFields = RecordFields {
    source: "dynamodb",
    fields: dynamodb::RECORD_FIELDS,
    values: dynamodb::RECORD_VALUES,
};

impl SourceGrammar for DynamoDb {
    const WORDS: SourceWords = SourceWords {
        names: &[(
            &["dynamodb", "table", "dynamo", "ddb", "dynamodbstream", "tablestream"],
            "write `trigger = dynamodb(table = Orders)`",
        )],
        keys: &[],
        keys_anywhere: &[],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let table = args.take_main("table", read_table, errors);
        let table = table.unwrap_or_else(|| report_no_table(args, errors));
        let mapping = stream::read_stream_mapping(args, RECORDS, false, errors);
        let table = table?;
        if matches!(table, ArnReference::Arn(_) | ArnReference::Param(_)) {
            stream::check_start(args, "table", &mapping, errors);
        }
        Some(Self { table, mapping })
    }
}

/// Reports that a `dynamodb` trigger names no table. If it has a value without a key that can be a table, the
/// help is to add the key. Always returns `None`, so that the reader can return the result.
fn report_no_table(args: &Args, errors: &mut Errors) -> Option<ArnReference> {
    let keyless = args.take_keyless().into_iter().find_map(|value| match &value.kind {
        ArgValueKind::Path(path, _) => {
            let name = path.last().filter(|name| name.starts_with(|it: char| it.is_uppercase()))?;
            Some((&value.span, name.clone()))
        }
        ArgValueKind::Str(text) => Some((&value.span, format!("{text:?}"))),
        _ => None,
    });
    match keyless {
        Some((span, name)) => errors.push(span, messages::table_without_key(&name)),
        None => errors.push_missing(&args.span, messages::table_missing()),
    }
    None
}

/// Reads the value of `table`: a `#[resource]` table, or the ARN of a table's stream. Returns `None` after an
/// error was recorded.
fn read_table(value: &ArgValue, errors: &mut Errors) -> Option<ArnReference> {
    if let ArgValueKind::Str(text) = &value.kind
        && dynamodb::table_from_stream_arn(text).is_none()
    {
        let is_table =
            !text.starts_with(arn::PREFIX) || ResourceKind::Table.name_from_arn(text).is_some();
        let message = if is_table {
            messages::table_in_place_of_its_stream(dynamodb::NAME_THE_STREAM)
        } else {
            messages::not_the_arn_of(text, phrases::STREAM_OF_TABLE, dynamodb::NAME_THE_STREAM)
        };
        errors.push(&value.span, message);
        return None;
    }
    read_resource_or_arn(value, phrases::STREAM_OF_TABLE, dynamodb::NAME_THE_STREAM, errors)
}

#[cfg(test)]
mod tests {
    use skylift_model::source::Trigger;

    use super::{ArnReference, DynamoDb};
    use crate::source::testing::{rejected, trigger};

    fn dynamodb(arguments: &str) -> DynamoDb {
        match trigger(&format!("dynamodb({arguments})")) {
            Trigger::DynamoDb(dynamodb) => dynamodb,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_declared_table_is_named_by_its_path_and_any_other_by_its_stream() {
        assert_eq!(dynamodb("table = Orders").table, ArnReference::Declared("Orders".to_owned()));
        let arn =
            "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000";
        let read = dynamodb(&format!("table = {arn:?}, start = latest"));
        assert_eq!(read.table, ArnReference::Arn(arn.to_owned()));
        let read = dynamodb(r#"table = param("Stream"), start = latest"#).table;
        assert!(matches!(read, ArnReference::Param(name) if name.as_str() == "Stream"));
        for existing in [format!("{arn:?}"), r#"param("Stream")"#.to_owned()] {
            let found = rejected(&format!("dynamodb(table = {existing})"));
            assert!(found.starts_with("this stream exists already"), "{found}");
        }
    }

    #[test]
    fn the_name_or_arn_of_a_table_is_rejected() {
        for table in ["orders", "arn:aws:dynamodb:eu-west-1:123456789012:table/orders"] {
            let found = rejected(&format!("dynamodb(table = {table:?}, start = latest)"));
            let begin = "the ARN of a table's stream does not follow from the table\n\nhelp: name the stream itself";
            assert!(found.starts_with(begin), "{found}");
        }
        for other in [
            "arn:aws:kinesis:eu-west-1:123456789012:stream/a",
            "arn:aws:dynamodb:eu-west-1:12:table/orders/stream/2026-01-01T00:00:00.000",
        ] {
            let found = rejected(&format!("dynamodb(table = {other:?}, start = latest)"));
            let begin =
                format!("`{other}` is not the ARN of a table's stream\n\nhelp: name the stream");
            assert!(found.starts_with(&begin), "{found}");
        }
    }

    #[test]
    fn dynamodb_needs_a_table() {
        for bare in ["dynamodb", "dynamodb()", "dynamodb(batch_size = 10)"] {
            let found = rejected(bare);
            assert!(found.starts_with("`dynamodb` needs the table"), "{found}");
            assert!(found.contains("write `dynamodb(table = Orders)`"), "{found}");
        }
        for (alone, help) in [
            ("Orders", "write `table = Orders`"),
            ("bisect, Orders, start = latest", "write `table = Orders`"),
            ("\"orders\"", "write `table = \"orders\"`"),
        ] {
            assert!(rejected(&format!("dynamodb({alone})")).ends_with(help), "{alone}");
        }
    }
}
