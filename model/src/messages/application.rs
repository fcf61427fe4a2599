//! Messages of the checks that compare the items of an application with each other: references, names,
//! environments, idempotency tables, logs, state, pings and deadline margins.

use super::common::{did_you_mean, join_with_or, one_of};
use crate::aws::limits;
use crate::location::SourceLocation;
use crate::message::Message;
use crate::suggest;

/// The table of Cargo.toml that has the defaults of an application.
const DEFAULTS: &str = "`[package.metadata.skylift]`";

// Template parameters.

/// Reports that two uses of a template parameter need contents that cannot be the same. `noun` and `other_noun` are the
/// nouns for the contents, with their articles, and `origin` is the location of the other use.
pub(crate) fn parameter_of_two_contents(
    name: &str,
    noun: &str,
    other_noun: &str,
    origin: &SourceLocation,
) -> Message {
    Message::new(format!("parameter `{name}` is {noun} here, and {other_noun} at {origin}"))
        .with_help("no text is both: use two parameters")
}

/// Reports that a value in Cargo.toml cannot be the content of a template parameter. `key` is the key that has the
/// value, `noun` is the noun for the content, with its article, and `origin` is the place that uses the parameter.
pub(crate) fn parameter_value_invalid(
    name: &str,
    key: &str,
    value: &str,
    noun: &str,
    origin: &SourceLocation,
) -> Message {
    Message::new(format!(
        "`{value}` is not {noun}, which parameter `{name}` has to be (used at {origin})"
    ))
    .with_help(format!("change `{key}` of `{name}` in Cargo.toml, or leave it out"))
}

/// Reports that the limits of a template parameter in Cargo.toml are not within what its uses take. `noun` is what the
/// parameter has to be.
pub(crate) fn parameter_limits_do_not_fit(name: &str, noun: &str) -> Message {
    Message::new(format!("`min` and `max` of `{name}` do not fit: the parameter has to be {noun}"))
        .with_help("change them, or leave them out")
}

// Names of existing resources.

/// Reports that an environment variable names a resource in a package with templates.
pub(crate) fn variable_beside_templates(variable: &str) -> Message {
    Message::new(format!(
        "`env(\"{variable}\")` names a resource that another tool deploys, and this package has templates of its own"
    ))
    .with_help(
        "name the resource by its name, its ARN or `param(\"…\")`, or write `templates = false` in \
         `[package.metadata.skylift]`",
    )
}

// References to resources and functions.

/// Reports that no resource `ident` is declared. `near` is a declared resource with a similar name, `fitting`
/// are all resources that would be accepted at this place, and `kind` is the content of the `#[resource(…)]`
/// that would declare the missing resource. `capability` is the name of the capability, if one names the resource.
pub(crate) fn undeclared_resource(
    ident: &str,
    near: Option<&str>,
    fitting: Vec<&str>,
    kind: &str,
    capability: Option<&str>,
) -> Message {
    let declare = format!("declare it: `#[resource({kind})] pub struct {ident};`");
    let help = match near {
        Some(near) => did_you_mean(near),
        None if fitting.is_empty() => match capability {
            // Other crates have types of these names.
            Some(capability) => format!("{declare}; a handler takes only Skylift's `{capability}`"),
            None => declare,
        },
        None => format!("{declare}, or use {}", one_of(fitting)),
    };
    Message::new(format!("no resource `{ident}` is declared")).with_help(help)
}

/// Reports that the value of an environment variable is a word without quotes, or the name of a constant.
pub(crate) fn word_in_env(word: &str) -> Message {
    let message = Message::new(format!("no resource `{word}` is declared"));
    if word.starts_with(|first: char| first.is_uppercase()) {
        return message.with_help(
            "the attribute is read before the compiler computes constants: write the value itself",
        );
    }
    message.with_help(format!("for a text write `\"{word}\"`"))
}

/// Reports that the resource `ident` is of another kind than the place requires. `kind` and `wanted` are the
/// actual and the required kind, as nouns with their articles; `fitting` are the declared resources of the
/// required kind.
pub(crate) fn resource_of_another_kind(
    ident: &str,
    kind: &str,
    origin: &SourceLocation,
    wanted: &str,
    fitting: Vec<&str>,
) -> Message {
    let help = if fitting.is_empty() {
        format!("declare {wanted}, and name that")
    } else {
        format!("name {}", one_of(fitting))
    };
    Message::new(format!("`{ident}` is {kind}, not {wanted} (declared at {origin})"))
        .with_help(help)
}

