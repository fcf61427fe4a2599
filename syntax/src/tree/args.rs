//! The arguments of an attribute. A key is taken from the arguments together with the function that reads its
//! value, which also makes the key a known key. [`Args::read_all`] then reports every argument that was not
//! taken.
// See decision 0012.

mod overrides;

use std::cell::{Cell, RefCell};

use super::{ArgKey, ArgLocation, ArgValue, ArgValueKind};
use crate::errors::Errors;
use crate::messages::{self, FamiliarWords};
use crate::span::SourceSpan;

/// One argument of an attribute: a value, with or without a key.
#[derive(Debug, Clone)]
struct Arg {
    /// The key of `key = value`. `None` for a value without a key, and for `key(…)`.
    key: Option<ArgKey>,
    value: ArgValue,
    /// Whether a reader has taken the argument.
    taken: Cell<bool>,
}

impl Arg {
    /// Returns the key of `key = value` or of `key(…)`. Returns `None` for any other argument.
    fn name(&self) -> Option<&ArgKey> {
        match (&self.key, &self.value.kind) {
            (Some(key), _) | (None, ArgValueKind::Call(key, _)) => Some(key),
            _ => None,
        }
    }

    /// Returns the key of `key = value` or of `key(…)`, or the word of an argument that is one word. Returns
    /// `None` for any other argument.
    fn name_or_word(&self) -> Option<ArgKey> {
        let word = match (&self.key, &self.value.kind) {
            (None, ArgValueKind::Path(path, _)) if path.len() == 1 => path.first().cloned(),
            _ => None,
        };
        let word = word.map(|text| ArgKey { text, span: self.value.span.clone() });
        self.name().cloned().or(word)
    }

    /// Returns whether the argument has this key, as `key = value` or as `key(…)`.
    fn is_named(&self, key: &str) -> bool {
        self.name().is_some_and(|name| name.text == key)
    }

    /// Returns whether the argument is only this word, without a key and without a value.
    fn is_word(&self, word: &str) -> bool {
        self.key.is_none()
            && matches!(&self.value.kind, ArgValueKind::Path(path, _) if *path == [word])
    }

    /// Marks the argument as taken, and returns its value.
    fn take(&self) -> &ArgValue {
        self.taken.set(true);
        &self.value
    }
}

/// The keys that the readers of the arguments asked for. No other key is valid.
#[derive(Debug, Clone, Default)]
struct KnownKeys {
    all: Vec<&'static str>,
    /// The known keys that may be set more than once.
    repeatable: Vec<&'static str>,
    /// The known keys that take their values in parentheses.
    nested: Vec<&'static str>,
    /// The known key that names a resource.
    main_key: Option<&'static str>,
    /// The words of other tools for the known keys.
    familiar: Vec<&'static [FamiliarWords]>,
}

impl KnownKeys {
    /// Returns the help for an argument with an unknown key: for a word of other tools, or for the path of a resource
    /// without its key. Returns `None` if it is neither.
    fn find_help(&self, key: &str, arg: &Arg) -> Option<String> {
        if let Some(help) = messages::find_familiar(self.familiar.iter().copied(), key) {
            return Some(help.to_owned());
        }
        let is_type = key.starts_with(|first: char| first.is_ascii_uppercase());
        let is_resource = is_type && arg.name().is_none();
        let resource_key = self.main_key.filter(|_| is_resource)?;
        Some(messages::write_resource_with_key(resource_key, key))
    }
}

/// The arguments of an attribute, of a trigger, or of a table in Cargo.toml.
#[derive(Debug, Clone)]
pub struct Args {
    list: Vec<Arg>,
    /// The span of all arguments.
    pub span: SourceSpan,
    /// The keys whose values could not be parsed. Their errors are recorded.
    broken: Vec<String>,
    known: RefCell<KnownKeys>,
}

impl Args {
    /// Creates an empty list of arguments at this span.
    #[must_use]
    pub fn empty(span: SourceSpan) -> Self {
        Self { list: Vec::new(), span, broken: Vec::new(), known: RefCell::default() }
    }

    /// Adds `key = value`, or a value without a key if `key` is `None`.
    pub fn push(&mut self, key: Option<ArgKey>, value: ArgValue) {
        self.list.push(Arg { key, value, taken: Cell::new(false) });
    }

    /// Adds a key whose value could not be parsed, so that the key is not reported as missing.
    pub(super) fn push_broken(&mut self, key: String) {
        self.broken.push(key);
    }

