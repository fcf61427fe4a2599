//! Messages about the function under an attribute.

use std::fmt::Display;

use skylift_model::message::Message;

/// Reports that the item under an attribute is not a function. `attribute` is the attribute, such as
/// `#[function]`.
pub(crate) fn not_a_function(attribute: &str) -> Message {
    Message::new(format!("`{attribute}` goes on a function"))
        .with_help(format!("write `{attribute} async fn name(…) {{ … }}`"))
}

/// Reports that the function under an attribute is not async. `name` is the name of the function.
pub(crate) fn not_async(attribute: &str, name: &str) -> Message {
    Message::new(format!("`{attribute}` goes on an async function, `{name}` is not async"))
        .with_help(format!("write `async fn {name}`"))
}

/// Reports that the function under an attribute has a qualifier that a handler cannot have, such as `unsafe`.
/// `name` is the name of the function.
pub(crate) fn qualified_function(attribute: &str, qualifier: &str, name: &str) -> Message {
    Message::new(format!("`{attribute}` cannot go on a function that is `{qualifier}`"))
        .with_help(format!("write `async fn {name}`"))
}

/// Reports that a handler is generic: it has type parameters, a `where` clause, or `impl Trait` as the type of a
/// parameter. `name` is the name of the function.
pub(crate) fn generic_handler(name: &str) -> Message {
    Message::new(format!(
        "a handler cannot be generic: nothing determines which types `{name}` is called with"
    ))
    .with_help("name the types, or call a generic function from the handler")
}

/// Reports a second attribute of Skylift on one item. `attribute` is the first, `second` the name of the second, and
/// `name` the name of the item.
pub(crate) fn second_attribute(attribute: &str, second: &str, name: &str) -> Message {
    let second = format!("#[{second}]");
    if second == attribute {
        Message::new(format!("`{attribute}` is on `{name}` twice")).with_help(match attribute {
            "#[function]" => {
                "keep one of them, with all its arguments; a second `trigger = …` adds a trigger"
            }
            "#[resource]" => "keep one of them: a struct is one resource",
            _ => "keep one of them",
        })
    } else {
        Message::new(format!("`{name}` has `{attribute}` and `{second}`")).with_help(
            "write two functions: one creates the state, once per process, the other handles events",
        )
    }
}

// Parameters.

/// Reports that the function under an attribute is a method.
pub(crate) fn method_with_receiver(attribute: &str) -> Message {
    Message::new(format!(
        "`{attribute}` goes on a free function, not on a method: Lambda has no receiver to call it with"
    ))
    .with_help("move the function out of its `impl` block")
}

/// Reports that the function under an attribute has a parameter `self` with a written type.
pub(crate) fn receiver_with_type(attribute: &str) -> Message {
    format!("`{attribute}` goes on a free function, not on one with a receiver").into()
}

/// Reports that a parameter of a handler is a reference.
pub(crate) fn borrowed_parameter() -> Message {
    Message::new("a handler takes owned values, and this parameter is a reference").with_help(
        "take it by value: `String` for `&str`, `Vec<T>` for `&[T]`, a struct for a reference to it",
    )
}

/// Reports that the event of a handler, or an extractor, borrows its data.
pub(crate) fn borrowed_event() -> Message {
    Message::new("an event owns its data, and this type borrows").with_help(
        "write `String` for `&str`, `Vec<T>` for `&[T]`, and a struct without a lifetime",
    )
}

/// Reports that a parameter of a handler has a `#[cfg]`.
pub(crate) fn conditional_parameter() -> Message {
    Message::new("a handler's parameter cannot have a `#[cfg]`: the template needs all of them").with_help(
        "write the function twice, with all its parameters, and a `#[cfg(…)]` above each `#[function]`",
    )
}

/// Reports that the type of a parameter cannot be parsed. `error` is the error of the parser.
pub(crate) fn unreadable_parameter_type(error: &syn::Error) -> Message {
    format!("the type of a parameter cannot be read: {error}").into()
}

/// Reports that a capability is inside another type. `ty` is the type of the parameter, `name` is the name of the
/// parameter, and `inner` is the type inside.
pub(crate) fn wrapped_capability(ty: &str, name: &str, inner: &str) -> Message {
    Message::new(format!(
        "`{inner}` stands bare among the parameters of a handler, not inside `{ty}`: the role gets its permissions from this parameter"
    ))
    .with_help(format!("write `{name}: {inner}`, a parameter of its own"))
}

