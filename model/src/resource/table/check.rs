//! Checks that the keys and indexes of a table are valid together; each of them was checked alone before.
//! Returns the messages, each with the part of the table that the message belongs to.

use super::{Projection, SecondaryIndex, Table};
use crate::aws::limits;
use crate::message::Message;
use crate::messages::table as messages;

/// The part of a table that a problem belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TablePart {
    /// The sort key of the table.
    Sort,
    /// All indexes of the table together.
    Indexes,
    /// One index of the table, by its position in the order of the source code.
    Index(usize),
}

impl Table {
    /// Returns a message for each mistake that DynamoDB would refuse, with the part of the table that the
    /// message belongs to.
    #[must_use]
    pub fn check(&self) -> Vec<(TablePart, Message)> {
        let mut problems = Vec::new();
        if self.sort.as_ref().is_some_and(|sort| sort.name == self.key.name) {
            let message = messages::sort_key_is_partition_key(self.key.name.as_str());
            problems.push((TablePart::Sort, message));
        }
        for (number, index) in self.indexes.iter().enumerate() {
            let problem = self.check_keys(number, index).or_else(|| self.check_types(index));
            problems.extend(problem.map(|message| (TablePart::Index(number), message)));
        }
        self.check_counts(&mut problems);
        problems
    }

    /// Checks the name and the keys of an index. `number` is the position of the index in the table. Returns
    /// the message of the first mistake.
    fn check_keys(&self, number: usize, index: &SecondaryIndex) -> Option<Message> {
        let name = index.name.as_str();
        if self.indexes[..number].iter().any(|other| other.name == index.name) {
            return Some(messages::index_declared_twice(name));
        }
        if index.is_local() && self.sort.is_none() {
            return Some(messages::local_index_without_sort_key(name));
        }
        if index.is_local() && index.sort.is_none() {
            return Some(messages::index_without_key(name));
        }
        let key = index.key.as_ref().unwrap_or(&self.key);
        let same = index.sort.as_ref().is_some_and(|sort| sort.name == key.name);
        same.then(|| messages::both_keys_of_index(key.name.as_str(), name))
    }

    /// Checks that the keys of an index have the same types as where their attributes are keys already. Returns
    /// the message of the first mistake.
    fn check_types(&self, index: &SecondaryIndex) -> Option<Message> {
        let attributes = self.key_attributes();
        [&index.key, &index.sort].into_iter().flatten().find_map(|it| {
            let first = attributes.iter().find(|known| known.name == it.name)?;
            let (name, one, other) = (it.name.as_str(), first.kind.keyword(), it.kind.keyword());
            (first.kind != it.kind).then(|| messages::attribute_of_two_types(name, one, other))
        })
    }

