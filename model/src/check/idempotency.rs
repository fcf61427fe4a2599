//! The table that keeps what a function did is one that can: its items are found by one text, they
//! expire, and what a record has beside that is not something else in this table.

use crate::App;
use crate::idempotency::RECORD_ATTRIBUTES;
use crate::problem::{ItemIndex, PlaceInItem, Problems};
use crate::resource::table::{KeyType, Table};
use crate::resource::{Resource, ResourceSettings};

pub(super) fn check(app: &App, problems: &mut Problems) {
    for (index, function) in app.functions.iter().enumerate() {
        let store = function.idempotent.as_ref().and_then(|it| it.store.as_deref());
        let Some(resource) = store.and_then(|ident| app.resource(ident)) else { continue };
        let ResourceSettings::Table(table) = &resource.settings else { continue };
        for (message, help) in wrong(resource, table) {
            let at = PlaceInItem::Store;
            problems.push(ItemIndex::Function(index), at, message).help(help);
        }
    }
}

/// Why this table cannot keep what was done, each reason with what helps.
fn wrong(resource: &Resource, table: &Table) -> Vec<(String, String)> {
    let mut wrong = Vec::new();
    let (ident, origin) = (&resource.ident, &resource.origin);
    let (key, kind) = (&table.key.name, table.key.kind);
    if kind != KeyType::String {
        let kind = kind.keyword();
        let message = format!(
            "the key of `{ident}` is a {kind} (declared at {origin}), what was done is kept under a text"
        );
        wrong.push((message, format!("name a table whose key is a string: `key = \"{key}\"`")));
    }
    if let Some(sort) = &table.sort {
        let sort = &sort.name;
        let message = format!(
            "`{ident}` has the sort key `{sort}` (declared at {origin}), what was done is kept under one key"
        );
        wrong.push((message, "name a table without a sort key, or leave `store` out".to_owned()));
    }
    if table.ttl.is_none() {
        let message =
            format!("the items of `{ident}` do not expire (declared at {origin}), a record has to");
        let help = format!("give `{ident}` an attribute for it: `ttl = \"expires_at\"`");
        wrong.push((message, help));
    }
    if let Some(clash) = clash(table) {
        let message = format!("{clash} of `{ident}` (declared at {origin})");
        wrong.push((message, "rename it, or name a table that holds nothing else".to_owned()));
    }
    wrong
}

/// An attribute that means something else in this table than in a record.
fn clash(table: &Table) -> Option<String> {
    let of_record = |name: &str| RECORD_ATTRIBUTES.iter().find(|(own, _)| *own == name);
    let whole = [Some((&table.key.name, "the key")), table.ttl.as_ref().map(|it| (it, "`ttl`"))];
    for (name, what) in whole.into_iter().flatten() {
        if of_record(name.as_str()).is_some() {
            return Some(format!("`{name}` is an attribute of every record, and {what}"));
        }
    }
    let ttl = |name: &str| {
        let own = table.ttl.as_ref().filter(|ttl| ttl.as_str() == name);
        own.map(|_| KeyType::Number)
    };
    table.key_attributes().into_iter().find_map(|attribute| {
        let name = attribute.name.as_str();
        let of_record = of_record(name).map(|(_, kind)| *kind).or_else(|| ttl(name))?;
        let (is, kind) = (of_record.keyword(), attribute.kind.keyword());
        (of_record != attribute.kind)
            .then(|| format!("`{name}` is a {is} in a record, and a {kind} in an index"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::name::{AttributeName, IndexName};
    use crate::idempotency::Idempotency;
    use crate::resource::table::{KeyAttribute, Projection, SecondaryIndex};

    fn name(name: &str) -> AttributeName {
        AttributeName::try_from(name).unwrap()
    }

    fn indexed(attribute: &str, kind: KeyType) -> Table {
        let key = KeyAttribute { name: name(attribute), kind };
        let index = SecondaryIndex {
            name: IndexName::try_from("by_it").unwrap(),
            key: Some(key),
            sort: None,
            projection: Projection::All,
        };
        Table { indexes: vec![index], ..Idempotency::own_table() }
    }

    #[test]
    fn no_attribute_of_a_record_is_another_in_its_table() {
        assert_eq!(clash(&Idempotency::own_table()), None);
        let key = KeyAttribute { name: name("status"), kind: KeyType::String };
        let clashes = clash(&Table { key, ..Idempotency::own_table() }).unwrap();
        assert_eq!(clashes, "`status` is an attribute of every record, and the key");
        let ttl = Some(name("in_progress_until"));
        let clashes = clash(&Table { ttl, ..Idempotency::own_table() }).unwrap();
        assert_eq!(clashes, "`in_progress_until` is an attribute of every record, and `ttl`");
    }

    #[test]
    fn an_index_over_an_attribute_of_records_has_its_type() {
        for (attribute, kind) in [
            ("status", KeyType::String),
            ("in_progress_until", KeyType::Number),
            ("expires_at", KeyType::Number),
            ("customer", KeyType::Binary),
        ] {
            assert_eq!(clash(&indexed(attribute, kind)), None, "{attribute}");
        }
        assert_eq!(
            clash(&indexed("owner", KeyType::Number)).unwrap(),
            "`owner` is a string in a record, and a number in an index"
        );
        let of_ttl = clash(&indexed("expires_at", KeyType::String)).unwrap();
        assert_eq!(of_ttl, "`expires_at` is a number in a record, and a string in an index");
    }
}
