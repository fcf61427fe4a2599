//! Messages about the settings of a function.

use std::ops::RangeInclusive;

use skylift_model::aws::arn::PREFIX;
use skylift_model::message::Message;

use super::values::{arn_form, not_the_arn_of, with_insisting};

// Limits.

/// Returns the help for a number that Lambda accepts only on managed instances; `key` is the key that makes a function run
/// there.
pub(crate) fn only_on_instances(key: &str) -> String {
    format!("only a function on Lambda Managed Instances takes this: one with `{key}(…)`")
}

// Logs.

/// Reports that a function sets a log level, but its log format is text. `key` is the key that sets the log
/// level.
pub(crate) fn log_level_without_json(key: &str) -> Message {
    Message::new(format!("`{key}` needs logs in JSON, and `log_format` is `text`"))
        .with_help("leave `log_format` out, or make it `json`")
}

/// Reports that a function sets `log_retention` and a log group of the user.
pub(crate) fn retention_of_own_log_group() -> Message {
    Message::new("`LogGroup` is a log group of your own, and Skylift does not set its retention")
        .with_help("leave `log_retention` out, and set the retention on the log group")
}

// Tags.

/// Reports that a function has more tags than AWS accepts.
pub(crate) fn too_many_tags(count: usize, limit: usize) -> Message {
    format!("{count} tags, AWS takes {limit}").into()
}

/// Reports that the key of a tag is too short, too long or reserved. `lengths` are the accepted lengths.
pub(crate) fn invalid_tag_key(
    key: &str,
    lengths: &RangeInclusive<usize>,
    reserved_prefix: &str,
) -> Message {
    let (least, most) = (lengths.start(), lengths.end());
    format!("`{key}` is not the key of a tag: a key has {least} to {most} characters and does not begin with `{reserved_prefix}`").into()
}

/// Reports that the key or the value of a tag has a character that is not allowed.
pub(crate) fn invalid_tag_character(character: char) -> Message {
    Message::new(format!("`{}` cannot be part of a tag", character.escape_debug()))
        .with_help("a tag has letters, digits, spaces and any of `_.:/=+-@`")
}

// Environment.

/// Reports that a text in `env` contains a pseudo parameter of CloudFormation, which would not be replaced.
pub(crate) fn pseudo_parameter_in_env(name: &str) -> Message {
    let help = match name {
        "AWS::Region" => {
            "Lambda sets `AWS_REGION`: read that variable, or write the text in `sub(\"…\")`"
        }
        _ => {
            "write the text in `sub(\"…\")`; for the name or ARN of a resource write the path of its struct"
        }
    };
    Message::new(format!("a text in `env` stays as it is written: `${{{name}}}` is not replaced"))
        .with_help(help)
}

/// Reports that a text in `env` contains a reference such as `${Stage}`, which would not be replaced.
pub(crate) fn reference_in_env(text: &str, name: &str) -> Message {
    let kept = text.replace("${", "${!");
    Message::new(format!("a text in `env` stays as it is written: `${{{name}}}` is not replaced"))
        .with_help(format!("write `sub({text:?})`, or `sub({kept:?})` for the text itself"))
}

/// Reports a variable of the Serverless Framework in a text, such as `param:stage`.
pub(crate) fn variable_of_serverless(variable: &str) -> Message {
    let (source, name) = variable.split_once(':').unwrap_or((variable, ""));
    let help = match source {
        "param" | "opt" | "self" => {
            "write `param(\"Name\")`, a parameter of the template".to_owned()
        }
        "ssm" => format!("write `ssm({name:?})`"),
        "cf" => "write `import(\"Export\")`, the output of another stack".to_owned(),
        "env" => "write `param(\"Name\")`, and give its value when you deploy".to_owned(),
        _ => "write `param(\"Name\")` or `sub(\"…${AWS::Region}…\")`".to_owned(),
    };
    Message::new(format!(
        "`${{{variable}}}` is a variable of the Serverless Framework, which nothing replaces here"
    ))
    .with_help(help)
}

// `policy`.

/// Reports that the text of a managed policy refers to something other than a pseudo parameter.
pub(crate) fn reference_in_policy(text: &str) -> Message {
    Message::new(format!("`{text}` is neither the name nor the ARN of a managed policy")).with_help(
        "an ARN can have `${AWS::AccountId}`; a policy of your overlay is attached there: `Roles: [!Ref …Role]`",
    )
}

