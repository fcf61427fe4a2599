//! The names in a function's permissions: managed policies in `policy`, and IAM actions in `allow(…)`. Names that AWS
//! does not have are rejected, because IAM refuses them when the stack is deployed, or accepts them and grants nothing.

use skylift_model::aws::arn;
use skylift_model::aws::function_keys;
use skylift_model::aws::iam_action::{check_action, is_action};
use skylift_model::aws::managed_policy;
use skylift_model::aws::policy_template::template_actions;
use skylift_model::aws::sub_text::SubText;
use skylift_model::message::Message;

use crate::errors::Errors;
use crate::messages;
use crate::readers::{read_list, read_non_empty_text, read_text};
use crate::tree::{ArgValue, ArgValueKind, Args};
use crate::written::read_unchecked;

/// Reads the managed policies of all `policy` keys.
pub(super) fn read_policies(args: &Args, errors: &mut Errors) -> Vec<String> {
    let mut policies = Vec::new();
    for (_, value) in args.take_each(&[function_keys::POLICY.name]) {
        for item in read_list(value) {
            policies.extend(read_policy(item, errors));
        }
    }
    policies
}

/// Reads a managed policy: the name of one of AWS's, or an ARN. The ARN can have pseudo parameters, such as
/// `${AWS::AccountId}`. Returns `None` after an error was recorded.
fn read_policy(value: &ArgValue, errors: &mut Errors) -> Option<String> {
    let (value, is_unchecked) = read_unchecked(value, errors)?;
    if matches!(value.kind, ArgValueKind::Map(_)) {
        errors.push(&value.span, messages::policy_document_in_policy());
        return None;
    }
    let written = read_non_empty_text(value, errors)?;
    let policy = match example_of_policy(&written) {
        Ok(policy) => policy,
        Err(message) => {
            errors.push(&value.span, message);
            return None;
        }
    };
    let message = if is_unchecked {
        None
    } else if policy.starts_with(arn::PREFIX) {
        find_arn_mistake(&policy)
    } else if managed_policy::policy_path(&policy).is_some() {
        None
    } else if let Some(actions) = template_actions(&policy) {
        Some(messages::policy_template_of_sam(&policy, &actions))
    } else if !managed_policy::is_policy_name(&policy) {
        Some(messages::not_a_policy_name(&policy))
    } else {
        let near = managed_policy::nearest_policy(&policy);
        Some(messages::unknown_managed_policy(&policy, near.as_deref()))
    };
    match message {
        None => Some(written),
        Some(message) => {
            errors.push(&value.span, message);
            None
        }
    }
}

/// Returns the text of a managed policy with an example for each pseudo parameter.
///
/// # Errors
///
/// Returns a message if the text has other references.
fn example_of_policy(text: &str) -> Result<String, Message> {
    if !text.contains("${") {
        return Ok(text.to_owned());
    }
    let policy = SubText::parse(text)?;
    if !text.starts_with(arn::PREFIX) || !policy.references().is_empty() {
        return Err(messages::reference_in_policy(text));
    }
    Ok(policy.example())
}

/// Returns the message about an ARN with which IAM cannot find a managed policy, and `None` if the ARN is right.
pub(super) fn find_arn_mistake(text: &str) -> Option<Message> {
    let Some(policy) = arn::PolicyArn::parse(text) else {
        return Some(messages::not_a_policy_arn(text));
    };
    if !policy.is_of_aws {
        return None;
    }
    let Some(path) = managed_policy::policy_path(policy.name) else {
        let near = managed_policy::misspelt_policy(policy.name)?;
        return Some(messages::unknown_managed_policy(policy.name, Some(&near)));
    };
    (path != policy.path).then(|| messages::policy_has_another_path(policy.name))
}

