//! Locations in the arguments of an attribute: the span of a value and of the values inside it. Problems
//! between items are found long after an item was read, and are reported at such a location. A location does
//! not give the meaning of its value, so that no argument can be read through it.

use proc_macro2::TokenStream;

use super::{ArgValue, ArgValueKind};
use crate::span::SourceSpan;

/// The location of a value in the arguments of an attribute.
#[derive(Debug, Clone, Copy)]
pub struct ArgLocation<'a> {
    value: &'a ArgValue,
    span: &'a SourceSpan,
}

impl<'a> ArgLocation<'a> {
    /// Creates the location of this value.
    #[must_use]
    pub const fn new(value: &'a ArgValue) -> Self {
        Self { value, span: &value.span }
    }

    /// Returns the span of the value.
    #[must_use]
    pub const fn span(self) -> &'a SourceSpan {
        self.span
    }

    /// Returns the span of the name in `name(…)`, and the span of the whole value for any other value.
    #[must_use]
    pub const fn name_span(self) -> &'a SourceSpan {
        match &self.value.kind {
            ArgValueKind::Call(name, _) => &name.span,
            _ => self.span,
        }
    }

    /// Returns the tokens of the value if it is a path, and `None` otherwise.
    #[must_use]
    pub const fn path(self) -> Option<&'a TokenStream> {
        match &self.value.kind {
            ArgValueKind::Path(_, tokens) => Some(tokens),
            _ => None,
        }
    }

    /// Returns the location of a key's value inside a value such as `s3(…)` or `{ "a": 1 }`. Returns `None` if
    /// the user did not write the key there.
    #[must_use]
    pub fn find_key(self, key: &str) -> Option<Self> {
        match &self.value.kind {
            ArgValueKind::Call(_, args) => args.locate(key),
            ArgValueKind::Map(entries) => {
                entries.iter().find(|(name, _)| name.text == key).map(|(_, value)| Self::new(value))
            }
            _ => None,
        }
    }

    /// Returns the location of the first value without a key inside a value such as `topic(Orders)`. Returns `None` for any
    /// other value, and if every value has a key.
    #[must_use]
    pub(crate) fn first_keyless(self) -> Option<Self> {
        match &self.value.kind {
            ArgValueKind::Call(_, args) => args.locate_first_keyless(),
            _ => None,
        }
    }

    /// Returns the location of a key's value inside a value such as `s3(…)`. Returns this location if the user
    /// did not write the key there.
    #[must_use]
    pub fn key_or_self(self, key: &str) -> Self {
        self.find_key(key).unwrap_or(self)
    }

    /// Returns the location of a name in this value, as [`Self::find_name`] does. Returns this location if the value
    /// does not have the name.
    #[must_use]
    pub fn text_or_self(self, name: &str) -> Self {
        self.find_name(name).unwrap_or(self)
    }

    /// Returns the location of a name in this value: of the text that is `name`, of the second of two texts that are
    /// `name` with a dot between them, of the key that is `name`, or else of the first text that contains it. Returns
    /// `None` if the value does not have the name.
    #[must_use]
    pub fn find_name(self, name: &str) -> Option<Self> {
        let text = |value: &'a ArgValue, matches: &dyn Fn(&str) -> bool| match &value.kind {
            ArgValueKind::Str(text) if matches(text) => Some(Self::new(value)),
            _ => None,
        };
        let second_of_pair = |value: &'a ArgValue| {
            let ArgValueKind::List(items) = &value.kind else { return None };
            let [first, second] = items.as_slice() else { return None };
            let (ArgValueKind::Str(start), ArgValueKind::Str(end)) = (&first.kind, &second.kind)
            else {
                return None;
            };
            let rest = name.strip_prefix(start.as_str())?.strip_prefix('.')?;
            (rest == end).then(|| Self::new(second))
        };
        let key = |value: &'a ArgValue| {
            let ArgValueKind::Map(entries) = &value.kind else { return None };
            let (key, value) = entries.iter().find(|(key, _)| key.text == name)?;
            Some(Self { value, span: &key.span })
        };
        self.find(&|value| text(value, &|text| text == name))
            .or_else(|| self.find(&second_of_pair))
            .or_else(|| self.find(&key))
            .or_else(|| self.find(&|value| text(value, &|text| text.contains(name))))
    }

    /// Returns what `find` returns for this value, or else for the first value inside it for which it returns
    /// something.
    fn find(self, find: &dyn Fn(&'a ArgValue) -> Option<Self>) -> Option<Self> {
        find(self.value).or_else(|| match &self.value.kind {
            ArgValueKind::List(items) => items.iter().find_map(|it| Self::new(it).find(find)),
            ArgValueKind::Map(entries) => {
                entries.iter().find_map(|(_, value)| Self::new(value).find(find))
            }
            ArgValueKind::Call(_, args) => args.values().find_map(|it| Self::new(it).find(find)),
            _ => None,
        })
    }

    /// Returns the location at a path inside this value: keys, and numbers of elements from 0, with a dot after each.
    /// A path that ends with `=` leads to the last key itself. If the path leads nowhere, returns the location of the
    /// last value on the path.
    #[must_use]
    pub fn at_path(self, path: &str) -> Self {
        let mut location = self;
        for step in path.split('.') {
            let Some(next) = location.step(step) else { break };
            location = next;
        }
        location
    }

    fn step(self, step: &str) -> Option<Self> {
        match (&self.value.kind, step.strip_suffix('='), step.parse::<usize>()) {
            (ArgValueKind::List(items), _, Ok(index)) => items.get(index).map(Self::new),
            (ArgValueKind::Call(_, args), _, Ok(index)) => args.values().nth(index).map(Self::new),
            (ArgValueKind::Map(entries), Some(name), _) => {
                let (key, value) = entries.iter().find(|(key, _)| key.text == name)?;
                Some(Self { value, span: &key.span })
            }
            (_, name, index) => {
                let key = name.unwrap_or(step);
                let found = self.find_key(key).or_else(|| self.find_flag(key));
                // A value in the place of a list is its only item.
                found.or_else(|| (index == Ok(0)).then_some(self))
            }
        }
    }

    /// Returns the location of a flag, which is a word without a value, inside a value such as `url(stream)`. Returns
    /// `None` if the user did not write the flag there.
    fn find_flag(self, flag: &str) -> Option<Self> {
        let ArgValueKind::Call(_, args) = &self.value.kind else { return None };
        args.values()
            .find(|value| matches!(&value.kind, ArgValueKind::Path(path, _) if *path == [flag]))
            .map(Self::new)
    }

    /// Returns the location of an item of a list. Returns this location if the list is shorter or the value is
    /// not a list.
    #[must_use]
    pub fn item_or_self(self, index: usize) -> Self {
        match &self.value.kind {
            ArgValueKind::List(items) => items.get(index).map_or(self, Self::new),
            _ => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::errors::Errors;
    use crate::tree::parse_args;

    /// Returns the path at a location inside the value of `a`, or an empty text if there is no path.
    fn path(text: &str, go_to: fn(ArgLocation<'_>) -> ArgLocation<'_>) -> String {
        let mut errors = Errors::new();
        let args = parse_args(text.parse().unwrap(), &mut errors);
        assert!(errors.into_diagnostics().is_empty(), "{text}");
        let path = go_to(args.locate("a").unwrap()).path();
        path.map(ToString::to_string).unwrap_or_default()
    }

    #[test]
    fn a_location_finds_the_paths_inside_its_value() {
        assert_eq!(path("a = B", |it| it), "B");
        assert_eq!(path("a(b = B, c = C)", |it| it.key_or_self("c")), "C");
        assert_eq!(path("a = { \"b\": B }", |it| it.key_or_self("b")), "B");
        assert_eq!(path("a(b = [B, C])", |it| it.key_or_self("b").item_or_self(1)), "C");
        assert_eq!(path("a = B", |it| it.item_or_self(0)), "B");
    }

    #[test]
    fn a_text_is_found_at_any_depth() {
        let mut errors = Errors::new();
        let text =
            r#"a = { "x": ["${B.Arn}", unchecked({ "Ref": "B" })], "y": "C", "z": ["E", "F.G"] }"#;
        let args = parse_args(text.parse().unwrap(), &mut errors);
        assert!(errors.into_diagnostics().is_empty());
        let found = |name: &str| match &args.locate("a").unwrap().text_or_self(name).value.kind {
            ArgValueKind::Str(text) => text.clone(),
            _ => "all".to_owned(),
        };
        assert_eq!([found("B"), found("B.Arn"), found("D")], ["B", "${B.Arn}", "all"]);
        assert_eq!([found("E.F.G"), found("y")], ["F.G", "C"]);
    }

    #[test]
    fn a_path_leads_through_keys_and_numbers() {
        assert_eq!(path("a(b(C, D), e = F)", |it| it.at_path("b.1")), "D");
        assert_eq!(path("a(x(b = [B, C]))", |it| it.at_path("0.b.1")), "C");
        assert_eq!(path("a = [{ b: B, c: [C] }]", |it| it.at_path("0.c.0")), "C");
        assert_eq!(path("a = [{ b: B }]", |it| it.at_path("0.b=")), "B");
        assert_eq!(path("a = B", |it| it.at_path("0.c")), "B");
        assert_eq!(path("a(b, c = C)", |it| it.at_path("b")), "b");
    }

    #[test]
    fn a_missing_key_or_item_has_the_location_of_the_whole_value() {
        assert_eq!(path("a = B", |it| it.key_or_self("c")), "B");
        assert_eq!(path("a(b = B)", |it| it.key_or_self("c")), "");
        assert_eq!(path("a(b = [B])", |it| it.key_or_self("b").item_or_self(1)), "");
        assert_eq!(path("a = \"text\"", |it| it), "");
    }
}
