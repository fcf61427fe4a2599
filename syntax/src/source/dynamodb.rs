//! `dynamodb(table = Orders, batch_size = 100, start = latest)`, and what every stream's mapping takes.

use skylift_model::aws::arn;
use skylift_model::aws::value::ArnReference;
use skylift_model::resource::ResourceKind;
use skylift_model::source::dynamodb::{self, DynamoDb};

use super::Written;
use crate::errors::Errors;
use crate::mapping::{self, Records};
use crate::tree::{self, Args, Value};

/// What its filters are about.
const RECORDS: Records = Records { source: "dynamodb", fields: dynamodb::RECORD_FIELDS };

/// What to write where no table is named.
const DECLARE: &str = "write `dynamodb(table = Orders)`, with a `#[resource(table(key = \"id\", stream = new_and_old))]` of that name";

impl Written for DynamoDb {
    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let table = args.given("table", table, errors).unwrap_or_else(|| no_table(args, errors));
        let mapping = mapping::stream::read(args, RECORDS, false, errors);
        let table = table?;
        if matches!(table, ArnReference::Arn(_) | ArnReference::Param(_)) {
            mapping::stream::check_start(args, "table", &mapping, errors);
        }
        Some(Self { table, mapping })
    }
}

/// Says that no table is named; one that stands alone only lacks its key.
fn no_table(args: &Args, errors: &mut Errors) -> Option<ArnReference> {
    let alone = args.keyless().into_iter().find_map(|value| match &value.kind {
        tree::Kind::Path(path, _) => {
            let name = path.last().filter(|name| name.starts_with(|it: char| it.is_uppercase()))?;
            Some((&value.place, name.clone()))
        }
        tree::Kind::Str(text) => Some((&value.place, format!("{text:?}"))),
        _ => None,
    });
    let (place, help) = match alone {
        Some((place, name)) => (place, format!("write `table = {name}`")),
        None => (&args.place, DECLARE.to_owned()),
    };
    errors.push(place, "`dynamodb` needs to say which table's changes it brings").help(help);
    None
}

/// A table of the application, or the stream of any.
fn table(value: &Value, errors: &mut Errors) -> Option<ArnReference> {
    if let tree::Kind::Str(text) = &value.kind
        && dynamodb::table_from_stream_arn(text).is_none()
    {
        if !text.starts_with(arn::PREFIX) || ResourceKind::Table.name_from_arn(text).is_some() {
            errors
                .push(&value.place, "a table does not tell the ARN of its stream")
                .help(dynamodb::NAME_THE_STREAM);
        } else {
            errors
                .push(&value.place, format!("`{text}` is not the ARN of a table's stream"))
                .help(dynamodb::NAME_THE_STREAM);
        }
        return None;
    }
    mapping::named(value, "a table's stream", dynamodb::NAME_THE_STREAM, errors)
}

#[cfg(test)]
mod tests {
    use skylift_model::source::Trigger;

    use super::{ArnReference, DynamoDb};
    use crate::source::testing::{refused, trigger};

    fn dynamodb(arguments: &str) -> DynamoDb {
        match trigger(&format!("dynamodb({arguments})")) {
            Trigger::DynamoDb(dynamodb) => dynamodb,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_table_is_named_by_its_path_and_any_other_by_its_stream() {
        assert_eq!(dynamodb("table = Orders").table, ArnReference::Declared("Orders".to_owned()));
        let arn =
            "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000";
        let read = dynamodb(&format!("table = {arn:?}, start = latest"));
        assert_eq!(read.table, ArnReference::Arn(arn.to_owned()));
        let read = dynamodb(r#"table = param("Stream"), start = latest"#).table;
        assert!(matches!(read, ArnReference::Param(name) if name.as_str() == "Stream"));
        for existing in [format!("{arn:?}"), r#"param("Stream")"#.to_owned()] {
            let found = refused(&format!("dynamodb(table = {existing})"));
            assert!(found.starts_with("this stream exists already"), "{found}");
        }
    }

    #[test]
    fn a_table_that_exists_does_not_tell_its_stream() {
        for table in ["orders", "arn:aws:dynamodb:eu-west-1:123456789012:table/orders"] {
            let found = refused(&format!("dynamodb(table = {table:?}, start = latest)"));
            let begin =
                "a table does not tell the ARN of its stream\n\nhelp: name the stream itself";
            assert!(found.starts_with(begin), "{found}");
        }
        for other in [
            "arn:aws:kinesis:eu-west-1:123456789012:stream/a",
            "arn:aws:dynamodb:eu-west-1:12:table/orders/stream/2026-01-01T00:00:00.000",
        ] {
            let found = refused(&format!("dynamodb(table = {other:?}, start = latest)"));
            let begin =
                format!("`{other}` is not the ARN of a table's stream\n\nhelp: name the stream");
            assert!(found.starts_with(&begin), "{found}");
        }
    }

    #[test]
    fn no_table_comes_by_itself() {
        for bare in ["dynamodb", "dynamodb()", "dynamodb(batch_size = 10)"] {
            let found = refused(bare);
            assert!(found.starts_with("`dynamodb` needs to say which table"), "{found}");
            assert!(found.contains("write `dynamodb(table = Orders)`"), "{found}");
        }
        for (alone, help) in [
            ("Orders", "write `table = Orders`"),
            ("bisect, Orders, start = latest", "write `table = Orders`"),
            ("\"orders\"", "write `table = \"orders\"`"),
        ] {
            assert!(refused(&format!("dynamodb({alone})")).ends_with(help), "{alone}");
        }
    }
}
