//! The ARNs of the resources that policy statements name. Takes an ARN, which may have wildcards and policy variables,
//! and finds those that no resource of AWS has: a misspelt service or region, a resource without its type, and a region
//! where the service has none. IAM accepts a statement with such an ARN, and the statement then allows nothing.

use super::arn::PREFIX;
use super::{iam_service, region};
use crate::message::Message;
use crate::messages::permissions as messages;
use crate::suggest;

/// Whether the ARNs of a service have a region or an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Presence {
    Always,
    Never,
    Sometimes,
}

/// The form of the ARNs of a service. A service that is not listed can have any form.
struct ArnForm {
    service: &'static str,
    region: Presence,
    account: Presence,
    /// The types with which the last part begins, each with the character behind it. The first one is that of the
    /// resources that users mean by a name alone.
    types: &'static [&'static str],
}

/// The forms of the ARNs of services that functions often use. AWS: "Actions, resources, and condition keys" of the
/// Service Authorization Reference.
const FORMS: &[ArnForm] = {
    use Presence::{Always, Never, Sometimes};
    const fn form(
        service: &'static str,
        region: Presence,
        account: Presence,
        types: &'static [&'static str],
    ) -> ArnForm {
        ArnForm { service, region, account, types }
    }
    &[
        form("cognito-idp", Always, Always, &["userpool/"]),
        form("dynamodb", Sometimes, Always, &["table/", "global-table/"]),
        form("ecr", Always, Always, &["repository/"]),
        form(
            "events",
            Always,
            Sometimes,
            &[
                "event-bus/",
                "rule/",
                "archive/",
                "connection/",
                "api-destination/",
                "endpoint/",
                "replay/",
            ],
        ),
        form("execute-api", Always, Always, &[]),
        form("firehose", Always, Always, &["deliverystream/"]),
        form("iam", Never, Sometimes, &[]),
        form("kinesis", Always, Always, &["stream/", "channel/"]),
        form("kms", Always, Always, &["key/", "alias/"]),
        form(
            "lambda",
            Always,
            Always,
            &[
                "function:",
                "layer:",
                "event-source-mapping:",
                "code-signing-config:",
                "capacity-provider:",
            ],
        ),
        form(
            "logs",
            Always,
            Always,
            &[
                "log-group:",
                "destination:",
                "delivery:",
                "delivery-source:",
                "delivery-destination:",
            ],
        ),
        form("route53", Never, Never, &["hostedzone/", "healthcheck/", "change/"]),
        form("scheduler", Always, Always, &["schedule/", "schedule-group/"]),
        form("secretsmanager", Always, Always, &["secret:"]),
        form(
            "ses",
            Always,
            Sometimes,
            &["identity/", "configuration-set/", "template/", "contact-list/"],
        ),
        form("sns", Always, Always, &[]),
        form("sqs", Always, Always, &[]),
        form("ssm", Always, Sometimes, &["parameter/", "document/", "automation-execution/"]),
        form(
            "states",
            Always,
            Always,
            &["stateMachine:", "execution:", "activity:", "express:", "mapRun:"],
        ),
    ]
};

/// The beginnings of the resources of S3 that have a region or an account, unlike buckets and objects.
const S3_TYPES: &[&str] =
    &["accesspoint", "access-grants", "async-request", "job", "storage-lens", "storage-lens-group"];

/// The parts of an ARN that a policy statement has.
#[derive(Debug, Clone, Copy)]
pub(super) struct ArnPattern<'a> {
    partition: &'a str,
    pub(super) service: &'a str,
    pub(super) region: &'a str,
    pub(super) account: &'a str,
    pub(super) resource: &'a str,
}

impl<'a> ArnPattern<'a> {
    /// Returns the parts of a masked ARN. Returns `None` for a text without all of them.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        let ["arn", partition, service, region, account, resource] = *parts else { return None };
        (!is_wild(service)).then_some(Self { partition, service, region, account, resource })
    }

    /// Returns the ARN with another place or another resource.
    fn with(&self, service: &str, region: &str, account: &str, resource: &str) -> String {
        format!("{PREFIX}{}:{service}:{region}:{account}:{resource}", self.partition)
    }
}

/// The characters that separate the parts of an ARN, each with the one that a masked ARN has in its place.
const MASKS: [(char, char); 2] = [(':', '\u{1}'), ('/', '\u{2}')];

/// The beginning of a pseudo parameter of CloudFormation in a masked ARN.
const PSEUDO_PREFIX: &str = "AWS\u{1}\u{1}";

