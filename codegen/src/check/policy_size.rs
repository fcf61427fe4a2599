//! Computes the length of policies as IAM counts it. Many names in a policy are known only when the stack is
//! deployed, so this module computes the minimal length. A policy that is too long with the shortest names is too
//! long with any names, and IAM would reject it.

use std::collections::HashSet;

use skylift_model::aws::node::{Map, Node};

/// The logical ids of the resources in the stack.
pub(super) type StackIds<'a> = HashSet<&'a str>;

/// The pseudo parameters of CloudFormation, each with its shortest value.
const PSEUDO: [(&str, &str); 5] = [
    ("AWS::AccountId", "123456789012"),
    ("AWS::Partition", "aws"),
    ("AWS::Region", "eu-west-1"),
    ("AWS::StackName", "s"),
    ("AWS::URLSuffix", "amazonaws.com"),
];

/// The length of an ARN up to the resource's name, for a service with a short name.
const ARN_LEN: usize = "arn:aws:s3:eu-west-1:123456789012:".len();

/// The length of the characters that CloudFormation adds to a logical id in a generated name: the stack's name and
/// twelve characters.
const AROUND_LEN: usize = "s--123456789012".len();

/// Returns the minimal number of characters in the documents of a role's policies, without white space; `ids` are
/// the logical ids of the stack.
pub(super) fn min_documents_len(policies: &Node, ids: &StackIds<'_>) -> usize {
    let Node::Seq(policies) = policies else { return 0 };
    let document = |policy: &Node| match policy {
        Node::Map(policy) => policy.get("PolicyDocument").map_or(0, |it| min_json_len(it, ids)),
        _ => 0,
    };
    policies.iter().map(document).sum()
}

/// Returns an upper bound of [`min_documents_len`] that is cheap to compute. Most policies are far from the limit,
/// and need only this bound.
pub(super) fn max_json_len(node: &Node) -> usize {
    match node {
        Node::Null | Node::Bool(_) | Node::Int(_) | Node::Float(_) => NUMBER_LEN,
        Node::Str(text) => 2 + text.len(),
        // Each reference becomes an ARN with a name; in a text, a reference has at least four characters.
        Node::Tag(_, argument) => {
            let references = 1 + max_json_len(argument) / "${a}".len();
            2 + max_json_len(argument) + (ARN_LEN + AROUND_LEN) * references
        }
        Node::Seq(items) => 2 + items.len() + items.iter().map(max_json_len).sum::<usize>(),
        Node::Map(map) => {
            let entry =
                |(key, value): (&str, &Node)| "\"\":,".len() + key.len() + max_json_len(value);
            2 + map.iter().map(entry).sum::<usize>()
        }
    }
}

/// The length of the longest number as text.
const NUMBER_LEN: usize = 330;

/// Returns the minimal length of a node as JSON.
fn min_json_len(node: &Node, ids: &StackIds<'_>) -> usize {
    match node {
        Node::Null | Node::Bool(true) => 4,
        Node::Bool(false) => 5,
        Node::Int(number) => number.to_string().len(),
        Node::Float(number) => number.to_string().len(),
        Node::Str(text) => 2 + len_without_spaces(text),
        Node::Tag(..) => 2 + min_value_len(node, ids),
        Node::Seq(items) => {
            bracketed_len(items.iter().map(|item| min_json_len(item, ids)).collect())
        }
        Node::Map(map) => bracketed_len(
            map.iter()
                .map(|(key, value)| 3 + len_without_spaces(key) + min_json_len(value, ids))
                .collect(),
        ),
    }
}

/// Returns the length of a JSON list or object: the lengths of the entries, two brackets, and the commas between
/// the entries.
fn bracketed_len(lengths: Vec<usize>) -> usize {
    2 + lengths.len().saturating_sub(1) + lengths.into_iter().sum::<usize>()
}

/// Returns the number of characters that IAM counts in a text. IAM does not count white space.
fn len_without_spaces(text: &str) -> usize {
    text.chars().filter(|letter| !letter.is_whitespace()).count()
}

