//! The global condition keys of IAM, which are also the names of its policy variables: `${aws:username}`. Takes a
//! variable and returns the one that was meant, if the variable is misspelt. It also finds keys that the actions of a
//! statement do not have.

use crate::message::Message;
use crate::messages::policy as messages;
use crate::suggest;

/// The beginning of a global condition key.
const PREFIX: &str = "aws:";

/// The global condition keys without `aws:`. A key that ends with `/` is followed by the key of a tag. AWS: "AWS global
/// condition context keys" of the IAM User Guide.
const GLOBAL_KEYS: &[&str] = &[
    "AssumedRoot",
    "CalledVia",
    "CalledViaAWSMCP",
    "CalledViaFirst",
    "CalledViaLast",
    "ChatbotSourceArn",
    "CurrentTime",
    "Ec2InstanceSourcePrivateIPv4",
    "Ec2InstanceSourceVpc",
    "EpochTime",
    "FederatedProvider",
    "MultiFactorAuthAge",
    "MultiFactorAuthPresent",
    "PrincipalAccount",
    "PrincipalArn",
    "PrincipalIsAWSService",
    "PrincipalOrgID",
    "PrincipalOrgPaths",
    "PrincipalServiceName",
    "PrincipalServiceNamesList",
    "PrincipalTag/",
    "PrincipalType",
    "RequestTag/",
    "RequestedRegion",
    "ResourceAccount",
    "ResourceOrgID",
    "ResourceOrgPaths",
    "ResourceTag/",
    "SecureTransport",
    "SignInSessionArn",
    "SourceAccount",
    "SourceArn",
    "SourceIdentity",
    "SourceIp",
    "SourceOrgID",
    "SourceOrgPaths",
    "SourceOwner",
    "SourceVpc",
    "SourceVpcArn",
    "SourceVpce",
    "TagKeys",
    "TokenIssueTime",
    "UserAgent",
    "VpcSourceIp",
    "VpceAccount",
    "VpceOrgID",
    "VpceOrgPaths",
    "ViaAWSMCPService",
    "ViaAWSService",
    "referer",
    "userid",
    "username",
];

/// Returns the policy variable that was meant by a misspelt one, such as `aws:username` for `aws:usrname`. Returns `None`
/// for a variable that exists, for one of a single service, and for one that is like no other.
#[must_use]
pub(super) fn find_meant_variable(variable: &str) -> Option<String> {
    let prefix = variable.get(..PREFIX.len()).filter(|it| it.eq_ignore_ascii_case(PREFIX))?;
    let (key, default) = match variable[prefix.len()..].split_once(',') {
        Some((key, default)) => (key, format!(",{default}")),
        None => (&variable[prefix.len()..], String::new()),
    };
    let (name, tag) = match key.split_once('/') {
        Some((name, tag)) => (name, Some(tag)),
        None => (key, None),
    };
    // IAM ignores upper and lower case in condition keys.
    let is_key = |known: &str| match known.strip_suffix('/') {
        Some(known) => tag.is_some_and(|it| !it.is_empty()) && known.eq_ignore_ascii_case(name),
        None => tag.is_none() && known.eq_ignore_ascii_case(name),
    };
    if GLOBAL_KEYS.iter().any(|known| is_key(known)) {
        return None;
    }
    let bare = |known: &'static str| known.trim_end_matches('/');
    let near = suggest::nearest(name, GLOBAL_KEYS.iter().map(|known| bare(known)))?;
    let takes_tag = !GLOBAL_KEYS.contains(&near);
    let tag = match tag {
        Some(tag) if takes_tag && !tag.is_empty() => format!("/{tag}"),
        _ if takes_tag => "/KEY".to_owned(),
        _ => String::new(),
    };
    Some(format!("{PREFIX}{near}{tag}{default}"))
}

/// Services whose condition keys only their own actions have. Lambda is not here: it adds `lambda:SourceFunctionArn` to
/// every request that a function makes.
const OWN_KEYS: [&str; 7] = ["dynamodb", "events", "kms", "s3", "secretsmanager", "ses", "sns"];

/// Returns a message about a condition key that no request has which these actions allow: it is a key of a service that
/// none of them is of.
#[must_use]
pub fn find_foreign_key(actions: &[&str], key: &str) -> Option<Message> {
    let (service, _) = key.split_once(':')?;
    let is_own = |known: &&str| known.eq_ignore_ascii_case(service);
    let service = OWN_KEYS.into_iter().find(is_own)?;
    // An action without a service is `*`. The wildcards of IAM can also be in the name of the service.
    let has_key = |action: &&str| match action.split_once(':') {
        Some((of, _)) => of.eq_ignore_ascii_case(service) || of.contains(['*', '?']),
        None => true,
    };
    let is_foreign = !actions.iter().any(has_key);
    is_foreign.then(|| messages::condition_key_of_another_service(key, service))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_variable_has_the_one_that_was_meant() {
        for (variable, meant) in [
            ("aws:usrname", "aws:username"),
            ("aws:PrincipalTg/team", "aws:PrincipalTag/team"),
            ("aws:PrincipalTag", "aws:PrincipalTag/KEY"),
            ("aws:PrincipalTag/", "aws:PrincipalTag/KEY"),
            ("aws:PrincipleTag/team,'all'", "aws:PrincipalTag/team,'all'"),
            ("aws:PrincipalAcount", "aws:PrincipalAccount"),
            ("aws:username/x", "aws:username"),
        ] {
            assert_eq!(find_meant_variable(variable).as_deref(), Some(meant), "{variable}");
        }
    }

    #[test]
    fn another_variable_is_accepted() {
        for variable in [
            "aws:username",
            "AWS:UserName",
            "aws:PrincipalTag/team",
            "aws:PrincipalTag/team, 'all'",
            "aws:FederatedProvider",
            "s3:prefx",
            "cognito-identity.amazonaws.com:sub",
            "aws:Quantum",
        ] {
            assert_eq!(find_meant_variable(variable), None, "{variable}");
        }
    }

    #[test]
    fn a_key_of_a_service_needs_an_action_of_it() {
        for (actions, key) in [
            (&["dynamodb:Query", "s3:GetObject"][..], "dynamodb:LeadingKeys"),
            (&["KMS:Decrypt"], "kms:ViaService"),
            (&["*"], "s3:prefix"),
            (&["s*:Get"], "s3:prefix"),
            (&["sqs:SendMessage"], "aws:SourceArn"),
            (&["sqs:SendMessage"], "lambda:SourceFunctionArn"),
            (&["sqs:SendMessage"], "cognito-identity.amazonaws.com:sub"),
        ] {
            assert_eq!(find_foreign_key(actions, key), None, "{actions:?} {key}");
        }
        let found = find_foreign_key(&["s3:GetObject"], "DynamoDB:LeadingKeys").unwrap();
        assert_eq!(
            found.full(),
            "`DynamoDB:LeadingKeys` is a condition key of `dynamodb`, and no action of this statement is\n\nhelp: leave the condition out, or write an `allow` of its own for actions of `dynamodb`"
        );
    }
}
