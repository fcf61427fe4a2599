//! Spots: where a value and what is within it stand. What is wrong with an item beside the rest of the
//! application is reported at a spot, long after the item was read. A spot does not tell what the value
//! means, so that no argument can be read through it.

use proc_macro2::TokenStream;

use super::{Kind, Value};
use crate::place::Place;

/// The spot of a value.
#[derive(Debug, Clone, Copy)]
pub struct Spot<'a>(&'a Value);

impl<'a> Spot<'a> {
    /// That of this value.
    #[must_use]
    pub const fn of(value: &'a Value) -> Self {
        Self(value)
    }

    /// Where it is.
    #[must_use]
    pub const fn place(self) -> &'a Place {
        &self.0.place
    }

    /// The tokens of the path that stands there, where one does.
    #[must_use]
    pub const fn path(self) -> Option<&'a TokenStream> {
        match &self.0.kind {
            Kind::Path(_, tokens) => Some(tokens),
            _ => None,
        }
    }

    /// The value of a key inside `s3(…)`, where it is written.
    #[must_use]
    pub fn within(self, key: &str) -> Option<Self> {
        match &self.0.kind {
            Kind::Call(_, args) => args.spot(key),
            _ => None,
        }
    }

    /// The value of a key inside `s3(…)`; the whole where the key was not written.
    #[must_use]
    pub fn key(self, key: &str) -> Self {
        self.within(key).unwrap_or(self)
    }

    /// An item of a list, of which one value alone is one too; the whole where there are fewer.
    #[must_use]
    pub fn item(self, index: usize) -> Self {
        match &self.0.kind {
            Kind::List(items) => items.get(index).map_or(self, Self),
            _ => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::errors::Errors;
    use crate::tree::parse;

    /// The path at a spot within the value of `a`, or nothing where there is none.
    fn path(text: &str, within: fn(Spot<'_>) -> Spot<'_>) -> String {
        let mut errors = Errors::new();
        let args = parse(text.parse().unwrap(), &mut errors);
        assert!(errors.into_messages().is_empty(), "{text}");
        let path = within(args.spot("a").unwrap()).path();
        path.map(ToString::to_string).unwrap_or_default()
    }

    #[test]
    fn a_spot_leads_to_the_paths_within_it() {
        assert_eq!(path("a = B", |it| it), "B");
        assert_eq!(path("a(b = B, c = C)", |it| it.key("c")), "C");
        assert_eq!(path("a(b = [B, C])", |it| it.key("b").item(1)), "C");
        assert_eq!(path("a = B", |it| it.item(0)), "B");
    }

    #[test]
    fn what_is_not_there_is_the_whole() {
        assert_eq!(path("a = B", |it| it.key("c")), "B");
        assert_eq!(path("a(b = B)", |it| it.key("c")), "");
        assert_eq!(path("a(b = [B])", |it| it.key("b").item(1)), "");
        assert_eq!(path("a = \"text\"", |it| it), "");
    }
}