    /// Returns the arguments with the key that `key` returns for the first value, if that has no key. It returns `None` if
    /// the value needs none.
    #[must_use]
    pub(crate) fn with_key_of_first(&self, key: impl FnOnce(&ArgValue) -> Option<ArgKey>) -> Self {
        let mut args = self.clone();
        if let Some(first) = args.list.first_mut().filter(|first| first.key.is_none()) {
            first.key = key(&first.value);
        }
        args
    }

    /// Reads the arguments with `read`, then reports the arguments that `read` did not take and the keys that
    /// are set twice. `owner` is the attribute or the key that has the arguments, such as `#[function]`.
    pub fn read_all<'a, T>(
        &'a self,
        owner: &str,
        errors: &mut Errors,
        read: impl FnOnce(&'a Self, &mut Errors) -> T,
    ) -> T {
        let is_broken = !self.broken.is_empty();
        errors.read_arguments(
            is_broken,
            |errors| read(self, errors),
            |errors| self.check_taken(owner, errors),
        )
    }

    /// Reads the value of `key = value` or `key(…)` with `read`. Returns `None` if the key is not set or its
    /// value is wrong.
    pub fn take<'a, T>(
        &'a self,
        key: &'static str,
        read: impl FnOnce(&'a ArgValue, &mut Errors) -> Option<T>,
        errors: &mut Errors,
    ) -> Option<T> {
        self.take_if_set(key, read, errors).flatten()
    }

    /// Reads the value of `key = value` or `key(…)` with `read`, and distinguishes a missing key from a wrong
    /// value: returns `None` if the key is not set, and `Some(None)` if its value is wrong.
    pub fn take_if_set<'a, T>(
        &'a self,
        key: &'static str,
        read: impl FnOnce(&'a ArgValue, &mut Errors) -> Option<T>,
        errors: &mut Errors,
    ) -> Option<Option<T>> {
        self.known.borrow_mut().all.push(key);
        let Some(arg) = self.list.iter().find(|arg| arg.is_named(key)) else {
            let is_broken = self.broken.iter().any(|broken| broken == key);
            return is_broken.then_some(None);
        };
        Some(read(arg.take(), errors))
    }

    /// Reads the value of the key to which a value without a key most likely belongs, like [`Args::take_if_set`]: the resource
    /// of a trigger, for example. Such a value is shown with the key.
    #[expect(clippy::option_option, reason = "as in `take_if_set`")]
    pub(crate) fn take_main<'a, T>(
        &'a self,
        key: &'static str,
        read: impl FnOnce(&'a ArgValue, &mut Errors) -> Option<T>,
        errors: &mut Errors,
    ) -> Option<Option<T>> {
        self.known.borrow_mut().main_key = Some(key);
        self.take_if_set(key, read, errors)
    }

    /// Explains these words if they are written in the place of a key.
    pub fn explain(&self, words: &'static [FamiliarWords]) {
        self.known.borrow_mut().familiar.push(words);
    }

