//! Messages about a second policy of a resource. AWS keeps only one policy of each resource.

use std::fmt::Display;

use skylift_model::message::Message;

/// Reports that a policy of the overlay would replace the generated policy of a resource. `id` is the logical id of the
/// resource, `policy` that of the generated policy, and `owner` describes the latter. `own` is whether the struct of
/// the resource can have further statements for it, and `has_tls` whether the struct has `tls_only`.
pub(crate) fn second_policy_of_resource(
    id: &str,
    policy: &str,
    owner: &str,
    own: bool,
    has_tls: bool,
) -> Message {
    let message = Message::new(format!(
        "`{id}` has a policy already, `{policy}` ({owner}), and AWS keeps only one of the two"
    ));
    let all_here = "write `tls_only = false` there, and all statements here";
    message.with_help(if !has_tls {
        "write its statements in the struct: `policy = [{ … }]`".to_owned()
    } else if own {
        format!("write its statements in the struct: `policy = [{{ … }}]`, or {all_here}")
    } else {
        all_here.to_owned()
    })
}

/// Reports that two policies of the overlay belong to one resource. `id` is the logical id of the resource, and `other`
/// the name of the first policy.
pub(crate) fn second_policy_of_overlay(id: &str, other: &str, origin: impl Display) -> Message {
    Message::new(format!(
        "`{id}` has a policy already, `{other}` at {origin}, and AWS keeps only one of the two"
    ))
    .with_help("write the statements of both in one policy")
}

/// Reports that the policy of a table refers to the table, whose logical id is `id`.
pub(crate) fn policy_refers_to_its_table(id: &str) -> Message {
    Message::new(format!("the policy is a part of `{id}`, which cannot refer to itself"))
        .with_help("leave `Resource` out, or write `\"*\"`: both are the table itself")
}
