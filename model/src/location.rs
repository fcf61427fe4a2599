//! Locations: in the user's source code ([`SourceLocation`]), in the lists of an application ([`ItemIndex`],
//! [`TriggerIndex`]), and within an item and its attribute ([`PlaceInItem`]). Messages are reported at a
//! `PlaceInItem`. The build step writes it as text into the notes, and the macros parse this text.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// The location of an item in the user's source code.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SourceLocation {
    /// The path of the file, relative to the package.
    pub file: String,
    /// The line of the item's attribute, counted from 1.
    pub line: usize,
    /// The column of the item's attribute in characters, counted from 1.
    pub column: usize,
}

impl fmt::Display for SourceLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// The index of an item in [`App`](crate::App).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ItemIndex {
    /// A function, by its index in `App::functions`.
    Function(usize),
    /// A resource, by its index in `App::resources`.
    Resource(usize),
    /// An authorizer, by its index in `App::authorizers`.
    Authorizer(usize),
    /// A function with `#[init]`, by its index in `App::inits`.
    Init(usize),
    /// The defaults of all functions, which the package's Cargo.toml sets.
    Defaults,
}

/// The index of a trigger: the index of its function, and the index of the trigger within that function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TriggerIndex {
    /// The index of the function in `App::functions`.
    pub function: usize,
    /// The index of the trigger in `Function::triggers`.
    pub trigger: usize,
}

/// A place in an item and its attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceInItem {
    /// The name of the function or struct.
    Name,
    /// A key of the attribute, such as `timeout`. If the user did not write the key, the place is the name of
    /// the item. In a `#[resource]`, it can be a path into the value of a key: `indexes.0.sort`.
    Key(String),
    /// A variable in `env(…)`, by its key.
    Env(String),
    /// A resource in an `allow(…)`.
    Allow {
        /// The index of the `allow(…)` in the attribute.
        statement: usize,
        /// The index of the resource in this `allow(…)`.
        resource: usize,
    },
    /// A value in the `conditions` of an `allow(…)`.
    AllowCondition {
        /// The index of the `allow(…)` in the attribute.
        statement: usize,
        /// The index of the value among those of the condition key.
        value: usize,
        /// The operator. It has no spaces.
        operator: String,
        /// The condition key.
        key: String,
    },
    /// The `store` in `idempotent(…)`, which names the table of the records.
    Store,
    /// The `hold` in `keep_warm(…)`.
    Hold,
    /// A trigger, by its index among the function's triggers.
    Trigger(usize),
    /// A key of a trigger, such as `prefix`, with the index of the trigger. If the user did not write the key,
    /// the place is the whole trigger. It can be a path into the value of the key: `input.days`.
    TriggerKey(usize, String),
    /// A parameter of the handler, by its index.
    Param(usize),
    /// A call in the type of a capability, by the index of the parameter and the index among the calls.
    ParamCall(usize, usize),
    /// A name in the `properties` of the item, such as the logical id in a reference.
    Property(String),
}

impl PlaceInItem {
    /// Creates the place of a key of the item's attribute.
    #[must_use]
    pub fn key(key: &str) -> Self {
        Self::Key(key.to_owned())
    }

    /// Creates the place of a key of the trigger with this index.
    #[must_use]
    pub fn trigger_key(trigger: usize, key: &str) -> Self {
        Self::TriggerKey(trigger, key.to_owned())
    }
}

/// Writes the place as text for the notes: `name`, `key timeout`, `env LOG`, `allow 0 1`, `trigger 0 prefix`,
/// `param 1`, `property Layer`.
impl fmt::Display for PlaceInItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => f.write_str("name"),
            Self::Key(key) => write!(f, "key {key}"),
            Self::Env(key) => write!(f, "env {key}"),
            Self::Allow { statement, resource } => write!(f, "allow {statement} {resource}"),
            Self::AllowCondition { statement, value, operator, key } => {
                write!(f, "condition {statement} {value} {operator} {key}")
            }
            Self::Store => f.write_str("store"),
            Self::Hold => f.write_str("hold"),
            Self::Trigger(index) => write!(f, "trigger {index}"),
            Self::TriggerKey(index, key) => write!(f, "trigger {index} {key}"),
            Self::Param(index) => write!(f, "param {index}"),
            Self::ParamCall(index, call) => write!(f, "param {index} {call}"),
            Self::Property(name) => write!(f, "property {name}"),
        }
    }
}

