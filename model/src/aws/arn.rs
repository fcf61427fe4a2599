//! ARNs that users write. Takes a text and returns its parts if it is a valid ARN. All parts are checked,
//! because a policy with an ARN that lacks a digit deploys without an error and grants nothing.
// See decision 0022.

use crate::aws::managed_policy::is_policy_name;
use crate::aws::region;

/// The beginning of every ARN.
pub const PREFIX: &str = "arn:";

/// The service name of KMS in an ARN.
const KMS: &str = "kms";

/// The parts of an ARN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arn<'a> {
    /// The partition of the resource: `aws`.
    pub partition: &'a str,
    /// The service that owns the resource, such as `s3`.
    pub service: &'a str,
    /// The region of the resource; empty if the ARNs of the service have no region, like the ARNs of S3
    /// buckets.
    pub region: &'a str,
    /// The account of the resource; empty if the ARNs of the service have no account, like the ARNs of S3
    /// buckets.
    pub account: &'a str,
    /// The last part of the ARN, which identifies the resource in the service's own format.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Parses an ARN. Returns `None` if the text is not an ARN.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        let ["arn", partition, service, region, account, resource] = *parts else { return None };
        let whole = is_partition(partition)
            && is_hyphenated(service)
            && (region.is_empty() || is_region(region))
            && (account.is_empty() || is_account(account))
            && !resource.is_empty()
            && resource.bytes().all(|it| it.is_ascii_graphic());
        whole.then_some(Self { partition, service, region, account, resource })
    }

    /// Returns whether the ARN has a region and an account.
    #[must_use]
    pub fn has_region_and_account(&self) -> bool {
        !self.region.is_empty() && !self.account.is_empty()
    }
}

/// Returns whether IAM accepts the text as a resource of a policy statement: an ARN, which may have the wildcards `*`
/// and `?`. An ARN with variables such as `${aws:username}` is accepted if it begins as an ARN does.
#[must_use]
pub fn is_arn_pattern(text: &str) -> bool {
    let has = |wildcards: &[char]| text.contains(wildcards);
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let ["arn", partition, service, region, account, resource] = *parts else {
        // One wildcard can match several parts.
        return text.starts_with(PREFIX) && has(&['*', '$']);
    };
    if text.contains("${") {
        return true;
    }
    let is_wild = |part: &str| part.contains(['*', '?']);
    (is_wild(partition) || is_partition(partition))
        && (is_wild(service) || is_hyphenated(service))
        && (region.is_empty() || is_wild(region) || is_hyphenated(region))
        && (account.is_empty() || account == "aws" || is_wild(account) || is_account(account))
        && !resource.is_empty()
        && resource.chars().all(|it| !it.is_control())
}

/// Returns whether the text is the ARN of a KMS key, or of an alias of a KMS key.
#[must_use]
pub fn is_kms_key_arn(text: &str) -> bool {
    Arn::parse(text).is_some_and(|arn| {
        let name =
            arn.resource.strip_prefix("key/").or_else(|| arn.resource.strip_prefix("alias/"));
        let is_name = |name: &str| {
            !name.is_empty()
                && name.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_/".contains(&it))
        };
        arn.service == KMS && arn.has_region_and_account() && name.is_some_and(is_name)
    })
}

/// Returns whether the text is the ARN of a KMS key, and not of an alias. IAM allows the use of a key only by its own ARN.
#[must_use]
pub fn is_arn_of_key_itself(text: &str) -> bool {
    is_kms_key_arn(text) && Arn::parse(text).is_some_and(|arn| arn.resource.starts_with("key/"))
}

/// The parts of the ARN of a managed policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PolicyArn<'a> {
    /// Whether the policy is one of AWS's, and not of an account.
    pub is_of_aws: bool,
    /// The path of the policy, such as `service-role/`; empty for a policy at the root.
    pub path: &'a str,
    /// The name of the policy.
    pub name: &'a str,
}

impl<'a> PolicyArn<'a> {
    /// Parses the ARN of a managed policy. Returns `None` if the text is not such an ARN.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        let ["arn", partition, "iam", "", account, resource] = *parts else { return None };
        let whole = resource.strip_prefix("policy/")?;
        let (path, name) = whole.split_at(whole.rfind('/').map_or(0, |at| at + 1));
        let is_of_aws = account == "aws";
        let is_whole = is_partition(partition)
            && (is_of_aws || is_account(account))
            && path.bytes().all(|it| it.is_ascii_graphic())
            && is_policy_name(name);
        is_whole.then_some(Self { is_of_aws, path, name })
    }
}

/// Returns whether the text is a partition of AWS: `aws`, `aws-cn`, `aws-us-gov`.
fn is_partition(text: &str) -> bool {
    text == "aws" || text.strip_prefix("aws-").is_some_and(is_hyphenated)
}

