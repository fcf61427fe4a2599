//! Spans of the text that the user wrote: tokens of an attribute, or bytes of Cargo.toml. The grammar is the
//! same for both, so that a default in Cargo.toml is read in the same way as the setting of a function.

use std::ops::Range;

use proc_macro2::{Span, TokenStream, TokenTree};

/// The span of a piece of text that the user wrote.
#[derive(Debug, Clone)]
pub enum SourceSpan {
    /// The tokens from the first to the last: rustc underlines everything between them.
    Tokens {
        /// The span of the first token.
        start: Span,
        /// The span of the last token.
        end: Span,
    },
    /// A range of bytes in a file.
    Bytes(Range<usize>),
}

impl SourceSpan {
    /// Creates the span of one token.
    #[must_use]
    pub fn from_token(span: Span) -> Self {
        Self::Tokens { start: span, end: span }
    }

    /// Creates the span of a sequence of tokens. An empty sequence has the span of the macro's call.
    #[must_use]
    pub fn from_tokens(tokens: &TokenStream) -> Self {
        let mut spans = tokens.clone().into_iter().map(|token| token.span());
        let start = spans.next().unwrap_or_else(Span::call_site);
        Self::Tokens { start, end: spans.last().unwrap_or(start) }
    }

    /// Creates the span of a slice of tokens. An empty slice has the span of the macro's call.
    pub(crate) fn from_slice(tokens: &[TokenTree]) -> Self {
        let span = |token: Option<&TokenTree>| token.map_or_else(Span::call_site, TokenTree::span);
        Self::Tokens { start: span(tokens.first()), end: span(tokens.last()) }
    }

    /// Returns the span from the start of this span to the end of `other`.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
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
    fn joined_spans_reach_from_the_start_of_one_to_the_end_of_the_other() {
        let bytes = |place: &SourceSpan| match place {
            SourceSpan::Bytes(range) => Some(range.clone()),
            SourceSpan::Tokens { .. } => None,
        };
        let (one, other) = (SourceSpan::Bytes(2..4), SourceSpan::Bytes(7..9));
        assert_eq!(bytes(&one.join(&other)), Some(2..9));
        let tokens = SourceSpan::from_token(Span::call_site());
        assert_eq!(bytes(&one.join(&tokens)), Some(2..4));
        assert_eq!(bytes(&tokens.join(&one)), None);
        assert_eq!(bytes(&tokens.join(&tokens)), None);
    }

    #[test]
    fn an_empty_run_of_tokens_has_a_span() {
        for text in ["", "a", "a b c"] {
            let tokens: TokenStream = text.parse().unwrap();
            let list: Vec<TokenTree> = tokens.clone().into_iter().collect();
            assert!(
                matches!(SourceSpan::from_tokens(&tokens), SourceSpan::Tokens { .. }),
                "{text}"
            );
            assert!(matches!(SourceSpan::from_slice(&list), SourceSpan::Tokens { .. }), "{text}");
        }
    }
}
