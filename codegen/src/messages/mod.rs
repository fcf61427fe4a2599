//! The catalogue of this crate's messages: one function for each message, grouped in the order in which a user
//! meets them. A function takes names and numbers, and returns the text and the help. Messages about values that
//! the model or the grammar rejects are in the `messages` modules of those crates.

mod file_error;
mod overlay;
mod package;
mod source;
mod stack;
mod unsupported;

use skylift_model::message::Message;
use skylift_model::suggest;

pub(crate) use self::file_error::FileError;
pub(crate) use self::overlay::*;
pub(crate) use self::package::*;
pub(crate) use self::source::*;
pub(crate) use self::stack::*;
pub(crate) use self::unsupported::*;

/// Returns the text and the help of a message on one line, as a warning of Cargo needs it.
pub(crate) fn on_one_line(message: &Message) -> String {
    match &message.help {
        Some(help) => format!("{}; help: {help}", message.text),
        None => message.text.clone(),
    }
}

/// Returns a help that suggests the word of `known` that is nearest to `word`, or `otherwise` if none is near.
fn did_you_mean<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
    otherwise: impl FnOnce() -> String,
) -> String {
    match suggest::nearest(word, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => otherwise(),
    }
}