/// Reads an IAM action of a policy statement. Returns `None` after an error was recorded.
pub(super) fn read_action(value: &ArgValue, errors: &mut Errors) -> Option<String> {
    let (value, is_unchecked) = read_unchecked(value, errors)?;
    let action = read_text(value, errors)?;
    if !is_action(action) {
        errors.push(&value.span, messages::not_an_iam_action(action));
        return None;
    }
    if !is_unchecked && let Err(unknown) = check_action(action) {
        errors.push(&value.span, messages::unknown_iam_action(action, &unknown.near));
        return None;
    }
    Some(action.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::function::testing::{accepted, rejected};

    fn policy_message(policy: &str) -> String {
        rejected(&format!("policy = {policy:?}"))
    }

    fn action_message(action: &str) -> String {
        rejected(&format!("allow(actions = {action:?}, resources = \"*\")"))
    }

    #[test]
    fn a_managed_policy_is_one_of_awss_or_an_arn() {
        for right in [
            r#""AmazonS3ReadOnlyAccess""#,
            r#""AWSLambdaBasicExecutionRole""#,
            r#""arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess""#,
            r#""arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole""#,
            r#""arn:aws-cn:iam::123456789012:policy/team/Own.Policy-1""#,
            // AWS may have added it.
            r#""arn:aws:iam::aws:policy/AmazonQuantumFullAccess""#,
            r#"unchecked("AmazonQuantumFullAccess")"#,
        ] {
            assert_eq!(
                accepted(&format!("policy = {right}")).settings.policies.len(),
                1,
                "{right}"
            );
        }
    }

    #[test]
    fn a_name_that_is_no_managed_policy_of_aws_is_rejected() {
        for (policy, expected) in [
            (
                "AmazonS3ReadOnly",
                "AWS has no managed policy `AmazonS3ReadOnly` for the role of a function\n\nhelp: did you mean `AmazonS3ReadOnlyAccess`?",
            ),
            (
                "TeamPolicy",
                "AWS has no managed policy `TeamPolicy` for the role of a function\n\nhelp: for a policy of your own, write its ARN: `arn:aws:iam::123456789012:policy/TeamPolicy`",
            ),
            ("AWSSupportServiceRolePolicy", "AWS has no managed policy"),
            ("My Policy", "`My Policy` is not the name of a managed policy"),
            ("S3/Read", "`S3/Read` is not the name of a managed policy"),
        ] {
            let found = policy_message(policy);
            assert!(found.starts_with(expected), "{policy}: {found}");
        }
    }

    #[test]
    fn a_policy_template_of_sam_has_its_actions_in_the_help() {
        assert_eq!(
            policy_message("TextractGetResultPolicy"),
            "`TextractGetResultPolicy` is a policy template of SAM, not a managed policy\n\nhelp: take a capability such as `Reader<…>` as a parameter, or write `allow(actions = [\"textract:GetDocumentTextDetection\", \"textract:GetDocumentAnalysis\"], resources = […])`"
        );
    }

    #[test]
    fn an_arn_of_a_policy_is_whole() {
        for wrong in [
            "arn:aws:iam:policy/X",
            "arn:aws:iam::policy/X",
            "arn:aws:iam::12345:policy/X",
            "arn:aws:iam::aws:role/X",
            "arn:aws:iam::aws:policy/",
            "arn:aws:iam:eu-west-1:123456789012:policy/X",
            "arn:aws:s3:::bucket",
            "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/X",
        ] {
            let found = policy_message(wrong);
            assert!(found.contains("is not the ARN of a managed policy"), "{wrong}: {found}");
        }
        assert_eq!(
            policy_message("arn:aws:iam::aws:policy/AmazonS3ReadOnly"),
            "AWS has no managed policy `AmazonS3ReadOnly` for the role of a function\n\nhelp: did you mean `AmazonS3ReadOnlyAccess`?\n      if AWS has added this name since, write the value as `unchecked(…)`"
        );
        accepted("policy = \"arn:aws:iam::123456789012:policy/AmazonS3ReadOnly\"");
        let found = policy_message("arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole");
        assert_eq!(
            found,
            "`AWSLambdaBasicExecutionRole` has another path in its ARN\n\nhelp: write the name alone: Skylift knows the path"
        );
    }

    #[test]
    fn an_action_close_to_a_known_one_is_rejected() {
        assert_eq!(
            action_message("s3:GetObjct"),
            "IAM has no action `s3:GetObjct`\n\nhelp: did you mean `s3:GetObject`?\n      if AWS has added this name since, write the value as `unchecked(…)`"
        );
        for right in ["\"s3:Get*\"", "\"quantum:Entangle\"", "unchecked(\"s3:GetObjct\")"] {
            accepted(&format!("allow(actions = [{right}], resources = \"*\")"));
        }
        for wrong in ["s3:Get Object", "s3:a:b", "s3", "s3:", ":Get"] {
            assert!(action_message(wrong).contains("is not an IAM action"), "{wrong}");
        }
    }
}
