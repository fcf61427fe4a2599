//! The accumulator of everything that is wrong: every parser takes `&mut Errors`, records, and goes
//! on, so that the user sees all mistakes at once. One that nobody looks at panics in debug builds.

use std::fmt::Write as _;

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

use crate::place::Place;

/// One thing that is wrong, where, and what to do about it.
#[derive(Debug, Clone)]
pub struct Message {
    /// Where.
    pub place: Place,
    /// What, in rustc's voice.
    pub text: String,
    /// What to do, where there is one thing to do.
    pub help: Option<String>,
}

impl Message {
    /// The message with its help, as a compile error shows it.
    #[must_use]
    pub fn full(&self) -> String {
        let mut full = self.text.clone();
        if let Some(help) = &self.help {
            let indented = help.replace('\n', "\n      ");
            // Writing to a string cannot fail.
            let _ = write!(full, "\n\nhelp: {indented}");
        }
        full
    }

    /// Says what to do about it.
    pub fn help(&mut self, help: impl Into<String>) {
        self.help = Some(help.into());
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
    messages: Vec<Message>,
    checked: bool,
}

impl Errors {
    /// None so far.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Records a message.
    pub fn push(&mut self, place: &Place, text: impl Into<String>) -> &mut Message {
        self.messages.push(Message { place: place.clone(), text: text.into(), help: None });
        let last = self.messages.len() - 1;
        &mut self.messages[last]
    }

    /// How many there are, to see whether a step found any.
    #[must_use]
    pub fn len(&self) -> usize {
        self.messages.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// All messages, in the order found.
    #[must_use]
    pub fn into_messages(mut self) -> Vec<Message> {
        self.checked = true;
        std::mem::take(&mut self.messages)
    }

    /// All messages as compile errors.
    #[must_use]
    pub fn into_compile_errors(self) -> TokenStream {
        self.into_messages().iter().map(Message::to_compile_error).collect()
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

    #[test]
    fn a_message_becomes_a_compile_error_with_its_help() {
        let mut errors = Errors::new();
        errors.push(&Place::of(Span::call_site()), "`a` is wrong").help("write `b`");
        let tokens = errors.into_compile_errors().to_string();
        assert!(tokens.contains("compile_error"), "{tokens}");
        assert!(tokens.contains(r"`a` is wrong\n\nhelp: write `b`"), "{tokens}");
    }

    #[test]
    #[should_panic(expected = "dropped unread")]
    fn errors_that_nobody_reads_are_noticed() {
        Errors::new().push(&Place::of(Span::call_site()), "forgotten");
    }
}
