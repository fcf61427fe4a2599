//! Checks that the table of an idempotent function can store its records: the table's key is a string without a
//! sort key, its items expire, and none of its keys is an attribute that has another meaning in the records.

use crate::App;
use crate::idempotency::RECORD_ATTRIBUTES;
use crate::message::Message;
use crate::messages::application as messages;
use crate::problem::{ItemIndex, PlaceInItem, Problems};
use crate::resource::table::{KeyType, Table};
use crate::resource::{Resource, ResourceSettings};

pub(super) fn check(app: &App, problems: &mut Problems) {
    for (index, function) in app.functions.iter().enumerate() {
        let store = function.idempotent.as_ref().and_then(|it| it.store.as_deref());
        let Some(resource) = store.and_then(|ident| app.resource(ident)) else { continue };
        let ResourceSettings::Table(table) = &resource.settings else { continue };
        for message in find_obstacles(resource, table) {
            problems.push(ItemIndex::Function(index), PlaceInItem::Store, message);
        }
    }
}

/// Returns one message for each reason why this table cannot store idempotency records.
fn find_obstacles(resource: &Resource, table: &Table) -> Vec<Message> {
    let mut obstacles = Vec::new();
    let (ident, origin) = (&resource.ident, &resource.origin);
    let (key, kind) = (table.key.name.as_str(), table.key.kind);
    if kind != KeyType::String {
        obstacles.push(messages::idempotency_key_is_not_a_string(
            ident,
            origin,
            key,
            kind.keyword(),
        ));
    }
    if let Some(sort) = &table.sort {
        obstacles.push(messages::idempotency_sort_key(ident, origin, sort.name.as_str()));
    }
    if table.ttl.is_none() {
        obstacles.push(messages::idempotency_without_ttl(ident, origin));
    }
    if let Some(clash) = find_attribute_clash(table) {
        obstacles.push(messages::idempotency_attribute_clash(ident, origin, &clash));
    }
    obstacles
}

/// Finds an attribute that has another meaning or another type in this table than in an idempotency record.
/// Returns the reason as text, and `None` if there is no such attribute.
fn find_attribute_clash(table: &Table) -> Option<String> {
    let in_record = |name: &str| RECORD_ATTRIBUTES.iter().find(|(known, _)| *known == name);
    let ttl = table.ttl.as_ref();
    let roles = [Some((&table.key.name, "the key")), ttl.map(|name| (name, "`ttl`"))];
    for (name, role) in roles.into_iter().flatten() {
        if in_record(name.as_str()).is_some() {
            return Some(messages::record_attribute_is_also(name.as_str(), role));
        }
    }
    let ttl_type = |name: &str| {
        let is_ttl = ttl.is_some_and(|ttl| ttl.as_str() == name);
        is_ttl.then_some(KeyType::Number)
    };
    table.key_attributes().into_iter().find_map(|attribute| {
        let name = attribute.name.as_str();
        let expected = in_record(name).map(|(_, kind)| *kind).or_else(|| ttl_type(name))?;
        let (record, index) = (expected.keyword(), attribute.kind.keyword());
        (expected != attribute.kind)
            .then(|| messages::record_attribute_has_other_type(name, record, index))
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
    fn an_attribute_of_the_records_cannot_be_the_key_or_the_ttl() {
        assert_eq!(find_attribute_clash(&Idempotency::own_table()), None);
        let key = KeyAttribute { name: name("status"), kind: KeyType::String };
        let clashes = find_attribute_clash(&Table { key, ..Idempotency::own_table() }).unwrap();
        assert_eq!(clashes, "`status` is an attribute of every idempotency record, and the key");
        let ttl = Some(name("in_progress_until"));
        let clashes = find_attribute_clash(&Table { ttl, ..Idempotency::own_table() }).unwrap();
        assert_eq!(
            clashes,
            "`in_progress_until` is an attribute of every idempotency record, and `ttl`"
        );
    }

    #[test]
    fn an_index_over_an_attribute_of_the_records_has_its_type() {
        for (attribute, kind) in [
            ("status", KeyType::String),
            ("in_progress_until", KeyType::Number),
            ("expires_at", KeyType::Number),
            ("customer", KeyType::Binary),
        ] {
            assert_eq!(find_attribute_clash(&indexed(attribute, kind)), None, "{attribute}");
        }
        assert_eq!(
            find_attribute_clash(&indexed("owner", KeyType::Number)).unwrap(),
            "`owner` is a string in an idempotency record, and a number in an index"
        );
        let clash_of_ttl = find_attribute_clash(&indexed("expires_at", KeyType::String)).unwrap();
        assert_eq!(
            clash_of_ttl,
            "`expires_at` is a number in an idempotency record, and a string in an index"
        );
    }
}