    /// Takes every argument with one of these keys, in the order of the source code.
    pub fn take_each(&self, keys: &[&'static str]) -> Vec<(&ArgKey, &ArgValue)> {
        {
            let mut known = self.known.borrow_mut();
            known.all.extend_from_slice(keys);
            known.repeatable.extend_from_slice(keys);
        }
        let named = self.list.iter().filter_map(|arg| Some((arg.name()?, arg)));
        let wanted = named.filter(|(name, _)| keys.contains(&name.text.as_str()));
        wanted.map(|(name, arg)| (name, arg.take())).collect()
    }

    /// Reads the arguments of `key(…)` with `read`. Reports an error if the key is set without parentheses.
    /// Returns `None` if the key is not set or has an error.
    pub fn take_nested<'a, T>(
        &'a self,
        key: &'static str,
        read: impl FnOnce(&'a Self, &mut Errors) -> T,
        errors: &mut Errors,
    ) -> Option<T> {
        self.known.borrow_mut().nested.push(key);
        let args =
            self.take(key, |value, errors| expect_parentheses(key, value, errors), errors)?;
        Some(read(args, errors))
    }

    /// Takes the word `key` if it is an argument without a value, and returns its span. This method is for keys
    /// that need a value and have a message of their own about a missing value. Returns `None` if no argument
    /// is this word.
    pub fn take_bare_word(&self, key: &'static str) -> Option<&SourceSpan> {
        self.known.borrow_mut().all.push(key);
        let arg = self.list.iter().find(|arg| arg.is_word(key))?;
        Some(&arg.take().span)
    }

    /// Takes a flag, which is written as `flag`, `flag = true` or `flag = false`, and returns its value.
    /// Returns `None` if the flag is not set or its value is wrong.
    pub fn take_flag(&self, flag: &'static str, errors: &mut Errors) -> Option<bool> {
        if self.take_bare_word(flag).is_some() {
            return Some(true);
        }
        let set = |arg: &&Arg| arg.key.as_ref().is_some_and(|key| key.text == flag);
        let value = self.list.iter().find(set)?.take();
        match value.kind {
            ArgValueKind::Bool(set) => Some(set),
            _ => report_not_a_flag(flag, value, errors),
        }
    }

    /// Takes a key that is either a flag or has a value. Returns `on` for `flag` and `flag = true`, `None` for
    /// `flag = false`, and the result of `read` for any other value. Returns `None` if the key is not set.
    pub fn take_flag_or<T>(
        &self,
        flag: &'static str,
        on: T,
        read: impl FnOnce(&ArgValue, &mut Errors) -> Option<T>,
        errors: &mut Errors,
    ) -> Option<T> {
        if self.take_bare_word(flag).is_some() {
            return Some(on);
        }
        let value_or_on = |value: &ArgValue, errors: &mut Errors| match value.kind {
            ArgValueKind::Bool(set) => set.then_some(on),
            _ => read(value, errors),
        };
        self.take(flag, value_or_on, errors)
    }

    /// Takes the values without a key that come before the first key, such as the expression of
    /// `schedule("…")`.
    pub fn take_positional(&self) -> Vec<&ArgValue> {
        self.list.iter().take_while(|arg| arg.name().is_none()).map(Arg::take).collect()
    }

    /// Takes the values that are calls of the function `name`, such as `param("…")`.
    pub(crate) fn take_calls(&self, name: &str) -> Vec<&ArgValue> {
        let is_call = |arg: &&Arg| matches!(&arg.value.kind, ArgValueKind::Call(called, _) if called.text == name);
        self.list.iter().filter(|arg| arg.key.is_none()).filter(is_call).map(Arg::take).collect()
    }

    /// Takes the values that are neither a key nor a word: strings, and what no setting takes.
    pub(crate) fn take_texts(&self) -> Vec<&ArgValue> {
        let is_text =
            |arg: &&Arg| matches!(arg.value.kind, ArgValueKind::Str(_) | ArgValueKind::Other(_));
        self.list.iter().filter(|arg| arg.key.is_none()).filter(is_text).map(Arg::take).collect()
    }

    /// Takes all values without a key. An argument of the form `name(…)` counts as such a value.
    pub fn take_keyless(&self) -> Vec<&ArgValue> {
        self.list.iter().filter(|arg| arg.key.is_none()).map(Arg::take).collect()
    }

    /// Takes all keys of `key = value`, for a place where no key is valid.
    pub fn take_keys(&self) -> Vec<&ArgKey> {
        let keyed = self.list.iter().filter(|arg| arg.key.is_some());
        keyed.inspect(|arg| arg.taken.set(true)).filter_map(|arg| arg.key.as_ref()).collect()
    }

    /// Takes all arguments as pairs of a name and a value, for maps in which the user chooses the names.
    /// `owner` is the key that has the arguments.
    pub fn take_entries(&self, owner: &str, errors: &mut Errors) -> Vec<(&ArgKey, &ArgValue)> {
        let mut entries: Vec<(&ArgKey, &ArgValue)> = Vec::new();
        for arg in &self.list {
            let value = arg.take();
            match &arg.key {
                Some(key) if entries.iter().any(|(known, _)| known.text == key.text) => {
                    errors.push(&key.span, messages::set_twice(&key.text));
                }
                Some(key) => entries.push((key, value)),
                None => errors.push(&value.span, messages::entry_without_name(owner)),
            }
        }
        entries
    }

    /// Returns the arguments without those that set one of `keys`, and the keys that were removed, each key
    /// once.
    #[must_use]
    pub fn split_off_keys(&self, keys: &[&str]) -> (Self, Vec<ArgKey>) {
        let (mut rest, mut removed) = (self.clone(), Vec::<ArgKey>::new());
        rest.list.retain(|arg| {
            let Some(key) = arg.name_or_word().filter(|key| keys.contains(&key.text.as_str()))
            else {
                return true;
            };
            if removed.iter().all(|known| known.text != key.text) {
                removed.push(key);
            }
            false
        });
        (rest, removed)
    }

    /// Returns whether the user wrote `key = value` or `key(…)`, whatever the value is.
    #[must_use]
    pub fn has_key(&self, key: &str) -> bool {
        self.locate(key).is_some()
    }

    /// Returns the span of a key's value, for an error that concerns the value and other arguments. Returns the
    /// span of all arguments if the user did not write the key.
    #[must_use]
    pub fn span_of(&self, key: &str) -> &SourceSpan {
        self.locate(key).map_or(&self.span, ArgLocation::span)
    }

    /// Returns the span of a key itself, without its value. Returns the span of all arguments if the user did not
    /// write the key.
    #[must_use]
    pub fn span_of_name(&self, key: &str) -> &SourceSpan {
        let name = self.list.iter().filter_map(Arg::name).find(|name| name.text == key);
        name.map_or(&self.span, |name| &name.span)
    }

    /// Returns the location of a key's value, and `None` if the user did not write the key.
    #[must_use]
    pub fn locate(&self, key: &str) -> Option<ArgLocation<'_>> {
        self.list.iter().find(|arg| arg.is_named(key)).map(|arg| ArgLocation::new(&arg.value))
    }

