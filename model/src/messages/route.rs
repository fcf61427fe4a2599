//! Messages about the paths of HTTP routes.

use crate::message::Message;

pub(crate) fn no_leading_slash(path: &str) -> Message {
    Message::new(format!("path `{path}` does not begin with `/`"))
}

pub(crate) fn forbidden_character(path: &str, character: char) -> Message {
    Message::new(match character {
        ' ' => format!("path `{path}` has a space in it"),
        other => format!("path `{path}` has `{}` in it", other.escape_debug()),
    })
}

pub(crate) fn trailing_slash(path: &str) -> Message {
    Message::new(format!("path `{path}` ends with `/`, which no request to it would match"))
}

pub(crate) fn empty_segment(path: &str) -> Message {
    Message::new(format!("path `{path}` has an empty segment"))
}

/// Reports that a greedy parameter is not the last segment of a path. `parameter` is the name of the parameter
/// with its `+`.
pub(crate) fn greedy_parameter_not_last(path: &str, parameter: &str) -> Message {
    Message::new(format!(
        "path `{path}`: `{{{parameter}}}` takes the rest of the path and has to be the last segment"
    ))
}

pub(crate) fn parameter_twice(path: &str, name: &str) -> Message {
    Message::new(format!("path `{path}` names the parameter `{name}` twice"))
}

pub(crate) fn parameter_with_colon(path: &str, name: &str) -> Message {
    Message::new(format!("path `{path}`: a parameter is written `{{{name}}}`, not `:{name}`"))
}

pub(crate) fn parameter_in_segment(path: &str, segment: &str) -> Message {
    Message::new(format!(
        "path `{path}`: a parameter takes a whole segment, as `{{id}}`, not `{segment}`"
    ))
}

pub(crate) fn invalid_parameter(path: &str, parameter: &str) -> Message {
    Message::new(format!(
        "path `{path}`: `{{{parameter}}}` is not a parameter: its name is letters, digits, `_`, `-`, `.` and `:`"
    ))
}