/// Returns whether the text has the form of an AWS region, `eu-west-1` or `us-gov-east-1`, and is not a misspelt one.
fn is_region(text: &str) -> bool {
    let Some((place, number)) = text.rsplit_once('-') else { return false };
    let numbered = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
    let is_of_form = numbered && place.contains('-') && is_hyphenated(place);
    is_of_form && region::find_meant_region(text).is_none()
}

/// Returns whether the text is the id of an AWS account: `123456789012`.
pub(super) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|it| it.is_ascii_digit())
}

/// Returns whether the text consists of words of lower-case letters and digits, with hyphens between the words.
fn is_hyphenated(text: &str) -> bool {
    text.split('-').all(|word| {
        !word.is_empty() && word.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_can_have_any_partition_and_colons_in_its_resource() {
        for (text, service, resource) in [
            ("arn:aws:s3:::acme", "s3", "acme"),
            ("arn:aws:sqs:eu-west-1:123456789012:jobs.fifo", "sqs", "jobs.fifo"),
            ("arn:aws-cn:sns:cn-north-1:123456789012:news", "sns", "news"),
            ("arn:aws-us-gov:dynamodb:us-gov-west-1:123456789012:table/a", "dynamodb", "table/a"),
            (
                "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-b1",
                "secretsmanager",
                "secret:a-b1",
            ),
        ] {
            let arn = Arn::parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((arn.service, arn.resource), (service, resource));
            assert_eq!(arn.has_region_and_account(), service != "s3");
        }
    }

    #[test]
    fn a_resource_of_a_statement_is_an_arn_with_wildcards() {
        for right in [
            "arn:aws:s3:::acme/*",
            "arn:aws:logs:*:*:*",
            "arn:aws:sqs:*:123456789012:jobs-?",
            "arn:aws:iam::aws:policy/ReadOnlyAccess",
            "arn:aws:apigateway:eu-west-1::/restapis/*",
            "arn:*:s3:::acme",
            "arn:aws:s3:*",
            "arn:aws:s3:::home/${aws:username}/*",
            "arn:${AWS::Partition}:s3:::acme",
            "arn:aws:ses:eu-west-1:123456789012:identity/Größe Ä",
        ] {
            assert!(is_arn_pattern(right), "{right}");
        }
        for wrong in [
            "acme",
            "arn:aws:s3:acme",
            "arn:aws:iam:policy/X",
            "arn:aws:sqs:eu-west-1:12345:jobs",
            "arn:amazon:s3:::acme",
            "arn:aws:s3:::",
            "arn:aws::eu-west-1:123456789012:jobs",
        ] {
            assert!(!is_arn_pattern(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_text_that_aws_would_never_create_is_not_an_arn() {
        for wrong in [
            "",
            "jobs",
            "arn:aws:sqs",
            "arn:aws:sqs:eu-west-1:123456789012:",
            "arn:aws:sqs:eu-west-1:12:jobs",
            "arn:aws:sqs:eu-west-1:1234567890123:jobs",
            "arn:aws:sqs:eu-west-1:12345678901x:jobs",
            "arn:aws:sqs:euwest1:123456789012:jobs",
            "arn:aws:sqs:eu-west:123456789012:jobs",
            "arn:aws:sqs:eu-wset-1:123456789012:jobs",
            "arn:aws:sqs:eu-west-:123456789012:jobs",
            "arn:aws:sqs:eu-west-1a:123456789012:jobs",
            "arn:aws:sqs:west-1:123456789012:jobs",
            "arn:aws:sqs:eu_x-west-1:123456789012:jobs",
            "arn:aws:sqs:EU-WEST-1:123456789012:jobs",
            "arn:amazon:sqs:eu-west-1:123456789012:jobs",
            "arn:aws-:sqs:eu-west-1:123456789012:jobs",
            "arn:aws::eu-west-1:123456789012:jobs",
            "arn:aws:sqs:eu-west-1:123456789012:jo bs",
            "a:b:kms",
        ] {
            assert_eq!(Arn::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_arn_of_a_kms_key_names_a_key_or_an_alias() {
        let whole = |text: &str| format!("arn:aws:kms:eu-west-1:123456789012:{text}");
        assert!(is_arn_of_key_itself(&whole("key/mrk-0a1b")));
        assert!(!is_arn_of_key_itself(&whole("alias/app")));
        assert!(!is_arn_of_key_itself(&whole("key/")));
        for right in ["key/0a1b-2c", "key/mrk-0a1b", "alias/app/filters"] {
            assert!(
                is_kms_key_arn(&format!("arn:aws:kms:eu-west-1:123456789012:{right}")),
                "{right}"
            );
        }
        for wrong in [
            "a:b:kms",
            "arn:aws:kms:::key/0a1b",
            "arn:aws:kms:eu-west-1:123456789012:key/",
            "arn:aws:kms:eu-west-1:123456789012:0a1b",
            "arn:aws:s3:::key/0a1b",
        ] {
            assert!(!is_kms_key_arn(wrong), "{wrong}");
        }
    }
}
