//! A place in what the user wrote: tokens of an attribute, or bytes of a manifest. The grammar is
//! one for both, so that a default in Cargo.toml reads as the setting on a function does.

use std::ops::Range;

use proc_macro2::{Span, TokenStream, TokenTree};

/// From where to where something stands.
#[derive(Debug, Clone)]
pub enum Place {
    /// From the first token to the last: rustc underlines all between.
    Tokens {
        /// The first token.
        start: Span,
        /// The last token.
        end: Span,
    },
    /// Bytes of a file.
    Bytes(Range<usize>),
}

impl Place {
    /// The place of one token.
    #[must_use]
    pub fn of(span: Span) -> Self {
        Self::Tokens { start: span, end: span }
    }

    /// The place of a run of tokens; that of the macro's call where there are none.
    #[must_use]
    pub fn of_tokens(tokens: &TokenStream) -> Self {
        let mut spans = tokens.clone().into_iter().map(|token| token.span());
        let start = spans.next().unwrap_or_else(Span::call_site);
        Self::Tokens { start, end: spans.last().unwrap_or(start) }
    }

    pub(crate) fn of_slice(tokens: &[TokenTree]) -> Self {
        let span = |token: Option<&TokenTree>| token.map_or_else(Span::call_site, TokenTree::span);
        Self::Tokens { start: span(tokens.first()), end: span(tokens.last()) }
    }

    /// From the start of this place to the end of `other`.
    #[must_use]
    pub fn to(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Tokens { start, .. }, Self::Tokens { end, .. }) => {
                Self::Tokens { start: *start, end: *end }
            }
            (Self::Bytes(from), Self::Bytes(until)) => Self::Bytes(from.start..until.end),
            _ => self.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reaches_from_its_own_start_to_the_end_of_another_of_its_kind() {
        let bytes = |place: &Place| match place {
            Place::Bytes(range) => Some(range.clone()),
            Place::Tokens { .. } => None,
        };
        let (one, other) = (Place::Bytes(2..4), Place::Bytes(7..9));
        assert_eq!(bytes(&one.to(&other)), Some(2..9));
        let tokens = Place::of(Span::call_site());
        assert_eq!(bytes(&one.to(&tokens)), Some(2..4));
        assert_eq!(bytes(&tokens.to(&one)), None);
        assert_eq!(bytes(&tokens.to(&tokens)), None);
    }

    #[test]
    fn tokens_have_a_place_even_where_there_are_none() {
        for text in ["", "a", "a b c"] {
            let tokens: TokenStream = text.parse().unwrap();
            let list: Vec<TokenTree> = tokens.clone().into_iter().collect();
            assert!(matches!(Place::of_tokens(&tokens), Place::Tokens { .. }), "{text}");
            assert!(matches!(Place::of_slice(&list), Place::Tokens { .. }), "{text}");
        }
    }
}
