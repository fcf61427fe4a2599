//! Names and ARNs of resources that exist already. The template does not create such a resource, but needs its name
//! for the code and its ARN for policies. This module takes the reference to the resource and the naming rules of
//! its kind.

use skylift_model::aws::name::{LogicalId, ParameterName};
use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::resource::{Existing, ResourceKind, name_from_arn};

use super::arn::arn_in_account;

/// How a template names resources of one kind. Each kind defines its own rules.
#[derive(Debug)]
pub(crate) struct NamingRules {
    /// The identifier of a resource that the typed client of the kind needs.
    pub(crate) client: ClientIdentifier,
    /// The content of a template parameter that names an existing resource of the kind.
    pub(crate) parameter: ParameterContent,
    /// How a template gets the ARN of a resource of the stack from CloudFormation.
    pub(crate) arn: ArnLookup,
    /// The suffix that AWS appends to a resource's name in the ARN, as an IAM wildcard; `None` if AWS appends none.
    pub(crate) suffix: Option<&'static str>,
}

/// The identifier of a resource that its typed client needs. If AWS accepts an ARN instead of a name, the user's
/// ARN is passed on unchanged: the name alone would mean a resource of this account, even if the ARN is of another
/// account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClientIdentifier {
    Name,
    NameOrArn,
    Arn,
    QueueUrl,
}

/// The content of a template parameter that names an existing resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ParameterContent {
    Name,
    /// A name that may be hierarchical; a hierarchical name begins with a slash.
    HierarchicalName,
    Arn,
}

/// How a template gets the ARN of a resource from CloudFormation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ArnLookup {
    /// `!GetAtt Id.Arn` returns the ARN.
    Attribute,
    /// `!Ref Id` returns the ARN.
    Reference,
    /// CloudFormation does not return the ARN: the template builds it from the name that `!Ref Id` returns, which
    /// may be hierarchical.
    HierarchicalName,
}

impl NamingRules {
    /// Returns the ARNs that a policy needs for a user's ARN: the ARN unchanged and, for a secret, also with the
    /// suffix. Users write the ARN of a secret both ways, and a suffix cannot be distinguished from the end of a
    /// name.
    pub(crate) fn arns_with_suffix(&self, arn: &str) -> Vec<Node> {
        let suffixed = self.suffix.map(|suffix| Node::from(format!("{arn}{suffix}")));
        std::iter::once(Node::from(arn)).chain(suffixed).collect()
    }
}

/// Returns the identifier of an existing resource for the code: the one that the typed client of its kind needs.
pub(super) fn existing_identifier(
    kind: ResourceKind,
    naming: &NamingRules,
    existing: &Existing,
) -> Node {
    match (existing, naming.client) {
        (Existing::Name(name), ClientIdentifier::QueueUrl) => {
            Node::sub(queue_url("${AWS::Region}", "${AWS::AccountId}", &escape_sub(name)))
        }
        (Existing::Name(name), ClientIdentifier::Arn) => {
            Node::sub(arn_in_account(kind, &escape_sub(name)))
        }
        (Existing::Name(name), ClientIdentifier::Name | ClientIdentifier::NameOrArn) => {
            Node::from(name)
        }
        (Existing::Arn(arn), ClientIdentifier::QueueUrl) => {
            let mut parts = arn.splitn(6, ':').skip(3).map(escape_sub);
            let mut part = || parts.next().unwrap_or_default();
            Node::sub(queue_url(&part(), &part(), &part()))
        }
        (Existing::Arn(arn), ClientIdentifier::Name) => {
            Node::from(name_from_arn(arn).unwrap_or_default())
        }
        (Existing::Arn(arn), ClientIdentifier::NameOrArn | ClientIdentifier::Arn) => {
            Node::from(arn)
        }
        (Existing::Param(parameter), ClientIdentifier::QueueUrl) => {
            let part = |index: u32| arn_part(parameter, index);
            let parts =
                Map::new().with("Region", part(3)).with("Account", part(4)).with("Name", part(5));
            let text = queue_url("${Region}", "${Account}", "${Name}");
            Node::Tag("Sub", Box::new(Node::Seq(vec![Node::from(text), parts.into()])))
        }
        (
            Existing::Param(parameter),
            ClientIdentifier::Name | ClientIdentifier::NameOrArn | ClientIdentifier::Arn,
        ) => Node::reference(parameter.as_str()),
        (Existing::Overlay(id), _) => Node::reference(id.as_str()),
        // What another tool sets the variable to.
        (Existing::Env(variable), _) => Node::reference(variable.as_str()),
    }
}

