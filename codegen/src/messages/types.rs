//! Messages about types that do not fit what the application does with their values: keys of tables, parameters of
//! routes, constant inputs, and states.

use std::fmt::Display;

use skylift_model::aws::node::Node;
use skylift_model::message::Message;
use skylift_model::resource::table::KeyType;
use skylift_model::route::Route;
use skylift_model::suggest;

use crate::types::Shape;

/// What an attribute of an item is for a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyRole {
    Partition,
    Sort,
    Ttl,
    Index,
    Projected,
}

impl KeyRole {
    /// Returns the role as a noun with its article.
    const fn noun(self) -> &'static str {
        match self {
            Self::Partition => "the partition key of this table",
            Self::Sort => "the sort key of this table",
            Self::Ttl => "the time at which an item of this table expires",
            Self::Index => "a key of this index",
            Self::Projected => "an attribute of this index",
        }
    }
}

/// Returns what a type is in JSON, as a noun with its article. Returns `None` if the source does not show it.
pub(crate) const fn noun_of(shape: &Shape) -> Option<&'static str> {
    Some(match shape {
        Shape::Text | Shape::Parsed(_) => "a string",
        Shape::Char => "a string of one character",
        Shape::Bool => "a boolean",
        Shape::Integer(..) => "a whole number",
        Shape::Float => "a number",
        Shape::Bytes => "bytes",
        Shape::Unit => "null",
        Shape::List(_) | Shape::Tuple(_) => "a list",
        Shape::Map(_) | Shape::Struct(_) => "a map",
        Shape::Optional(_) | Shape::Enum(_) | Shape::Unknown => return None,
    })
}

/// Returns what a value of JSON is, as a noun with its article.
const fn noun_of_value(value: &Node) -> &'static str {
    match value {
        Node::Null => "null",
        Node::Bool(_) => "a boolean",
        Node::Int(_) => "a whole number",
        Node::Float(_) => "a number with a fraction",
        Node::Str(_) => "a string",
        Node::Seq(_) => "a list",
        Node::Map(_) | Node::Tag(..) => "a map",
    }
}

/// Returns a help that names the fields of a type, unless it has none or very many.
fn fields_help(owner: &str, names: &[&str]) -> String {
    match names {
        [] => format!("`{owner}` has no fields"),
        [one] => format!("the field of `{owner}` is `{one}`"),
        names if names.len() <= 12 => {
            format!("the fields of `{owner}` are {}", suggest::list(names.iter().copied()))
        }
        names => format!("`{owner}` has {} fields, none of this name", names.len()),
    }
}

// Tables.

/// Reports that the type of a table's items is no object; `noun` is what it is.
pub(crate) fn item_without_attributes(ty: &str, noun: &str) -> Message {
    Message::new(format!("an item of a table has attributes, and a `{ty}` is {noun}"))
        .with_help("name a struct with a field for each attribute")
}

/// Reports that the items of a table have no attribute `name`. `near` is the attribute that was probably meant;
/// `is_renamed` says that it is a field `name` that serde writes as `near`. `all` are the names of all attributes.
pub(crate) fn key_not_in_item(
    name: &str,
    role: KeyRole,
    item: &str,
    is_renamed: bool,
    near: Option<&str>,
    all: &[&str],
) -> Message {
    let noun = role.noun();
    if let (true, Some(written)) = (is_renamed, near) {
        return Message::new(format!(
            "items of `{item}` have no attribute `{name}`, {noun}: serde writes the field `{name}` as `{written}`"
        ))
        .with_help(format!("write `\"{written}\"`"));
    }
    let fields = || fields_help(item, all);
    let help = match (near, role) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, KeyRole::Ttl | KeyRole::Index) => {
            format!("add the field, as an `Option` if only `update` sets it; {}", fields())
        }
        (None, _) => fields(),
    };
    Message::new(format!("`{item}` has no field `{name}`, {noun}")).with_help(help)
}

/// Reports that the attribute `name` is a field that serde does not write.
pub(crate) fn key_not_written(name: &str, role: KeyRole, item: &str, field: &str) -> Message {
    Message::new(format!(
        "`{name}` is {}, and serde does not write the field `{field}` of `{item}`",
        role.noun()
    ))
    .with_help("remove `skip` or `skip_serializing` from the field")
}

