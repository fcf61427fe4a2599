//! The arguments of an attribute, and the one way to read them: each key is taken with its reader, by
//! which it is known here and read. [`Args::read`] reports afterwards what was written and not taken.

use std::cell::{Cell, RefCell};

use skylift_model::suggest;

use super::{Key, Kind, Spot, Value};
use crate::errors::Errors;
use crate::place::Place;

/// One argument.
#[derive(Debug, Clone)]
struct Arg {
    /// The key of `key = value`.
    key: Option<Key>,
    value: Value,
    /// Whether it was taken.
    read: Cell<bool>,
}

impl Arg {
    /// `key = value`, or `key(…)`: in both cases what it sets.
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

    fn is_named(&self, key: &str) -> bool {
        self.name().is_some_and(|name| name.text == key)
    }

    fn is_word(&self, word: &str) -> bool {
        self.key.is_none() && matches!(&self.value.kind, Kind::Path(path, _) if *path == [word])
    }

    fn take(&self) -> &Value {
        self.read.set(true);
        &self.value
    }
}

/// The keys that were asked for: those that are known here.
#[derive(Debug, Clone, Default)]
struct Known {
    all: Vec<&'static str>,
    /// Of these, the ones that may come more than once.
    repeatable: Vec<&'static str>,
    /// And those that take their values in parentheses.
    nested: Vec<&'static str>,
}

/// The arguments of an attribute, a trigger, or a table of the manifest.
#[derive(Debug, Clone)]
pub struct Args {
    list: Vec<Arg>,
    /// Where they stand.
    pub place: Place,
    known: RefCell<Known>,
}

impl Args {
    /// No arguments, at this place.
    #[must_use]
    pub fn empty(place: Place) -> Self {
        Self { list: Vec::new(), place, known: RefCell::default() }
    }

    /// Adds `key = value`.
    pub fn push(&mut self, key: Option<Key>, value: Value) {
        self.list.push(Arg { key, value, read: Cell::new(false) });
    }

    /// Reads the arguments: `read` takes what it knows, and what it did not take is an error, as is what
    /// came twice. `what` is whose arguments they are, such as `#[function]`.
    pub fn read<'a, T>(
        &'a self,
        what: &str,
        errors: &mut Errors,
        read: impl FnOnce(&'a Self, &mut Errors) -> T,
    ) -> T {
        let made = read(self, errors);
        self.check_taken(what, errors);
        made
    }

    /// What `key = value` or `key(…)` means; none where it is not written, or wrong.
    pub fn take<'a, T>(
        &'a self,
        key: &'static str,
        read: impl FnOnce(&'a Value, &mut Errors) -> Option<T>,
        errors: &mut Errors,
    ) -> Option<T> {
        self.given(key, read, errors).flatten()
    }

    /// The same, for a key without which another thing holds than with one that is wrong: none where it
    /// is not written, none within where it is wrong.
    pub fn given<'a, T>(
        &'a self,
        key: &'static str,
        read: impl FnOnce(&'a Value, &mut Errors) -> Option<T>,
        errors: &mut Errors,
    ) -> Option<Option<T>> {
        self.known.borrow_mut().all.push(key);
        let arg = self.list.iter().find(|arg| arg.is_named(key))?;
        Some(read(arg.take(), errors))
    }

