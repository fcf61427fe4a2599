//! What is wrong with an application as a whole: two functions on one route, a queue that nobody
//! declared. A problem belongs to one item and names the place in its attribute, so that the macro
//! of that item can report it at the very token.

use std::fmt;

/// The item that a problem belongs to: its index in [`App`](crate::App).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Item {
    /// `App::functions[_]`.
    Function(usize),
    /// `App::resources[_]`.
    Resource(usize),
    /// `App::inits[_]`.
    Init(usize),
}

/// A place in an item and its attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    /// The name of the function or struct.
    Name,
    /// A key of the attribute, such as `timeout`; its name where the key was not written.
    Key(String),
    /// A trigger: its index among the function's triggers, in the order written.
    Trigger(usize),
    /// A key of a trigger, such as `prefix`; the whole trigger where the key was not written.
    TriggerKey(usize, String),
    /// A parameter of the handler, by its index.
    Param(usize),
}

/// One problem, its place, and what can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The item it belongs to.
    pub item: Item,
    /// The place within the item.
    pub at: At,
    /// What is wrong, in rustc's voice.
    pub message: String,
    /// What to do about it, where there is one thing to do.
    pub help: Option<String>,
}

impl At {
    /// A key of the trigger with this index.
    #[must_use]
    pub fn trigger_key(trigger: usize, key: &str) -> Self {
        Self::TriggerKey(trigger, key.to_owned())
    }
}

/// As notes write it: `name`, `key timeout`, `trigger 0`, `trigger 0 prefix`, `param 1`.
impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => f.write_str("name"),
            Self::Key(key) => write!(f, "key {key}"),
            Self::Trigger(index) => write!(f, "trigger {index}"),
            Self::TriggerKey(index, key) => write!(f, "trigger {index} {key}"),
            Self::Param(index) => write!(f, "param {index}"),
        }
    }
}

impl std::str::FromStr for At {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let words: Vec<&str> = text.split(' ').collect();
        let index = |word: &str| word.parse().map_err(|_| ());
        match words.as_slice() {
            ["name"] => Ok(Self::Name),
            ["key", key] => Ok(Self::Key((*key).to_owned())),
            ["trigger", number] => Ok(Self::Trigger(index(number)?)),
            ["trigger", number, key] => Ok(Self::TriggerKey(index(number)?, (*key).to_owned())),
            ["param", number] => Ok(Self::Param(index(number)?)),
            _ => Err(()),
        }
    }
}

/// The problems found so far.
#[derive(Debug, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Records a problem.
    pub fn push(&mut self, item: Item, at: At, message: impl Into<String>) -> &mut Problem {
        self.0.push(Problem { item, at, message: message.into(), help: None });
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    /// All of them, in the order found.
    #[must_use]
    pub fn into_vec(self) -> Vec<Problem> {
        self.0
    }
}

impl Problem {
    /// Says what to do about it.
    pub fn help(&mut self, help: impl Into<String>) {
        self.help = Some(help.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_survives_being_written_to_a_note() {
        let key = || "prefix".to_owned();
        for at in [At::Name, At::Key(key()), At::Trigger(3), At::TriggerKey(1, key()), At::Param(2)]
        {
            assert_eq!(at.to_string().parse(), Ok(at));
        }
        assert_eq!("trigger x".parse::<At>(), Err(()));
    }
}
