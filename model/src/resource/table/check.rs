//! What DynamoDB refuses of keys and indexes that are each right alone, and where.

use super::{Projection, SecondaryIndex, Table};
use crate::aws::limits;

/// What of a table a problem is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TablePart {
    /// The sort key.
    Sort,
    /// All indexes together.
    Indexes,
    /// One index, by its number in the order written.
    Index(usize),
}

impl Table {
    /// What DynamoDB would refuse, and which part of the table it is about.
    #[must_use]
    pub fn check(&self) -> Vec<(TablePart, String)> {
        let mut problems = Vec::new();
        if self.sort.as_ref().is_some_and(|sort| sort.name == self.key.name) {
            let message = format!("`{}` is the partition key already", self.key.name);
            problems.push((TablePart::Sort, message));
        }
        for (number, index) in self.indexes.iter().enumerate() {
            let problem = self.check_keys(number, index).or_else(|| self.check_types(index));
            problems.extend(problem.map(|message| (TablePart::Index(number), message)));
        }
        self.check_counts(&mut problems);
        problems
    }

    fn check_keys(&self, number: usize, index: &SecondaryIndex) -> Option<String> {
        let name = &index.name;
        if self.indexes[..number].iter().any(|other| other.name == *name) {
            return Some(format!("index `{name}` is declared twice"));
        }
        if index.is_local() && self.sort.is_none() {
            return Some(format!(
                "local index `{name}` on a table without a sort key: there is nothing for it to sort otherwise"
            ));
        }
        if index.is_local() && index.sort.is_none() {
            return Some(format!("index `{name}` has no key of its own"));
        }
        let key = index.key.as_ref().unwrap_or(&self.key);
        let same = index.sort.as_ref().is_some_and(|sort| sort.name == key.name);
        same.then(|| format!("`{}` is both keys of index `{name}`", key.name))
    }

    fn check_types(&self, index: &SecondaryIndex) -> Option<String> {
        let attributes = self.key_attributes();
        [&index.key, &index.sort].into_iter().flatten().find_map(|it| {
            let first = attributes.iter().find(|known| known.name == it.name)?;
            let (name, one, other) = (&it.name, first.kind.keyword(), it.kind.keyword());
            (first.kind != it.kind).then(|| {
                format!("attribute `{name}` is a {one} elsewhere in this table, and a {other} here")
            })
        })
    }

    fn check_counts(&self, problems: &mut Vec<(TablePart, String)>) {
        let local = self.indexes.iter().filter(|index| index.is_local()).count();
        let kinds = [
            ("local", local, limits::LOCAL_INDEXES),
            ("global", self.indexes.len() - local, limits::GLOBAL_INDEXES),
        ];
        for (kind, count, most) in kinds {
            if count > most {
                let message = format!("{count} {kind} indexes, DynamoDB takes {most}");
                problems.push((TablePart::Indexes, message));
            }
        }
        let included = self.indexes.iter().map(|index| match &index.projection {
            Projection::Include(attributes) => attributes.len(),
            _ => 0,
        });
        let (count, most) = (included.sum::<usize>(), limits::PROJECTED_ATTRIBUTES);
        if count > most {
            let message = format!(
                "the indexes hold {count} attributes by name, DynamoDB takes {most} for all of them together"
            );
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
        problems.into_iter().next().unwrap()
    }

    #[test]
    fn a_table_with_indexes_of_both_sorts_is_right() {
        let global = index("by_customer", Some("customer"), Some("day"));
        let local = index("by_day", None, Some("day"));
        let table = table(Some("at"), vec![global, local, index("customers", Some("id"), None)]);
        assert_eq!(table.check(), []);
        let names: Vec<&str> =
            table.key_attributes().iter().map(|attribute| attribute.name.as_str()).collect();
        assert_eq!(names, ["id", "at", "customer", "day"]);
    }

    #[test]
    fn two_keys_are_two_attributes() {
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
    fn an_attribute_has_one_type() {
        let (part, message) = problem(&table(Some("at"), vec![index("by_at", Some("at"), None)]));
        assert_eq!(part, TablePart::Index(0));
        assert_eq!(
            message,
            "attribute `at` is a number elsewhere in this table, and a string here"
        );
    }

    #[test]
    fn a_local_index_sorts_otherwise_than_its_table() {
        let (part, message) = problem(&table(None, vec![index("local", None, Some("day"))]));
        assert_eq!(part, TablePart::Index(0));
        assert!(message.starts_with("local index `local` on a table without a sort key"));
        let (_, message) = problem(&table(Some("at"), vec![index("local", None, None)]));
        assert_eq!(message, "index `local` has no key of its own");
    }

    #[test]
    fn an_index_is_declared_once_and_the_second_is_told_so() {
        let twin = || index("twin", Some("a"), None);
        let (part, message) = problem(&table(None, vec![twin(), twin()]));
        assert_eq!(part, TablePart::Index(1));
        assert_eq!(message, "index `twin` is declared twice");
    }

    #[test]
    fn indexes_are_counted_by_their_sort() {
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
    fn attributes_of_all_indexes_are_counted_together() {
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
