//! The catalogue of this crate's messages: each text that a user can read, in one function or one arm of a
//! `Display` implementation, in the order in which a user meets them. The functions take what the text names
//! and return a [`Message`](crate::message::Message), or a `String` if the text is part of another message.
//!
//! The texts follow rustc's style: lower case, no full stop, names in backquotes. The help is the one thing
//! to do. No other module of this crate contains the text of a message.

pub(crate) mod application;
pub(crate) mod common;
mod duration;
mod json_path;
pub(crate) mod names;
pub(crate) mod route;
pub(crate) mod schedule;
pub(crate) mod table;
pub(crate) mod timestamp;
pub(crate) mod triggers;
pub(crate) mod values;
