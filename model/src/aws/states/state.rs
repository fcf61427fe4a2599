//! Reads one state of a definition: the states that can follow it, the function that it calls, and the states in it.

use super::found::{CheckedDefinition, StateList};
use super::names::{Substitution, find_substitutions, whole_substitution};
use super::words::{ALL_ERRORS, ERROR_NAMES, RESERVED_ERROR, StateType};
use crate::aws::arn;
use crate::aws::written::{Content, Written, WrittenEntry};
use crate::messages::states as messages;
use crate::suggest;

/// The service integration that calls a function, without the partition.
const INVOKE: &str = ":states:::lambda:invoke";

/// The ends of service integrations that wait for something. Express workflows do not have them.
const WAITING: [&str; 3] = [".waitForTaskToken", ".sync", ".sync:2"];

/// The keys of a `Wait` state that say how long it waits.
const WAIT_KEYS: [&str; 4] = ["Seconds", "Timestamp", "SecondsPath", "TimestampPath"];

/// What a list of states has to know of a state.
pub(super) struct ReadState<'a, W: Written<'a>> {
    /// The names of the states that can follow, each with its place.
    pub(super) targets: Vec<(&'a str, W::Place)>,
    /// Whether the state can be the last one.
    pub(super) ends: bool,
    /// The lists of states in this one.
    pub(super) lists: Vec<StateList<'a, W>>,
}

/// A state that is being read.
struct Reader<'a, 'c, W: Written<'a>> {
    name: &'a str,
    at: W::Place,
    entries: Vec<WrittenEntry<'a, W>>,
    checked: &'c mut CheckedDefinition<W::Place>,
    state: ReadState<'a, W>,
}

/// Reads the state with this name, whose place is `at`. `express` tells whether it is one of an express workflow.
pub(super) fn read_state<'a, W: Written<'a>>(
    (name, at): (&'a str, W::Place),
    value: W,
    express: bool,
    checked: &mut CheckedDefinition<W::Place>,
) -> ReadState<'a, W> {
    let state = ReadState { targets: Vec::new(), ends: false, lists: Vec::new() };
    let Content::Map(entries) = value.content() else {
        checked.report(at, messages::state_not_a_map(name, &value.describe()));
        return state;
    };
    let mut reader = Reader { name, at, entries, checked, state };
    let Some(kind) = reader.read_type() else { return reader.state };
    reader.read_transitions(kind);
    match kind {
        StateType::Task => reader.read_task(express),
        StateType::Choice => reader.read_choices(),
        StateType::Wait => reader.check_wait(),
        StateType::Parallel => reader.read_branches(),
        StateType::Map => reader.read_processor(),
        StateType::Pass | StateType::Succeed | StateType::Fail => {}
    }
    reader.read_error_handlers(kind);
    reader.state
}

impl<'a, W: Written<'a>> Reader<'a, '_, W> {
    /// Returns the value of a key with the place of the key.
    fn find(&self, key: &str) -> Option<(W::Place, W)> {
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        Some((entry.at.clone(), entry.value))
    }

    /// Returns the text of a key with its place. Reports a value that is no text.
    fn find_text(&mut self, key: &'static str) -> Option<(W::Place, &'a str)> {
        let (at, value) = self.find(key)?;
        match value.content() {
            Content::Text(text) => Some((value.place(), text)),
            _ => {
                self.checked.report(at, messages::not_a_text(key, &value.describe()));
                None
            }
        }
    }

    fn read_type(&mut self) -> Option<StateType> {
        if self.find("Type").is_none() {
            self.checked.report(self.at.clone(), messages::key_missing("Type", Some(self.name)));
        }
        let (at, text) = self.find_text("Type")?;
        let kind = StateType::from_name(text);
        if kind.is_none() {
            let names = StateType::NAMES.map(|(name, _)| name);
            self.checked.report(at, messages::unknown_type(text, &names));
        }
        kind
    }

