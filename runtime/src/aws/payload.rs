//! Serializes the payload of a message to AWS as JSON, and checks its size.

use serde::Serialize;

use crate::{Error, messages};

/// Checks that a message of `bytes` bytes is not larger than the `max_bytes` that AWS allows. `what` names the
/// message in the error.
pub(crate) fn check_size(what: &str, bytes: usize, max_bytes: usize) -> Result<(), Error> {
    if bytes <= max_bytes {
        return Ok(());
    }
    Err(messages::aws::payload_too_large(what, bytes, max_bytes))
}

/// Serializes a message to AWS as JSON. `what` names the message in the error.
pub(crate) fn to_json<T: Serialize + ?Sized>(what: &str, message: &T) -> Result<String, Error> {
    serde_json::to_string(message).map_err(|why| messages::aws::payload_not_json(what, &why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_over_the_limit_is_an_error_with_both_sizes() {
        assert!(check_size("it", 10, 10).is_ok());
        let error = check_size("the message", 11, 10).unwrap_err();
        assert_eq!(error.name(), "MessageTooLarge");
        assert!(
            error.to_string().starts_with("the message has 11 bytes, and AWS accepts 10; help")
        );
    }
}
