//! The accumulator of everything that is wrong: every parser takes `&mut Errors`, records, and goes
//! on, so that the user sees all mistakes at once. One that nobody looks at panics in debug builds.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use skylift_model::message::Message;

use crate::place::Place;

/// One error: its message and its place.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The place that the error points at.
    pub place: Place,
    /// What is wrong, and what to do about it.
    pub message: Message,
}

impl Diagnostic {
    /// Returns the message with its help, as a compile error shows it.
    #[must_use]
    pub fn full(&self) -> String {
        self.message.full()
    }

    /// Sets the help of the message.
    pub fn help(&mut self, help: impl Into<String>) {
        self.message.help = Some(help.into());
    }

    /// `::core::compile_error! { "…" }`, its first and last token where the place begins and ends:
    /// that is how rustc is made to underline the whole of it.
    fn to_compile_error(&self) -> TokenStream {
        let (start, end) = match self.place {
            Place::Tokens { start, end } => (start, end),
            Place::Bytes(_) => (Span::call_site(), Span::call_site()),
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
}

/// What was found to be wrong so far.
#[derive(Debug, Default)]
pub struct Errors {
    messages: Vec<Diagnostic>,
    checked: bool,
}

impl Errors {
    /// None so far.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Records a message.
    pub fn push(&mut self, place: &Place, message: impl Into<Message>) -> &mut Diagnostic {
        self.messages.push(Diagnostic { place: place.clone(), message: message.into() });
        let last = self.messages.len() - 1;
        &mut self.messages[last]
    }

    /// What `step` makes, unless anything goes wrong within it: what was found before does not count.
    pub fn scope<T>(&mut self, step: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.messages.len();
        let made = step(self);
        made.filter(|_| self.messages.len() == before)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// All messages, in the order found.
    #[must_use]
    pub fn into_messages(mut self) -> Vec<Diagnostic> {
        self.checked = true;
        std::mem::take(&mut self.messages)
    }

    /// All messages as compile errors.
    #[must_use]
    pub fn into_compile_errors(self) -> TokenStream {
        self.into_messages().iter().map(Diagnostic::to_compile_error).collect()
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        let forgotten = !self.checked && !self.messages.is_empty();
        debug_assert!(
            !forgotten || std::thread::panicking(),
            "errors were dropped unread: {:?}",
            self.messages
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here() -> Place {
        Place::of(Span::call_site())
    }

    #[test]
    fn a_message_becomes_a_compile_error_with_its_help() {
        let mut errors = Errors::new();
        errors.push(&here(), "`a` is wrong").help("write `b`\nor `c`");
        errors.push(&Place::Bytes(1..2), "second");
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
    fn messages_come_in_the_order_found() {
        let mut errors = Errors::new();
        assert!(errors.is_empty());
        for text in ["one", "two"] {
            errors.push(&here(), text);
        }
        assert!(!errors.is_empty());
        let texts: Vec<String> =
            errors.into_messages().into_iter().map(|it| it.message.text).collect();
        assert_eq!(texts, ["one", "two"]);
    }

    #[test]
    fn a_scope_gives_what_it_made_only_if_nothing_was_wrong_within_it() {
        let mut errors = Errors::new();
        assert_eq!(errors.scope(|_| Some(1)), Some(1));
        assert_eq!(errors.scope(|_| None::<u8>), None);
        let outer = errors.scope(|errors| {
            errors.push(&here(), "outer");
            assert_eq!(errors.scope(|_| Some(2)), Some(2), "what was wrong before does not count");
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
        assert_eq!(outer, None, "what is wrong in a scope is wrong in those around it");
        assert_eq!(errors.into_messages().len(), 2);
    }

    #[test]
    #[should_panic(expected = "dropped unread")]
    fn errors_that_nobody_reads_are_noticed() {
        Errors::new().push(&here(), "forgotten");
    }
}