/// Reports that the attribute `name` is a field of another type than the key; `ty` is the type of the field, which is
/// `shape` in an item.
pub(crate) fn key_of_another_type(
    name: &str,
    role: KeyRole,
    kind: KeyType,
    item: &str,
    ty: &str,
    shape: &Shape,
) -> Message {
    let is_bytes = kind == KeyType::Binary && matches!(shape, Shape::List(_) | Shape::Tuple(_));
    let wanted = match kind {
        KeyType::String => "a string",
        KeyType::Number => "a number",
        KeyType::Binary => "bytes",
    };
    let other = match shape {
        Shape::Text | Shape::Parsed(_) | Shape::Char | Shape::Enum(_) => {
            Some(format!("\"{name}\""))
        }
        Shape::Integer(..) | Shape::Float => Some(format!("number(\"{name}\")")),
        Shape::Bytes => Some(format!("binary(\"{name}\")")),
        _ => None,
    };
    let found = noun_of(shape).unwrap_or("a map");
    let text = format!(
        "{} is {wanted} `{name}`, and the field `{name}` of `{item}` is {found}: `{ty}`",
        role.noun()
    );
    let help = match (role, other) {
        _ if is_bytes => {
            "serde writes `Vec<u8>` as a list of numbers: add `#[serde(with = \"serde_bytes\")]`"
                .to_owned()
        }
        (KeyRole::Ttl, _) => {
            "DynamoDB takes the seconds since 1970 as a number: make it a `u64`".to_owned()
        }
        (_, Some(other)) => format!("write `{other}`, or give the field another type"),
        (_, None) => {
            format!("a key is a string, a number or bytes: give the field a type that is {wanted}")
        }
    };
    Message::new(text).with_help(help)
}

// Parameters of routes.

/// Reports that a handler of the route `$default` takes a `Path`.
pub(crate) fn path_of_default_route() -> Message {
    Message::new("the route `$default` has no path parameters")
        .with_help("take `OriginalUri` or `Uri`, or write a route such as `http(\"GET /{id}\")`")
}

/// Reports that a handler of a function URL takes a `Path`, and the function has no route.
pub(crate) fn path_of_url() -> Message {
    Message::new("a function URL has no path parameters").with_help(
        "take `Uri`, pass the request to a `Router`, or add a route such as `trigger = http(\"GET /{id}\")`",
    )
}

/// Reports that a `Path` takes a number of parameters that the route does not have.
pub(crate) fn path_takes_other_count(
    ty: &str,
    count: usize,
    route: &Route,
    names: &[&str],
) -> Message {
    let parameters = |count: usize| match count {
        0 => "no parameter".to_owned(),
        1 => "one parameter".to_owned(),
        count => format!("{count} parameters"),
    };
    let (takes, has) = (parameters(count), parameters(names.len()));
    Message::new(format!("`Path<{ty}>` takes {takes}, route `{route}` has {has}"))
        .with_help(route_help(route, names))
}

/// Reports that a struct in a `Path` needs a field that is no parameter of the route.
pub(crate) fn path_field_not_in_route(
    owner: &str,
    field: &str,
    route: &Route,
    names: &[&str],
) -> Message {
    let help = match suggest::nearest(field, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => route_help(route, names),
    };
    Message::new(format!("`{owner}` needs `{field}`, which is no parameter of route `{route}`"))
        .with_help(help)
}

/// Reports that a struct in a `Path` has a field that cannot be read from a segment of a path; `noun` is what the
/// field is.
pub(crate) fn path_field_not_scalar(owner: &str, field: &str, ty: &str, noun: &str) -> Message {
    Message::new(format!(
        "the field `{field}` of `{owner}` is {noun}, `{ty}`, and a path parameter is one text"
    ))
    .with_help("give the field a type that is a string or a number")
}

/// Reports that a struct with `deny_unknown_fields` in a `Path` does not have a parameter of the route.
pub(crate) fn path_parameter_denied(owner: &str, parameter: &str, route: &Route) -> Message {
    Message::new(format!(
        "`{owner}` denies unknown fields, and has none for the parameter `{parameter}` of route `{route}`"
    ))
    .with_help(format!("add the field `{parameter}`"))
}

/// Returns a help that names the parameters of a route.
fn route_help(route: &Route, names: &[&str]) -> String {
    match (names, route) {
        ([], Route::Path(_, path)) => {
            format!("add one to the path, as `{}/{{id}}`", path.as_str().trim_end_matches('/'))
        }
        ([one], _) => format!("the route's parameter is `{one}`"),
        _ => format!("the route's parameters are {}", suggest::list(names.iter().copied())),
    }
}

// Constant inputs.

/// Describes a field as the owner of a type.
pub(crate) fn field_of(field: &str, owner: &str) -> String {
    format!("the field `{field}` of `{owner}`")
}

/// Describes an element of a list or of a map as the owner of a type; `owner` has the list, whose type is `ty`.
pub(crate) fn element_of(owner: &str, ty: &str) -> String {
    if owner == ty { format!("an element of `{ty}`") } else { format!("an element of {owner}") }
}

/// Describes the content of a variant as the owner of a type.
pub(crate) fn variant_of(variant: &str, owner: &str) -> String {
    format!("the variant `{variant}` of `{owner}`")
}

