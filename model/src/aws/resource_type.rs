//! The resource types of CloudFormation and of SAM. Takes a type as a user writes it in a template, and finds those
//! that AWS does not have.
// See decision 0087.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::tables::{self, words};
use crate::suggest;

/// The first part of the name of a resource type of AWS.
const AWS: &str = "AWS::";

/// A resource type that AWS does not have, although it has a similar one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownType {
    /// The similar type that exists.
    pub near: String,
}

/// Checks a resource type such as `AWS::SNS::Topic`. An unknown type is accepted if no known type differs from it by one
/// letter at most, because AWS adds types every week. Types of others are accepted.
///
/// # Errors
///
/// Returns the similar type if the type does not exist.
pub fn check_resource_type(kind: &str) -> Result<(), UnknownType> {
    let types = resource_types();
    if !kind.starts_with(AWS) && !kind.to_lowercase().starts_with("aws:") || types.contains(kind) {
        return Ok(());
    }
    let lower = kind.to_lowercase();
    let is_near = |other: &str| {
        other.len().abs_diff(lower.len()) <= 1 && suggest::is_one_letter_off(&lower, other)
    };
    let near = types.iter().find(|known| is_near(&known.to_lowercase()));
    near.map_or(Ok(()), |near| Err(UnknownType { near: near.clone() }))
}

/// Returns all resource types.
pub fn resource_types() -> &'static BTreeSet<String> {
    static TYPES: OnceLock<BTreeSet<String>> = OnceLock::new();
    TYPES.get_or_init(|| {
        let lines = tables::table_lines(tables::TYPES).filter_map(|line| line.split_once(' '));
        let names = |(service, names): (&str, &str)| {
            let whole = |name| format!("{AWS}{service}::{}", words::decode(name));
            names.split(' ').map(whole).collect::<Vec<_>>()
        };
        lines.flat_map(names).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_that_differs_by_one_letter_is_a_mistake() {
        for (kind, near) in [
            ("AWS::SNS::Topik", "AWS::SNS::Topic"),
            ("AWS::SNS::Topics", "AWS::SNS::Topic"),
            ("AWS::Dynamodb::Table", "AWS::DynamoDB::Table"),
            ("AWS::DynamDB::Table", "AWS::DynamoDB::Table"),
            ("AWS::S3:Bucket", "AWS::S3::Bucket"),
            ("Aws::S3::Bucket", "AWS::S3::Bucket"),
            ("AWS::Serverless::SimpelTable", "AWS::Serverless::SimpleTable"),
        ] {
            let found = check_resource_type(kind).map_err(|it| it.near);
            assert_eq!(found, Err(near.to_owned()), "{kind}");
        }
        for right in [
            "AWS::S3::Bucket",
            "AWS::Serverless::WebSocketApi",
            "AWS::S3::BucketV2",
            "AWS::Quantum::Machine",
            "Custom::Topik",
            "Alexa::ASK::Skill",
        ] {
            assert_eq!(check_resource_type(right), Ok(()), "{right}");
        }
    }
}
