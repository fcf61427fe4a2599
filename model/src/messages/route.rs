//! Messages about the paths of HTTP routes.

use crate::message::Message;

/// Reports that the path of a route does not begin with `/`.
pub(crate) fn no_leading_slash(path: &str) -> Message {
    let message = Message::new(format!("path `{path}` does not begin with `/`"));
    match path.split_once("://") {
        Some((_, rest)) => {
            let path = rest.split_once('/').map_or("", |(_, path)| path);
            message.with_help(format!("a route has no host: write `/{path}`"))
        }
        None => message.with_help(format!("write `/{path}`")),
    }
}

/// Reports that the path of a route has a wildcard, or a parameter as another framework writes it: `segment`.
/// `suggested` is the path with API Gateway's parameters, if it is known.
pub(crate) fn foreign_parameter(path: &str, segment: &str, suggested: Option<&str>) -> Message {
    let help = match suggested {
        Some(suggested) => format!("write `{suggested}`"),
        None => {
            "write a parameter for a whole segment, `{id}`, or for the rest of the path, `{rest+}`"
                .to_owned()
        }
    };
    Message::new(format!(
        "path `{path}`: `{segment}` is not a parameter of API Gateway, so no request would match the route"
    ))
    .with_help(help)
}

/// Reports that a segment of the path of a route is `.` or `..`.
pub(crate) fn dot_segment(path: &str, segment: &str) -> Message {
    Message::new(format!(
        "path `{path}` has the segment `{segment}`, which clients resolve before they send a request"
    ))
}

/// Reports that the path of a route has a character that is not allowed.
pub(crate) fn forbidden_character(path: &str, character: char) -> Message {
    let message = Message::new(match character {
        ' ' => format!("path `{path}` has a space in it"),
        other => format!("path `{path}` has `{}` in it", other.escape_debug()),
    });
    match (character, path.split_once(character)) {
        ('?', Some((route, _))) => message.with_help(format!(
            "a route has no query: write `{route}`, and take the query with the extractor `Query<…>`"
        )),
        ('#', Some((route, _))) => message.with_help(format!("write `{route}`")),
        _ => message,
    }
}

/// Reports that the path of a route ends with `/`.
pub(crate) fn trailing_slash(path: &str) -> Message {
    Message::new(format!("path `{path}` ends with `/`, which no request to it would match"))
}

/// Reports that the path of a route has nothing between two slashes.
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

/// Reports that the path of a route has two parameters with the same name.
pub(crate) fn parameter_twice(path: &str, name: &str) -> Message {
    Message::new(format!("path `{path}` names the parameter `{name}` twice"))
}

/// Reports that the path of a route has a parameter in the form `:name`, which API Gateway does not know.
pub(crate) fn parameter_with_colon(path: &str, name: &str) -> Message {
    Message::new(format!("path `{path}`: a parameter is written `{{{name}}}`, not `:{name}`"))
}

/// Reports that a parameter is only a part of a segment of a path. `segment` is the whole segment.
pub(crate) fn parameter_in_segment(path: &str, segment: &str) -> Message {
    Message::new(format!(
        "path `{path}`: a parameter takes a whole segment, as `{{id}}`, not `{segment}`"
    ))
}

/// Reports that the name of a parameter in a path has characters that are not allowed.
pub(crate) fn invalid_parameter(path: &str, parameter: &str) -> Message {
    Message::new(format!(
        "path `{path}`: `{{{parameter}}}` is not a parameter: its name is letters, digits, `_`, `-`, `.` and `:`"
    ))
}