/// Reports that a trigger sends failed records to a resource of a kind to which Lambda cannot send them. `kind`
/// is the kind of the resource `ident`, and `accepted` lists the accepted kinds, both as nouns with their
/// articles.
pub(crate) fn not_a_failure_destination(
    ident: &str,
    kind: &str,
    origin: &SourceLocation,
    accepted: &str,
) -> Message {
    Message::new(format!(
        "`{ident}` is {kind} (declared at {origin}), and Lambda cannot send failed records to one"
    ))
    .with_help(format!("name {accepted}"))
}

/// Reports that a rule of AWS IoT sends errors to a resource of a kind to which this is not possible. `kind` is the kind of
/// the resource `ident`, and `accepted` lists the accepted kinds, both as nouns with their articles.
pub(crate) fn not_an_error_action(
    ident: &str,
    kind: &str,
    origin: &SourceLocation,
    accepted: &str,
) -> Message {
    Message::new(format!(
        "`{ident}` is {kind} (declared at {origin}), and an error action cannot be"
    ))
    .with_help(format!("name {accepted}"))
}

/// Reports that a resource is of a kind to which Lambda sends no such results of asynchronous invocations. `key` is the
/// key that names the resource, and `accepted` are the kinds that it accepts.
pub(crate) fn not_a_result_destination(
    ident: &str,
    kind: &str,
    origin: &SourceLocation,
    key: &str,
    accepted: &[&str],
) -> Message {
    Message::new(format!(
        "`{ident}` is {kind} (declared at {origin}), and `{key}` sends nothing to one"
    ))
    .with_help(format!("name {}", join_with_or(accepted)))
}

/// Reports that a resource does not have a capability that a handler asks for. `kind` is the kind of the
/// resource, `capability` is the missing capability, and `offered` are the capabilities that this kind has.
pub(crate) fn missing_capability(
    ident: &str,
    kind: &str,
    origin: &SourceLocation,
    capability: &str,
    offered: &[&str],
) -> Message {
    let help = if let [only] = offered {
        format!("write `{only}<{ident}>`")
    } else {
        format!("{kind} has {}", suggest::list(offered.iter().copied()))
    };
    Message::new(format!("`{ident}` is {kind} (declared at {origin}), which has no `{capability}`"))
        .with_help(help)
}

/// Reports that a trigger has the name of a declared resource in quotes, which means an existing resource of this name.
pub(crate) fn declared_resource_in_quotes(
    name: &str,
    kind: &str,
    origin: &SourceLocation,
) -> Message {
    Message::new(format!(
        "a name in quotes is that of an existing {kind}, and `{name}` is declared at {origin}"
    ))
    .with_help(format!("write `{name}` without quotes"))
}

/// Reports a call in the type of a capability that the capability does not make on a resource of this kind. `offered` are
/// the calls that it makes; none if it cannot be narrowed.
pub(crate) fn call_of_another_kind(
    capability: &str,
    kind: &str,
    call: &str,
    offered: &[&str],
) -> Message {
    if offered.is_empty() {
        return Message::new(format!("a `{capability}` of {kind} is not narrowed to calls"))
            .with_help(format!("leave `{call}` out"));
    }
    Message::new(format!("a `{capability}` of {kind} has no call `{call}`"))
        .with_help(format!("it has {}", suggest::list(offered.iter().copied())))
}

/// Reports that a handler invokes a function `ident` that is not declared. `near` is a declared function with a
/// similar name.
pub(crate) fn undeclared_function(ident: &str, near: Option<&str>) -> Message {
    let help = near.map_or_else(|| format!("put `#[function]` on `{ident}`"), did_you_mean);
    Message::new(format!("no function `{ident}` has a `#[function]` on it")).with_help(help)
}

/// Reports that a handler invokes the function `ident`, which handles HTTP requests. `route` is its route.
pub(crate) fn invoked_function_has_route(ident: &str, route: &str) -> Message {
    Message::new(format!("`{ident}` answers HTTP requests, and cannot be invoked with an event"))
        .with_help(format!("send a request to `{route}`, or call a function that both share"))
}

// Names.

/// Reports that two functions have the same name in the account. `other` is the handler of the function that
/// has the name already, and `origin` is its location.
pub(crate) fn function_name_taken(name: &str, other: &str, origin: &SourceLocation) -> Message {
    Message::new(format!("function name `{name}` is taken by `{other}` at {origin}"))
}

