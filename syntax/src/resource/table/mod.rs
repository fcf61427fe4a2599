//! `table(key = "id", sort = number("at"), item = Order, indexes(by_customer(key = "customer")))`.

mod items;

use proc_macro2::TokenStream;
use skylift_model::aws::limits;
use skylift_model::aws::name::{AttributeName, IndexName};
use skylift_model::resource::table::{
    KeyAttribute, KeyType, Projection, SecondaryIndex, StreamView, Table, TablePart,
};
use skylift_model::suggest;

use super::common::{Grammar, NamedType};
use super::items::{Runtime, carried};
use super::written::Written;
use crate::errors::Errors;
use crate::place::Place;
use crate::read;
use crate::tree::{Args, Key, Kind, Value};

/// Makes what a word stands for.
type Make = fn() -> Projection;

/// The words for what an index holds.
const PROJECTIONS: [(&str, Make); 2] = [("all", || Projection::All), ("keys", || Projection::Keys)];

impl Written for Table {
    const GRAMMAR: Grammar = Grammar {
        made: &["stream", "point_in_time_recovery"],
        types: &["item"],
        properties: &[
            ("TableName", "name"),
            ("KeySchema", "key` and `sort"),
            ("AttributeDefinitions", "key` and `sort"),
            ("GlobalSecondaryIndexes", "indexes"),
            ("LocalSecondaryIndexes", "indexes"),
            ("StreamSpecification", "stream"),
            ("TimeToLiveSpecification", "ttl"),
        ],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        // What could not be read would be missed, and so wrong a second time.
        let (table, places) = errors.scope(|errors| written(args, errors))?;
        check(&table, args, &places, errors);
        Some(table)
    }

    fn items(&self, types: &[NamedType], runtime: Runtime<'_>) -> TokenStream {
        items::of(self, &carried(types, "item", runtime), runtime.path)
    }
}

/// The table, with the places of its indexes.
fn written(args: &Args, errors: &mut Errors) -> Option<(Table, Vec<Place>)> {
    let name = args.take("name", read::name, errors);
    let key = args.given("key", |value, errors| attribute("key", value, errors), errors);
    if key.is_none() {
        errors
            .push(&args.place, "a table needs the attribute that is its partition key")
            .help("write `table(key = \"id\")`");
    }
    let sort = args.take("sort", |value, errors| attribute("sort", value, errors), errors);
    let indexes = args.nested("indexes", indexes, errors).unwrap_or_default();
    let (indexes, places) = indexes.into_iter().unzip();
    let view = |value: &Value, errors: &mut Errors| {
        read::word(value, "what a stream tells of a change", &StreamView::NAMES, errors)
    };
    let stream = args.take("stream", view, errors);
    let ttl = args.take("ttl", read::name, errors);
    let recovery = args.flag("point_in_time_recovery", errors);
    let table = Table {
        name,
        key: key??,
        sort,
        indexes,
        stream,
        ttl,
        point_in_time_recovery: recovery.unwrap_or(true),
    };
    Some((table, places))
}

fn check(table: &Table, args: &Args, places: &[Place], errors: &mut Errors) {
    for (part, message) in table.check() {
        let place = match part {
            TablePart::Sort => args.place_of("sort"),
            TablePart::Indexes => args.place_of("indexes"),
            TablePart::Index(number) => places.get(number).unwrap_or(&args.place),
        };
        errors.push(place, message);
    }
}

/// A key: its name, in quotes or in the parentheses of its type.
fn attribute(key: &'static str, value: &Value, errors: &mut Errors) -> Option<KeyAttribute> {
    let (kind, name) = match &value.kind {
        Kind::Call(word, inner) if word.text != key => {
            let Some((_, kind)) = KeyType::NAMES.iter().find(|(name, _)| *name == word.text) else {
                unknown_type(word, errors);
                return None;
            };
            let positional = inner.positional();
            let [name] = positional.as_slice() else {
                let what =
                    format!("the name of the attribute in the parentheses of `{}`", word.text);
                return read::expected(&what, value, errors);
            };
            inner.read(&word.text, errors, |_, _| {});
            (*kind, *name)
        }
        Kind::Str(_) => (KeyType::String, value),
        _ => {
            let what = "the name of an attribute in quotes, or with its type, as `number(\"at\")`";
            let found = read::expected(what, value, errors);
            return found;
        }
    };
    Some(KeyAttribute { name: read::name::<AttributeName>(name, errors)?, kind })
}

