//! The kind `table(key = "id", sort = number("at"), item = Order, indexes(by_customer(key = "customer")))`:
//! reads the settings of a DynamoDB table.

mod trait_items;

use proc_macro2::TokenStream;
use skylift_model::aws::limits;
use skylift_model::aws::name::{AttributeName, IndexName};
use skylift_model::resource::table::{
    KeyAttribute, KeyType, Projection, SecondaryIndex, StreamView, Table, TablePart,
};

use super::common::{KindKeys, KindWords, NamedType, ViewKeys};
use super::grammar::ResourceGrammar;
use super::trait_items::{RuntimeNames, expand_type_marker};
use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::readers::{read_name, read_word, report_expected, report_not_a_string};
use crate::span::SourceSpan;
use crate::tree::{ArgKey, ArgValue, ArgValueKind, Args};

/// A function that creates the projection for a word of the grammar.
type MakeProjection = fn() -> Projection;

/// The words that say which attributes an index contains, each with its projection.
const PROJECTIONS: [(&str, MakeProjection); 2] =
    [("all", || Projection::All), ("keys", || Projection::Keys)];

impl ResourceGrammar for Table {
    const KEYS: KindKeys = KindKeys {
        creation: &["stream", "point_in_time_recovery"],
        types: &["item"],
        policy: Some("dynamodb"),
        sources: &[],
        view: Some(ViewKeys { part: "key", of_whole: &["sort", "indexes", "ttl"] }),
        properties: &[
            ("TableName", "name"),
            ("KeySchema", "key` and `sort"),
            ("AttributeDefinitions", "key` and `sort"),
            ("GlobalSecondaryIndexes", "indexes"),
            ("LocalSecondaryIndexes", "indexes"),
            ("StreamSpecification", "stream"),
            ("ResourcePolicy", "policy"),
            ("TimeToLiveSpecification", "ttl"),
        ],
    };

    const WORDS: KindWords = KindWords {
        names: &[(&["dynamodb", "dynamo", "db", "ddb"], "write `table`")],
        keys: &[
            (
                &["gsi", "gsis", "globalsecondaryindexes", "index", "lsi"],
                "write `indexes(by_state(key = \"state\"))`",
            ),
            (&["streamviewtype", "streams", "streamspecification"], "write `stream = new_and_old`"),
            (
                &["billingmode", "billing", "readcapacity", "writecapacity"],
                "leave it out: a table is billed by the request",
            ),
            (&["pitr", "backup"], "write `point_in_time_recovery`"),
            (
                &["partitionkey", "hashkey", "hash", "pk", "primarykey", "keyschema"],
                "write `key = \"id\"`, or with its type `key = number(\"id\")`",
            ),
            (
                &["sortkey", "rangekey", "range", "sk"],
                "write `sort = \"at\"`, or with its type `sort = number(\"at\")`",
            ),
            (&["timetolive", "expires"], "write `ttl = \"expires\"`, the attribute with the time"),
        ],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        // The check would report a value that could not be read as missing: one mistake, two messages.
        let (table, index_spans) = errors.scope(|errors| read_table(args, errors))?;
        check_table(&table, args, &index_spans, errors);
        Some(table)
    }

    fn trait_items(&self, types: &[NamedType], runtime: RuntimeNames<'_>) -> TokenStream {
        let item_marker = expand_type_marker(types, "item", runtime);
        trait_items::table_trait_items(self, &item_marker, runtime.path)
    }
}

/// Reads the settings of a table. Returns them with the spans of the table's indexes, in the order of the
/// source code, and `None` after an error was recorded.
fn read_table(args: &Args, errors: &mut Errors) -> Option<(Table, Vec<SourceSpan>)> {
    let name = args.take("name", read_name, errors);
    let key = |value: &ArgValue, errors: &mut Errors| read_attribute("key", value, errors);
    let key = args.take_if_set("key", key, errors);
    if key.is_none() {
        errors.push_missing(&args.span, messages::table_without_partition_key());
    }
    let sort = |value: &ArgValue, errors: &mut Errors| read_attribute("sort", value, errors);
    let sort = args.take("sort", sort, errors);
    let indexes = args.take_nested("indexes", read_indexes, errors).unwrap_or_default();
    let (indexes, index_spans) = indexes.into_iter().unzip();
    let view = |value: &ArgValue, errors: &mut Errors| {
        read_word(value, phrases::STREAM_VIEW, &StreamView::NAMES, errors)
    };
    let stream = args.take("stream", view, errors);
    let ttl = args.take("ttl", read_ttl, errors);
    let recovery = args.take_flag("point_in_time_recovery", errors);
    let table = Table {
        name,
        key: key??,
        sort,
        indexes,
        stream,
        ttl,
        point_in_time_recovery: recovery.unwrap_or(true),
    };
    Some((table, index_spans))
}