    /// Returns the locations of the values of these keys, in the order of the source code.
    pub fn locate_each(&self, keys: &[&str]) -> impl Iterator<Item = ArgLocation<'_>> {
        let wanted = |arg: &&Arg| keys.iter().any(|key| arg.is_named(key));
        self.list.iter().filter(wanted).map(|arg| ArgLocation::new(&arg.value))
    }

    /// Returns the keys of all arguments, without values that have none.
    pub fn names(&self) -> impl Iterator<Item = &ArgKey> {
        self.list.iter().filter_map(Arg::name)
    }

    /// Returns the values of all arguments, for the locations inside them.
    pub(crate) fn values(&self) -> impl Iterator<Item = &ArgValue> {
        self.list.iter().map(|arg| &arg.value)
    }

    /// Returns the location of the first value without a key, and `None` if every value has a key.
    #[must_use]
    pub fn locate_first_keyless(&self) -> Option<ArgLocation<'_>> {
        self.list.iter().find(|arg| arg.key.is_none()).map(|arg| ArgLocation::new(&arg.value))
    }

    /// Reports each argument that was not taken, and each key that is set twice. `owner` is the attribute or
    /// the key that has the arguments.
    fn check_taken(&self, owner: &str, errors: &mut Errors) {
        let known = self.known.borrow();
        let KnownKeys { all, repeatable, nested, .. } = &*known;
        let mut explained: Vec<String> = Vec::new();
        for (index, arg) in self.list.iter().enumerate() {
            let span = arg.name().map_or(&arg.value.span, |key| &key.span);
            let Some(name) = arg.name_or_word().map(|key| key.text) else {
                if !arg.taken.get() {
                    let key = known.main_key.filter(|_| arg.value.is_string());
                    let message = messages::key_expected(owner, &arg.value.describe(), key);
                    errors.push(span, message);
                }
                continue;
            };
            let is_repeated = self.list[..index].iter().any(|other| other.is_named(&name));
            let message = if is_repeated && !repeatable.contains(&name.as_str()) {
                messages::set_twice(&name)
            } else if arg.taken.get() {
                continue;
            } else if nested.contains(&name.as_str()) {
                messages::values_missing(&name)
            } else if all.contains(&name.as_str()) {
                messages::value_missing(&name)
            } else {
                let takes_value =
                    self.list.iter().any(|arg| arg.name().is_none() && arg.taken.get());
                let help = known.find_help(&name, arg);
                // `method = GET, path = "/a"` is one mistake.
                if help.as_ref().is_some_and(|help| explained.contains(help)) {
                    continue;
                }
                explained.extend(help.clone());
                messages::unknown_key(&name, owner, all, takes_value, help)
            };
            errors.push(span, message);
        }
    }
}

/// Returns the arguments of `key(…)`. If the key is set in another way, records an error and returns `None`.
fn expect_parentheses<'a>(key: &str, value: &'a ArgValue, errors: &mut Errors) -> Option<&'a Args> {
    if let ArgValueKind::Call(_, args) = &value.kind {
        return Some(args);
    }
    let message = match value.span {
        SourceSpan::Tokens { .. } => messages::parentheses_expected(key),
        SourceSpan::Bytes(_) => messages::table_expected(key, &value.describe()),
    };
    errors.push(&value.span, message);
    None
}

/// Reports that a flag is set to something other than `true` or `false`. Always returns `None`, so that a
/// reader can return the result.
pub(crate) fn report_not_a_flag<T>(flag: &str, value: &ArgValue, errors: &mut Errors) -> Option<T> {
    errors.push(&value.span, messages::not_a_flag(flag, &value.describe()));
    None
}

#[cfg(test)]
mod tests;