// `allow`.

/// Reports that `allow` is set without parentheses.
pub(crate) fn allow_without_parentheses() -> Message {
    "`allow` takes its values in parentheses: `allow(actions = […], resources = […])`".into()
}

/// Reports that a policy statement, `allow(…)`, lacks the list `key`.
pub(crate) fn list_missing_in_allow(key: &str) -> Message {
    format!("`allow` needs `{key} = […]`").into()
}

/// Reports that the list `key` of a policy statement, `allow(…)`, is empty.
pub(crate) fn empty_list_in_allow(key: &str) -> Message {
    Message::new(format!("`{key}` of `allow` is empty")).with_help(
        "IAM rejects a statement without actions or resources: leave the whole `allow` out",
    )
}

/// Reports an empty map or an empty list in the `conditions` of a policy statement.
pub(crate) fn condition_without_content() -> Message {
    Message::new("a condition needs an operator, a key and a value").with_help(
        "write `{ \"StringEquals\": { \"aws:PrincipalTag/team\": \"media\" } }`, or leave it out",
    )
}

/// Reports that a text in a policy statement is not an IAM action.
pub(crate) fn not_an_iam_action(text: &str) -> Message {
    Message::new(format!("`{text}` is not an IAM action"))
        .with_help("write `service:Action`, such as `ses:SendEmail`")
}

/// Reports that IAM has no action of this name. `near` is the similar action, or the action that allows the
/// operation with this name.
pub(crate) fn unknown_iam_action(action: &str, near: &str) -> Message {
    let message = Message::new(format!("IAM has no action `{action}`"));
    with_insisting(message.with_help(format!("did you mean `{near}`?")))
}

/// Reports that a resource of a policy statement is not an ARN.
pub(crate) fn not_an_arn(text: &str) -> Message {
    let help = if text.starts_with(PREFIX) {
        "an ARN is `arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE`, and some services leave the region and the account empty"
    } else {
        "write an ARN, `*`, or the path of a `#[resource]`"
    };
    Message::new(format!("`{text}` is not an ARN")).with_help(help)
}

// `policy`.

/// Reports that a text cannot be the name of a managed policy.
pub(crate) fn not_a_policy_name(text: &str) -> Message {
    Message::new(format!("`{text}` is not the name of a managed policy"))
        .with_help("a name has at most 128 letters, digits and any of `+=,.@-_`")
}

/// Reports a policy document where a managed policy is named.
pub(crate) fn policy_document_in_policy() -> Message {
    Message::new("`policy` takes the name or the ARN of a managed policy, found a policy document")
        .with_help(
            "write each statement as `allow(actions = [\"s3:GetObject\"], resources = [\"arn:…\"])`",
        )
}

/// Reports that AWS has no managed policy of this name. `near` is the similar name, if there is one.
pub(crate) fn unknown_managed_policy(name: &str, near: Option<&str>) -> Message {
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "for a policy of your own, write its ARN: `arn:aws:iam::123456789012:policy/{name}`"
        ),
    };
    let text = format!("AWS has no managed policy `{name}` for the role of a function");
    with_insisting(Message::new(text).with_help(help))
}

/// Reports that `policy` names a policy template of SAM, which allows these actions.
pub(crate) fn policy_template_of_sam(name: &str, actions: &[String]) -> Message {
    let actions: Vec<String> = actions.iter().map(|action| format!("\"{action}\"")).collect();
    let text = format!("`{name}` is a policy template of SAM, not a managed policy");
    Message::new(text).with_help(format!(
        "take a capability such as `Reader<…>` as a parameter, or write `allow(actions = [{}], resources = […])`",
        actions.join(", ")
    ))
}

/// Reports that an ARN is not that of a managed policy.
pub(crate) fn not_a_policy_arn(text: &str) -> Message {
    let form = "arn:aws:iam::123456789012:policy/NAME";
    not_the_arn_of(text, "a managed policy", &arn_form("a managed policy", form))
}

/// Reports that the ARN of a managed policy of AWS has another path than the policy has.
pub(crate) fn policy_has_another_path(name: &str) -> Message {
    Message::new(format!("`{name}` has another path in its ARN"))
        .with_help("write the name alone: Skylift knows the path")
}