/// Checks that the keys and indexes of a table are valid together. `index_spans` are the spans of the indexes'
/// names.
fn check_table(table: &Table, args: &Args, index_spans: &[SourceSpan], errors: &mut Errors) {
    for (part, message) in table.check() {
        let span = match part {
            TablePart::Sort => args.span_of("sort"),
            TablePart::Indexes => args.span_of("indexes"),
            TablePart::Index(number) => index_spans.get(number).unwrap_or(&args.span),
        };
        errors.push(span, message);
    }
}

/// Reads a key attribute of a table or of an index: its name in quotes, or its type with the name in
/// parentheses. `key` is the key of the grammar, such as `sort`.
fn read_attribute(
    key: &'static str,
    value: &ArgValue,
    errors: &mut Errors,
) -> Option<KeyAttribute> {
    let (kind, name) = match &value.kind {
        ArgValueKind::Call(word, inner) if word.text != key => {
            let Some((_, kind)) = KeyType::NAMES.iter().find(|(name, _)| *name == word.text) else {
                let names = KeyType::NAMES.map(|(name, _)| name);
                // DynamoDB's own names of the types are single letters.
                let initial = word.text.to_lowercase();
                let near = names.iter().copied().find(|name| name[..1] == initial);
                errors.push(&word.span, messages::unknown_key_type(&word.text, near, &names));
                return None;
            };
            let positional = inner.take_positional();
            let [name] = positional.as_slice() else {
                let what = phrases::attribute_name(&word.text);
                return report_expected(&what, value, errors);
            };
            inner.read_all(&word.text, errors, |_, _| {});
            (*kind, *name)
        }
        ArgValueKind::Str(_) => (KeyType::String, value),
        _ => {
            return report_not_a_string(phrases::KEY_ATTRIBUTE, value, errors);
        }
    };
    Some(KeyAttribute { name: read_name::<AttributeName>(name, errors)?, kind })
}

/// Reads the indexes of a table, each with the span of its name.
fn read_indexes(args: &Args, errors: &mut Errors) -> Vec<(SecondaryIndex, SourceSpan)> {
    for key in args.take_keys() {
        errors.push(&key.span, messages::not_an_index(&format!("`{}`", key.text)));
    }
    let mut indexes = Vec::new();
    for value in args.take_keyless() {
        match &value.kind {
            ArgValueKind::Call(name, args) => {
                let index = read_index(name, args, errors);
                indexes.extend(index.map(|index| (index, name.span.clone())));
            }
            _ => errors.push(&value.span, messages::not_an_index(&value.describe())),
        }
    }
    indexes
}

/// Reads one index of a table. `name` is the word before the parentheses, which is the name of the index.
/// Returns `None` after an error was recorded.
fn read_index(name: &ArgKey, args: &Args, errors: &mut Errors) -> Option<SecondaryIndex> {
    errors.scope(|errors| {
        args.read_all(&name.text, errors, |args, errors| {
            let index_name = args.take_if_set("name", read_name, errors);
            let index_name = index_name.unwrap_or_else(|| parse_index_name(name, errors));
            let mut take_attribute =
                |key| args.take(key, |value, errors| read_attribute(key, value, errors), errors);
            let (key, sort) = (take_attribute("key"), take_attribute("sort"));
            let projection = args.take("project", read_projection, errors);
            let projection = projection.unwrap_or(Projection::All);
            Some(SecondaryIndex { name: index_name?, key, sort, projection })
        })
    })
}

/// Reads the name of the attribute with the time at which an item expires. Returns `None` after an error was recorded.
fn read_ttl(value: &ArgValue, errors: &mut Errors) -> Option<AttributeName> {
    if !value.is_string() {
        return report_not_a_string(phrases::EXPIRY_ATTRIBUTE, value, errors);
    }
    read_name(value, errors)
}

