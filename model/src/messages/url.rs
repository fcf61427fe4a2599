//! Messages about function URLs.

use crate::message::Message;
use crate::messages::triggers::RESUME_IN_ANOTHER_FUNCTION;

/// Reports that a function that resumes has a URL.
pub(crate) fn url_cannot_resume() -> Message {
    Message::new("a function with a URL cannot resume: the client waits for the response")
        .with_help(RESUME_IN_ANOTHER_FUNCTION)
}

/// Reports that a function has two URLs.
pub(crate) fn second_url() -> Message {
    Message::new("this function has a URL already, and Lambda gives it one")
        .with_help("remove one of the two triggers")
}
