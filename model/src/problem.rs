//! What is wrong with an application as a whole: two functions on one route, a queue that nobody
//! declared. A problem belongs to one item and names the place in its attribute, so that the macro
//! of that item can report it at the very token.

use crate::message::Message;
use crate::place::Place;
pub use crate::place::{At, Item};

/// One problem and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The item it belongs to.
    pub item: Item,
    /// The place within the item.
    pub at: At,
    /// What is wrong, and what to do about it.
    pub message: Message,
}

impl Problem {
    /// Says what to do about it.
    pub fn help(&mut self, help: impl Into<String>) {
        self.message.help = Some(help.into());
    }
}

/// The problems found so far.
#[derive(Debug, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Records a problem.
    pub fn push(&mut self, item: Item, at: At, message: impl Into<Message>) -> &mut Problem {
        self.0.push(Problem { item, at, message: message.into() });
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    /// Records a problem with a trigger as a whole.
    pub(crate) fn trigger(&mut self, place: Place, message: impl Into<Message>) -> &mut Problem {
        self.push(Item::Function(place.function), At::Trigger(place.trigger), message)
    }

    /// Records a problem with one key of a trigger.
    pub(crate) fn trigger_key(
        &mut self,
        place: Place,
        key: &str,
        message: impl Into<Message>,
    ) -> &mut Problem {
        self.push(Item::Function(place.function), At::trigger_key(place.trigger, key), message)
    }

    /// All of them, in the order found.
    #[must_use]
    pub fn into_vec(self) -> Vec<Problem> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_stay_in_the_order_found_and_each_has_its_own_help() {
        let mut problems = Problems::default();
        problems.push(Item::Init(1), At::Name, "first");
        let place = Place { function: 2, trigger: 3 };
        problems.trigger(place, "second").help("do this");
        problems.trigger_key(place, "queue", "third");
        let problem = |item, at, message: &str, help: Option<&str>| Problem {
            item,
            at,
            message: Message { text: message.to_owned(), help: help.map(str::to_owned) },
        };
        assert_eq!(
            problems.into_vec(),
            [
                problem(Item::Init(1), At::Name, "first", None),
                problem(Item::Function(2), At::Trigger(3), "second", Some("do this")),
                problem(Item::Function(2), At::trigger_key(3, "queue"), "third", None),
            ]
        );
    }
}
