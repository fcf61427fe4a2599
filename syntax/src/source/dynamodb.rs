//! `dynamodb(table = Orders, batch_size = 100, start = latest)`, and what every stream's mapping takes.

use skylift_model::resource::Kind;
use skylift_model::source::dynamodb::{self, DynamoDb};
use skylift_model::value::Named;

use crate::errors::Errors;
use crate::mapping::{self, place};
use crate::tree::{self, Args, Value};

/// Reads the arguments of `dynamodb`.
pub fn read(args: &Args, errors: &mut Errors) -> Option<DynamoDb> {
    let table = match args.get("table") {
        Some(value) => table(value, errors),
        None => {
            errors
                .push(&args.place, "`dynamodb` needs to say which table's changes it brings")
                .help("write `dynamodb(table = Orders)`, with a `#[resource(table(key = \"id\", stream = new_and_old))]` of that name");
            None
        }
    };
    let mapping = mapping::stream::read(args, false, errors);
    let table = table?;
    let existing = matches!(table, Named::Arn(_) | Named::Param(_));
    if let Some((message, help)) = mapping.check_start().filter(|_| existing) {
        // A start that was written and is wrong is one message already.
        if args.find("start").is_none() {
            errors.push(place(args, "table"), message).help(help);
        }
    }
    Some(DynamoDb { table, mapping })
}

/// A table of the application, or the stream of any.
fn table(value: &Value, errors: &mut Errors) -> Option<Named> {
    if let tree::Kind::Str(text) = &value.kind
        && dynamodb::table_of(text).is_none()
    {
        if !text.starts_with("arn:") || Kind::Table.arn_name(text).is_some() {
            errors
                .push(&value.place, "a table does not tell the ARN of its stream")
                .help(dynamodb::NAME_THE_STREAM);
        } else {
            errors.push(&value.place, format!("`{text}` is not the ARN of a table's stream"));
        }
        return None;
    }
    mapping::named(value, "a table's stream", errors)
}

#[cfg(test)]
mod tests {
    use skylift_model::source::Trigger;

    use super::{DynamoDb, Named};
    use crate::source::testing::{refused, trigger};

    fn dynamodb(arguments: &str) -> DynamoDb {
        match trigger(&format!("dynamodb({arguments})")) {
            Trigger::DynamoDb(dynamodb) => dynamodb,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_table_is_named_by_its_path_and_any_other_by_its_stream() {
        assert_eq!(dynamodb("table = Orders").table, Named::Declared("Orders".to_owned()));
        let arn = "arn:aws:dynamodb:eu-west-1:1:table/orders/stream/2026-01-01T00:00:00.000";
        let read = dynamodb(&format!("table = {arn:?}, start = latest"));
        assert_eq!(read.table, Named::Arn(arn.to_owned()));
        let read = dynamodb(r#"table = param("Stream"), start = latest"#).table;
        assert!(matches!(read, Named::Param(name) if name.as_str() == "Stream"));
        for existing in [format!("{arn:?}"), r#"param("Stream")"#.to_owned()] {
            let found = refused(&format!("dynamodb(table = {existing})"));
            assert!(found.starts_with("this stream exists already"), "{found}");
        }
    }

    #[test]
    fn a_table_that_exists_does_not_tell_its_stream() {
        for table in ["orders", "arn:aws:dynamodb:eu-west-1:1:table/orders"] {
            let found = refused(&format!("dynamodb(table = {table:?}, start = latest)"));
            let begin =
                "a table does not tell the ARN of its stream\n\nhelp: name the stream itself";
            assert!(found.starts_with(begin), "{found}");
        }
        let found =
            refused(r#"dynamodb(table = "arn:aws:kinesis:eu-west-1:1:stream/a", start = latest)"#);
        assert_eq!(
            found,
            "`arn:aws:kinesis:eu-west-1:1:stream/a` is not the ARN of a table's stream"
        );
    }

    #[test]
    fn no_table_comes_by_itself() {
        for bare in ["dynamodb", "dynamodb()", "dynamodb(batch_size = 10)"] {
            let found = refused(bare);
            assert!(found.starts_with("`dynamodb` needs to say which table"), "{found}");
        }
    }
}
