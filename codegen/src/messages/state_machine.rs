//! Messages about the definitions of state machines, which are files of the package.

use std::io;

use skylift_model::SourceLocation;
use skylift_model::message::Message;
use skylift_model::suggest;

/// Returns a message with its place in a definition.
pub(crate) fn in_definition(origin: &SourceLocation, message: &Message) -> Message {
    let SourceLocation { file, line, column } = origin;
    let text = format!("{file}:{line}:{column}: {}", message.text);
    Message { text, help: message.help.clone() }
}

/// Reports that a definition or an `allow` of a state machine names a view of the resource `of`.
pub(crate) fn view_in_definition(name: &str, of: &str) -> Message {
    Message::new(format!("`{name}` is a view of `{of}`, which only capabilities can name"))
        .with_help(format!("name `{of}`"))
}

/// Reports that a definition cannot be read; `cause` is the error of the file system.
pub(crate) fn definition_unreadable(path: &str, cause: &io::Error) -> Message {
    Message::new(format!("cannot read `{path}`: {cause}"))
        .with_help("write the path of the definition relative to Cargo.toml")
}

/// Reports that a definition is not UTF-8.
pub(crate) fn definition_not_utf8(path: &str) -> Message {
    Message::new(format!("`{path}` is not UTF-8")).with_help("save the file as UTF-8")
}

/// Reports that a definition is empty.
pub(crate) fn definition_empty(path: &str) -> Message {
    Message::new(format!("`{path}` is empty"))
        .with_help("write a definition with `StartAt` and `States`")
}

/// Reports that a definition is larger than Step Functions accepts.
pub(crate) fn definition_too_large(path: &str, bytes: usize, limit: usize) -> Message {
    Message::new(format!("`{path}` has {bytes} bytes as JSON, Step Functions takes {limit}"))
}

/// Reports a dynamic reference in a definition, whose value the template would show.
pub(crate) fn dynamic_reference_in_definition(path: &str) -> Message {
    Message::new(format!("`{path}` has a dynamic reference, `{{{{resolve:…}}}}`"))
        .with_help("read the value in a function, through `Reader` of a `secret` or a `parameter`")
}

/// Reports an intrinsic function of CloudFormation in a definition.
pub(crate) fn function_in_definition(name: &str) -> Message {
    Message::new(format!("`!{name}` is not replaced in a definition"))
        .with_help("name a function or a resource of the application: `${charge}`")
}

/// Reports a function that handles HTTP requests and that a state calls.
pub(crate) fn called_function_has_route(name: &str, route: &str) -> Message {
    Message::new(format!("`{name}` answers HTTP requests (`{route}`), and a state sends none"))
        .with_help("call a function without a route")
}

/// Reports a resource that a state calls as a function. `kind` has its article.
pub(crate) fn called_resource(name: &str, kind: &str) -> Message {
    Message::new(format!("`{name}` is {kind}, and a task calls a function"))
        .with_help("name a function, or write the ARN of a service integration as `Resource`")
}

/// Reports a function that a state calls and that does not exist.
pub(crate) fn unknown_function_in_definition<'a>(
    name: &str,
    near: Option<&str>,
    known: impl Iterator<Item = &'a str>,
) -> Message {
    let help = match near {
        Some(near) => format!("did you mean `${{{near}}}`?"),
        None => format!("the functions are {}", suggest::list(known)),
    };
    Message::new(format!("no `#[function]` has the name `{name}`")).with_help(help)
}

/// Reports a name in a definition that is neither that of a function nor that of a resource.
pub(crate) fn unknown_name_in_definition(name: &str, near: Option<&str>) -> Message {
    let help = match near {
        Some(near) => format!("did you mean `${{{near}}}`?"),
        None => "declare it, or write the value itself".to_owned(),
    };
    Message::new(format!("`{name}` is neither a `#[function]` nor a `#[resource]`")).with_help(help)
}

/// Reports a resource in the `allow` of a state machine that does not exist.
pub(crate) fn unknown_resource_in_allow(name: &str, near: Option<&str>) -> Message {
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("put `#[resource(…)]` on `{name}`"),
    };
    Message::new(format!("no `#[resource]` has the name `{name}`")).with_help(help)
}