    /// Reads `Next` and `End`.
    fn read_transitions(&mut self, kind: StateType) {
        let next = self.find("Next");
        let end = self.find("End");
        match kind {
            StateType::Choice | StateType::Succeed | StateType::Fail => {
                self.state.ends = kind != StateType::Choice;
                for (key, (at, _)) in [("Next", next), ("End", end)]
                    .into_iter()
                    .filter_map(|(key, found)| Some((key, found?)))
                {
                    self.checked.report(at, messages::key_of_other_type(key, kind.name()));
                }
                return;
            }
            _ => {}
        }
        if let Some((at, value)) = &end
            && !matches!(value.content(), Content::Boolean)
        {
            self.checked.report(at.clone(), messages::not_a_boolean("End", &value.describe()));
        }
        match (&next, &end) {
            (Some(_), Some((at, _))) => {
                self.checked.report(at.clone(), messages::next_and_end(self.name));
            }
            (None, None) => {
                self.checked.report(self.at.clone(), messages::neither_next_nor_end(self.name));
            }
            _ => {}
        }
        self.state.ends = end.is_some();
        self.add_target("Next");
    }

    /// Adds the state that a key names to those that can follow.
    fn add_target(&mut self, key: &'static str) {
        let target = self.find_text(key);
        self.state.targets.extend(target.map(|(at, name)| (name, at)));
    }

    /// Adds the states that the `Next` of each map in a list names. Reports a map without it.
    fn add_targets_of(&mut self, items: Vec<W>, owner: &str) {
        for item in items {
            let Content::Map(entries) = item.content() else { continue };
            match entries.iter().find(|entry| entry.key == "Next") {
                None => {
                    self.checked.report(item.place(), messages::next_missing_in(owner));
                }
                Some(entry) => match entry.value.content() {
                    Content::Text(name) => {
                        self.state.targets.push((name, entry.value.place()));
                    }
                    _ => {
                        let message = messages::not_a_text("Next", &entry.value.describe());
                        self.checked.report(entry.at.clone(), message);
                    }
                },
            }
        }
    }

    /// Returns the list of a key. Reports a value that is no list, or an empty one.
    fn find_list(&mut self, key: &'static str) -> Option<Vec<W>> {
        let (at, value) = self.find(key)?;
        match value.content() {
            Content::List(items) if !items.is_empty() => Some(items),
            _ => {
                self.checked.report(at, messages::not_a_list(key, &value.describe()));
                None
            }
        }
    }

    /// Reports that the state does not have a key, if it does not.
    fn require(&mut self, key: &'static str) {
        if self.find(key).is_none() {
            self.checked.report(self.at.clone(), messages::key_missing(key, Some(self.name)));
        }
    }

    fn read_choices(&mut self) {
        self.require("Choices");
        if let Some(items) = self.find_list("Choices") {
            self.add_targets_of(items, "Choices");
        }
        self.add_target("Default");
    }

    fn check_wait(&mut self) {
        let set: Vec<W::Place> =
            WAIT_KEYS.iter().filter_map(|key| Some(self.find(key)?.0)).collect();
        match set.as_slice() {
            [] => self.checked.report(self.at.clone(), messages::wait_without_time(self.name)),
            [_] => {}
            [_, second, ..] => {
                self.checked.report(second.clone(), messages::wait_with_times(&WAIT_KEYS));
            }
        }
    }

    fn read_branches(&mut self) {
        self.require("Branches");
        let owner = Some(self.name);
        let branches = self.find_list("Branches").unwrap_or_default();
        let list = |value: W| StateList { at: value.place(), value, owner };
        self.state.lists.extend(branches.into_iter().map(list));
    }

    fn read_processor(&mut self) {
        // `Iterator` is the old name of `ItemProcessor`.
        let processor = self.find("ItemProcessor").or_else(|| self.find("Iterator"));
        match processor {
            Some((at, value)) => {
                self.state.lists.push(StateList { at, value, owner: Some(self.name) });
            }
            None => self.require("ItemProcessor"),
        }
    }