/// Reports that a value in `input` cannot be read as the type `ty`; `owner` is what has the type.
pub(crate) fn input_of_another_type(owner: &str, ty: &str, shape: &Shape, value: &Node) -> Message {
    let found = match value {
        Node::Int(number) => format!("`{number}`"),
        Node::Str(text) if matches!(shape, Shape::Parsed(_)) => format!("`\"{text}\"`"),
        value => noun_of_value(value).to_owned(),
    };
    let has = if owner == ty {
        format!("the handler takes `{ty}`")
    } else {
        format!("{owner} is `{ty}`")
    };
    let help = match shape {
        Shape::Integer(least, greatest)
            if *least >= i128::from(i64::MIN) && *greatest <= i128::from(u64::MAX) =>
        {
            format!("write a whole number from {least} to {greatest}, or take another type")
        }
        Shape::Parsed(name) => format!("write the text of a `{name}`, or take another type"),
        shape => match noun_of(shape) {
            Some(noun) => format!("write {noun}, or take another type"),
            None => "write a value of this type, or take another type".to_owned(),
        },
    };
    Message::new(format!("{has}, and `input` has {found} here")).with_help(help)
}

/// Reports that `input` does not have a field that the type needs.
pub(crate) fn input_field_missing(field: &str, owner: &str, ty: &str) -> Message {
    Message::new(format!("`{owner}` needs `{field}`, a `{ty}`, and `input` does not have it"))
        .with_help(format!("add `\"{field}\"`, or make the field an `Option`"))
}

/// Reports that `input` has a key that is no field. `near` is the field that was probably meant, and `unset` are the
/// fields that the input does not set.
pub(crate) fn input_field_unknown(
    key: &str,
    owner: &str,
    near: Option<&str>,
    unset: &[&str],
) -> Message {
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if unset.is_empty() => "remove it".to_owned(),
        None => fields_help(owner, unset),
    };
    Message::new(format!("`{owner}` has no field `{key}`")).with_help(help)
}

/// Reports that a value in `input` is no variant of an enum.
pub(crate) fn input_not_a_variant(owner: &str, ty: &str) -> Message {
    let has = if owner == ty { "the handler takes".to_owned() } else { format!("{owner} is") };
    Message::new(format!("{has} `{ty}`, and `input` has none of its variants here"))
        .with_help("write the name of a variant, or a map from that name to the variant's content")
}

/// Reports that `input` names a variant that an enum does not have.
pub(crate) fn input_of_no_variant(name: &str, ty: &str, names: &[&str]) -> Message {
    let help = match suggest::nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the variants are {}", suggest::list(names.iter().copied())),
    };
    Message::new(format!("`{ty}` has no variant `{name}`")).with_help(help)
}

/// Reports that a value in `input` fits no variant of an untagged enum.
pub(crate) fn input_of_no_untagged_variant(owner: &str, ty: &str) -> Message {
    let has = if owner == ty { "the handler takes".to_owned() } else { format!("{owner} is") };
    Message::new(format!("{has} `{ty}`, and `input` has none of its variants here"))
        .with_help("write the content of one variant")
}

/// Reports that `input` has two keys that are the same field.
pub(crate) fn input_field_twice(key: &str, other: &str, owner: &str) -> Message {
    Message::new(format!("`{key}` and `{other}` are the same field of `{owner}`"))
        .with_help("remove one of them")
}

/// Reports that the handler takes no event, although its trigger has an `input`.
pub(crate) fn input_without_event() -> Message {
    Message::new("`input` is the event of the handler, and the handler takes none")
        .with_help("take the event as the first parameter, or leave `input` out")
}

/// Reports that the handler takes a batch of records, and `input` has none.
pub(crate) fn input_without_records(ty: &str) -> Message {
    Message::new(format!("the handler takes `{ty}`, and `input` has no `Records`"))
        .with_help("take a type of your own with the fields of `input`")
}

// States.

/// Reports that a handler takes a state that the `#[init]` function `init` does not build. `is_inside` says that the
/// state is a pointer to what is built, and `is_built_inside` that a pointer to the state is built.
pub(crate) fn state_of_another_type(
    taken: &str,
    built: &str,
    init: impl Display,
    is_inside: bool,
    is_built_inside: bool,
) -> Message {
    let help = if is_inside {
        format!("write `State<{built}>`: a state is shared already")
    } else if is_built_inside {
        format!("return `{taken}` from `{init}`: a state is shared already")
    } else {
        format!("take `State<{built}>`, or return `{taken}` from `{init}`")
    };
    Message::new(format!("no `#[init]` builds `{taken}`: `{init}` builds `{built}`"))
        .with_help(help)
}

/// Reports that Lambda sends the results of a function to the function `ident`, whose handler takes the event of a
/// service, `event`.
pub(crate) fn result_for_an_event(ident: &str, event: &str) -> Message {
    Message::new(format!(
        "Lambda sends `{ident}` the record of an invocation, and its handler takes `{event}`"
    ))
    .with_help(
        "name a function that takes such a record, such as a `serde_json::Value`, or a queue",
    )
}