/// Returns the ARN of a resource whose name, URL or ARN is the value of an environment variable.
fn arn_of_variable(kind: ResourceKind, naming: &NamingRules, variable: &str) -> Node {
    match (naming.client, naming.parameter) {
        // A URL has no partition, and a name may begin with the slash of the ARN: the ARN is a value of its own.
        (ClientIdentifier::QueueUrl, _) | (_, ParameterContent::HierarchicalName) => {
            Node::reference(related_variable(variable, "ARN"))
        }
        (_, ParameterContent::Arn) => Node::reference(variable),
        (_, ParameterContent::Name) => Node::sub(arn_in_account(kind, &format!("${{{variable}}}"))),
    }
}

/// The last words of a variable that say what it contains.
const CONTENTS: [&str; 3] = ["NAME", "URL", "ARN"];

/// Returns the name of another value of the resource that a variable names: `JOBS_QUEUE_ARN` for `JOBS_QUEUE_URL`.
pub(crate) fn related_variable(variable: &str, what: &str) -> String {
    let stem = match variable.rsplit_once('_') {
        Some((stem, last)) if CONTENTS.contains(&last) => stem,
        _ => variable,
    };
    format!("{stem}_{what}")
}

/// Returns a part of the ARN that is the value of a template parameter.
fn arn_part(parameter: &ParameterName, index: u32) -> Node {
    let parts = vec![Node::from(":"), Node::reference(parameter.as_str())];
    let split = Node::Tag("Split", Box::new(Node::Seq(parts)));
    Node::Tag("Select", Box::new(Node::Seq(vec![Node::from(index), split])))
}

/// Returns the name of a queue.
pub(crate) fn queue_name(queue: &Existing) -> Node {
    match queue {
        Existing::Name(name) => Node::from(name),
        Existing::Arn(arn) => Node::from(name_from_arn(arn).unwrap_or_default()),
        Existing::Param(parameter) => arn_part(parameter, 5),
        Existing::Overlay(id) => Node::attribute(id, "QueueName"),
        Existing::Env(variable) => Node::reference(related_variable(variable.as_str(), "NAME")),
    }
}

/// Returns the ARN of an existing resource, for policies.
pub(super) fn existing_arn(kind: ResourceKind, naming: &NamingRules, existing: &Existing) -> Node {
    match existing {
        Existing::Name(name) => {
            let suffix = naming.suffix.unwrap_or_default();
            Node::sub(arn_in_account(kind, &format!("{}{suffix}", escape_sub(name))))
        }
        Existing::Arn(arn) => Node::from(arn),
        Existing::Param(parameter) => match naming.parameter {
            ParameterContent::Arn => Node::reference(parameter.as_str()),
            ParameterContent::HierarchicalName => hierarchical_arn(kind, parameter.as_str()),
            ParameterContent::Name => Node::sub(arn_in_account(kind, &format!("${{{parameter}}}"))),
        },
        Existing::Overlay(id) => arn_in_stack(kind, naming, id),
        Existing::Env(variable) => arn_of_variable(kind, naming, variable.as_str()),
    }
}

/// Returns the ARN of the resource with this logical id in the stack, by a reference to the resource.
pub(super) fn arn_in_stack(kind: ResourceKind, naming: &NamingRules, id: &LogicalId) -> Node {
    match naming.arn {
        ArnLookup::Attribute => Node::attribute(id, "Arn"),
        ArnLookup::Reference => Node::reference(id.as_str()),
        ArnLookup::HierarchicalName => hierarchical_arn(kind, id.as_str()),
    }
}

/// Returns the ARN of a resource whose name is the value of `Ref` to `reference`. Only when the stack is deployed
/// is it known whether the name begins with a slash, so the template joins the parts of the ARN without a double
/// slash.
fn hierarchical_arn(kind: ResourceKind, reference: &str) -> Node {
    let doubled = Node::sub(arn_in_account(kind, &format!("${{{reference}}}")));
    let split = Node::Tag("Split", Box::new(Node::Seq(vec![Node::from("//"), doubled])));
    Node::Tag("Join", Box::new(Node::Seq(vec![Node::from("/"), split])))
}

