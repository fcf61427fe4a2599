//! Checks a definition: its states, the transitions between them, and whether an execution reaches each of them and comes
//! to an end.

use std::collections::{HashMap, HashSet};

use super::found::{CheckedDefinition, StateList};
use super::names::{Substitution, find_substitutions};
use super::state::{ReadState, read_state};
use crate::aws::limits;
use crate::aws::written::{Content, Written, WrittenEntry};
use crate::messages::states as messages;
use crate::suggest;

/// Checks a definition. `express` tells whether it is that of an express workflow.
pub fn check_definition<'a, W: Written<'a>>(root: W, express: bool) -> CheckedDefinition<W::Place> {
    let mut checked =
        CheckedDefinition { problems: Vec::new(), functions: Vec::new(), names: Vec::new() };
    collect_names(root, &mut checked);
    let mut known = HashSet::new();
    let mut lists = vec![StateList { at: root.place(), value: root, owner: None }];
    while let Some(list) = lists.pop() {
        let inner = check_list(&list, express, &mut known, &mut checked);
        lists.extend(inner.into_iter().rev());
    }
    checked
}

/// Collects the names in all texts of a value.
fn collect_names<'a, W: Written<'a>>(value: W, checked: &mut CheckedDefinition<W::Place>) {
    match value.content() {
        Content::Text(text) => add_names(text, &value.place(), checked),
        Content::List(items) => {
            for item in items {
                collect_names(item, checked);
            }
        }
        Content::Map(entries) => {
            for WrittenEntry { key, at, value } in entries {
                add_names(key, &at, checked);
                collect_names(value, checked);
            }
        }
        _ => {}
    }
}

/// Adds the names in a text at this place.
fn add_names<P: Clone>(text: &str, at: &P, checked: &mut CheckedDefinition<P>) {
    for substitution in find_substitutions(text) {
        match substitution {
            Substitution::Name(name) => checked.names.push((at.clone(), name.to_owned())),
            Substitution::Other(name) => {
                checked.report(at.clone(), messages::not_substituted(name));
            }
        }
    }
}

/// Checks a list of states. Returns the lists of states in it.
fn check_list<'a, W: Written<'a>>(
    list: &StateList<'a, W>,
    express: bool,
    known: &mut HashSet<&'a str>,
    checked: &mut CheckedDefinition<W::Place>,
) -> Vec<StateList<'a, W>> {
    let Content::Map(entries) = list.value.content() else {
        checked.report(list.at.clone(), messages::not_a_map(list.owner, &list.value.describe()));
        return Vec::new();
    };
    let find = |key: &str| entries.iter().find(|entry| entry.key == key);
    let Some(states) = find("States") else {
        checked.report(list.at.clone(), messages::key_missing("States", list.owner));
        return Vec::new();
    };
    let states_of = match states.value.content() {
        Content::Map(entries) if !entries.is_empty() => entries,
        _ => {
            checked.report(states.at.clone(), messages::no_states());
            return Vec::new();
        }
    };
    let count = checked.problems.len();
    let mut inner = Vec::new();
    let mut read = Vec::new();
    for WrittenEntry { key: name, at, value } in states_of {
        check_name(name, &at, known, checked);
        let state = read_state((name, at.clone()), value, express, checked);
        let ReadState { targets, ends, lists } = state;
        inner.extend(lists);
        read.push(Listed { name, at, targets, ends });
    }
    let start = match find("StartAt").map(|entry| (entry, entry.value.content())) {
        Some((entry, Content::Text(name))) => {
            check_target(name, &entry.value.place(), &read, checked);
            name
        }
        Some((entry, _)) => {
            let found = entry.value.describe();
            checked.report(entry.at.clone(), messages::not_a_text("StartAt", &found));
            return inner;
        }
        None => {
            checked.report(list.at.clone(), messages::key_missing("StartAt", list.owner));
            return inner;
        }
    };
    for Listed { targets, .. } in &read {
        for (name, at) in targets {
            check_target(name, at, &read, checked);
        }
    }
    // After another mistake, the states that are reached are not known.
    if checked.problems.len() == count {
        check_reached(start, &read, states, checked);
    }
    inner
}

/// A state of a list.
struct Listed<'a, P> {
    name: &'a str,
    at: P,
    /// The names of the states that can follow, each with its place.
    targets: Vec<(&'a str, P)>,
    /// Whether the state can be the last one.
    ends: bool,
}

/// Checks the name of a state. `known` are the names of the states before it.
fn check_name<'a, P: Clone>(
    name: &'a str,
    at: &P,
    known: &mut HashSet<&'a str>,
    checked: &mut CheckedDefinition<P>,
) {
    let length = name.chars().count();
    if length == 0 || length > limits::STATE_MACHINE_NAME_LEN {
        checked.report(at.clone(), messages::length_of_state_name(name, length));
    }
    if !known.insert(name) {
        checked.report(at.clone(), messages::state_twice(name));
    }
}

/// Checks that a state with this name is in the list.
fn check_target<P: Clone>(
    name: &str,
    at: &P,
    states: &[Listed<'_, P>],
    checked: &mut CheckedDefinition<P>,
) {
    if states.iter().all(|state| state.name != name) {
        let names = || states.iter().map(|state| state.name);
        let near = suggest::nearest(name, names());
        checked.report(at.clone(), messages::unknown_state(name, near, names()));
    }
}

/// Checks that an execution that starts at `start` can reach every state and can end.
fn check_reached<'a, W: Written<'a>>(
    start: &str,
    states: &[Listed<'a, W::Place>],
    list: &WrittenEntry<'a, W>,
    checked: &mut CheckedDefinition<W::Place>,
) {
    let by_name: HashMap<&str, &Listed<'a, W::Place>> =
        states.iter().map(|state| (state.name, state)).collect();
    let (mut reached, mut next) = (HashSet::new(), vec![start]);
    let mut ends = false;
    while let Some(name) = next.pop() {
        if let Some(state) = by_name.get(name).filter(|_| reached.insert(name)) {
            ends |= state.ends;
            next.extend(state.targets.iter().map(|(name, _)| *name));
        }
    }
    for state in states.iter().filter(|state| !reached.contains(state.name)) {
        checked.report(state.at.clone(), messages::unreachable_state(state.name));
    }
    if !ends {
        checked.report(list.at.clone(), messages::no_last_state());
    }
}
