//! Checks the parameters that an overlay declares: the type, and whether the default is one of the values that the
//! parameter itself allows. CloudFormation refuses a template in which it is not.

use skylift_model::aws::node::Node;

use super::error::OverlayErrors;
use super::tree::{YamlKey, YamlNode, YamlValue};
use super::values::expect_type_text;
use crate::messages;

/// The types of parameters that are not AWS's. CloudFormation: "Supported parameter data types".
const TYPES: [&str; 5] = ["String", "Number", "List<Number>", "CommaDelimitedList", "List<String>"];

/// The types of parameters whose value is the id or the name of something in the account.
const AWS_TYPES: [&str; 10] = [
    "AWS::EC2::AvailabilityZone::Name",
    "AWS::EC2::Image::Id",
    "AWS::EC2::Instance::Id",
    "AWS::EC2::KeyPair::KeyName",
    "AWS::EC2::SecurityGroup::GroupName",
    "AWS::EC2::SecurityGroup::Id",
    "AWS::EC2::Subnet::Id",
    "AWS::EC2::VPC::Id",
    "AWS::EC2::Volume::Id",
    "AWS::Route53::HostedZone::Id",
];

/// The type of the name of a parameter of Systems Manager.
const SSM_NAME: &str = "AWS::SSM::Parameter::Name";

/// The beginning of the types of a parameter whose value is that of a parameter of Systems Manager.
const SSM_VALUE: &str = "AWS::SSM::Parameter::Value<";

/// Checks the keys and values of a parameter.
pub(super) fn check_parameter(entries: &[(YamlKey, YamlNode)], errors: &mut OverlayErrors) {
    let get = |name: &str| entries.iter().find(|(key, _)| key.text == name).map(|(_, it)| it);
    // Without `Type` there is another error.
    let Some(kind) = get("Type") else { return };
    let Some(text) = expect_type_text(kind, errors) else { return };
    if !is_parameter_type(text) {
        errors.push(kind.at, messages::unknown_parameter_type(text, &all_types()));
        return;
    }
    let allowed = match get("AllowedValues").map(|it| (it, &it.value)) {
        Some((_, YamlValue::Seq(items))) => items.iter().filter_map(scalar_text).collect(),
        Some((value, YamlValue::Scalar(_))) => {
            errors.push(value.at, messages::allowed_values_not_a_list(&value.describe()));
            return;
        }
        _ => Vec::new(),
    };
    let Some((default, default_text)) = get("Default").and_then(|it| Some((it, scalar_text(it)?)))
    else {
        return;
    };
    let is_list = text.starts_with("List<") || text == "CommaDelimitedList";
    // The default of such a parameter is a name, and the limits are those of the name.
    let is_number = matches!(text, "Number" | "List<Number>");
    let items: Vec<&str> = if is_list {
        default_text.split(',').map(str::trim).collect()
    } else {
        vec![default_text.as_str()]
    };
    for item in items {
        if is_number && item.parse::<f64>().is_err() {
            errors.push(default.at, messages::default_not_a_number(item));
        } else if !allowed.is_empty() && !allowed.iter().any(|it| is_same(it, item)) {
            errors.push(default.at, messages::default_not_among_values(item, &allowed));
        } else if let Some((key, limit)) = find_broken_limit(item, is_number, &get) {
            errors.push(default.at, messages::default_beyond_limit(item, key, &limit));
        } else {
            continue;
        }
        return;
    }
}

/// Returns the key and the value of the limit that a default does not keep.
fn find_broken_limit<'a>(
    item: &str,
    is_number: bool,
    get: &impl Fn(&str) -> Option<&'a YamlNode>,
) -> Option<(&'static str, String)> {
    let limits: [(&str, bool); 2] = if is_number {
        [("MinValue", true), ("MaxValue", false)]
    } else {
        [("MinLength", true), ("MaxLength", false)]
    };
    #[expect(clippy::cast_precision_loss, reason = "a default is far shorter")]
    let size = if is_number { item.parse().ok()? } else { item.chars().count() as f64 };
    limits.into_iter().find_map(|(key, is_least)| {
        let text = get(key).and_then(scalar_text)?;
        let limit: f64 = text.parse().ok()?;
        let is_broken = if is_least { size < limit } else { size > limit };
        is_broken.then_some((key, text))
    })
}

/// Returns whether two values are the same to CloudFormation.
fn is_same(one: &str, other: &str) -> bool {
    let number = |text: &str| text.parse::<f64>().ok();
    one == other
        || number(one).zip(number(other)).is_some_and(|(one, other)| one.total_cmp(&other).is_eq())
}

/// Returns the text that CloudFormation makes of a scalar.
fn scalar_text(value: &YamlNode) -> Option<String> {
    match &value.value {
        YamlValue::Scalar(Node::Str(text)) => Some(text.clone()),
        YamlValue::Scalar(Node::Int(number)) => Some(number.to_string()),
        YamlValue::Scalar(Node::Float(number)) => Some(number.to_string()),
        YamlValue::Scalar(Node::Bool(truth)) => Some(truth.to_string()),
        _ => None,
    }
}

fn is_parameter_type(text: &str) -> bool {
    let inner = |text: &str, start: &str| {
        text.strip_prefix(start).and_then(|rest| rest.strip_suffix('>')).map(str::to_owned)
    };
    let is_plain = |text: &str| {
        let item = inner(text, "List<").unwrap_or_else(|| text.to_owned());
        TYPES.contains(&text) || AWS_TYPES.contains(&item.as_str())
    };
    text == SSM_NAME || is_plain(&inner(text, SSM_VALUE).unwrap_or_else(|| text.to_owned()))
}

/// Returns all types, for suggestions.
fn all_types() -> Vec<String> {
    let plain = TYPES.iter().chain(&AWS_TYPES).map(|name| (*name).to_owned());
    let plain: Vec<String> =
        plain.chain(AWS_TYPES.iter().map(|name| format!("List<{name}>"))).collect();
    let stored: Vec<String> = plain.iter().map(|name| format!("{SSM_VALUE}{name}>")).collect();
    [plain, stored, vec![SSM_NAME.to_owned()]].concat()
}