/// The error of a text that is not the text form of a [`PlaceInItem`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidPlaceInItem;

impl FromStr for PlaceInItem {
    type Err = InvalidPlaceInItem;

    fn from_str(text: &str) -> Result<Self, InvalidPlaceInItem> {
        // The name in a reference is any text.
        if let Some(name) = text.strip_prefix("property ") {
            return Ok(Self::Property(name.to_owned()));
        }
        let words: Vec<&str> = text.split(' ').collect();
        let index = |word: &str| word.parse().map_err(|_| InvalidPlaceInItem);
        match words.as_slice() {
            ["name"] => Ok(Self::Name),
            ["key", key] => Ok(Self::key(key)),
            ["env", key] => Ok(Self::Env((*key).to_owned())),
            ["allow", statement, resource] => {
                Ok(Self::Allow { statement: index(statement)?, resource: index(resource)? })
            }
            // The key of a tag can have spaces.
            ["condition", statement, value, operator, key @ ..] if !key.is_empty() => {
                Ok(Self::AllowCondition {
                    statement: index(statement)?,
                    value: index(value)?,
                    operator: (*operator).to_owned(),
                    key: key.join(" "),
                })
            }
            ["store"] => Ok(Self::Store),
            ["hold"] => Ok(Self::Hold),
            ["trigger", number] => Ok(Self::Trigger(index(number)?)),
            ["trigger", number, key] => Ok(Self::trigger_key(index(number)?, key)),
            ["param", number] => Ok(Self::Param(index(number)?)),
            ["param", number, call] => Ok(Self::ParamCall(index(number)?, index(call)?)),
            _ => Err(InvalidPlaceInItem),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_parses_from_its_own_text_form() {
        for (at, text) in [
            (PlaceInItem::Name, "name"),
            (PlaceInItem::key("prefix"), "key prefix"),
            (PlaceInItem::Env("LOG".to_owned()), "env LOG"),
            (PlaceInItem::Allow { statement: 2, resource: 1 }, "allow 2 1"),
            (
                PlaceInItem::AllowCondition {
                    statement: 1,
                    value: 2,
                    operator: "StringLike".to_owned(),
                    key: "aws:PrincipalTag/cost centre".to_owned(),
                },
                "condition 1 2 StringLike aws:PrincipalTag/cost centre",
            ),
            (PlaceInItem::Store, "store"),
            (PlaceInItem::Hold, "hold"),
            (PlaceInItem::Trigger(3), "trigger 3"),
            (PlaceInItem::trigger_key(1, "prefix"), "trigger 1 prefix"),
            (PlaceInItem::Param(2), "param 2"),
            (PlaceInItem::ParamCall(2, 1), "param 2 1"),
            (PlaceInItem::Property("My Queue".to_owned()), "property My Queue"),
        ] {
            assert_eq!(at.to_string(), text);
            assert_eq!(text.parse(), Ok(at));
        }
        for wrong in [
            "",
            "trigger x",
            "param",
            "allow 1",
            "allow 1 x",
            "condition 0 1 Bool",
            "key",
            "name 1",
            "other",
        ] {
            assert_eq!(wrong.parse::<PlaceInItem>(), Err(InvalidPlaceInItem), "{wrong}");
        }
    }

    #[test]
    fn a_source_location_is_displayed_as_file_and_line() {
        let origin = SourceLocation { file: "src/lib.rs".to_owned(), line: 12, column: 3 };
        assert_eq!(origin.to_string(), "src/lib.rs:12");
    }
}
