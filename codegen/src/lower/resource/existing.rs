//! A resource that exists already: the template makes nothing of it, and still has to say how the
//! code finds it and what a policy calls it. It takes which one it is and how its kind is named, and
//! gives name and ARN.

use skylift_model::aws::name::LogicalId;
use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::resource::{Existing, ResourceKind, name_from_arn};

use super::arn::arn_of;

/// How a kind is named by AWS, which each kind says of itself.
#[derive(Debug)]
pub(crate) struct Naming {
    /// What its typed client takes.
    pub(crate) client: Client,
    /// What a parameter of the template holds that names an existing one.
    pub(crate) parameter: Holds,
    /// How CloudFormation tells the ARN of one that the stack makes.
    pub(crate) arn: ArnBy,
    /// What AWS adds to the name in the ARN, as IAM writes what is not known of it.
    pub(crate) suffix: Option<&'static str>,
}

/// What names a resource to its client. Where AWS takes an ARN in the place of a name, an ARN goes on
/// as it stands: a name alone would mean another account's resource in this account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Client {
    Name,
    NameOrArn,
    Arn,
    QueueUrl,
}

/// What a parameter of the template holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    Name,
    /// A name that may have levels, and then begins with a slash.
    NameWithLevels,
    Arn,
}

/// How CloudFormation tells an ARN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ArnBy {
    /// By `!GetAtt Id.Arn`.
    Attribute,
    /// By `!Ref Id`.
    Reference,
    /// Not at all: it is made of the name, which `!Ref Id` gives, and which may have levels.
    NameWithLevels,
}

impl Naming {
    /// An ARN as it stands and, of a secret, with a suffix behind it: people write it both ways, and
    /// nothing tells a suffix from the end of a name.
    pub(crate) fn arns_of(&self, arn: &str) -> Vec<Node> {
        let suffixed = self.suffix.map(|suffix| Node::from(format!("{arn}{suffix}")));
        std::iter::once(Node::from(arn)).chain(suffixed).collect()
    }
}

/// What names it to the code.
pub(super) fn name(kind: ResourceKind, naming: &Naming, existing: &Existing) -> Node {
    match (existing, naming.client) {
        (Existing::Name(name), Client::QueueUrl) => {
            Node::sub(url("${AWS::Region}", "${AWS::AccountId}", &escape_sub(name)))
        }
        (Existing::Name(name), Client::Arn) => Node::sub(arn_of(kind, &escape_sub(name))),
        (Existing::Name(name), Client::Name | Client::NameOrArn) => Node::from(name),
        (Existing::Arn(arn), Client::QueueUrl) => {
            let mut parts = arn.splitn(6, ':').skip(3).map(escape_sub);
            let mut part = || parts.next().unwrap_or_default();
            Node::sub(url(&part(), &part(), &part()))
        }
        (Existing::Arn(arn), Client::Name) => Node::from(name_from_arn(arn).unwrap_or_default()),
        (Existing::Arn(arn), Client::NameOrArn | Client::Arn) => Node::from(arn),
        (Existing::Param(parameter), Client::QueueUrl) => {
            let part = |index: u32| {
                let parts = vec![Node::from(":"), Node::reference(parameter.as_str())];
                let split = Node::Tag("Split", Box::new(Node::Seq(parts)));
                Node::Tag("Select", Box::new(Node::Seq(vec![Node::from(index), split])))
            };
            let parts =
                Map::new().with("Region", part(3)).with("Account", part(4)).with("Name", part(5));
            let text = url("${Region}", "${Account}", "${Name}");
            Node::Tag("Sub", Box::new(Node::Seq(vec![Node::from(text), parts.into()])))
        }
        (Existing::Param(parameter), Client::Name | Client::NameOrArn | Client::Arn) => {
            Node::reference(parameter.as_str())
        }
        (Existing::Overlay(id), _) => Node::reference(id.as_str()),
    }
}

/// Its ARN, for a policy.
pub(super) fn arn(kind: ResourceKind, naming: &Naming, existing: &Existing) -> Node {
    match existing {
        Existing::Name(name) => {
            let suffix = naming.suffix.unwrap_or_default();
            Node::sub(arn_of(kind, &format!("{}{suffix}", escape_sub(name))))
        }
        Existing::Arn(arn) => Node::from(arn),
        Existing::Param(parameter) => match naming.parameter {
            Holds::Arn => Node::reference(parameter.as_str()),
            Holds::NameWithLevels => with_levels(kind, parameter.as_str()),
            Holds::Name => Node::sub(arn_of(kind, &format!("${{{parameter}}}"))),
        },
        Existing::Overlay(id) => arn_in_stack(kind, naming, id),
    }
}

