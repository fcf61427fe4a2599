//! The AWS managed policies. The ARN of a managed policy consists of its path and its name, but users know only the
//! name. Takes the name and returns the path, or the name of a similar policy.
// See decision 0087.

use super::limits;
use super::tables::{self, words};
use crate::suggest;

/// Returns the path of the AWS managed policy with this name, with a `/` at its end. The path is empty for a
/// policy at the root. Returns `None` for an unknown name.
///
/// AWS has a path `aws-service-role/` as well, for policies that can be attached only to AWS's own roles: they
/// count as unknown. AWS: "AWS managed policies", each with its ARN.
#[must_use]
pub fn policy_path(name: &str) -> Option<&'static str> {
    table_policies().find(|(_, known)| known == name).map(|(path, _)| path)
}

/// Returns the name of the AWS managed policy that was most likely meant by an unknown `name`. Returns `None` if no
/// policy has a similar name.
#[must_use]
pub fn nearest_policy(name: &str) -> Option<String> {
    misspelt_policy(name).or_else(|| {
        let known: Vec<String> = table_policies().map(|(_, known)| known).collect();
        suggest::nearest(name, known.iter().map(String::as_str)).map(str::to_owned)
    })
}

/// Returns the name of the AWS managed policy that an unknown `name` almost certainly means: `name` lacks only the end,
/// or differs by one letter. Returns `None` for any other name, which AWS may have added.
#[must_use]
pub fn misspelt_policy(name: &str) -> Option<String> {
    let known: Vec<String> = table_policies().map(|(_, known)| known).collect();
    // Users leave out the end of a name, which is `Access` or `FullAccess` for most policies.
    let with_end = ["Access", "FullAccess", "Policy", "Role"].into_iter().find_map(|end| {
        let whole = format!("{name}{end}");
        known.iter().find(|known| known.eq_ignore_ascii_case(&whole))
    });
    let lower = name.to_lowercase();
    let is_near = |known: &&String| {
        known.len().abs_diff(name.len()) <= 1
            && suggest::is_one_letter_off(&known.to_lowercase(), &lower)
    };
    with_end.or_else(|| known.iter().find(is_near)).cloned()
}

/// Returns whether IAM accepts the text as the name of a managed policy: at most 128 characters of
/// `[A-Za-z0-9_+=,.@-]`.
#[must_use]
pub fn is_policy_name(text: &str) -> bool {
    let allowed = |it: u8| it.is_ascii_alphanumeric() || b"+=,.@-_".contains(&it);
    (1..=limits::POLICY_NAME_LEN).contains(&text.len()) && text.bytes().all(allowed)
}

/// Returns all names, each with its path.
pub fn table_policies() -> impl Iterator<Item = (&'static str, String)> {
    tables::table_lines(tables::MANAGED_POLICIES).flat_map(|line| {
        let (path, names) = line.split_once(' ').unwrap_or((line, ""));
        let path = if path == "/" { "" } else { path };
        names.split(' ').map(move |name| (path, words::decode(name)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_has_the_path_of_its_line() {
        assert_eq!(policy_path("AWSLambdaVPCAccessExecutionRole"), Some("service-role/"));
        assert_eq!(policy_path("ViewOnlyAccess"), Some("job-function/"));
        assert_eq!(policy_path("AmazonS3ReadOnlyAccess"), Some(""));
        assert_eq!(policy_path("AWSLambda_FullAccess"), Some(""));
        for unknown in ["AWSLambda", "", "AmazonS3ReadOnly", "AWSSupportServiceRolePolicy"] {
            assert_eq!(policy_path(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn a_similar_policy_is_found() {
        for (name, expected) in [
            ("AmazonS3ReadOnly", Some("AmazonS3ReadOnlyAccess")),
            ("AmazonDynamoDB", Some("AmazonDynamoDBFullAccess")),
            ("AWSLambdaBasicExecutionRoles", Some("AWSLambdaBasicExecutionRole")),
            ("amazons3fullaccess", Some("AmazonS3FullAccess")),
            ("Zebra", None),
        ] {
            assert_eq!(nearest_policy(name).as_deref(), expected, "{name}");
        }
    }
}