fn unknown_type(word: &Key, errors: &mut Errors) {
    let names = || KeyType::NAMES.into_iter().map(|(name, _)| name);
    let message = format!("`{}` is not a type that a key of DynamoDB can have", word.text);
    errors.push(&word.place, message).help(match suggest::nearest(&word.text, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("one of {}", suggest::list(names())),
    });
}

/// The indexes, each with the place of its name.
fn indexes(args: &Args, errors: &mut Errors) -> Vec<(SecondaryIndex, Place)> {
    for key in args.keys() {
        not_an_index(&format!("`{}`", key.text), &key.place, errors);
    }
    let mut indexes = Vec::new();
    for value in args.keyless() {
        match &value.kind {
            Kind::Call(name, args) => {
                let index = index(name, args, errors);
                indexes.extend(index.map(|index| (index, name.place.clone())));
            }
            _ => not_an_index(&value.describe(), &value.place, errors),
        }
    }
    indexes
}

fn not_an_index(what: &str, place: &Place, errors: &mut Errors) {
    errors
        .push(place, format!("{what} is not an index: its name, and its keys in parentheses"))
        .help("write `by_customer(key = \"customer\")`, or `by_date(sort = \"date\")` for a local index");
}

fn index(name: &Key, args: &Args, errors: &mut Errors) -> Option<SecondaryIndex> {
    errors.scope(|errors| {
        args.read(&name.text, errors, |args, errors| {
            let valid =
                args.given("name", read::name, errors).unwrap_or_else(|| index_name(name, errors));
            let mut of =
                |key| args.take(key, |value, errors| attribute(key, value, errors), errors);
            let (key, sort) = (of("key"), of("sort"));
            let projection = args.take("project", projection, errors).unwrap_or(Projection::All);
            Some(SecondaryIndex { name: valid?, key, sort, projection })
        })
    })
}

/// The name of an index that is called what its arguments are.
fn index_name(name: &Key, errors: &mut Errors) -> Option<IndexName> {
    match IndexName::try_from(name.text.as_str()) {
        Ok(valid) => Some(valid),
        Err(error) => {
            errors.push(&name.place, error.to_string());
            None
        }
    }
}

fn projection(value: &Value, errors: &mut Errors) -> Option<Projection> {
    let Kind::List(items) = &value.kind else {
        let word = read::word(value, "what an index can hold", &PROJECTIONS, errors);
        return word.map(|projection| projection());
    };
    let mut attributes: Vec<AttributeName> = Vec::new();
    for item in items {
        let Some(name) = read::name::<AttributeName>(item, errors) else { continue };
        if attributes.contains(&name) {
            errors.push(&item.place, format!("`{name}` is named twice"));
        }
        attributes.push(name);
    }
    let (count, range) = (items.len(), limits::INDEX_ATTRIBUTES);
    if count < *range.start() {
        errors
            .push(&value.place, "the index holds no attributes by name")
            .help("write `project = keys`");
    } else if count > *range.end() {
        let most = range.end();
        errors
            .push(
                &value.place,
                format!("the index holds {count} attributes by name, DynamoDB takes {most}"),
            )
            .help("write `project = all`");
    }
    Some(Projection::Include(attributes))
}

#[cfg(test)]
mod tests {
    use skylift_model::resource::ResourceSettings;

    use super::{KeyType, Projection, StreamView, Table};
    use crate::resource::testing::{read, refused, settings};

