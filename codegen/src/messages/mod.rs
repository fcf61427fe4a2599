//! The catalogue of this crate's messages: one function for each message, grouped in the order in which a user
//! meets them. A function takes names and numbers, and returns the text and the help. Messages about values that
//! the model or the grammar rejects are in the `messages` modules of those crates.

mod content;
mod custom_resource;
mod environments;
mod file_error;
mod overlay;
mod overlay_tables;
mod overlay_values;
mod package;
mod parameters;
mod permissions;
mod policies;
mod references;
mod servers;
mod source;
mod stack;
mod state_machine;
mod types;
mod unsupported;

use skylift_model::message::Message;
use skylift_model::suggest;

pub(crate) use self::content::*;
pub(crate) use self::custom_resource::*;
pub(crate) use self::environments::*;
pub(crate) use self::file_error::FileError;
pub(crate) use self::overlay::*;
pub(crate) use self::overlay_tables::*;
pub(crate) use self::overlay_values::*;
pub(crate) use self::package::*;
pub(crate) use self::parameters::*;
pub(crate) use self::permissions::*;
pub(crate) use self::policies::*;
pub(crate) use self::references::*;
pub(crate) use self::servers::*;
pub(crate) use self::source::*;
pub(crate) use self::stack::*;
pub(crate) use self::state_machine::*;
pub(crate) use self::types::*;
pub(crate) use self::unsupported::*;

/// Returns the text and the help of a message on one line, as a warning of Cargo needs it.
pub(crate) fn on_one_line(message: &Message) -> String {
    join_lines(&message.full())
}

/// Returns a message of several lines on one line, as a directive of Cargo needs it. The help follows after a `;`.
pub(crate) fn join_lines(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(String::new(), |joined, line| match line {
        _ if joined.is_empty() => line.to_owned(),
        help if help.starts_with("help: ") => format!("{joined}; {help}"),
        _ => format!("{joined} {line}"),
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_of_several_lines_becomes_one_line_with_its_help() {
        let message = Message::new("wrong").with_help("write in Cargo.toml:\n  a = 1\n\n  b = 2");
        assert_eq!(on_one_line(&message), "wrong; help: write in Cargo.toml: a = 1 b = 2");
        assert_eq!(join_lines("error: one\n\nmore\n"), "error: one more");
        assert_eq!(on_one_line(&Message::new("wrong")), "wrong");
    }
}