/// Parses the name of an index from the word before its parentheses. Returns `None` after an error was
/// recorded.
fn parse_index_name(word: &ArgKey, errors: &mut Errors) -> Option<IndexName> {
    match IndexName::try_from(word.text.as_str()) {
        Ok(name) => Some(name),
        Err(error) => {
            errors.push(&word.span, error.to_string());
            None
        }
    }
}

/// Reads the value of `project`: a word, or a list of attributes. Returns `None` if the value is neither.
fn read_projection(value: &ArgValue, errors: &mut Errors) -> Option<Projection> {
    let ArgValueKind::List(items) = &value.kind else {
        let word = read_word(value, phrases::PROJECTION, &PROJECTIONS, errors);
        return word.map(|projection| projection());
    };
    let mut attributes: Vec<AttributeName> = Vec::new();
    for item in items {
        let Some(name) = read_name::<AttributeName>(item, errors) else { continue };
        if attributes.contains(&name) {
            errors.push(&item.span, messages::named_twice(&name.to_string()));
        }
        attributes.push(name);
    }
    let (count, range) = (items.len(), limits::INDEX_ATTRIBUTES);
    if count < *range.start() {
        errors.push(&value.span, messages::no_index_attributes());
    } else if count > *range.end() {
        errors.push(&value.span, messages::too_many_index_attributes(count, *range.end()));
    }
    Some(Projection::Include(attributes))
}

#[cfg(test)]
mod tests {
    use skylift_model::resource::ResourceSettings;

    use super::{KeyType, Projection, StreamView, Table};
    use crate::resource::testing::{read, rejected, settings};