    /// Every argument with one of these keys, in the order written.
    pub fn each(&self, keys: &[&'static str]) -> Vec<(&Key, &Value)> {
        {
            let mut known = self.known.borrow_mut();
            known.all.extend_from_slice(keys);
            known.repeatable.extend_from_slice(keys);
        }
        let named = self.list.iter().filter_map(|arg| Some((arg.name()?, arg)));
        let wanted = named.filter(|(name, _)| keys.contains(&name.text.as_str()));
        wanted.map(|(name, arg)| (name, arg.take())).collect()
    }

    /// What the arguments of `key(…)` mean; an error where `key` is set in another way.
    pub fn nested<'a, T>(
        &'a self,
        key: &'static str,
        read: impl FnOnce(&'a Self, &mut Errors) -> T,
        errors: &mut Errors,
    ) -> Option<T> {
        self.known.borrow_mut().nested.push(key);
        let args = self.take(key, |value, errors| in_parentheses(key, value, errors), errors)?;
        Some(read(args, errors))
    }

    /// The word `key` where it stands alone, for a key that needs a value and has one thing to advise.
    pub fn bare(&self, key: &'static str) -> Option<&Place> {
        self.known.borrow_mut().all.push(key);
        let arg = self.list.iter().find(|arg| arg.is_word(key))?;
        Some(&arg.take().place)
    }

    /// Whether the word `flag` stands among the arguments, or is set to a truth value.
    pub fn flag(&self, flag: &'static str, errors: &mut Errors) -> Option<bool> {
        if self.bare(flag).is_some() {
            return Some(true);
        }
        let set = |arg: &&Arg| arg.key.as_ref().is_some_and(|key| key.text == flag);
        let value = self.list.iter().find(set)?.take();
        match value.kind {
            Kind::Bool(set) => Some(set),
            _ => no_flag(flag, value, errors),
        }
    }

    /// What a key means that may stand alone, or be set to a truth value: `on`, unless it is false. Any
    /// other value is read by `read`.
    pub fn flag_or<T>(
        &self,
        flag: &'static str,
        on: T,
        read: impl FnOnce(&Value, &mut Errors) -> Option<T>,
        errors: &mut Errors,
    ) -> Option<T> {
        if self.bare(flag).is_some() {
            return Some(on);
        }
        let value_or_on = |value: &Value, errors: &mut Errors| match value.kind {
            Kind::Bool(set) => set.then_some(on),
            _ => read(value, errors),
        };
        self.take(flag, value_or_on, errors)
    }

    /// The values without a key that stand first, such as the expression of `schedule("…")`.
    pub fn positional(&self) -> Vec<&Value> {
        self.list.iter().take_while(|arg| arg.name().is_none()).map(Arg::take).collect()
    }

    /// The values without a key, wherever they stand.
    pub fn keyless(&self) -> Vec<&Value> {
        self.list.iter().filter(|arg| arg.key.is_none()).map(Arg::take).collect()
    }

    /// The keys of `key = value`, wherever they stand, where none should be.
    pub fn keys(&self) -> Vec<&Key> {
        let keyed = self.list.iter().filter(|arg| arg.key.is_some());
        keyed.inspect(|arg| arg.read.set(true)).filter_map(|arg| arg.key.as_ref()).collect()
    }

    /// All arguments as `name = value`, for maps whose keys are the user's own.
    pub fn entries(&self, what: &str, errors: &mut Errors) -> Vec<(&Key, &Value)> {
        let mut entries: Vec<(&Key, &Value)> = Vec::new();
        for arg in &self.list {
            let value = arg.take();
            match &arg.key {
                Some(key) if entries.iter().any(|(known, _)| known.text == key.text) => {
                    errors.push(&key.place, format!("`{}` is set twice", key.text));
                }
                Some(key) => entries.push((key, value)),
                None => {
                    errors.push(&value.place, format!("`{what}` takes `name = value`"));
                }
            }
        }
        entries
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

    /// Whether `key = value` or `key(…)` is written, whatever it means.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.spot(key).is_some()
    }

    /// Where the value of a key stands, to say what is wrong with it beside others; all arguments where
    /// the key is not written.
    #[must_use]
    pub fn place_of(&self, key: &str) -> &Place {
        self.spot(key).map_or(&self.place, Spot::place)
    }

    /// The spot of the value of a key, where it is written.
    #[must_use]
    pub fn spot(&self, key: &str) -> Option<Spot<'_>> {
        self.list.iter().find(|arg| arg.is_named(key)).map(|arg| Spot::of(&arg.value))
    }

    /// The spots of the values of these keys, in the order written.
    pub fn spots(&self, keys: &[&str]) -> impl Iterator<Item = Spot<'_>> {
        let wanted = |arg: &&Arg| keys.iter().any(|key| arg.is_named(key));
        self.list.iter().filter(wanted).map(|arg| Spot::of(&arg.value))
    }

    /// The spot of the first value without a key.
    #[must_use]
    pub fn first_spot(&self) -> Option<Spot<'_>> {
        self.list.iter().find(|arg| arg.key.is_none()).map(|arg| Spot::of(&arg.value))
    }

    fn check_taken(&self, what: &str, errors: &mut Errors) {
        let Known { all, repeatable, nested } = &*self.known.borrow();
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
            let again = self.list[..index].iter().any(|other| other.is_named(&name));
            if again && !repeatable.contains(&name.as_str()) {
                errors.push(place, format!("`{name}` is set twice"));
            } else if !arg.read.get() {
                let bare = self.list.iter().any(|arg| arg.name().is_none() && arg.read.get());
                if nested.contains(&name.as_str()) {
                    errors
                        .push(place, format!("`{name}` needs values"))
                        .help(format!("write `{name}(…)`"));
                } else {
                    unknown(place, &name, what, all, bare, errors);
                }
            }
        }
    }
}

/// The arguments of `key(…)`, or the error that the key is set in another way.
fn in_parentheses<'a>(key: &str, value: &'a Value, errors: &mut Errors) -> Option<&'a Args> {
    if let Kind::Call(_, args) = &value.kind {
        return Some(args);
    }
    errors.push(&value.place, format!("`{key}` takes its values in parentheses: `{key}(…)`"));
    None
}

/// Records that a flag is set to something else than a truth value.
pub(crate) fn no_flag<T>(flag: &str, value: &Value, errors: &mut Errors) -> Option<T> {
    let what = value.describe();
    errors.push(&value.place, format!("`{flag}` is true or false, not {what}"));
    None
}

/// `bare` is whether `what` takes a value without a key.
fn unknown(
    place: &Place,
    name: &str,
    what: &str,
    known: &[&'static str],
    bare: bool,
    errors: &mut Errors,
) {
    if known.contains(&name) {
        errors.push(place, format!("`{name}` needs a value")).help(format!("write `{name} = …`"));
        return;
    }
    let message = errors.push(place, format!("unknown key `{name}` in `{what}`"));
    message.help(match suggest::nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() && bare => format!("`{what}` takes one value and no keys"),
        None if known.is_empty() => format!("`{what}` takes no arguments"),
        None => {
            let mut all = known.to_vec();
            all.sort_unstable();
            all.dedup();
            format!("`{what}` takes {}", suggest::list(all))
        }
    });
}

#[cfg(test)]
mod tests;
