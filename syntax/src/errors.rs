//! The errors found in one item or in one table of Cargo.toml. Every parser takes `&mut Errors`, records the
//! mistakes and continues, so that the user sees all mistakes at once. Debug builds panic if the errors are
//! dropped before somebody has taken them out.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::quote_spanned;
use skylift_model::message::Message;

use crate::span::SourceSpan;

/// An error in the user's source: its message and its span.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The span that the error points at.
    pub span: SourceSpan,
    /// The description of the mistake, and what the user can do about it.
    pub message: Message,
}

impl Diagnostic {
    /// Returns the message with its help, as a compile error shows it.
    #[must_use]
    pub fn full(&self) -> String {
        self.message.full()
    }

    /// Returns the tokens `::core::compile_error! { "…" }`. The first token has the start of the error's span
    /// and the last token has its end: rustc then underlines everything between the two.
    #[must_use]
    pub fn to_compile_error(&self) -> TokenStream {
        let (start, end) = match self.span {
            SourceSpan::Tokens { start, end } => (start, end),
            SourceSpan::Bytes(_) => (Span::call_site(), Span::call_site()),
        };
        let punct = |character, spacing| -> TokenTree {
            let mut punct = Punct::new(character, spacing);
            punct.set_span(start);
            punct.into()
        };
        let mut text = Literal::string(&self.full());
        text.set_span(end);
        let mut body = Group::new(Delimiter::Brace, TokenTree::from(text).into());
        body.set_span(end);
        TokenStream::from_iter([
            punct(':', Spacing::Joint),
            punct(':', Spacing::Alone),
            Ident::new("core", start).into(),
            punct(':', Spacing::Joint),
            punct(':', Spacing::Alone),
            Ident::new("compile_error", start).into(),
            punct('!', Spacing::Alone),
            body.into(),
        ])
    }

    /// Returns the tokens of a type with this error. The compiler reports the error, and none that follow from the
    /// type: it takes an array with a wrong length for a type with an error. The same error at the same span is
    /// reported once, however often it is written.
    #[must_use]
    pub fn to_error_type(&self) -> TokenStream {
        let error = self.to_compile_error();
        let span = error.clone().into_iter().next().map_or_else(Span::call_site, |it| it.span());
        quote_spanned!(span=> [(); #error])
    }
}

/// The errors that the parsers have found so far.
#[derive(Debug, Default)]
pub struct Errors {
    diagnostics: Vec<Diagnostic>,
    /// The indexes of the errors about missing arguments.
    missing: Vec<usize>,
    /// How many mistakes the compiler reports itself.
    reported_by_compiler: usize,
    taken: bool,
}

impl Errors {
    /// Creates an empty list of errors.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a list whose errors nobody reads.
    #[must_use]
    pub fn ignored() -> Self {
        let mut errors = Self::default();
        errors.taken = true;
        errors
    }

    /// Records an error at this span.
    pub fn push(&mut self, span: &SourceSpan, message: impl Into<Message>) {
        self.diagnostics.push(Diagnostic { span: span.clone(), message: message.into() });
    }

    /// Records a mistake that the compiler reports itself, such as a literal that is none.
    pub(crate) fn push_reported_by_compiler(&mut self) {
        self.reported_by_compiler += 1;
    }

    /// Returns the number of mistakes.
    fn count(&self) -> usize {
        self.diagnostics.len() + self.reported_by_compiler
    }

    /// Records that an argument is missing. The error is dropped if an argument beside it is unknown: most likely that
    /// argument is the one that is missing.
    pub fn push_missing(&mut self, span: &SourceSpan, message: impl Into<Message>) {
        self.missing.push(self.diagnostics.len());
        self.push(span, message);
    }

    /// Runs `read`, which reads arguments, and then `report_unknown`, which reports the arguments that are not known.
    /// If there are such arguments, or arguments that could not be parsed, `is_broken`, drops the errors of `read` about
    /// missing ones.
    pub(crate) fn read_arguments<T>(
        &mut self,
        is_broken: bool,
        read: impl FnOnce(&mut Self) -> T,
        report_unknown: impl FnOnce(&mut Self),
    ) -> T {
        let before = self.diagnostics.len();
        let result = read(self);
        let known = self.diagnostics.len();
        report_unknown(self);
        if is_broken || self.diagnostics.len() > known {
            while let Some(index) = self.missing.pop_if(|index| *index >= before) {
                self.diagnostics.remove(index);
            }
        }
        result
    }

    /// Runs `step` and returns its result. Returns `None` if `step` recorded an error. Errors that were
    /// recorded before do not count.
    pub fn scope<T>(&mut self, step: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.count();
        let result = step(self);
        result.filter(|_| self.count() == before)
    }

    /// Returns whether no error is recorded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// Returns the error that was recorded first, and `None` if no error is recorded.
    #[must_use]
    pub fn first(&self) -> Option<&Diagnostic> {
        self.diagnostics.first()
    }

    /// Returns all errors, in the order in which they were recorded.
    #[must_use]
    pub fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        self.taken = true;
        std::mem::take(&mut self.diagnostics)
    }

    /// Returns all errors as tokens of compile errors.
    #[must_use]
    pub fn into_compile_errors(self) -> TokenStream {
        self.into_diagnostics().iter().map(Diagnostic::to_compile_error).collect()
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        let forgotten = !self.taken && !self.diagnostics.is_empty();
        debug_assert!(
            !forgotten || std::thread::panicking(),
            "errors were dropped unread: {:?}",
            self.diagnostics
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here() -> SourceSpan {
        SourceSpan::from_token(Span::call_site())
    }

    #[test]
    fn a_message_becomes_a_compile_error_with_its_help() {
        let mut errors = Errors::new();
        errors.push(&here(), Message::new("`a` is wrong").with_help("write `b`\nor `c`"));
        errors.push(&SourceSpan::Bytes(1..2), "second");
        let tokens = errors.into_compile_errors().to_string().replace(' ', "");
        assert_eq!(
            tokens,
            concat!(
                r#"::core::compile_error!{"`a`iswrong\n\nhelp:write`b`\nor`c`"}"#,
                r#"::core::compile_error!{"second"}"#,
            )
        );
    }

    #[test]
    fn errors_stay_in_the_order_found() {
        let mut errors = Errors::new();
        assert!(errors.is_empty());
        for text in ["one", "two"] {
            errors.push(&here(), text);
        }
        assert!(!errors.is_empty());
        let texts: Vec<String> =
            errors.into_diagnostics().into_iter().map(|it| it.message.text).collect();
        assert_eq!(texts, ["one", "two"]);
    }

    #[test]
    fn a_scope_returns_its_result_only_without_an_error_inside_it() {
        let mut errors = Errors::new();
        assert_eq!(errors.scope(|_| Some(1)), Some(1));
        assert_eq!(errors.scope(|_| None::<u8>), None);
        let outer = errors.scope(|errors| {
            errors.push(&here(), "outer");
            assert_eq!(errors.scope(|_| Some(2)), Some(2), "errors from before do not count");
            Some(3)
        });
        assert_eq!(outer, None);
        let outer = errors.scope(|errors| {
            let inner = errors.scope(|errors| {
                errors.push(&here(), "inner");
                Some(4)
            });
            assert_eq!(inner, None);
            Some(5)
        });
        assert_eq!(outer, None, "an error in a scope counts for the scopes around it");
        assert_eq!(errors.into_diagnostics().len(), 2);
    }

    #[test]
    #[should_panic(expected = "dropped unread")]
    fn dropping_unread_errors_panics() {
        Errors::new().push(&here(), "forgotten");
    }
}
