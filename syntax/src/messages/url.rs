//! Messages about function URLs.

use skylift_model::message::Message;

/// Reports that a URL does not say who may call it.
pub(crate) fn url_without_auth() -> Message {
    Message::new("`url` does not say who may call it: `auth`")
        .with_help("write `auth = iam`, or `auth = none` to open the URL to everyone")
}

/// Reports that a URL that everyone may call names a distribution.
pub(crate) fn cloudfront_of_open_url() -> Message {
    Message::new("`cloudfront` has no effect: everyone may call the URL")
        .with_help("write `auth = iam`, so that only the distribution may")
}

/// Reports a text in the place of a distribution that is not an ARN. `form` is an example of one.
pub(crate) fn name_of_distribution(text: &str, form: &str) -> Message {
    Message::new(format!("`{text}` is not the ARN of a CloudFront distribution")).with_help(
        format!(
            "write `overlay(\"…\")` for a distribution of the overlay, or the ARN, such as `{form}`"
        ),
    )
}

/// Reports that an idempotent function has a URL that streams.
pub(crate) fn stream_of_idempotent() -> Message {
    Message::new("`idempotent` cannot keep an answer that is sent while it is made")
        .with_help("leave `stream` out, or leave `idempotent` out")
}

/// Reports that `properties` sets the URL of a function that has the trigger.
pub(crate) fn url_in_properties(property: &str) -> Message {
    Message::new(format!("`trigger = url` sets `{property}` already"))
        .with_help("leave the property out, and set the URL in the trigger")
}

/// Reports that a function with isolated tenants has a URL.
pub(crate) fn url_of_tenants() -> Message {
    Message::new("Lambda has no URL for functions with isolated tenants")
        .with_help("leave `tenants` out, or invoke the function with the id of a tenant")
}
