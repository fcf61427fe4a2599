//! Messages about references in the ARNs of `allow`.

use skylift_model::message::Message;

/// Reports that a reference is the name or the URL of a resource where an ARN is needed; `noun` is what it is. `right` is
/// what to write.
pub(crate) fn name_for_an_arn(written: &str, noun: &str, right: &str) -> Message {
    Message::new(format!("`{written}` is a {noun}, and a resource of `allow` is an ARN"))
        .with_help(format!("write `{right}`"))
}

/// Reports that a reference which is a whole ARN is inside another ARN. `right` is what to write.
pub(crate) fn arn_in_an_arn(written: &str, right: &str) -> Message {
    Message::new(format!("`{written}` is a whole ARN, and no part of one"))
        .with_help(format!("write `{right}`"))
}
