//! A message on its way to AWS: its JSON, and whether that is not too large.

use serde::Serialize;

use crate::Error;

/// A message that is larger than AWS takes any.
pub(crate) fn check_size(what: &str, bytes: usize, most: usize) -> Result<(), Error> {
    if bytes <= most {
        return Ok(());
    }
    Err(Error::new(
        "MessageTooLarge",
        format!(
            "{what} has {bytes} bytes, and AWS takes {most}; help: put large contents into a bucket \
             and send the key"
        ),
    ))
}

/// The JSON of a message.
pub(crate) fn json<T: Serialize + ?Sized>(what: &str, message: &T) -> Result<String, Error> {
    serde_json::to_string(message).map_err(|error| {
        Error::new("InvalidMessage", format!("{what} cannot be written as JSON: {error}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_over_the_limit_is_an_error_with_both_sizes() {
        assert!(check_size("it", 10, 10).is_ok());
        let error = check_size("the message", 11, 10).unwrap_err();
        assert_eq!(error.name(), "MessageTooLarge");
        assert!(error.to_string().starts_with("the message has 11 bytes, and AWS takes 10; help"));
    }
}