    fn table(attribute: &str) -> Table {
        match settings(attribute) {
            ResourceSettings::Table(table) => table,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_table_needs_its_key_alone() {
        let read = table(r#"table(key = "id")"#);
        assert_eq!((read.key.name.as_str(), read.key.kind), ("id", KeyType::String));
        assert!(read.sort.is_none() && read.indexes.is_empty() && read.stream.is_none());
        assert!(read.ttl.is_none() && read.point_in_time_recovery);
        for none in ["table", "table()", r#"table(sort = "at")"#, r#"table(existing = "abc")"#] {
            assert!(refused(none).starts_with("a table needs the attribute"), "{none}");
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
    fn an_index_may_have_a_name_that_is_no_word_of_rust() {
        let read = table(
            r#"table(existing = "orders", key = "id", indexes(by_day(name = "by-day.index", key = "day")))"#,
        );
        assert_eq!(read.indexes[0].name.as_str(), "by-day.index");
    }

    #[test]
    fn what_the_items_of_an_existing_table_expire_by_can_be_said() {
        let read = table(r#"table(existing = "orders", key = "id", ttl = "expires")"#);
        assert_eq!(read.ttl.unwrap().as_str(), "expires");
    }

    #[test]
    fn a_type_that_no_key_has_is_refused_with_those_that_keys_have() {
        assert_eq!(
            refused(r#"table(key = boolean("id"))"#),
            "`boolean` is not a type that a key of DynamoDB can have\n\nhelp: one of `string`, `number` and `binary`"
        );
        assert!(refused(r#"table(key = nubmer("id"))"#).contains("did you mean `number`?"));
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
            (r#"key = "id", stream = all"#, "`all` is not what a stream tells of a change"),
            (r#"key = "id", stream = newandold"#, "did you mean `new_and_old`?"),
            (r#"key = "id", ttl = 3"#, "expected a string, found a number"),
            (r#"key = "id", point_in_time_recovery = 35"#, "is true or false, not a number"),
        ] {
            let found = refused(&format!("table({wrong})"));
            assert!(found.contains(message), "{wrong}: {found}");
        }
    }

    #[test]
    fn every_key_of_an_index_is_checked() {
        for (wrong, message) in [
            ("indexes = 3", "`indexes` takes its values in parentheses"),
            ("indexes(by_day)", "`by_day` is not an index"),
            ("indexes(3)", "a number is not an index: its name, and its keys in parentheses"),
            (r#"indexes(by_day = "day")"#, "`by_day` is not an index"),
            (r#"indexes(by(key = "a"))"#, "`by` is not a name of an index"),
            (r#"indexes(by_a(key = "a", kee = "b"))"#, "unknown key `kee` in `by_a`"),
            ("indexes(by_a(key = list(\"a\")))", "`list` is not a type that a key"),
            (r#"indexes(by_a(key = "a", project = none))"#, "`none` is not what an index can hold"),
            (r#"indexes(by_a(key = "a", project = []))"#, "write `project = keys`"),
            (r#"indexes(by_a(key = "a", project = ["b", "b"]))"#, "`b` is named twice"),
            (r#"indexes(by_a(key = "a", project = [3]))"#, "expected a string"),
            (r#"indexes(by_a(key = "a"), by_a(key = "b"))"#, "index `by_a` is declared twice"),
            (r#"indexes(by_id(key = number("id")))"#, "attribute `id` is a string elsewhere"),
            (r#"indexes(by_day(sort = "day"))"#, "local index `by_day` on a table without"),
        ] {
            let found = refused(&format!("table(key = \"id\", {wrong})"));
            assert!(found.contains(message), "{wrong}: {found}");
        }
        let with = |count: usize| {
            let names: Vec<String> = (0..count).map(|number| format!("\"a{number}\"")).collect();
            let names = names.join(", ");
            format!("table(key = \"id\", indexes(by_a(key = \"a\", project = [{names}])))")
        };
        table(&with(20));
        let found = refused(&with(21));
        assert!(found.contains("holds 21 attributes by name, DynamoDB takes 20"), "{found}");
    }

    #[test]
    fn what_could_not_be_read_is_not_missed_as_well() {
        // Without its sort key, the table could have no local index.
        let messages = read(r#"table(key = "id", sort = 3, indexes(by_day(sort = "day")))"#);
        assert_eq!(messages.unwrap_err().len(), 1);
    }
}