/// The ARN of what has this id in the stack.
pub(super) fn arn_in_stack(kind: ResourceKind, naming: &Naming, id: &LogicalId) -> Node {
    match naming.arn {
        ArnBy::Attribute => Node::attribute(id, "Arn"),
        ArnBy::Reference => Node::reference(id.as_str()),
        ArnBy::NameWithLevels => with_levels(kind, id.as_str()),
    }
}

/// The ARN of what has the name that `Ref` gives: whether that begins with a slash is known only when
/// the stack is deployed.
fn with_levels(kind: ResourceKind, reference: &str) -> Node {
    let doubled = Node::sub(arn_of(kind, &format!("${{{reference}}}")));
    let split = Node::Tag("Split", Box::new(Node::Seq(vec![Node::from("//"), doubled])));
    Node::Tag("Join", Box::new(Node::Seq(vec![Node::from("/"), split])))
}

fn url(region: &str, account: &str, name: &str) -> String {
    format!("https://sqs.{region}.${{AWS::URLSuffix}}/{account}/{name}")
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::name::{LogicalId, ParameterName};

    use super::super::naming;
    use super::*;

    fn json(node: &Node) -> String {
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

    fn name(kind: ResourceKind, existing: &Existing) -> Node {
        super::name(kind, naming(kind), existing)
    }

    fn arn(kind: ResourceKind, existing: &Existing) -> Node {
        super::arn(kind, naming(kind), existing)
    }

    #[test]
    fn a_queue_is_found_by_its_url_however_it_was_named() {
        let url = |existing| json(&name(ResourceKind::Queue, &existing));
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
    fn a_bucket_is_found_by_its_name() {
        let found = Node::from("uploads");
        assert_eq!(name(ResourceKind::Bucket, &by_arn("arn:aws:s3:::uploads")), found);
        assert_eq!(name(ResourceKind::Bucket, &by_name("uploads")), found);
        assert_eq!(name(ResourceKind::Bucket, &by_param()), Node::reference("P"));
    }

    #[test]
    fn an_arn_goes_on_as_it_stands_where_aws_takes_it_for_a_name() {
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
            assert_eq!(json(&name(kind, &by_arn(arn))), format!("{arn:?}"));
            assert_eq!(json(&self::arn(kind, &by_arn(arn))), format!("{arn:?}"));
        }
    }

    #[test]
    fn a_name_gives_the_arn_in_this_account_and_region() {
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
            assert_eq!(arn(kind, &by_name("it")), Node::sub(want));
        }
        assert_eq!(
            arn(ResourceKind::Bucket, &by_name("it")),
            Node::sub("arn:${AWS::Partition}:s3:::it")
        );
    }

    #[test]
    fn a_secret_is_granted_by_its_arn_with_and_without_the_last_six_characters() {
        // Six letters behind a hyphen, and yet a name.
        let of = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod-master";
        let granted = naming(ResourceKind::Secret).arns_of(of);
        assert_eq!(granted, [Node::from(of), Node::from(format!("{of}-??????"))]);
    }

    #[test]
    fn a_resource_of_the_overlay_is_what_ref_and_its_arn_give() {
        let it = || Existing::Overlay(LogicalId::try_from("Legacy").unwrap());
        for kind in ResourceKind::ALL.iter().copied() {
            assert_eq!(name(kind, &it()), Node::reference("Legacy"), "{kind:?}");
        }
        for kind in [
            ResourceKind::Bucket,
            ResourceKind::Bus,
            ResourceKind::Queue,
            ResourceKind::Stream,
            ResourceKind::Table,
        ] {
            assert_eq!(arn(kind, &it()), Node::attribute("Legacy", "Arn"), "{kind:?}");
        }
        for kind in [ResourceKind::Secret, ResourceKind::Topic] {
            assert_eq!(arn(kind, &it()), Node::reference("Legacy"), "{kind:?}");
        }
        let of_parameter = json(&arn(ResourceKind::Parameter, &it()));
        assert!(of_parameter.contains(":parameter/${Legacy}"), "{of_parameter}");
        assert!(of_parameter.starts_with(r#"{"Fn::Join":["/""#), "{of_parameter}");
    }

    #[test]
    fn a_parameter_is_what_the_template_asks_for() {
        for kind in [ResourceKind::Queue, ResourceKind::Secret, ResourceKind::Topic] {
            assert!(kind.parameter_description().starts_with("ARN"), "{kind:?}");
            assert_eq!(arn(kind, &by_param()), Node::reference("P"));
        }
        for kind in
            [ResourceKind::Bucket, ResourceKind::Bus, ResourceKind::Stream, ResourceKind::Table]
        {
            assert!(kind.parameter_description().starts_with("Name"), "{kind:?}");
            assert!(json(&arn(kind, &by_param())).ends_with("${P}\"}"), "{kind:?}");
        }
        assert_eq!(
            json(&arn(ResourceKind::Parameter, &by_param())),
            r#"{"Fn::Join":["/",{"Fn::Split":["//",{"Fn::Sub":"arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/${P}"}]}]}"#
        );
    }
}
