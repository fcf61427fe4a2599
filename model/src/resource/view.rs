//! Views: structs that name a part of another resource. A capability of a view is granted on that part alone, and
//! the view has no resource of its own in the template.

use serde::Serialize;

use super::Resource;
use super::table::{SecondaryIndex, Table};
use crate::aws::iam::{ApiCall, CallGroup};
use crate::aws::key_filter::{KeyEnd, KeyFilter};
use crate::aws::limits;
use crate::message::Message;
use crate::messages::views as messages;

/// The key of the attribute that names the resource of a view.
pub const OF: &str = "of";

/// A view of a part of another resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct View {
    /// The identifier of the struct of the resource that the view is a part of.
    pub of: String,
    /// The part of the resource.
    #[serde(flatten)]
    pub part: ViewPart,
}

/// The part of a resource that a view names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ViewPart {
    /// The objects of a bucket whose keys begin with this prefix.
    Prefix(ViewPrefix),
    /// The items of a table that have this partition key.
    Key(ViewKey),
}

impl ViewPart {
    /// Returns whether a client of the part makes the calls of this group. A scan has no partition key, so IAM cannot
    /// limit it to one.
    #[must_use]
    pub fn makes(&self, group: CallGroup) -> bool {
        !matches!((self, group), (Self::Key(_), CallGroup::Scan))
    }

    /// Returns the prefix of a view of a bucket. Returns `None` for a view of a table.
    #[must_use]
    pub fn prefix(&self) -> Option<&str> {
        match self {
            Self::Prefix(prefix) => Some(prefix.as_str()),
            Self::Key(_) => None,
        }
    }
}

/// The prefix of a view of a bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct ViewPrefix(String);

impl ViewPrefix {
    /// Parses the text of a prefix.
    ///
    /// # Errors
    ///
    /// Returns a message if the text is not the prefix of a trigger either, if IAM would read a character of it as
    /// something else, or if the typed client takes no key with this prefix.
    pub fn parse(text: &str) -> Result<Self, Message> {
        if text.is_empty() {
            return Err(messages::empty_prefix());
        }
        if text.len() == limits::OBJECT_KEY_BYTES {
            return Err(messages::prefix_without_room());
        }
        if let Some(letter) = text.chars().find(|letter| matches!(letter, '*' | '?' | '$')) {
            return Err(messages::letter_of_iam(text, letter));
        }
        KeyFilter::parse(KeyEnd::Prefix, text)?;
        let mut complete = text.split('/');
        complete.next_back();
        let is_unusable =
            |part: &str| matches!(part, "." | "..") || part.contains(|it: char| it.is_control());
        if complete.any(is_unusable) || text.contains(|it: char| it.is_control()) {
            return Err(messages::unusable_prefix(text));
        }
        Ok(Self(text.to_owned()))
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The partition key of the items of a view of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct ViewKey(String);

impl ViewKey {
    /// Parses the value of a partition key.
    ///
    /// # Errors
    ///
    /// Returns a message if DynamoDB has no such partition key, or if IAM would replace a part of it.
    pub fn parse(text: &str) -> Result<Self, Message> {
        if text.is_empty() {
            return Err(messages::empty_key());
        }
        if text.len() > limits::PARTITION_KEY_BYTES {
            return Err(messages::key_too_long(text.len()));
        }
        if text.contains("${") {
            return Err(messages::variable_of_iam(text));
        }
        Ok(Self(text.to_owned()))
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Table {
    /// Returns the indexes in which a view of the table finds its items by their partition key: those that have the
    /// partition key of the table.
    pub fn indexes_of_views(&self) -> impl Iterator<Item = &SecondaryIndex> {
        self.indexes
            .iter()
            .filter(|index| index.key.as_ref().is_none_or(|key| key.name == self.key.name))
    }
}

impl Resource {
    /// Returns whether the typed client of the resource makes the call, if its kind has it.
    #[must_use]
    pub fn makes(&self, call: &ApiCall) -> bool {
        let is_seen = |view: &View| call.group.is_none_or(|group| view.part.makes(group));
        self.settings.makes(call) && self.view.as_ref().is_none_or(is_seen)
    }

    /// Returns whether the template creates the resource.
    #[must_use]
    pub const fn is_created(&self) -> bool {
        self.existing.is_none() && self.view.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prefix_error(text: &str) -> String {
        ViewPrefix::parse(text).unwrap_err().text
    }

    #[test]
    fn a_prefix_is_the_beginning_of_keys_that_iam_compares_as_it_is() {
        let longest = "a".repeat(limits::OBJECT_KEY_BYTES - 1);
        for text in ["in/", "2026-", "a b/ä/", "in/.", "in/..", &longest] {
            assert_eq!(ViewPrefix::parse(text).unwrap().as_str(), text);
        }
        assert_eq!(prefix_error(""), "the prefix of a view is empty");
        assert!(prefix_error(&"a".repeat(limits::OBJECT_KEY_BYTES)).contains("no room"));
        assert!(prefix_error(&"a".repeat(limits::OBJECT_KEY_BYTES + 1)).contains("1025 bytes"));
        assert!(prefix_error("/in/").contains("begins with `/`"));
        let starred = ViewPrefix::parse("in/*").unwrap_err();
        assert!(starred.text.contains("IAM reads as any characters"), "{starred:?}");
        assert!(starred.help.unwrap().starts_with("write `prefix = \"in/\"`"));
        for letter in ["in?/", "${aws:username}/"] {
            assert!(prefix_error(letter).contains("IAM"), "{letter}");
        }
        for text in ["a/../b/", "a/./", "a\n/", "a/\t"] {
            assert!(prefix_error(text).contains("cannot be used"), "{text:?}");
        }
    }

    #[test]
    fn a_key_is_a_partition_key_that_iam_compares_as_it_is() {
        let longest = "a".repeat(limits::PARTITION_KEY_BYTES);
        for text in ["tenant#1", "*", "a$b", &longest] {
            assert_eq!(ViewKey::parse(text).unwrap().as_str(), text);
        }
        let error = |text: &str| ViewKey::parse(text).unwrap_err().text;
        assert_eq!(error(""), "the partition key of a view is empty");
        assert!(error(&format!("{longest}a")).contains("2049 bytes"));
        assert!(error("${aws:userid}").contains("a variable"));
    }

    #[test]
    fn a_view_of_a_table_has_no_scan() {
        let key = ViewPart::Key(ViewKey::parse("a").unwrap());
        let prefix = ViewPart::Prefix(ViewPrefix::parse("a").unwrap());
        assert!(!key.makes(CallGroup::Scan) && key.makes(CallGroup::Query));
        assert!(prefix.makes(CallGroup::List));
        assert_eq!((prefix.prefix(), key.prefix()), (Some("a"), None));
    }
}