/// Returns the minimal length of the value of an intrinsic function in a policy.
fn min_value_len(node: &Node, ids: &StackIds<'_>) -> usize {
    let Node::Tag(function, argument) = node else { return 0 };
    match (*function, &**argument) {
        ("Ref" | "GetAtt", Node::Str(name)) => min_reference_len(name, ids),
        ("Sub", Node::Str(text)) => min_sub_len(text, None, ids),
        ("Sub", Node::Seq(parts)) => match parts.as_slice() {
            [Node::Str(text), Node::Map(local)] => min_sub_len(text, Some(local), ids),
            _ => 0,
        },
        _ => 0,
    }
}

/// Returns the minimal length of the value of a `Ref` or a `GetAtt` to `name` in a policy. The value of a parameter
/// may be empty; every other value is an ARN.
fn min_reference_len(name: &str, ids: &StackIds<'_>) -> usize {
    if let Some((_, shortest)) = PSEUDO.iter().find(|(pseudo, _)| *pseudo == name) {
        return shortest.len();
    }
    let id = name.split('.').next().unwrap_or(name);
    if ids.contains(id) { ARN_LEN + AROUND_LEN + id.len() } else { 0 }
}

/// Returns the minimal length of the value of a `Sub`; `local` are the variables that the `Sub` itself defines.
fn min_sub_len(text: &str, local: Option<&Map>, ids: &StackIds<'_>) -> usize {
    let mut parts = text.split("${");
    let mut length = len_without_spaces(parts.next().unwrap_or_default());
    for part in parts {
        let Some((name, rest)) = part.split_once('}') else {
            length += 2 + len_without_spaces(part);
            continue;
        };
        length += len_without_spaces(rest);
        length += match local.and_then(|local| local.get(name)) {
            Some(value) => min_value_len(value, ids),
            None if name.starts_with('!') => "${}".len() + len_without_spaces(&name[1..]),
            None => min_reference_len(name, ids),
        };
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literal_values_are_counted_exactly() {
        let node = Map::new()
            .with("Effect", "Allow")
            .with("Action", vec![Node::from("s3:GetObject"), Node::from("s3: PutObject")])
            .with("On", true);
        let text = r#"{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"On":true}"#;
        assert_eq!(min_json_len(&node.into(), &StackIds::new()), text.len());
    }

    #[test]
    fn the_upper_bound_is_never_below_the_length() {
        let ids = StackIds::from(["A", "ALogs"]);
        let local = Map::new().with("Stack", Node::reference("A"));
        for node in [
            Node::Null,
            Node::Bool(false),
            Node::from(i64::MIN),
            Node::Float(f64::MIN),
            Node::from("a b"),
            Node::reference("A"),
            Node::attribute("ALogs", "Arn"),
            Node::sub("${A}${A}${A}${AWS::Region}/${!x}"),
            Node::Tag("Sub", Box::new(vec![Node::from("${A}-${Stack}"), local.into()].into())),
        ] {
            let all = Map::new().with("Effect", "Allow").with("Of", vec![node.clone(), node]);
            let node = Node::from(vec![all.into()]);
            assert!(min_json_len(&node, &ids) <= max_json_len(&node), "{node:?}");
        }
    }

    #[test]
    fn the_upper_bound_counts_each_part_once() {
        let list = Node::from(vec![Node::from("ab"), Node::from("c")]);
        assert_eq!(max_json_len(&list), r#"["ab","c",]"#.len());
        let map = Map::new().with("Action", "a:b").with("Effect", "Allow");
        let text = r#"{"Action":"a:b","Effect":"Allow",}"#;
        assert_eq!(max_json_len(&map.into()), text.len());
        let reference = max_json_len(&Node::reference("A"));
        assert_eq!(reference, 2 + r#""A""#.len() + ARN_LEN + AROUND_LEN);
        let sub = max_json_len(&Node::sub("${A}${B}"));
        assert_eq!(sub, 2 + r#""${A}${B}""#.len() + 3 * (ARN_LEN + AROUND_LEN));
    }

    #[test]
    fn unknown_values_have_their_minimal_length() {
        let ids = StackIds::from(["ALogs"]);
        let length = |node: Node| min_json_len(&node, &ids) - 2;
        assert_eq!(
            length(Node::attribute("ALogs", "Arn")),
            "arn:aws:s3:eu-west-1:123456789012:s-ALogs-123456789012".len()
        );
        assert_eq!(length(Node::sub("${AWS::Partition}:${!x}/${P}")), "aws:${x}/".len());
        assert_eq!(length(Node::reference("P")), 0);
    }
}
