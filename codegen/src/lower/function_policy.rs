//! The size of a function's resource policy, which has a statement for each permission. Lambda limits it, and many
//! names in it are known only when the stack is deployed. So this module computes the size with the shortest and with
//! the longest names: a policy that is too large with the shortest is refused in every stack.

use skylift_model::aws::node::{Map, Node};

use super::invoke;
use crate::stack::{FunctionInStack, Resource};

/// The CloudFormation type of a permission.
const PERMISSION: &str = "AWS::Lambda::Permission";

/// The names that are assumed for what is known only when the stack is deployed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AssumedNames {
    Shortest,
    Longest,
}

/// A policy without statements.
const EMPTY_POLICY: &str = r#"{"Version":"2012-10-17","Id":"default","Statement":[]}"#;

/// The parts of a statement that every permission has, with the comma before the next statement.
const STATEMENT: &str = r#"{"Sid":"","Effect":"Allow","Principal":{"Service":""},"Action":"","Resource":"","Condition":{"ArnLike":{"AWS:SourceArn":""}}},"#;

/// The parts of a statement for a further condition, with an account or a word as its value.
const CONDITION: &str = r#","StringEquals":{"AWS:SourceAccount":"123456789012"}"#;

/// The properties of a permission that are in every statement. Each further one is a condition.
const COMMON: [&str; 4] = ["Action", "FunctionName", "Principal", "SourceArn"];

impl AssumedNames {
    /// Returns the number of bytes of a name that AWS generates from a logical id: `STACK-ID-123456789012`. A name has
    /// at most `longest` bytes.
    fn generated(self, id: &str, longest: usize) -> usize {
        match self {
            Self::Shortest => "s--123456789012".len() + id.len(),
            Self::Longest => longest,
        }
        .min(longest)
    }

    /// Returns the number of bytes of a region, a partition or an API's id.
    fn pseudo_parameter(self, name: &str) -> usize {
        let (shortest, longest) = match name {
            "AWS::AccountId" => ("123456789012", "123456789012"),
            "AWS::Partition" => ("aws", "aws-us-gov"),
            "AWS::Region" => ("eu-west-1", "ap-southeast-1"),
            "AWS::StackName" => return self.generated("", 128),
            // The id of an API.
            _ if name.ends_with("Api") => ("a1b2c3d4e5", "a1b2c3d4e5"),
            _ => return if self == Self::Shortest { 0 } else { 64 },
        };
        if self == Self::Shortest { shortest.len() } else { longest.len() }
    }
}

/// Returns the number of bytes of a function's resource policy.
pub(crate) fn policy_bytes(function: &FunctionInStack, names: AssumedNames) -> usize {
    let permissions = function.all_resources().filter(|it| it.kind == PERMISSION);
    EMPTY_POLICY.len() + permissions.map(|it| statement_bytes(it, names)).sum::<usize>()
}

/// Returns the number of bytes of a permission's statement.
fn statement_bytes(permission: &Resource, names: AssumedNames) -> usize {
    let properties = &permission.properties;
    let text = |key: &str| match properties.get(key) {
        Some(Node::Str(text)) => text.len(),
        _ => 0,
    };
    let source = properties.get("SourceArn").map_or(0, |arn| source_bytes(arn, names));
    let further = properties.iter().filter(|(key, _)| !COMMON.contains(key)).count();
    let (region, partition) =
        (names.pseudo_parameter("AWS::Region"), names.pseudo_parameter("AWS::Partition"));
    let function = "arn::lambda::123456789012:function:".len()
        + region
        + partition
        + match properties.get("FunctionName") {
            Some(Node::Tag("Ref" | "GetAtt", id)) => match &**id {
                Node::Str(id) => names.generated(id, 64 + 1 + invoke::ALIAS.len()),
                _ => 0,
            },
            _ => 0,
        };
    STATEMENT.len()
        + names.generated(&permission.id, 100)
        + text("Principal")
        + text("Action")
        + function
        + source
        + further * CONDITION.len()
}

/// Returns the number of bytes of the ARN that a permission has as its source.
fn source_bytes(arn: &Node, names: AssumedNames) -> usize {
    match arn {
        Node::Str(text) => text.len(),
        Node::Tag("Sub", argument) => match &**argument {
            Node::Str(text) => sub_bytes(text, None, names),
            Node::Seq(parts) => match parts.as_slice() {
                [Node::Str(text), Node::Map(local)] => sub_bytes(text, Some(local), names),
                _ => 0,
            },
            _ => 0,
        },
        Node::Tag("GetAtt", argument) => match &**argument {
            Node::Str(text) => {
                let id = text.split('.').next().unwrap_or_default();
                let rule = "arn::events::123456789012:rule/".len();
                let place = names.pseudo_parameter("AWS::Region")
                    + names.pseudo_parameter("AWS::Partition");
                rule + place + names.generated(id, 64)
            }
            _ => 0,
        },
        _ => 0,
    }
}

/// Returns the number of bytes of the value of a `Sub`; `local` are the variables that the `Sub` itself defines.
fn sub_bytes(text: &str, local: Option<&Map>, names: AssumedNames) -> usize {
    let mut parts = text.split("${");
    let mut bytes = parts.next().unwrap_or_default().len();
    for part in parts {
        let (name, rest) = part.split_once('}').unwrap_or((part, ""));
        bytes += rest.len();
        bytes += match local.and_then(|local| local.get(name)) {
            // A part of the id of the stack.
            Some(_) if names == AssumedNames::Shortest => 0,
            Some(_) => 36,
            None => names.pseudo_parameter(name),
        };
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::stack_of_function;

    #[test]
    fn a_policy_of_forty_six_routes_is_too_large_and_its_size_is_between_the_bounds() {
        let routes = |count: usize| -> String {
            let route = |it| format!("trigger = http(\"GET /orders/{{id}}/{it:02}\"), ");
            (0..count).map(route).collect::<Vec<_>>().concat()
        };
        let bytes = |count: usize, names| {
            let stack = stack_of_function(&routes(count));
            // More routes than this have one permission.
            assert!(stack.functions[0].events.len() == count, "{count}");
            policy_bytes(&stack.functions[0], names)
        };
        let (least, most) = (bytes(20, AssumedNames::Shortest), bytes(20, AssumedNames::Longest));
        let statement = r#"{"Sid":"shop-TakeGetOrdersId10Permission-a1B2c3D4e5F6","Effect":"Allow","Principal":{"Service":"apigateway.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"arn:aws:lambda:eu-west-1:123456789012:function:shop-Take-a1B2c3D4e5F6","Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/GET/orders/*/10"}}},"#;
        let real = EMPTY_POLICY.len() + 20 * statement.len();
        assert!(least <= real && real <= most, "{least} {real} {most}");
        assert!(real - least < 20 * 20, "{least} {real}");
    }

    #[test]
    fn every_source_of_events_counts() {
        let one = |arguments: &str| {
            let stack = stack_of_function(arguments);
            policy_bytes(&stack.functions[0], AssumedNames::Longest) - EMPTY_POLICY.len()
        };
        for arguments in [
            "schedule = \"rate(1 day)\"",
            "trigger = s3",
            "trigger = s3(bucket = \"archive\")",
            "keep_warm = \"rate(5 minutes)\"",
        ] {
            let bytes = one(arguments);
            assert!((350..650).contains(&bytes), "{arguments}: {bytes}");
        }
        assert_eq!(one("trigger = sqs"), 0);
    }
}
