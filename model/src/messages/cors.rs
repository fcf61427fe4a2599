//! Messages about CORS: origins, methods, headers and the age of an answer.

use crate::message::Message;
use crate::suggest;

/// Reports the origin of pages without one.
pub(crate) fn null_origin() -> Message {
    Message::new("any page can have the origin `null`")
        .with_help("name the origins of your pages: `https://example.com`")
}

/// Reports an origin with a wildcard in it. `patterns` are the patterns that the service takes beside `*`.
pub(crate) fn origin_with_wildcard(text: &str, patterns: &[&str]) -> Message {
    let own = patterns.iter().find(|it| text.starts_with(it.trim_end_matches('*')));
    let all = match own {
        Some(pattern) => format!("`{pattern}` for all with this scheme"),
        None => "`*` for all".to_owned(),
    };
    Message::new(format!(
        "`{text}` is not an origin: an origin has no wildcard, so no page would match it"
    ))
    .with_help(format!("name each origin, or write {all}"))
}

/// Reports an origin without a scheme.
pub(crate) fn origin_without_scheme(text: &str) -> Message {
    let message = Message::new(format!("`{text}` is not an origin, the scheme is missing"));
    let host = text.trim_start_matches('/').split('/').next().unwrap_or_default();
    if host.is_empty() {
        return message.with_help("write `https://example.com`");
    }
    message.with_help(format!("write `https://{host}`"))
}

/// Reports a text that is not an origin.
pub(crate) fn not_an_origin(text: &str) -> Message {
    Message::new(format!("`{text}` is not an origin, which is a scheme, a host and perhaps a port"))
        .with_help("write `https://example.com` or `http://localhost:3000`")
}

/// Reports an origin that browsers write in another way. `normal` is the way in which they write it.
pub(crate) fn origin_spelled(text: &str, normal: &str) -> Message {
    Message::new(format!(
        "`{text}` is not an origin as browsers send it, so no page would match it"
    ))
    .with_help(format!("write `{normal}`"))
}

/// Reports a text that is longer than AWS accepts. The message calls the text `what`.
pub(crate) fn text_too_long(what: &str, length: usize, limit: usize) -> Message {
    Message::new(format!("{what} of {length} characters, AWS takes {limit}"))
}

/// Reports a word for all methods in place of `*`.
pub(crate) fn any_method(text: &str) -> Message {
    Message::new(format!("`{text}` is not a method that CORS can allow"))
        .with_help("write `\"*\"` for all methods")
}

/// Reports the method of preflight requests, which no list has. `endpoint` is the endpoint with its article.
pub(crate) fn preflight_method(endpoint: &str, text: &str) -> Message {
    Message::new(format!("the CORS settings of {endpoint} cannot allow `{text}`"))
        .with_help("leave it out: the preflight request is answered without the function")
}

/// Reports a method that a list cannot have. `known` are the methods that it can have.
pub(crate) fn unknown_method(endpoint: &str, text: &str, known: &[&str]) -> Message {
    let help = match suggest::nearest(text, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("one of {}", suggest::list(known.iter().copied())),
    };
    Message::new(format!("the CORS settings of {endpoint} cannot allow `{text}`")).with_help(help)
}

/// Reports a text that is not the name of a header.
pub(crate) fn not_a_header(text: &str) -> Message {
    Message::new(format!("`{text}` is not the name of a header"))
        .with_help("write `x-request-id`, or `*` for all headers")
}

/// Reports a list that is longer than the service accepts; `key` is the key of the list.
pub(crate) fn too_many_entries(key: &str, count: usize, limit: usize, endpoint: &str) -> Message {
    Message::new(format!("`{key}` has {count} entries, {endpoint} takes at most {limit}"))
}

/// Reports a time for which browsers may not keep an answer, in seconds.
pub(crate) fn max_age_too_long(seconds: u64, limit: u32, endpoint: &str) -> Message {
    Message::new(format!("maximum age of {seconds} s, {endpoint} takes at most {limit} s"))
}
