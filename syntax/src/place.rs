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