/// Returns an ARN with other characters for the separators between `${` and `}`, which separate no parts.
pub(super) fn mask(arn: &str) -> String {
    let mut parts = arn.split("${");
    let mut masked = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('}').unwrap_or((part, ""));
        let name = MASKS.iter().fold(name.to_owned(), |name, (plain, masked)| {
            name.replace(*plain, masked.encode_utf8(&mut [0; 4]))
        });
        masked.extend(["${", name.as_str(), "}", rest]);
    }
    masked
}

/// Returns a text with the separators that [`mask`] replaced.
pub(super) fn unmask(text: &str) -> String {
    let plain = |found: char| MASKS.iter().find(|(_, masked)| *masked == found).map(|it| it.0);
    text.chars().map(|it| plain(it).unwrap_or(it)).collect()
}

/// Returns whether a part of a masked ARN has wildcards or policy variables.
pub(super) fn is_wild(part: &str) -> bool {
    let has_variable = || part.split("${").skip(1).any(|it| !it.starts_with(PSEUDO_PREFIX));
    part.contains(['*', '?']) || has_variable()
}

/// Checks a masked ARN of a policy statement.
pub(super) fn check_arn(text: &str) -> Result<(), Message> {
    let Some(arn) = ArnPattern::parse(text) else { return Ok(()) };
    let ArnPattern { service, region, account, resource, .. } = arn;
    if let Some(meant) = iam_service::nearest_service(service) {
        return Err(messages::unknown_arn_service(text, service, meant));
    }
    if let Some(meant) = region::find_meant_region(region) {
        return Err(messages::unknown_region(region, meant));
    }
    if service == "s3" {
        return check_bucket(&arn);
    }
    let Some(form) = FORMS.iter().find(|form| form.service == service) else { return Ok(()) };
    check_type(&arn, form)?;
    let place = |presence, part, example| match presence {
        Presence::Always if str::is_empty(part) => example,
        Presence::Never => "",
        _ => part,
    };
    let right_region = place(form.region, region, "REGION");
    let right_account = place(form.account, account, "ACCOUNT");
    if right_region == region && right_account == account {
        return Ok(());
    }
    // A type of resource that is not known can have another form.
    let has_known_type = form.types.is_empty()
        || form.types.iter().any(|known| resource.starts_with(known))
        || is_wild(first_word(resource));
    if !has_known_type {
        return Ok(());
    }
    let right = arn.with(service, right_region, right_account, resource);
    let (region, account) = ((region, right_region), (account, right_account));
    Err(messages::arn_in_another_place(service, region, account, &right))
}

/// Checks that the ARN of a bucket or of objects has no region and no account.
fn check_bucket(arn: &ArnPattern<'_>) -> Result<(), Message> {
    let first = first_word(arn.resource);
    let is_bucket = !is_wild(first) && !S3_TYPES.contains(&first);
    if !is_bucket || (arn.region.is_empty() && arn.account.is_empty()) {
        return Ok(());
    }
    Err(messages::bucket_in_a_region(&arn.with("s3", "", "", arn.resource)))
}

/// Checks that the last part of an ARN begins with a type of resource, if the service has types.
fn check_type(arn: &ArnPattern<'_>, form: &ArnForm) -> Result<(), Message> {
    let resource = arn.resource;
    let write = |resource: &str| arn.with(arn.service, arn.region, arn.account, resource);
    let first = first_word(resource);
    let Some(default) = form.types.first() else {
        // The names of topics and queues have no `/`.
        let has_type = ["sns", "sqs"].contains(&arn.service) && !is_wild(first);
        return match resource.split_once('/').filter(|_| has_type) {
            Some((word, name)) => {
                let kind = format!("{word}/");
                Err(messages::arn_of_unknown_type(&kind, arn.service, &write(name)))
            }
            None => Ok(()),
        };
    };
    // A path without its type, such as `/app/key` of a parameter.
    if let Some(path) = resource.strip_prefix('/') {
        let path = if default.ends_with('/') { path } else { resource };
        let right = write(&format!("{default}{path}"));
        return Err(messages::arn_without_type(resource, arn.service, default, &right));
    }
    if let Some(right) = find_name_in_type(arn) {
        return Err(messages::arn_of_no_resource(resource, &write(&right)));
    }
    if let Some(name) = resource.strip_prefix("secret:").filter(|_| arn.service == "secretsmanager")
        && !is_wild(name)
        && !name.contains("${")
        && !has_random_end(name)
    {
        return Err(messages::secret_without_its_end(&write(&format!("{resource}-??????"))));
    }
    if is_wild(first) || form.types.iter().any(|known| resource.starts_with(known)) {
        return Ok(());
    }
    // Secrets have one type, and their names can contain `/`.
    if arn.service == "secretsmanager" {
        let right = write(&format!("{default}{resource}"));
        return Err(messages::arn_without_type(resource, arn.service, default, &right));
    }
    let rest = &resource[first.len()..];
    if rest.is_empty() {
        let right = write(&format!("{default}{first}"));
        return Err(messages::arn_without_type(resource, arn.service, default, &right));
    }
    let words = || form.types.iter().map(|known| first_word(known));
    let is_near = |word: &&str| word.len() > 3 && suggest::is_one_letter_off(first, word);
    let near = words().find(is_near);
    let same = words().find(|word| word.eq_ignore_ascii_case(first));
    let Some(meant) =
        same.or(near).and_then(|word| form.types.iter().find(|known| first_word(known) == word))
    else {
        return Ok(());
    };
    let right = write(&format!("{meant}{}", &rest[1..]));
    Err(messages::arn_of_unknown_type(&resource[..=first.len()], arn.service, &right))
}

