//! The arguments by which Lambda reaches the servers of an event source: `cluster = overlay("Cluster")` or `broker =
//! "arn:…"`, and `secret = Login, secret_key = "arn:…"`.

use skylift_model::aws::arn;
use skylift_model::aws::mapping::secret_access::{BasicAuth, SECRET_KEY, ServerReference};
use skylift_model::aws::value::{ArnReference, CfnValue};
use skylift_model::resource::ResourceKind;

use super::{read_kms_key, read_resource_or_arn};
use crate::errors::Errors;
use crate::messages::{self, FamiliarWords, phrases};
use crate::readers::{
    check_arn_kind, read_cfn_value, read_overlay_id, read_param, read_text, report_expected,
};
use crate::tree::{ArgValue, ArgValueKind, Args};

/// AWS's words for the keys of credentials.
pub(super) const WORDS: &[FamiliarWords] = &[
    (
        &["sourceaccessconfigurations", "sourceaccessconfiguration", "basicauth", "credentials"],
        "write `secret = Login`, the path of a `#[resource(secret)]`, or its ARN in quotes",
    ),
    (&["secretsmanagerkmskeyid", "secretskey"], "write `secret_key = \"arn:…\"`"),
];

/// A kind of broker or cluster that no `#[resource]` declares.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ServerKind {
    /// The key of the trigger.
    pub(crate) key: &'static str,
    /// The noun in messages, with its article.
    pub(crate) noun: &'static str,
    /// An example of the ARN.
    pub(crate) example: &'static str,
    /// Returns whether a text is the ARN of such a broker or cluster.
    pub(crate) is_arn: fn(&str) -> bool,
}

/// Reads a broker or a cluster: a resource of the overlay, an ARN, a parameter, or an export. Returns `None` after an error
/// was recorded.
pub(crate) fn read_server(
    kind: ServerKind,
    value: &ArgValue,
    errors: &mut Errors,
) -> Option<ServerReference> {
    let ServerKind { key, noun, example, is_arn } = kind;
    match &value.kind {
        ArgValueKind::Str(_) => {
            let text = read_text(value, errors)?;
            if is_arn(text) {
                return Some(ServerReference::Arn(text.to_owned()));
            }
            let message = if text.starts_with(arn::PREFIX) {
                messages::arn_of_another_kind(text, noun, example)
            } else {
                messages::name_of_server(text, noun, example)
            };
            errors.push(&value.span, message);
            None
        }
        ArgValueKind::Call(function, args) if function.text == "overlay" => {
            read_overlay_id(function, args, value, errors).map(ServerReference::Overlay)
        }
        ArgValueKind::Call(function, args) if function.text == "param" => {
            read_param(function, args, value, errors).map(ServerReference::Param)
        }
        ArgValueKind::Call(function, _) if function.text == "import" => {
            match read_cfn_value(value, errors)? {
                CfnValue::Import(export) => Some(ServerReference::Import(export)),
                _ => None,
            }
        }
        ArgValueKind::Path(segments, _) => {
            let name = segments.last().map(String::as_str).unwrap_or_default();
            errors.push(&value.span, messages::path_of_server(name, noun, key));
            None
        }
        _ => report_expected(&phrases::server(noun), value, errors),
    }
}

/// Reads `secret` and `secret_key` of a trigger that needs a secret. Returns `None` if `secret` is not set, or after an
/// error was recorded.
pub(crate) fn read_basic_auth(args: &Args, errors: &mut Errors) -> Option<BasicAuth> {
    args.explain(WORDS);
    let secret = args.take(SECRET_KEY, read_secret, errors);
    let secret_key = args.take("secret_key", read_kms_key, errors);
    Some(BasicAuth { secret: secret?, secret_key })
}

/// Reads a secret: the path of a `#[resource(secret)]`, an ARN, or a parameter. Returns `None` after an error was
/// recorded.
pub(crate) fn read_secret(value: &ArgValue, errors: &mut Errors) -> Option<ArnReference> {
    let kind = ResourceKind::Secret;
    let form = messages::arn_form(kind.with_article(), &kind.example_arn());
    let secret = read_resource_or_arn(value, phrases::SECRET, &form, errors)?;
    match &secret {
        ArnReference::Arn(arn) if !check_arn_kind(kind, arn, &value.span, errors) => None,
        _ => Some(secret),
    }
}

/// Reports the keys that a trigger needs and does not have. `example` has all of them.
pub(crate) fn report_missing(
    args: &Args,
    source: &str,
    needed: &[&'static str],
    example: &str,
    errors: &mut Errors,
) {
    let missing: Vec<&str> = needed.iter().copied().filter(|key| !args.has_key(key)).collect();
    if !missing.is_empty() {
        errors.push_missing(&args.span, messages::source_keys_missing(source, &missing, example));
    }
}
