//! Problems of an application as a whole, such as two functions on one route or an undeclared queue. A problem
//! belongs to one item and has a place in the item's attribute, so that the macro of that item can report the
//! problem at the exact token.

use crate::location::TriggerIndex;
pub use crate::location::{ItemIndex, PlaceInItem};
use crate::message::Message;

/// A problem of an application, with the place that it is reported at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The item that the problem belongs to.
    pub item: ItemIndex,
    /// The place within the item and its attribute.
    pub at: PlaceInItem,
    /// The description of the problem, and what the user can do about it.
    pub message: Message,
}

/// The problems of an application that the checks have found so far.
#[derive(Debug, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Records a problem of an item at a place within the item.
    pub fn push(&mut self, item: ItemIndex, at: PlaceInItem, message: impl Into<Message>) {
        self.0.push(Problem { item, at, message: message.into() });
    }

    /// Records a problem of the application's defaults. Several functions can find the same problem, so each place in
    /// the defaults keeps only its first one.
    pub(crate) fn push_for_defaults(&mut self, at: PlaceInItem, message: impl Into<Message>) {
        let item = ItemIndex::Defaults;
        if !self.0.iter().any(|problem| problem.item == item && problem.at == at) {
            self.push(item, at, message);
        }
    }

    /// Records a problem that concerns a whole trigger.
    pub(crate) fn push_for_trigger(&mut self, index: TriggerIndex, message: impl Into<Message>) {
        let at = PlaceInItem::Trigger(index.trigger);
        self.push(ItemIndex::Function(index.function), at, message);
    }

    /// Records a problem that concerns one key of a trigger.
    pub(crate) fn push_for_trigger_key(
        &mut self,
        index: TriggerIndex,
        key: &str,
        message: impl Into<Message>,
    ) {
        let at = PlaceInItem::trigger_key(index.trigger, key);
        self.push(ItemIndex::Function(index.function), at, message);
    }

    /// Returns all problems, in the order in which they were found.
    #[must_use]
    pub fn into_vec(self) -> Vec<Problem> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_keep_their_order_and_their_help() {
        let mut problems = Problems::default();
        problems.push(ItemIndex::Init(1), PlaceInItem::Name, "first");
        let index = TriggerIndex { function: 2, trigger: 3 };
        let message = Message::new("second").with_help("do this");
        problems.push_for_trigger(index, message);
        problems.push_for_trigger_key(index, "queue", "third");
        let problem = |item, at, message: &str, help: Option<&str>| Problem {
            item,
            at,
            message: Message { text: message.to_owned(), help: help.map(str::to_owned) },
        };
        assert_eq!(
            problems.into_vec(),
            [
                problem(ItemIndex::Init(1), PlaceInItem::Name, "first", None),
                problem(ItemIndex::Function(2), PlaceInItem::Trigger(3), "second", Some("do this")),
                problem(
                    ItemIndex::Function(2),
                    PlaceInItem::trigger_key(3, "queue"),
                    "third",
                    None
                ),
            ]
        );
    }
}