    fn table(attribute: &str) -> Table {
        match settings(attribute) {
            ResourceSettings::Table(table) => table,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_table_needs_only_a_key() {
        let read = table(r#"table(key = "id")"#);
        assert_eq!((read.key.name.as_str(), read.key.kind), ("id", KeyType::String));
        assert!(read.sort.is_none() && read.indexes.is_empty() && read.stream.is_none());
        assert!(read.ttl.is_none() && read.point_in_time_recovery);
        for none in ["table", "table()", r#"table(sort = "at")"#, r#"table(existing = "abc")"#] {
            assert!(rejected(none).starts_with("a table needs a partition key"), "{none}");
        }
    }

    #[test]
    fn every_key_is_read() {
        let read = table(
            r#"table(name = "orders", key = binary("id"), sort = number("at"), stream = new_and_old, ttl = "expires", point_in_time_recovery = false)"#,
        );
        assert_eq!(read.name.unwrap().as_str(), "orders");
        assert_eq!(read.key.kind, KeyType::Binary);
        let sort = read.sort.unwrap();
        assert_eq!((sort.name.as_str(), sort.kind), ("at", KeyType::Number));
        assert_eq!(read.stream, Some(StreamView::NewAndOld));
        assert_eq!(read.ttl.unwrap().as_str(), "expires");
        assert!(!read.point_in_time_recovery);
        assert_eq!(table(r#"table(key = string("id"))"#).key.kind, KeyType::String);
        for (word, view) in StreamView::NAMES {
            let read = table(&format!("table(key = \"id\", stream = {word})"));
            assert_eq!(read.stream, Some(view));
        }
    }

    #[test]
    fn indexes_are_read_in_their_order() {
        let read = table(
            r#"table(key = "id", sort = "at", indexes(
                by_customer(key = "customer", sort = number("total"), project = ["a", "b"]),
                by_day(sort = "day", project = keys),
                by_state(key = "state", project = all),
            ))"#,
        );
        let [customer, day, state] = read.indexes.as_slice() else { panic!("{read:?}") };
        assert_eq!(customer.name.as_str(), "by_customer");
        assert_eq!(customer.key.as_ref().unwrap().name.as_str(), "customer");
        assert_eq!(customer.sort.as_ref().unwrap().kind, KeyType::Number);
        assert!(matches!(&customer.projection, Projection::Include(names) if names.len() == 2));
        assert!(day.is_local() && day.projection == Projection::Keys);
        assert!(!state.is_local() && state.projection == Projection::All);
    }

    #[test]
    fn an_index_can_have_a_name_that_is_not_a_rust_identifier() {
        let read = table(
            r#"table(existing = "orders", key = "id", indexes(by_day(name = "by-day.index", key = "day")))"#,
        );
        assert_eq!(read.indexes[0].name.as_str(), "by-day.index");
    }

    #[test]
    fn an_existing_table_takes_ttl() {
        let read = table(r#"table(existing = "orders", key = "id", ttl = "expires")"#);
        assert_eq!(read.ttl.unwrap().as_str(), "expires");
    }

    #[test]
    fn an_unknown_key_type_is_rejected_with_the_known_ones() {
        assert_eq!(
            rejected(r#"table(key = boolean("id"))"#),
            "`boolean` is not a type that a key of DynamoDB can have\n\nhelp: one of `string`, `number` and `binary`"
        );
        assert!(rejected(r#"table(key = nubmer("id"))"#).contains("did you mean `number`?"));
    }

    #[test]
    fn every_key_is_checked() {
        for (wrong, message) in [
            (r#"key = "id", name = "ab""#, "is not a table name"),
            ("key = id", "expected the name of an attribute in quotes"),
            (r#"key("id")"#, "expected the name of an attribute in quotes"),
            ("key = number(at)", "expected a string, found `at`"),
            ("key = number()", "expected the name of the attribute in the parentheses of `number`"),
            (r#"key = number("a", b = 1)"#, "unknown key `b` in `number`"),
            (r#"key = """#, "is not a name of an attribute"),
            (r#"key = "id", sort = 3"#, "expected the name of an attribute"),
            (r#"key = "id", sort = "id""#, "`id` is the partition key already"),
            (r#"key = "id", stream = all"#, "`all` is not a stream view"),
            (r#"key = "id", stream = newandold"#, "did you mean `new_and_old`?"),
            (
                r#"key = "id", ttl = true"#,
                "expected the name of the attribute with the time at which an item expires, in quotes, found a boolean",
            ),
            (
                r#"key = "id", point_in_time_recovery = 35"#,
                "takes `true` or `false`, found a number",
            ),
        ] {
            let found = rejected(&format!("table({wrong})"));
            assert!(found.contains(message), "{wrong}: {found}");
        }
    }

    #[test]
    fn every_key_of_an_index_is_checked() {
        for (wrong, message) in [
            ("indexes = 3", "`indexes` takes its values in parentheses"),
            ("indexes(by_day)", "`by_day` is not an index"),
            (
                "indexes(3)",
                "a number is not an index, which is a name with its keys in parentheses",
            ),
            (r#"indexes(by_day = "day")"#, "`by_day` is not an index"),
            (r#"indexes(by(key = "a"))"#, "`by` is not a name of an index"),
            (r#"indexes(by_a(key = "a", kee = "b"))"#, "unknown key `kee` in `by_a`"),
            ("indexes(by_a(key = list(\"a\")))", "`list` is not a type that a key"),
            (
                r#"indexes(by_a(key = "a", project = none))"#,
                "`none` is not a projection of an index",
            ),
            (r#"indexes(by_a(key = "a", project = []))"#, "write `project = keys`"),
            (r#"indexes(by_a(key = "a", project = ["b", "b"]))"#, "`b` is named twice"),
            (r#"indexes(by_a(key = "a", project = [3]))"#, "expected a string"),
            (r#"indexes(by_a(key = "a"), by_a(key = "b"))"#, "index `by_a` is declared twice"),
            (r#"indexes(by_id(key = number("id")))"#, "attribute `id` is a string elsewhere"),
            (r#"indexes(by_day(sort = "day"))"#, "local index `by_day` on a table without"),
        ] {
            let found = rejected(&format!("table(key = \"id\", {wrong})"));
            assert!(found.contains(message), "{wrong}: {found}");
        }
        let attribute = |count: usize| {
            let names: Vec<String> = (0..count).map(|number| format!("\"a{number}\"")).collect();
            let names = names.join(", ");
            format!("table(key = \"id\", indexes(by_a(key = \"a\", project = [{names}])))")
        };
        table(&attribute(20));
        let found = rejected(&attribute(21));
        assert!(found.contains("lists 21 attributes, DynamoDB takes 20"), "{found}");
    }

    #[test]
    fn a_wrong_key_is_not_reported_as_missing() {
        // Only a table with a sort key can have a local index.
        let messages = read(r#"table(key = "id", sort = 3, indexes(by_day(sort = "day")))"#);
        assert_eq!(messages.unwrap_err().len(), 1);
    }
}