/// Reports that a state, a context or a cursor is inside another type, as [`wrapped_capability`] does.
pub(crate) fn wrapped_parameter(ty: &str, name: &str, inner: &str) -> Message {
    Message::new(format!("a handler takes `{inner}` itself, not inside `{ty}`"))
        .with_help(format!("write `{name}: {inner}`"))
}

/// Reports that a type with the name of a capability names several resources. `ty` is the type, `capability` is its
/// name, and `resources` are the types of the resources.
pub(crate) fn capability_of_several(ty: &str, capability: &str, resources: &[String]) -> Message {
    let single = |resource: &String| format!("`{capability}<{resource}>`");
    let singles: Vec<String> = resources.iter().map(single).collect();
    Message::new(format!("a capability is of one resource, and `{ty}` names {}", resources.len()))
        .with_help(format!("write a parameter for each: {}", singles.join(" and ")))
}

/// Reports a type that is not a call of a capability, in the place of the calls. `near` is the call with a similar name, and
/// `known` lists the calls.
pub(crate) fn unknown_call(name: &str, near: Option<&str>, known: &str) -> Message {
    let message = Message::new(format!("`{name}` is not a call of a capability"));
    match near {
        Some(near) => message.with_help(format!("did you mean `{near}`?")),
        None => message.with_help(format!("one of {known}, or several as a tuple")),
    }
}

/// Reports an empty tuple in the place of the calls of a capability. `known` lists the calls.
pub(crate) fn capability_without_calls(known: &str) -> Message {
    Message::new("a capability needs at least one call")
        .with_help(format!("one of {known}, or leave the tuple out for all calls"))
}

/// Reports a call that the type of a capability names twice.
pub(crate) fn call_named_twice(call: &str) -> Message {
    format!("`{call}` is named twice").into()
}

/// Reports that a type of another crate has the name of a capability. `ty` is the type, and `capability` is its name.
pub(crate) fn foreign_capability(ty: &str, capability: &str) -> Message {
    Message::new(format!("a handler cannot take `{ty}`: it is not Skylift's `{capability}`"))
        .with_help(format!(
            "write `{capability}<R>`, where `R` is declared with `#[resource(…)]`, or make the value in the handler"
        ))
}

/// Reports an extractor of a handler without a trigger for HTTP requests. `ty` is the type of the extractor.
pub(crate) fn extractor_without_requests(ty: &str) -> Message {
    Message::new(format!(
        "`{ty}` is taken from an HTTP request, and this function has no HTTP trigger"
    ))
    .with_help(
        "add `trigger = http(\"POST /…\")`, or take the event itself instead of an extractor",
    )
}

/// Reports a parameter that is neither the event nor anything else that a handler takes. `ty` is its type.
pub(crate) fn unknown_parameter(ty: &str) -> Message {
    Message::new(format!(
        "`{ty}` is not a capability, `State<T>` or `Context`, and the event is the first parameter"
    ))
    .with_help(
        "take one event, as the first parameter; capabilities stand bare and under their own names, such as\n`uploads: Reader<Uploads>`",
    )
}

/// Reports a second event among the parameters. `first` and `second` are the types of the events.
pub(crate) fn second_event(first: &str, second: &str) -> Message {
    Message::new(format!("a handler takes one event, and `{second}` is the second one")).with_help(format!(
        "take an enum with a variant for each: `#[derive(Event)] enum Either {{ First({first}), Second({second}) }}`"
    ))
}

// `#[init]`.

/// Reports that the function under `#[init]` takes parameters.
pub(crate) fn init_with_parameters() -> Message {
    Message::new("an `#[init]` function takes no parameters")
        .with_help("it runs before the first event: read what it needs from the environment")
}

/// Reports that the function under `#[init]` returns no state. `name` is the name of the function.
pub(crate) fn init_without_state(name: impl Display) -> Message {
    Message::new("an `#[init]` function returns the state")
        .with_help(format!("write `async fn {name}() -> Result<T, Error>`"))
}
