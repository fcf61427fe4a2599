//! Messages about a process that cannot start: a binary that does not match its template, missing states, and
//! missing variables.

use crate::Error;

/// Reports that this process does not run in Lambda, and that its binary does not contain the local host.
/// `has_local` says whether the feature `local` is on: a release build leaves out the local host all the same.
#[cfg(not(all(feature = "local", debug_assertions)))]
pub(crate) fn not_lambda(has_local: bool) -> String {
    let help = if has_local {
        "a release build leaves out the local host: build without `--release`, or set \
         `debug-assertions = true` under `[profile.release.package.skylift]`"
    } else {
        "enable the feature `local` of `skylift` to serve the functions on this machine"
    };
    format!("this is not AWS Lambda (`AWS_LAMBDA_RUNTIME_API` is not set); help: {help}")
}

/// Reports that the template has functions that the binary does not contain; `handlers` are the handlers of
/// these functions.
pub(crate) fn functions_missing(handlers: &[&str], binary: &str, package: &str) -> Error {
    let message = format!(
        "the template has {} that the binary `{binary}` does not contain; help: call `skylift::main!()` in the \
         package `{package}` itself, and build template and binary with the same features; a `cfg` that the \
         package's own build script sets is not known to the build step",
        list_functions(handlers),
    );
    Error::new("TemplateMismatch", message)
}

/// Reports that the binary contains functions more than once; `handlers` are the handlers of these functions.
pub(crate) fn functions_duplicated(handlers: &[&str], binary: &str) -> Error {
    let message = format!(
        "the binary `{binary}` contains {} more than once; help: give each function a name of its own",
        list_functions(handlers),
    );
    Error::new("TemplateMismatch", message)
}

/// Reports that the binary has no function with the handler or the logical id `name`; `known` are the handlers
/// of its functions.
pub(crate) fn unknown_handler(name: &str, package: &str, known: &[&str]) -> Error {
    let known = list_functions(known);
    let message = format!("`{name}` is not a function of `{package}`; it has {known}");
    Error::new("UnknownHandler", message)
}

/// Lists functions by their handlers: the function `show`, or the functions `show` and `work`.
fn list_functions(handlers: &[&str]) -> String {
    let quoted: Vec<_> = handlers.iter().map(|handler| format!("`{handler}`")).collect();
    match quoted.as_slice() {
        [] => "no functions".to_owned(),
        [one] => format!("the function {one}"),
        [start @ .., last] => format!("the functions {} and {last}", start.join(", ")),
    }
}

/// Reports that the start of a function returned no function.
pub(crate) fn no_function_started() -> Error {
    Error::msg("no function was started")
}

/// Reports that two `#[init]` functions, `first` and `second`, build the same type `state`.
pub(crate) fn state_built_twice(first: &str, second: &str, state: &str) -> Error {
    let message = format!(
        "the `#[init]` functions `{first}` and `{second}` both build a `{state}`; help: keep one"
    );
    Error::new("AmbiguousState", message)
}

/// Reports that a handler takes a state that no `#[init]` function builds; `built` has the name of each
/// `#[init]` function and the type that it builds.
pub(crate) fn state_not_built<'a>(
    handler: &str,
    state: &str,
    package: &str,
    built: impl Iterator<Item = (&'a str, &'a str)>,
) -> Error {
    let built: Vec<_> = built.map(|(init, state)| format!("`{init}` builds a `{state}`")).collect();
    let built = match built.as_slice() {
        [] => "it has no `#[init]` function".to_owned(),
        built => built.join(", "),
    };
    let message = format!(
        "`{handler}` takes a `State<{state}>`, but no `#[init]` function of `{package}` builds a `{state}`: {built}"
    );
    Error::new("MissingState", message)
}

/// Says, before its error, which `#[init]` function failed.
pub(crate) fn init_failed(name: &str) -> String {
    format!("the `#[init]` function `{name}` failed")
}

/// Reports that a state that no `#[init]` function built was requested in another way than by a parameter of a
/// handler, which is checked at the start.
pub(crate) fn state_missing(state: &str) -> Error {
    Error::new("MissingState", format!("no `#[init]` function built a `{state}`"))
}

/// The name of the error of a type that does not fit what the application does with its values.
const TYPE_MISMATCH: &str = "TypeMismatch";

/// Reports that the items of a table have no attribute for a key of the table; `ty` is the type of the items.
#[cfg(feature = "table")]
pub(crate) fn item_without_key(table: &str, key: &str, ty: &str) -> Error {
    let message = format!(
        "items of `{ty}` have no attribute `{key}`, which is a key of table `{table}`; help: name another \
         attribute as the key, or let serde write it under this name"
    );
    Error::new(TYPE_MISMATCH, message)
}

/// Reports that the items of a table have an attribute of another type than the table's key; `wanted` is the type of
/// the key.
#[cfg(feature = "table")]
pub(crate) fn item_key_of_another_type(table: &str, key: &str, wanted: &str, ty: &str) -> Error {
    let message = format!(
        "`{key}` is {wanted} in table `{table}`, and items of `{ty}` have another value there; help: write \
         `number(\"{key}\")`, `\"{key}\"` or `binary(\"{key}\")`, or give the attribute another type"
    );
    Error::new(TYPE_MISMATCH, message)
}

/// Reports that the type `ty` in a handler's `Path` needs a parameter that a route does not have.
#[cfg(feature = "http")]
pub(crate) fn path_parameter_missing(route: &str, parameter: &str, ty: &str) -> Error {
    let message = format!(
        "`{ty}` needs `{parameter}`, which is no parameter of route `{route}`; help: rename the field or the \
         parameter"
    );
    Error::new(TYPE_MISMATCH, message)
}

/// Reports that the type `ty` in a handler's `Path` does not take a parameter of a route.
#[cfg(feature = "http")]
pub(crate) fn path_parameter_denied(route: &str, parameter: &str, ty: &str) -> Error {
    let message = format!(
        "`{ty}` does not take the parameter `{parameter}` of route `{route}`; help: add a field of this name"
    );
    Error::new(TYPE_MISMATCH, message)
}

/// Reports that the event of a handler cannot be read from the constant input of its trigger.
pub(crate) fn input_not_read(handler: &str, ty: &str, why: &Error) -> Error {
    let message = format!(
        "`{handler}` takes `{ty}`, and cannot read it from the `input` of its trigger: {why}; help: change one of \
         them"
    );
    Error::new(TYPE_MISMATCH, message)
}

/// Reports that an environment variable that the template sets is missing or empty. `is_lambda` says whether the process
/// runs in Lambda.
pub(crate) fn variable_not_set(name: &str, is_lambda: bool) -> Error {
    let help = if is_lambda {
        "the template sets it: deploy this binary with the template of the same build; without templates, set what \
         `environment.json` of the function lists"
            .to_owned()
    } else {
        format!(
            "run `export {name}='…'` with a resource of your account, or of a local server that \
             `AWS_ENDPOINT_URL` names, and start again; in Lambda the template sets it"
        )
    };
    Error::new("MissingVariable", format!("`{name}` is not set; help: {help}"))
}