/// Reports that the path of a handler is longer than Lambda allows. `length` is the number of its characters.
pub(crate) fn handler_too_long(handler: &str, length: usize) -> Message {
    let limit = limits::HANDLER_LEN;
    Message::new(format!(
        "the path `{handler}` has {length} characters, Lambda takes {limit} for a handler"
    ))
    .with_help("give it a shorter name, or move it up in the modules")
}

/// Reports that the library and a binary have handlers with the same path. `other` is the location of the other
/// handler.
pub(crate) fn handler_in_library_and_binary(handler: &str, other: &SourceLocation) -> Message {
    Message::new(format!(
        "the library and the binary both have a handler `{handler}`: the other is at {other}"
    ))
    .with_help("rename one of them")
}

/// Reports that two resources of one kind have the same name. `other` is the struct of the resource that has
/// the name already, and `origin` is its location.
pub(crate) fn resource_name_taken(
    kind: &str,
    name: &str,
    other: &str,
    origin: &SourceLocation,
) -> Message {
    Message::new(format!("{kind} name `{name}` is taken by `{other}` at {origin}"))
}

// The environment.

/// Reports that the environment variables of a function are larger than Lambda allows. `bytes` is the size of
/// all keys and values.
pub(crate) fn environment_too_large(bytes: usize) -> Message {
    let limit = limits::ENVIRONMENT_BYTES;
    Message::new(format!(
        "the environment has {bytes} bytes of keys and values, Lambda takes {limit}"
    ))
    .with_help("keep large values in a file beside the code, in S3 or in a parameter")
}

/// Reports that the user sets the variable `name`, which Skylift sets to publish new versions of a function.
pub(crate) fn settings_variable_taken(name: &str) -> Message {
    Message::new(format!(
        "Skylift sets `{name}` for functions with `provisioned_concurrency` or `deploy`"
    ))
    .with_help("give yours another name")
}

/// Reports that the user sets the variable `name` through which a function finds a resource or another
/// function.
pub(crate) fn variable_taken(name: &str) -> Message {
    Message::new(format!("this needs the environment variable `{name}`, which `env` sets already"))
        .with_help("leave it to Skylift, or rename yours")
}

/// Reports that the defaults set the variable `name` through which the function `handler` finds a resource or
/// another function.
pub(crate) fn default_variable_taken(name: &str, handler: &str) -> Message {
    Message::new(format!(
        "`{handler}` needs the environment variable `{name}`, which `env` in {DEFAULTS} sets already"
    ))
    .with_help("leave it to Skylift, or rename yours")
}

/// Reports that the environment variable of a resource would have a name that Lambda does not accept. `error`
/// is the reason.
pub(crate) fn invalid_variable(error: impl Into<String>) -> Message {
    Message::new(error).with_help("give the resource another id")
}

/// Reports that two resources or functions would have the same environment variable `name`. `other` is the
/// first of the two.
pub(crate) fn variable_shared(name: &str, other: &str) -> Message {
    Message::new(format!("this and `{other}` would both have the environment variable `{name}`"))
        .with_help("give one of them another id: `id = \"…\"`")
}

// The table that stores idempotency records.

/// Reports that the key of the table `ident` is not a string, so that the table cannot store idempotency
/// records. `key` is the name of the key attribute, and `kind` is its type.
pub(crate) fn idempotency_key_is_not_a_string(
    ident: &str,
    origin: &SourceLocation,
    key: &str,
    kind: &str,
) -> Message {
    Message::new(format!(
        "the key of `{ident}` is a {kind} (declared at {origin}), idempotency records have a string as their key"
    ))
    .with_help(format!("name a table whose key is a string: `key = \"{key}\"`"))
}

/// Reports that the table `ident` has a sort key, so that the table cannot store idempotency records. `sort` is
/// the name of the sort key.
pub(crate) fn idempotency_sort_key(ident: &str, origin: &SourceLocation, sort: &str) -> Message {
    Message::new(format!(
        "`{ident}` has the sort key `{sort}` (declared at {origin}), idempotency records have none"
    ))
    .with_help("name a table without a sort key, or leave `store` out")
}

/// Reports that the items of the table `ident` do not expire, so that the table cannot store idempotency
/// records.
pub(crate) fn idempotency_without_ttl(ident: &str, origin: &SourceLocation) -> Message {
    Message::new(format!(
        "the items of `{ident}` do not expire (declared at {origin}), idempotency records have to"
    ))
    .with_help(format!("give `{ident}` an attribute for it: `ttl = \"expires_at\"`"))
}

