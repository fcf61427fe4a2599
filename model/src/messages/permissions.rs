//! Messages about the ARNs of policy statements: ARNs that no resource has, and actions that are not about them.

use crate::message::Message;

/// Reports that ARNs have no service of this name. `meant` is the one that was probably meant.
pub(crate) fn unknown_arn_service(arn: &str, service: &str, meant: &str) -> Message {
    let right = arn.replacen(&format!(":{service}:"), &format!(":{meant}:"), 1);
    Message::new(format!("no resource of AWS has an ARN with the service `{service}`"))
        .with_help(format!("write `{right}`"))
}

/// Reports that AWS has no region of this name. `meant` is the one that was probably meant.
pub(crate) fn unknown_region(region: &str, meant: &str) -> Message {
    Message::new(format!("AWS has no region `{region}`"))
        .with_help(format!("did you mean `{meant}`?"))
}

/// Reports that the ARN of a bucket or of objects has a region or an account. `right` is the ARN without them.
pub(crate) fn bucket_in_a_region(right: &str) -> Message {
    Message::new("the ARN of a bucket has no region and no account")
        .with_help(format!("write `{right}`"))
}

/// Reports that no resource has an ARN with this last part. `right` is the ARN that was probably meant.
pub(crate) fn arn_of_no_resource(resource: &str, right: &str) -> Message {
    Message::new(format!("no ARN ends in `{resource}`")).with_help(format!("write `{right}`"))
}

/// Reports the ARN of a secret without the random characters at its end. `right` is the ARN with wildcards for them.
pub(crate) fn secret_without_its_end(right: &str) -> Message {
    Message::new("Secrets Manager adds a hyphen and six random characters to the name in the ARN of a secret")
        .with_help(format!("write `{right}`"))
}

/// Reports that an action takes resources of another type. `taken` is the beginning of their names.
pub(crate) fn resource_of_another_type(action: &str, taken: &str, resource: &str) -> Message {
    Message::new(format!("`{action}` takes the ARN of a `{taken}…`, not `{resource}`"))
        .with_help("write the ARN of such a resource, or leave the action out")
}

/// Reports that an ARN has a name where its service needs a type of resource before the name.
pub(crate) fn arn_without_type(name: &str, service: &str, example: &str, right: &str) -> Message {
    Message::new(format!(
        "`{name}` needs the type of the resource before it in an ARN of `{service}`, such as `{example}`"
    ))
    .with_help(format!("write `{right}`"))
}

/// Reports that the last part of an ARN begins with a misspelt type of resource.
pub(crate) fn arn_of_unknown_type(word: &str, service: &str, right: &str) -> Message {
    Message::new(format!("ARNs of `{service}` have no type `{word}`"))
        .with_help(format!("did you mean `{right}`?"))
}

/// Reports that an ARN has a region or an account that ARNs of its service do not have, or lacks one that they have.
pub(crate) fn arn_in_another_place(
    service: &str,
    region: (&str, &str),
    account: (&str, &str),
    right: &str,
) -> Message {
    let lacks = |(found, right): (&str, &str)| found.is_empty() && !right.is_empty();
    let text = match (lacks(region), lacks(account)) {
        (true, true) => "has a region and an account",
        (true, false) => "has a region",
        (false, true) => "has an account",
        (false, false) if account.0 == account.1 => "has no region",
        (false, false) if region.0 == region.1 => "has no account",
        (false, false) => "has no region and no account",
    };
    let wildcards = match (lacks(region), lacks(account)) {
        (true, true) => ", or `*` for each of them",
        (false, false) => "",
        _ => ", or `*` for it",
    };
    Message::new(format!("an ARN of `{service}` {text}"))
        .with_help(format!("write `{right}`{wildcards}"))
}

/// Reports that an ARN is of another service than the actions. `of_actions` is a service whose ARNs the actions are
/// about.
pub(crate) fn resource_of_another_service(
    actions: &[&str],
    of_actions: &str,
    service: &str,
) -> Message {
    let text = match actions {
        [one] => format!("`{one}` is not about ARNs of `{service}`"),
        _ => format!("none of these actions is about ARNs of `{service}`"),
    };
    Message::new(text)
        .with_help(format!("write an ARN of `{of_actions}`, or an action of `{service}`"))
}

/// Reports that an action on objects is allowed for the ARN of a bucket.
pub(crate) fn bucket_for_objects(action: &str, bucket: &str) -> Message {
    Message::new(format!("`{action}` is about objects, and `{bucket}` is the ARN of a bucket"))
        .with_help(format!("write `{bucket}/*`"))
}

/// Reports that an action on a bucket is allowed for the ARN of objects. `bucket` is the ARN of their bucket.
pub(crate) fn objects_for_bucket(action: &str, bucket: &str) -> Message {
    Message::new(format!("`{action}` is about a bucket, and this is the ARN of objects"))
        .with_help(format!("write `{bucket}`"))
}

/// Reports that IAM allows an action only for the resource `*`.
pub(crate) fn action_without_resource(action: &str) -> Message {
    Message::new(format!("IAM allows `{action}` only for all resources"))
        .with_help(format!("write `allow(actions = \"{action}\", resources = \"*\")`"))
}
