//! Messages about the keys and indexes of DynamoDB tables.

use crate::aws::limits;
use crate::message::Message;

/// Reports that a table has the same attribute as its partition key and as its sort key.
pub(crate) fn sort_key_is_partition_key(attribute: &str) -> Message {
    Message::new(format!("`{attribute}` is the partition key already"))
}

/// Reports that a table has two indexes with the same name.
pub(crate) fn index_declared_twice(index: &str) -> Message {
    Message::new(format!("index `{index}` is declared twice"))
}

/// Reports that a table without a sort key has a local index.
pub(crate) fn local_index_without_sort_key(index: &str) -> Message {
    Message::new(format!(
        "local index `{index}` on a table without a sort key: a local index sorts the items by another attribute"
    ))
}

/// Reports that an index has neither a partition key nor a sort key of its own.
pub(crate) fn index_without_key(index: &str) -> Message {
    Message::new(format!("index `{index}` has no key of its own"))
}

/// Reports that an index has the same attribute as its partition key and as its sort key.
pub(crate) fn both_keys_of_index(attribute: &str, index: &str) -> Message {
    Message::new(format!("`{attribute}` is both keys of index `{index}`"))
}

/// Reports that an attribute has different types in the keys of one table. `first` is the type where the
/// attribute occurs first, and `second` is its type in this index.
pub(crate) fn attribute_of_two_types(attribute: &str, first: &str, second: &str) -> Message {
    Message::new(format!(
        "attribute `{attribute}` is a {first} elsewhere in this table, and a {second} here"
    ))
}

/// Reports that a table has more indexes than DynamoDB accepts. `scope` is `local` or `global`.
pub(crate) fn too_many_indexes(count: usize, scope: &str, limit: usize) -> Message {
    Message::new(format!("{count} {scope} indexes, DynamoDB takes {limit}"))
}

/// Reports that the indexes of a table list more attributes than DynamoDB accepts. `count` is the number of
/// attributes that all indexes list together.
pub(crate) fn too_many_projected_attributes(count: usize) -> Message {
    let limit = limits::PROJECTED_ATTRIBUTES;
    Message::new(format!(
        "the indexes hold {count} attributes by name, DynamoDB takes {limit} for all of them together"
    ))
}