    /// Checks that the table does not have more indexes, or more attributes in its indexes, than DynamoDB
    /// accepts.
    fn check_counts(&self, problems: &mut Vec<(TablePart, Message)>) {
        let local = self.indexes.iter().filter(|index| index.is_local()).count();
        let scopes = [
            ("local", local, limits::LOCAL_INDEXES),
            ("global", self.indexes.len() - local, limits::GLOBAL_INDEXES),
        ];
        for (scope, count, limit) in scopes {
            if count > limit {
                let message = messages::too_many_indexes(count, scope, limit);
                problems.push((TablePart::Indexes, message));
            }
        }
        let included = self.indexes.iter().map(|index| match &index.projection {
            Projection::Include(attributes) => attributes.len(),
            _ => 0,
        });
        let count = included.sum::<usize>();
        if count > limits::PROJECTED_ATTRIBUTES {
            let message = messages::too_many_projected_attributes(count);
            problems.push((TablePart::Indexes, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::name::{AttributeName, IndexName};
    use crate::resource::table::{KeyAttribute, KeyType};

    fn attribute(name: &str, kind: KeyType) -> KeyAttribute {
        KeyAttribute { name: AttributeName::try_from(name).unwrap(), kind }
    }

    fn index(name: &str, key: Option<&str>, sort: Option<&str>) -> SecondaryIndex {
        let string = |name: &str| attribute(name, KeyType::String);
        let name = IndexName::try_from(name).unwrap();
        SecondaryIndex {
            name,
            key: key.map(string),
            sort: sort.map(string),
            projection: Projection::All,
        }
    }

    fn table(sort: Option<&str>, indexes: Vec<SecondaryIndex>) -> Table {
        Table {
            name: None,
            key: attribute("id", KeyType::String),
            sort: sort.map(|sort| attribute(sort, KeyType::Number)),
            indexes,
            stream: None,
            ttl: None,
            point_in_time_recovery: true,
        }
    }

    fn problem(table: &Table) -> (TablePart, String) {
        let problems = table.check();
        assert_eq!(problems.len(), 1, "{problems:?}");
        let (part, message) = problems.into_iter().next().unwrap();
        (part, message.text)
    }

    #[test]
    fn a_table_with_local_and_global_indexes_is_valid() {
        let global = index("by_customer", Some("customer"), Some("day"));
        let local = index("by_day", None, Some("day"));
        let table = table(Some("at"), vec![global, local, index("customers", Some("id"), None)]);
        assert_eq!(table.check(), []);
        let names: Vec<&str> =
            table.key_attributes().iter().map(|attribute| attribute.name.as_str()).collect();
        assert_eq!(names, ["id", "at", "customer", "day"]);
    }

    #[test]
    fn both_keys_of_a_table_or_an_index_are_different_attributes() {
        assert_eq!(problem(&table(Some("id"), vec![])).0, TablePart::Sort);
        let (part, message) = problem(&table(None, vec![index("twice", Some("a"), Some("a"))]));
        assert_eq!(
            (part, message.as_str()),
            (TablePart::Index(0), "`a` is both keys of index `twice`")
        );
        // A local index has the table's partition key.
        let (part, message) = problem(&table(Some("at"), vec![index("local", None, Some("id"))]));
        assert_eq!(
            (part, message.as_str()),
            (TablePart::Index(0), "`id` is both keys of index `local`")
        );
    }

    #[test]
    fn an_attribute_has_the_same_type_in_all_keys() {
        let (part, message) = problem(&table(Some("at"), vec![index("by_at", Some("at"), None)]));
        assert_eq!(part, TablePart::Index(0));
        assert_eq!(
            message,
            "attribute `at` is a number elsewhere in this table, and a string here"
        );
    }

    #[test]
    fn a_local_index_needs_its_own_sort_key_and_one_of_the_table() {
        let (part, message) = problem(&table(None, vec![index("local", None, Some("day"))]));
        assert_eq!(part, TablePart::Index(0));
        assert!(message.starts_with("local index `local` on a table without a sort key"));
        let (_, message) = problem(&table(Some("at"), vec![index("local", None, None)]));
        assert_eq!(message, "index `local` has no key of its own");
    }

    #[test]
    fn a_second_index_of_the_same_name_is_refused() {
        let twin = || index("twin", Some("a"), None);
        let (part, message) = problem(&table(None, vec![twin(), twin()]));
        assert_eq!(part, TablePart::Index(1));
        assert_eq!(message, "index `twin` is declared twice");
    }

    #[test]
    fn local_and_global_indexes_are_counted_separately() {
        let many = |count: usize, key: Option<&str>, sort: Option<&str>| -> Vec<SecondaryIndex> {
            (0..count).map(|number| index(&format!("index{number}"), key, sort)).collect()
        };
        assert_eq!(table(Some("at"), many(20, Some("a"), None)).check(), []);
        let (part, message) = problem(&table(None, many(21, Some("a"), None)));
        assert_eq!(part, TablePart::Indexes);
        assert_eq!(message, "21 global indexes, DynamoDB takes 20");
        assert_eq!(table(Some("at"), many(5, None, Some("a"))).check(), []);
        let (_, message) = problem(&table(Some("at"), many(6, None, Some("a"))));
        assert_eq!(message, "6 local indexes, DynamoDB takes 5");
    }

    #[test]
    fn the_projected_attributes_of_all_indexes_are_counted_together() {
        let held = |count: usize, name: &str| {
            let names = (0..count).map(|it| AttributeName::try_from(format!("a{it}").as_str()));
            let attributes = names.collect::<Result<_, _>>().unwrap();
            SecondaryIndex {
                projection: Projection::Include(attributes),
                ..index(name, Some("customer"), None)
            }
        };
        assert_eq!(table(None, vec![held(50, "one"), held(50, "two")]).check(), []);
        let (part, message) = problem(&table(None, vec![held(50, "one"), held(51, "two")]));
        assert_eq!(part, TablePart::Indexes);
        assert!(message.starts_with("the indexes hold 101 attributes by name"), "{message}");
    }
}