/// Returns whether the name of a secret has the hyphen and the six random characters with which its ARN ends.
fn has_random_end(name: &str) -> bool {
    name.rsplit_once('-').is_some_and(|(name, end)| {
        !name.is_empty() && end.len() == 6 && end.chars().all(|it| it.is_ascii_alphanumeric())
    })
}

/// Returns the last part of an ARN as it should be if its type is right, and what follows the type is not: two slashes
/// before the name of a parameter, or an index of a table without `index/`.
fn find_name_in_type(arn: &ArnPattern<'_>) -> Option<String> {
    const PARTS_OF_TABLES: [&str; 5] = ["index", "stream", "backup", "export", "import"];
    match arn.service {
        "ssm" => arn.resource.strip_prefix("parameter//").map(|name| format!("parameter/{name}")),
        "dynamodb" => {
            let (table, part) = arn.resource.strip_prefix("table/")?.split_once('/')?;
            let word = first_word(part);
            let is_part = is_wild(table) || is_wild(word) || PARTS_OF_TABLES.contains(&word);
            (!is_part && !part.contains('/')).then(|| format!("table/{table}/index/{part}"))
        }
        _ => None,
    }
}

/// Returns the part of a text before its first `:` or `/`.
fn first_word(text: &str) -> &str {
    text.split([':', '/']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_that_a_resource_can_have_is_accepted() {
        for arn in [
            "arn:aws:s3:::acme",
            "arn:aws:s3:::acme/*",
            "arn:aws:s3:eu-west-1:123456789012:accesspoint/acme/object/*",
            "arn:aws:s3::123456789012:accesspoint/acme.mrap",
            "arn:aws:s3:eu-west-1:123456789012:*",
            "arn:aws:dynamodb:eu-west-1:123456789012:table/orders",
            "arn:aws:dynamodb::123456789012:global-table/orders",
            "arn:aws:dynamodb:*:*:*",
            "arn:aws:dynamodb:*:*:t*/orders",
            "arn:aws:sqs:*:123456789012:jobs-?",
            "arn:aws:lambda:eu-west-1:123456789012:function:work:live",
            "arn:aws:lambda:eu-west-1:123456789012:web-function/work",
            "arn:aws:events:eu-west-1:123456789012:event-busv2/a",
            "arn:aws:lambda:::awslayer:AmazonLinux1803",
            "arn:aws:states:::lambda:invoke",
            "arn:aws:ssm:eu-west-1::document/AWS-RunShellScript",
            "arn:aws:ssm:eu-west-1:123456789012:parameter/shop/key",
            "arn:aws:iam::123456789012:role/work",
            "arn:aws:iam::aws:policy/ReadOnlyAccess",
            "arn:aws:route53:::hostedzone/Z1",
            "arn:aws:apigateway:eu-west-1::/restapis/*",
            "arn:aws:execute-api:eu-west-1:123456789012:a1b2/*/GET/orders",
            "arn:aws:events:eu-west-1:123456789012:event-bus/default",
            "arn:aws:quantumledgers:eu-west-9:123456789012:a",
            "arn:aws:logs:*:*:*",
            "arn:*:s3:::acme",
            "arn:aws:s3:*",
            "arn:aws:*:eu-west-1:123456789012:jobs",
        ] {
            assert_eq!(check_arn(arn), Ok(()), "{arn}");
        }
    }

    #[test]
    fn an_arn_that_no_resource_has_is_an_error_with_what_to_write() {
        for (arn, expected) in [
            (
                "arn:aws:dynamo:eu-west-1:123456789012:table/a",
                "no resource of AWS has an ARN with the service `dynamo`\n\nhelp: write `arn:aws:dynamodb:eu-west-1:123456789012:table/a`",
            ),
            (
                "arn:aws:sqs:us-est-1:123456789012:jobs",
                "AWS has no region `us-est-1`\n\nhelp: did you mean `us-east-1`?",
            ),
            (
                "arn:aws:s3:eu-west-1:123456789012:acme/*",
                "the ARN of a bucket has no region and no account\n\nhelp: write `arn:aws:s3:::acme/*`",
            ),
            (
                "arn:aws:s3:eu-west-1::acme",
                "the ARN of a bucket has no region and no account\n\nhelp: write `arn:aws:s3:::acme`",
            ),
            (
                "arn:aws:dynamodb:eu-west-1:123456789012:orders",
                "`orders` needs the type of the resource before it in an ARN of `dynamodb`, such as `table/`\n\nhelp: write `arn:aws:dynamodb:eu-west-1:123456789012:table/orders`",
            ),
            (
                "arn:aws:ssm:eu-west-1:123456789012:/app/key",
                "`/app/key` needs the type of the resource before it in an ARN of `ssm`, such as `parameter/`\n\nhelp: write `arn:aws:ssm:eu-west-1:123456789012:parameter/app/key`",
            ),
            (
                "arn:aws:logs:eu-west-1:123456789012:/aws/lambda/work:*",
                "`/aws/lambda/work:*` needs the type of the resource before it in an ARN of `logs`, such as `log-group:`\n\nhelp: write `arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/work:*`",
            ),
            (
                "arn:aws:sns:eu-west-1:123456789012:topic/news",
                "ARNs of `sns` have no type `topic/`\n\nhelp: did you mean `arn:aws:sns:eu-west-1:123456789012:news`?",
            ),
            (
                "arn:aws:dynamodb:eu-west-1:123456789012:tables/orders",
                "ARNs of `dynamodb` have no type `tables/`\n\nhelp: did you mean `arn:aws:dynamodb:eu-west-1:123456789012:table/orders`?",
            ),
            (
                "arn:aws:lambda:eu-west-1:123456789012:function/work",
                "ARNs of `lambda` have no type `function/`\n\nhelp: did you mean `arn:aws:lambda:eu-west-1:123456789012:function:work`?",
            ),
            (
                "arn:aws:states:eu-west-1:123456789012:statemachine:work",
                "ARNs of `states` have no type `statemachine:`\n\nhelp: did you mean `arn:aws:states:eu-west-1:123456789012:stateMachine:work`?",
            ),
            (
                "arn:aws:sqs:::jobs",
                "an ARN of `sqs` has a region and an account\n\nhelp: write `arn:aws:sqs:REGION:ACCOUNT:jobs`, or `*` for each of them",
            ),
            (
                "arn:aws:dynamodb:eu-west-1::table/a",
                "an ARN of `dynamodb` has an account\n\nhelp: write `arn:aws:dynamodb:eu-west-1:ACCOUNT:table/a`, or `*` for it",
            ),
            (
                "arn:aws:iam:eu-west-1:123456789012:role/work",
                "an ARN of `iam` has no region\n\nhelp: write `arn:aws:iam::123456789012:role/work`",
            ),
        ] {
            assert_eq!(check_arn(arn).unwrap_err().full(), expected, "{arn}");
        }
    }

    #[test]
    fn a_name_behind_the_type_is_one_that_a_resource_can_have() {
        let arn =
            |service: &str, rest: &str| format!("arn:aws:{service}:eu-west-1:123456789012:{rest}");
        for (service, wrong, right) in [
            ("ssm", "parameter//app/x", "parameter/app/x"),
            ("dynamodb", "table/orders/by_state", "table/orders/index/by_state"),
            ("secretsmanager", "db/password", "secret:db/password"),
            ("secretsmanager", "secret:db/password", "secret:db/password-??????"),
            ("secretsmanager", "secret:db-password", "secret:db-password-??????"),
            ("secretsmanager", "secret:-AbCdEf", "secret:-AbCdEf-??????"),
        ] {
            let help = check_arn(&arn(service, wrong)).unwrap_err().help.unwrap_or_default();
            assert!(help.contains(&arn(service, right)), "{help}");
        }
        for (service, right) in [
            ("dynamodb", "table/orders/index/*"),
            ("dynamodb", "table/orders/stream/2026-01-01T00:00:00.000"),
            ("dynamodb", "table/*/by_state"),
            ("secretsmanager", "secret:db/password-??????"),
            ("secretsmanager", "secret:db/password-AbCd12"),
            ("secretsmanager", "secret:db/*"),
            ("secretsmanager", "secret:${AWS\u{1}\u{1}StackName}"),
        ] {
            assert_eq!(check_arn(&arn(service, right)), Ok(()), "{right}");
        }
    }
}
