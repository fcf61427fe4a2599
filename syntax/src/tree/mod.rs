//! The shape that all attributes have, before anything is known of their meaning: arguments, with
//! or without a key, and values that nest. Whoever reads an [`Args`] asks for keys; [`Args::finish`]
//! then reports what nobody asked for, so that no list of known keys can grow stale.

mod parse;

use std::cell::{Cell, RefCell};

use proc_macro2::TokenStream;
use skylift_model::suggest;

pub use parse::parse;

use crate::errors::Errors;
use crate::place::Place;

/// A key or a name, and where it stands.
#[derive(Debug, Clone)]
pub struct Key {
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// A value of an argument.
#[derive(Debug, Clone)]
pub struct Value {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub place: Place,
}

/// What a value can be.
#[derive(Debug, Clone)]
pub enum Kind {
    /// `"text"`.
    Str(String),
    /// `42`, also `-1`.
    Int(i128),
    /// `0.5`.
    Float(f64),
    /// `true`.
    Bool(bool),
    /// `s3`, `crate::Uploads`: its segments, and its tokens as they stand.
    Path(Vec<String>, TokenStream),
    /// `param("Name")`, `s3(bucket = Uploads)`.
    Call(Key, Args),
    /// `["a", "b"]`.
    List(Vec<Value>),
    /// `{ "a": 1 }`.
    Map(Vec<(Key, Value)>),
    /// A literal that no setting takes, as it was written: a character, a number with a suffix.
    Other(String),
}

impl Value {
    /// What kind of value it is, for messages.
    #[must_use]
    pub fn describe(&self) -> String {
        match &self.kind {
            Kind::Str(_) => "a string".to_owned(),
            Kind::Int(_) => "a number".to_owned(),
            Kind::Float(_) => "a number with a fraction".to_owned(),
            Kind::Bool(_) => "a truth value".to_owned(),
            Kind::Path(segments, _) => format!("`{}`", segments.join("::")),
            Kind::Call(name, _) => format!("`{}(…)`", name.text),
            Kind::List(_) => "a list".to_owned(),
            Kind::Map(_) => "a map".to_owned(),
            Kind::Other(text) => format!("`{text}`"),
        }
    }

    /// The word that it is, where it is one: `arm64`, `"arm64"`.
    #[must_use]
    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Str(text) => Some(text),
            Kind::Path(segments, _) => match segments.as_slice() {
                [one] => Some(one),
                _ => None,
            },
            _ => None,
        }
    }
}

/// One argument.
#[derive(Debug, Clone)]
struct Arg {
    /// The key of `key = value`.
    key: Option<Key>,
    value: Value,
    /// Whether somebody asked for it.
    read: Cell<bool>,
}

impl Arg {
    /// `key = value`, or `key(…)`, or `key` alone: in each case what it sets.
    fn name(&self) -> Option<&Key> {
        match (&self.key, &self.value.kind) {
            (Some(key), _) | (None, Kind::Call(key, _)) => Some(key),
            _ => None,
        }
    }

    /// The same, and of a word that stands alone.
    fn name_or_word(&self) -> Option<Key> {
        let word = match (&self.key, &self.value.kind) {
            (None, Kind::Path(path, _)) if path.len() == 1 => path.first().cloned(),
            _ => None,
        };
        let word = word.map(|text| Key { text, place: self.value.place.clone() });
        self.name().cloned().or(word)
    }
}

/// The arguments of an attribute, a trigger, or a table of the manifest.
#[derive(Debug, Clone)]
pub struct Args {
    list: Vec<Arg>,
    /// Where they stand.
    pub place: Place,
    /// The keys that were asked for: those that are known here.
    asked: RefCell<Vec<&'static str>>,
    /// Of these, the ones that may come more than once.
    repeatable: RefCell<Vec<&'static str>>,
    /// And those that take their values in parentheses.
    nested: RefCell<Vec<&'static str>>,
}

impl Args {
    /// No arguments, at this place.
    #[must_use]
    pub fn empty(place: Place) -> Self {
        Self {
            list: Vec::new(),
            place,
            asked: RefCell::default(),
            repeatable: RefCell::default(),
            nested: RefCell::default(),
        }
    }