/// Reports that an attribute has another meaning in the table `ident` than in idempotency records. `clash` is
/// the text that [`record_attribute_is_also`] or [`record_attribute_has_other_type`] returns.
pub(crate) fn idempotency_attribute_clash(
    ident: &str,
    origin: &SourceLocation,
    clash: &str,
) -> Message {
    Message::new(format!("{clash} of `{ident}` (declared at {origin})"))
        .with_help("rename it, or name a table that holds nothing else")
}

/// Returns the reason that an attribute of idempotency records has another role in the table. `role` is that
/// role: `the key`, or `` `ttl` ``.
pub(crate) fn record_attribute_is_also(name: &str, role: &str) -> String {
    format!("`{name}` is an attribute of every idempotency record, and {role}")
}

/// Returns the reason that an attribute of idempotency records has another type as a key of an index.
/// `in_record` and `in_index` are the two types.
pub(crate) fn record_attribute_has_other_type(
    name: &str,
    in_record: &str,
    in_index: &str,
) -> String {
    format!("`{name}` is a {in_record} in an idempotency record, and a {in_index} in an index")
}

// Logs, state, pings and deadline margins.

/// Reports that a function sets a log level, but the default log format of the application is text. `key` is
/// the key that sets the log level.
pub(crate) fn log_level_without_json(key: &str) -> Message {
    Message::new(format!("`{key}` needs logs in JSON, and {DEFAULTS} has `log_format = \"text\"`"))
        .with_help("add `log_format = json` to this function")
}

/// Reports that a binary has a second `#[init]`. `first` is the path of the first `#[init]`, and `origin` is
/// its location.
pub(crate) fn second_init(first: &str, origin: &SourceLocation) -> Message {
    Message::new(format!("a second `#[init]`: `{first}` at {origin} is the first")).with_help(
        "state is created once per process: create both in one function, as the fields of one struct",
    )
}

/// Reports that a handler takes a `State<T>`, but no `#[init]` creates the state.
pub(crate) fn state_without_init() -> Message {
    Message::new("this package has no `#[init]` that creates the state").with_help(
        "write one: `#[init] async fn start() -> Result<T, Error> { … }` for a `State<T>`",
    )
}

/// Reports that a function holds a ping at least as long as its timeout. `hold_ms` is in milliseconds, and
/// `timeout` is in seconds.
pub(crate) fn ping_outlasts_timeout(hold_ms: u32, timeout: u32) -> Message {
    Message::new(format!(
        "a ping that is held for {hold_ms} ms outlasts the function's timeout of {timeout} s"
    ))
    .with_help("hold it for a shorter time: half a second is enough for most functions")
}

/// The place of the mistake if the deadline margin leaves no time between the start of an invocation and its
/// deadline: an attribute of the function, or Cargo.toml.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MarginCause {
    /// The function sets the deadline margin.
    OwnMargin,
    /// The function sets its timeout, and has the default deadline margin of the application.
    OwnTimeout,
    /// The function has the default timeout and the default deadline margin of the application.
    Defaults,
}

/// Reports that a deadline margin is not shorter than the timeout of a function. `cause` is the place of the
/// mistake, and `timeout` is in seconds.
pub(crate) fn margin_leaves_no_time(
    cause: MarginCause,
    margin: impl std::fmt::Display,
    timeout: u32,
) -> Message {
    let default = match cause {
        MarginCause::OwnMargin => String::new(),
        MarginCause::OwnTimeout | MarginCause::Defaults => {
            format!(", the default in {DEFAULTS},")
        }
    };
    let whose = match cause {
        MarginCause::OwnMargin | MarginCause::OwnTimeout => "this function's timeout",
        MarginCause::Defaults => "the default timeout",
    };
    let help = match cause {
        MarginCause::OwnMargin => "lower the margin, or raise the timeout".to_owned(),
        MarginCause::OwnTimeout => {
            "raise the timeout, or give this function its own `deadline_margin`".to_owned()
        }
        MarginCause::Defaults => {
            format!("lower `deadline_margin` or raise `timeout` in {DEFAULTS}")
        }
    };
    Message::new(format!(
        "a deadline margin of {margin}{default} leaves no time to work: {whose} is {timeout} s"
    ))
    .with_help(help)
}
