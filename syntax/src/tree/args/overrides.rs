//! Arguments that replace others: the settings of an environment, over those that hold in all environments.

use std::cell::{Cell, RefCell};

use super::{Arg, Args};
use crate::span::SourceSpan;
use crate::tree::{ArgKey, ArgValue, ArgValueKind};

impl Args {
    /// Returns the arguments with those of `overrides` in place of the ones with the same keys. Where both are
    /// `key(…)`, the arguments in the parentheses are replaced one by one.
    #[must_use]
    pub fn override_with(&self, overrides: &Self) -> Self {
        let mut args = self.clone();
        args.known = RefCell::default();
        for arg in &overrides.list {
            let Some(name) = arg.name() else { continue };
            let mut known = args.list.iter_mut();
            match known.find(|it| it.is_named(&name.text)) {
                Some(known) => known.override_value(arg),
                None => args.list.push(arg.clone()),
            }
        }
        args.list.iter_mut().for_each(|arg| arg.taken = Cell::new(false));
        args
    }

    /// Returns whether this place in a file is in the arguments, in their keys or in their values.
    #[must_use]
    pub fn has_place(&self, place: &SourceSpan) -> bool {
        let SourceSpan::Bytes(place) = place else { return false };
        let has = |span: &SourceSpan| match span {
            SourceSpan::Bytes(range) => range.contains(&place.start),
            SourceSpan::Tokens { .. } => false,
        };
        self.list.iter().any(|arg| {
            let is_inside = match &arg.value.kind {
                ArgValueKind::Call(_, inner) => inner.has_place(&SourceSpan::Bytes(place.clone())),
                _ => false,
            };
            is_inside || has(&arg.value.span) || arg.name().is_some_and(|name| has(&name.span))
        })
    }

    /// Replaces arguments that have one of these keys: those for which `replace` returns another key and value.
    pub(crate) fn replace_each(
        &mut self,
        keys: &[&str],
        mut replace: impl FnMut(&ArgKey, &ArgValue) -> Option<(ArgKey, ArgValue)>,
    ) {
        for arg in &mut self.list {
            let name = arg.name().filter(|name| keys.contains(&name.text.as_str()));
            if let Some((key, value)) = name.and_then(|name| replace(name, &arg.value)) {
                (arg.key, arg.value) = (Some(key), value);
            }
        }
    }

    /// Replaces the first value without a key.
    pub(crate) fn replace_first_keyless(&mut self, value: ArgValue) {
        if let Some(arg) = self.list.iter_mut().find(|arg| arg.key.is_none()) {
            arg.value = value;
        }
    }
}

impl Arg {
    /// Replaces the value of the argument by that of another one. Of two `key(…)`, the arguments in the parentheses are
    /// replaced.
    fn override_value(&mut self, other: &Self) {
        match (&mut self.value.kind, &other.value.kind) {
            (ArgValueKind::Call(_, args), ArgValueKind::Call(_, others))
                if self.key.is_none() && other.key.is_none() =>
            {
                *args = args.override_with(others);
            }
            _ => *self = other.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::errors::Errors;
    use crate::readers::{read_number, read_text};
    use crate::tree::parse_args;

    fn args(text: &str) -> Args {
        let mut errors = Errors::new();
        let args = parse_args(text.parse().unwrap(), &mut errors);
        assert!(errors.into_diagnostics().is_empty(), "{text}");
        args
    }

    #[test]
    fn keys_are_replaced_and_those_in_parentheses_one_by_one() {
        let overrides =
            args(r#"memory = 512, env(LOG = "warn", NEW = "x"), timeout(a = 1), name = sub("b")"#);
        let base = args(
            r#"memory = 128, retries = 1, env(LOG = "info", STAGE = "a"), timeout = 3, name = sub("a")"#,
        );
        let all = base.override_with(&overrides);
        let mut errors = Errors::new();
        assert_eq!(all.take("memory", read_number::<u64>, &mut errors), Some(512));
        assert_eq!(all.take("retries", read_number::<u64>, &mut errors), Some(1));
        let env = all.take_nested(
            "env",
            |env, errors| {
                let entries = env.take_entries("env", errors).into_iter();
                let text = |value, errors: &mut Errors| read_text(value, errors).map(str::to_owned);
                entries
                    .map(|(key, value)| format!("{}={}", key.text, text(value, errors).unwrap()))
                    .collect::<Vec<_>>()
            },
            &mut errors,
        );
        assert_eq!(env.unwrap(), ["LOG=warn", "STAGE=a", "NEW=x"]);
        let timeout = all.take_nested("timeout", |args, _| args.has_key("a"), &mut errors);
        assert_eq!(timeout, Some(true));
        let name = |value: &ArgValue, errors: &mut Errors| match &value.kind {
            ArgValueKind::Call(_, args) => {
                read_text(args.take_keyless()[0], errors).map(str::to_owned)
            }
            _ => None,
        };
        assert_eq!(all.take("name", name, &mut errors).as_deref(), Some("b"));
        assert!(errors.into_diagnostics().is_empty());
    }

    #[test]
    fn what_was_read_before_is_read_again() {
        let mut errors = Errors::new();
        let (base, overrides) = (args("memory = 128, other = 1"), args("memory = 512"));
        let read = |args: &Args, errors: &mut Errors| {
            args.read_all("#[x]", errors, |args, errors| {
                args.take("memory", read_number::<u64>, errors)
            })
        };
        read(&base, &mut errors);
        assert_eq!(errors.into_diagnostics().len(), 1);
        let mut errors = Errors::new();
        assert_eq!(read(&base.override_with(&overrides), &mut errors), Some(512));
        assert_eq!(errors.into_diagnostics().len(), 1);
    }

    #[test]
    fn values_are_replaced_in_place() {
        let mut all = args(r#"trigger = a, schedule = "x", trigger = call("y", z = 1)"#);
        let text = |text: &str| {
            let value = args(&format!("\"{text}\""));
            value.values().next().cloned().unwrap()
        };
        all.replace_each(&["trigger"], |key, value| {
            let ArgValueKind::Call(name, inner) = &value.kind else { return None };
            let mut inner = inner.clone();
            inner.replace_first_keyless(text("new"));
            let kind = ArgValueKind::Call(name.clone(), inner);
            Some((key.clone(), ArgValue { kind, span: value.span.clone() }))
        });
        let kinds: Vec<String> = all.values().map(ArgValue::describe).collect();
        assert_eq!(kinds, ["`a`", "a string", "`call(…)`"]);
        let ArgValueKind::Call(_, inner) = &all.values().last().unwrap().kind else { panic!() };
        assert!(
            matches!(&inner.values().next().unwrap().kind, ArgValueKind::Str(text) if text == "new")
        );
    }
}