    /// Adds `key = value`.
    pub fn push(&mut self, key: Option<Key>, value: Value) {
        self.list.push(Arg { key, value, read: Cell::new(false) });
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The value of `key = value`, or of `key(…)`.
    pub fn get(&self, key: &'static str) -> Option<&Value> {
        self.asked.borrow_mut().push(key);
        let arg = self.list.iter().find(|arg| arg.name().is_some_and(|name| name.text == key))?;
        arg.read.set(true);
        Some(&arg.value)
    }

    /// Every argument with one of these keys, in the order written.
    pub fn all(&self, keys: &[&'static str]) -> Vec<(&Key, &Value)> {
        self.asked.borrow_mut().extend_from_slice(keys);
        self.repeatable.borrow_mut().extend_from_slice(keys);
        let named = self.list.iter().filter_map(|arg| Some((arg, arg.name()?)));
        let wanted = named.filter(|(_, name)| keys.contains(&name.text.as_str()));
        wanted
            .inspect(|(arg, _)| arg.read.set(true))
            .map(|(arg, name)| (name, &arg.value))
            .collect()
    }

    /// The arguments of `key(…)`; an error where `key` is set in another way.
    pub fn nested(&self, key: &'static str, errors: &mut Errors) -> Option<&Self> {
        self.nested.borrow_mut().push(key);
        let value = self.get(key)?;
        if let Kind::Call(_, args) = &value.kind {
            return Some(args);
        }
        errors.push(&value.place, format!("`{key}` takes its values in parentheses: `{key}(…)`"));
        None
    }

    /// The word `key` where it stands alone, for a key that needs a value and has one thing to advise.
    pub fn bare(&self, key: &'static str) -> Option<&Value> {
        let bare = |arg: &&Arg| {
            arg.key.is_none() && matches!(&arg.value.kind, Kind::Path(path, _) if *path == [key])
        };
        let arg = self.list.iter().find(bare)?;
        arg.read.set(true);
        Some(&arg.value)
    }

    /// Whether the word `flag` stands among the arguments, or is set to a truth value.
    pub fn flag(&self, flag: &'static str, errors: &mut Errors) -> Option<bool> {
        self.asked.borrow_mut().push(flag);
        if self.bare(flag).is_some() {
            return Some(true);
        }
        for arg in &self.list {
            if arg.key.as_ref().is_some_and(|key| key.text == flag) {
                arg.read.set(true);
                if let Kind::Bool(set) = arg.value.kind {
                    return Some(set);
                }
                let what = arg.value.describe();
                errors.push(&arg.value.place, format!("`{flag}` is true or false, not {what}"));
                return None;
            }
        }
        None
    }

    /// These arguments without those that set one of `keys`, and where these were set: each key once.
    #[must_use]
    pub fn without(&self, keys: &[&str]) -> (Self, Vec<Key>) {
        let (mut left, mut taken) = (self.clone(), Vec::<Key>::new());
        left.list.retain(|arg| {
            let Some(key) = arg.name_or_word().filter(|key| keys.contains(&key.text.as_str()))
            else {
                return true;
            };
            if taken.iter().all(|known| known.text != key.text) {
                taken.push(key);
            }
            false
        });
        (left, taken)
    }

    /// The values without a key that stand first, such as the expression of `schedule("…")`.
    pub fn positional(&self) -> Vec<&Value> {
        let bare = self.list.iter().take_while(|arg| arg.name().is_none());
        bare.inspect(|arg| arg.read.set(true)).map(|arg| &arg.value).collect()
    }

    /// The keys of `key = value`, wherever they stand.
    #[must_use]
    pub fn keys(&self) -> Vec<&Key> {
        let keyed = self.list.iter().filter(|arg| arg.key.is_some());
        keyed.inspect(|arg| arg.read.set(true)).filter_map(|arg| arg.key.as_ref()).collect()
    }

    /// The values without a key, wherever they stand.
    pub fn keyless(&self) -> Vec<&Value> {
        let bare = self.list.iter().filter(|arg| arg.key.is_none());
        bare.inspect(|arg| arg.read.set(true)).map(|arg| &arg.value).collect()
    }

    /// All arguments as `name = value`, for maps whose keys are the user's own.
    pub fn entries(&self, what: &str, errors: &mut Errors) -> Vec<(&Key, &Value)> {
        let mut entries: Vec<(&Key, &Value)> = Vec::new();
        for arg in &self.list {
            arg.read.set(true);
            match &arg.key {
                Some(key) if entries.iter().any(|(known, _)| known.text == key.text) => {
                    errors.push(&key.place, format!("`{}` is set twice", key.text));
                }
                Some(key) => entries.push((key, &arg.value)),
                None => {
                    errors.push(&arg.value.place, format!("`{what}` takes `name = value`"));
                }
            }
        }
        entries
    }

    /// Where the argument with this key stands; no claim that it was read.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<&Value> {
        let named = |arg: &&Arg| arg.name().is_some_and(|name| name.text == key);
        self.list.iter().find(named).map(|arg| &arg.value)
    }

    /// Reports the arguments that nobody asked for, and those that came twice. `what` is whose
    /// arguments they are, such as `#[function]`.
    pub fn finish(&self, what: &str, errors: &mut Errors) {
        let (asked, repeatable) = (self.asked.borrow(), self.repeatable.borrow());
        for (index, arg) in self.list.iter().enumerate() {
            let place = arg.name().map_or(&arg.value.place, |key| &key.place);
            let name = arg.name_or_word().map(|key| key.text);
            let Some(name) = name else {
                if !arg.read.get() {
                    let found = arg.value.describe();
                    errors
                        .push(place, format!("expected `key = value` in `{what}`, found {found}"));
                }
                continue;
            };
            let before = &self.list[..index];
            let again = before.iter().any(|other| other.name().is_some_and(|key| key.text == name));
            if again && !repeatable.contains(&name.as_str()) {
                errors.push(place, format!("`{name}` is set twice"));
            } else if !arg.read.get() {
                let bare = self.list.iter().any(|arg| arg.name().is_none() && arg.read.get());
                if self.nested.borrow().contains(&name.as_str()) {
                    errors
                        .push(place, format!("`{name}` needs values"))
                        .help(format!("write `{name}(…)`"));
                } else {
                    unknown(place, &name, what, &asked, bare, errors);
                }
            }
        }
    }
}

/// `bare` is whether `what` takes a value without a key.
fn unknown(
    place: &Place,
    name: &str,
    what: &str,
    asked: &[&'static str],
    bare: bool,
    errors: &mut Errors,
) {
    if asked.contains(&name) {
        errors.push(place, format!("`{name}` needs a value")).help(format!("write `{name} = …`"));
        return;
    }
    let message = errors.push(place, format!("unknown key `{name}` in `{what}`"));
    message.help(match suggest::nearest(name, asked.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if asked.is_empty() && bare => format!("`{what}` takes one value and no keys"),
        None if asked.is_empty() => format!("`{what}` takes no arguments"),
        None => {
            let mut known = asked.to_vec();
            known.sort_unstable();
            known.dedup();
            format!("`{what}` takes {}", suggest::list(known))
        }
    });
}
