//! The catalogue of this crate's messages: one function for each message, grouped in the order in which a user
//! meets them. A function takes the names and numbers that the message contains, and returns its text and help.
//! Messages about values that the model rejects are in the model.

mod alexa;
mod arguments;
mod cognito;
mod cors;
mod custom_resource;
mod environments;
mod event;
mod familiar;
mod function;
mod handoff;
mod http;
mod iot;
mod kafka;
mod lambda;
mod logs;
mod mapping;
mod pattern;
pub(crate) mod phrases;
mod resource;
mod servers;
mod settings;
mod signature;
mod sns;
mod source;
mod state_machine;
mod subscription;
mod url;
mod values;

use skylift_model::suggest;

pub(crate) use self::alexa::*;
pub(crate) use self::arguments::*;
pub(crate) use self::cognito::*;
pub(crate) use self::cors::*;
pub(crate) use self::custom_resource::*;
pub(crate) use self::environments::*;
pub(crate) use self::event::*;
pub use self::familiar::FamiliarWords;
pub(crate) use self::familiar::*;
pub(crate) use self::function::*;
pub(crate) use self::handoff::*;
pub(crate) use self::http::*;
pub(crate) use self::iot::*;
pub(crate) use self::kafka::*;
pub(crate) use self::lambda::*;
pub(crate) use self::logs::*;
pub(crate) use self::mapping::*;
pub(crate) use self::pattern::*;
pub(crate) use self::resource::*;
pub(crate) use self::servers::*;
pub(crate) use self::settings::*;
pub(crate) use self::signature::*;
pub(crate) use self::sns::*;
pub(crate) use self::source::*;
pub(crate) use self::state_machine::*;
pub(crate) use self::subscription::*;
pub(crate) use self::url::*;
pub(crate) use self::values::*;

/// The help for an item whose name cannot be a logical id.
pub(crate) const WRITE_AN_ID: &str = "set an id: `id = \"…\"`";

/// The help for two settings that exclude each other.
pub(crate) const LEAVE_ONE_OUT: &str = "leave one of the two out";

/// Returns the help that suggests the known word that is most similar to `word`. If no known word is similar,
/// returns the result of `otherwise`.
fn did_you_mean<'a>(
    word: &str,
    known: &[&'a str],
    otherwise: impl FnOnce(&[&'a str]) -> String,
) -> String {
    match suggest::nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => otherwise(known),
    }
}

/// Returns the help that lists all known words.
fn one_of(known: &[&str]) -> String {
    format!("one of {}", list(known))
}

/// Returns the words as a list for a message.
fn list(words: &[&str]) -> String {
    suggest::list(words.iter().copied())
}