    fn read_task(&mut self, express: bool) {
        self.require("Resource");
        let Some((at, resource)) = self.find_text("Resource") else { return };
        if let Some(name) = whole_substitution(resource) {
            self.checked.functions.push((at, name.to_owned()));
            return;
        }
        match find_substitutions(resource).next() {
            Some(Substitution::Name(name)) => {
                self.checked.report(at, messages::part_of_resource(name));
                return;
            }
            // It was reported with the other texts of the state.
            Some(Substitution::Other(_)) => return,
            None => {}
        }
        if !resource.starts_with(arn::PREFIX) {
            self.checked.report(at, messages::not_a_task_resource(resource));
            return;
        }
        if express {
            let waiting = WAITING.into_iter().find(|end| resource.ends_with(end));
            let is_activity = resource.contains(":activity:");
            if let Some(what) = waiting.or(is_activity.then_some(":activity:")) {
                self.checked.report(at, messages::not_in_express(what));
                return;
            }
        }
        let is_invocation = resource
            .split_once(INVOKE)
            .is_some_and(|(_, rest)| rest.is_empty() || rest.starts_with('.'));
        if is_invocation {
            self.read_function_name();
        }
    }

    /// Reads `FunctionName` in the arguments of the service integration that calls a function.
    fn read_function_name(&mut self) {
        let arguments = self.find("Arguments").or_else(|| self.find("Parameters"));
        let Some((at, arguments)) = arguments else {
            let message = messages::function_name_missing(self.name);
            self.checked.report(self.at.clone(), message);
            return;
        };
        // An expression can give all arguments.
        let Content::Map(entries) = arguments.content() else { return };
        let is_path = entries.iter().any(|entry| entry.key == "FunctionName.$");
        match entries.iter().find(|entry| entry.key == "FunctionName") {
            None if is_path => {}
            None => self.checked.report(at, messages::function_name_missing(self.name)),
            Some(entry) => {
                let Content::Text(text) = entry.value.content() else { return };
                let at = entry.value.place();
                if let Some(name) = whole_substitution(text) {
                    self.checked.functions.push((at, name.to_owned()));
                } else if let Some(Substitution::Name(name)) = find_substitutions(text).next() {
                    self.checked.report(at, messages::part_of_resource(name));
                }
            }
        }
    }

    /// Reads `Retry` and `Catch`.
    fn read_error_handlers(&mut self, kind: StateType) {
        for key in ["Retry", "Catch"] {
            let Some((at, _)) = self.find(key) else { continue };
            if !kind.handles_errors() {
                self.checked.report(at, messages::key_of_other_type(key, kind.name()));
                continue;
            }
            let items = self.find_list(key).unwrap_or_default();
            let count = items.len();
            for (index, item) in items.iter().enumerate() {
                self.check_error_names(*item, key, index + 1 == count);
            }
            if key == "Catch" {
                self.add_targets_of(items, key);
            }
        }
    }

    /// Checks the `ErrorEquals` of a handler of errors. `is_last` tells whether it is the last one in its list.
    fn check_error_names(&mut self, handler: W, key: &str, is_last: bool) {
        let Content::Map(entries) = handler.content() else { return };
        let Some(entry) = entries.iter().find(|entry| entry.key == "ErrorEquals") else {
            self.checked.report(handler.place(), messages::error_equals_missing(key));
            return;
        };
        let names = match entry.value.content() {
            Content::List(names) if !names.is_empty() => names,
            _ => {
                let message = messages::not_a_list("ErrorEquals", &entry.value.describe());
                self.checked.report(entry.at.clone(), message);
                return;
            }
        };
        let count = names.len();
        for name in names {
            let Content::Text(text) = name.content() else { continue };
            if text == ALL_ERRORS && (count > 1 || !is_last) {
                self.checked.report(name.place(), messages::all_errors_not_alone(key));
            }
            let is_unknown = text.starts_with(RESERVED_ERROR) && !ERROR_NAMES.contains(&text);
            let near = is_unknown.then(|| suggest::nearest(text, ERROR_NAMES)).flatten();
            if let Some(near) = near {
                self.checked.report(name.place(), messages::unknown_error_name(text, near));
            }
        }
    }
}