/// Returns the URL of a queue, as a text for `Sub`.
fn queue_url(region: &str, account: &str, name: &str) -> String {
    format!("https://sqs.{region}.${{AWS::URLSuffix}}/{account}/{name}")
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::name::{EnvKey, LogicalId, ParameterName};

    use super::super::naming_rules;
    use super::*;

    fn to_json(node: &Node) -> String {
        serde_json::to_string(node).unwrap()
    }

    fn by_name(name: &str) -> Existing {
        Existing::Name(name.to_owned())
    }

    fn by_arn(arn: &str) -> Existing {
        Existing::Arn(arn.to_owned())
    }

    fn by_param() -> Existing {
        Existing::Param(ParameterName::try_from("P").unwrap())
    }

    fn lower_name(kind: ResourceKind, existing: &Existing) -> Node {
        existing_identifier(kind, naming_rules(kind), existing)
    }

    fn lower_arn(kind: ResourceKind, existing: &Existing) -> Node {
        existing_arn(kind, naming_rules(kind), existing)
    }

    #[test]
    fn a_queue_has_a_url_for_every_form_of_reference() {
        let url = |existing| to_json(&lower_name(ResourceKind::Queue, &existing));
        assert_eq!(
            url(by_name("jobs")),
            r#"{"Fn::Sub":"https://sqs.${AWS::Region}.${AWS::URLSuffix}/${AWS::AccountId}/jobs"}"#
        );
        assert_eq!(
            url(by_arn("arn:aws:sqs:eu-west-1:123456789012:jobs.fifo")),
            r#"{"Fn::Sub":"https://sqs.eu-west-1.${AWS::URLSuffix}/123456789012/jobs.fifo"}"#
        );
        assert_eq!(
            url(by_param()),
            r#"{"Fn::Sub":["https://sqs.${Region}.${AWS::URLSuffix}/${Account}/${Name}",{"Region":{"Fn::Select":[3,{"Fn::Split":[":",{"Ref":"P"}]}]},"Account":{"Fn::Select":[4,{"Fn::Split":[":",{"Ref":"P"}]}]},"Name":{"Fn::Select":[5,{"Fn::Split":[":",{"Ref":"P"}]}]}}]}"#
        );
    }

    #[test]
    fn a_bucket_has_its_name_for_every_form_of_reference() {
        let found = Node::from("uploads");
        assert_eq!(lower_name(ResourceKind::Bucket, &by_arn("arn:aws:s3:::uploads")), found);
        assert_eq!(lower_name(ResourceKind::Bucket, &by_name("uploads")), found);
        assert_eq!(lower_name(ResourceKind::Bucket, &by_param()), Node::reference("P"));
    }

    #[test]
    fn an_arn_is_passed_on_unchanged_if_aws_accepts_it_instead_of_a_name() {
        for (kind, arn) in [
            (ResourceKind::Bus, "arn:aws:events:eu-west-1:210987654321:event-bus/shared"),
            (ResourceKind::Parameter, "arn:aws:ssm:eu-west-1:210987654321:parameter/app/limit"),
            (
                ResourceKind::Secret,
                "arn:aws:secretsmanager:eu-west-1:210987654321:secret:key-a1B2c3",
            ),
            (ResourceKind::Stream, "arn:aws:kinesis:eu-west-1:210987654321:stream/clicks"),
            (ResourceKind::Table, "arn:aws:dynamodb:eu-west-1:210987654321:table/orders"),
            (ResourceKind::Topic, "arn:aws:sns:eu-west-1:210987654321:news"),
        ] {
            assert_eq!(to_json(&lower_name(kind, &by_arn(arn))), format!("{arn:?}"));
            assert_eq!(to_json(&lower_arn(kind, &by_arn(arn))), format!("{arn:?}"));
        }
    }

    #[test]
    fn the_arn_of_a_name_is_in_this_account_and_region() {
        let here = "arn:${AWS::Partition}:SERVICE:${AWS::Region}:${AWS::AccountId}:";
        for (kind, service, rest) in [
            (ResourceKind::Bus, "events", "event-bus/it"),
            (ResourceKind::Parameter, "ssm", "parameter/it"),
            (ResourceKind::Queue, "sqs", "it"),
            (ResourceKind::Secret, "secretsmanager", "secret:it-??????"),
            (ResourceKind::Stream, "kinesis", "stream/it"),
            (ResourceKind::Table, "dynamodb", "table/it"),
            (ResourceKind::Topic, "sns", "it"),
        ] {
            let want = format!("{}{rest}", here.replace("SERVICE", service));
            assert_eq!(lower_arn(kind, &by_name("it")), Node::sub(want));
        }
        assert_eq!(
            lower_arn(ResourceKind::Bucket, &by_name("it")),
            Node::sub("arn:${AWS::Partition}:s3:::it")
        );
    }

    #[test]
    fn access_to_a_secret_is_allowed_with_and_without_the_suffix_of_its_arn() {
        // The name ends in a hyphen and six letters, like an ARN with a suffix.
        let arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod-master";
        let granted = naming_rules(ResourceKind::Secret).arns_with_suffix(arn);
        assert_eq!(granted, [Node::from(arn), Node::from(format!("{arn}-??????"))]);
    }

    #[test]
    fn a_resource_of_the_overlay_is_found_by_ref_and_getatt() {
        let it = || Existing::Overlay(LogicalId::try_from("Legacy").unwrap());
        for kind in ResourceKind::ALL.iter().copied() {
            assert_eq!(lower_name(kind, &it()), Node::reference("Legacy"), "{kind:?}");
        }
        for kind in [
            ResourceKind::Bucket,
            ResourceKind::Bus,
            ResourceKind::Queue,
            ResourceKind::Stream,
            ResourceKind::Table,
        ] {
            assert_eq!(lower_arn(kind, &it()), Node::attribute("Legacy", "Arn"), "{kind:?}");
        }
        for kind in [ResourceKind::Secret, ResourceKind::Topic] {
            assert_eq!(lower_arn(kind, &it()), Node::reference("Legacy"), "{kind:?}");
        }
        let of_parameter = to_json(&lower_arn(ResourceKind::Parameter, &it()));
        assert!(of_parameter.contains(":parameter/${Legacy}"), "{of_parameter}");
        assert!(of_parameter.starts_with(r#"{"Fn::Join":["/""#), "{of_parameter}");
    }

    #[test]
    fn a_variable_is_the_identifier_and_its_arn_follows_from_it_or_has_a_name_like_it() {
        for (kind, variable, arn) in [
            (
                ResourceKind::Bucket,
                "BUCKET",
                r#"{"Fn::Sub":"arn:${AWS::Partition}:s3:::${BUCKET}"}"#,
            ),
            (ResourceKind::Queue, "JOBS_URL", r#"{"Ref":"JOBS_ARN"}"#),
            (ResourceKind::Parameter, "LIMIT", r#"{"Ref":"LIMIT_ARN"}"#),
            (ResourceKind::Topic, "NEWS", r#"{"Ref":"NEWS"}"#),
            (ResourceKind::Secret, "TOKEN_ARN", r#"{"Ref":"TOKEN_ARN"}"#),
        ] {
            let it = Existing::Env(EnvKey::try_from(variable).unwrap());
            assert_eq!(lower_name(kind, &it), Node::reference(variable), "{kind:?}");
            assert_eq!(to_json(&lower_arn(kind, &it)), arn, "{kind:?}");
        }
        let table = Existing::Env(EnvKey::try_from("ORDERS").unwrap());
        let arn = to_json(&lower_arn(ResourceKind::Table, &table));
        assert!(arn.ends_with(r#":table/${ORDERS}"}"#), "{arn}");
        assert_eq!(related_variable("ORDERS_TABLE_NAME", "STREAM_ARN"), "ORDERS_TABLE_STREAM_ARN");
    }

    #[test]
    fn a_parameter_contains_what_its_description_asks_for() {
        for kind in [ResourceKind::Queue, ResourceKind::Secret, ResourceKind::Topic] {
            assert!(kind.parameter_content().description.starts_with("ARN"), "{kind:?}");
            assert_eq!(lower_arn(kind, &by_param()), Node::reference("P"));
        }
        for kind in
            [ResourceKind::Bucket, ResourceKind::Bus, ResourceKind::Stream, ResourceKind::Table]
        {
            assert!(kind.parameter_content().description.starts_with("Name"), "{kind:?}");
            assert!(to_json(&lower_arn(kind, &by_param())).ends_with("${P}\"}"), "{kind:?}");
        }
        assert_eq!(
            to_json(&lower_arn(ResourceKind::Parameter, &by_param())),
            r#"{"Fn::Join":["/",{"Fn::Split":["//",{"Fn::Sub":"arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/${P}"}]}]}"#
        );
    }
}
