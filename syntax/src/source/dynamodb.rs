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
