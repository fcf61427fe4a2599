//! The `conditions` of an `allow(…)`, in the form of IAM: operators with condition keys, and keys with values. Takes the
//! value and the actions of the statement, and returns the conditions. A condition that never holds is an error.

use skylift_model::allow_statement::StatementCondition;
use skylift_model::aws::condition_key::find_foreign_key;
use skylift_model::aws::policy::check_condition;
use skylift_model::aws::shape::ShapeProblem;
use skylift_model::aws::sub_text::SubText;
use skylift_model::aws::value::CfnValue;

use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::readers::{read_cfn_value, read_list, report_expected};
use crate::span::SourceSpan;
use crate::tree::{ArgKey, ArgValue, ArgValueKind};
use crate::written::{read_unchecked, without_unchecked};

/// The key that has the conditions.
pub(in crate::function) const KEY: &str = "conditions";

/// Reads the conditions of a statement that allows these actions. Returns `None` after an error was recorded.
pub(super) fn read_conditions(
    value: &ArgValue,
    actions: &[&str],
    errors: &mut Errors,
) -> Option<Vec<StatementCondition>> {
    errors.scope(|errors| {
        let mut report = |span: &SourceSpan, problem: ShapeProblem| {
            errors.push(span, messages::shape_problem(problem));
        };
        check_condition(value, &mut report);
        Some(())
    })?;
    let mut conditions = Vec::new();
    for (operator, keys) in read_entries(value, errors)? {
        for (key, values) in read_entries(keys, errors)? {
            if let Some(message) = find_foreign_key(actions, &key.text) {
                errors.push(&key.span, message);
                continue;
            }
            conditions.push(StatementCondition {
                operator: operator.text.clone(),
                key: key.text.clone(),
                values: read_values(values, errors)?,
            });
        }
    }
    Some(conditions)
}

/// Reads a map that has entries, and may be in `unchecked(…)`. Returns `None` after an error was recorded.
fn read_entries<'a>(value: &'a ArgValue, errors: &mut Errors) -> Option<&'a [(ArgKey, ArgValue)]> {
    let (value, _) = read_unchecked(value, errors)?;
    match &value.kind {
        ArgValueKind::Map(entries) if entries.is_empty() => {
            errors.push(&value.span, messages::condition_without_content());
            None
        }
        ArgValueKind::Map(entries) => Some(entries),
        _ => report_expected(phrases::CONDITIONS, value, errors),
    }
}

/// Reads the values of a condition key: one, or a list. Returns `None` after an error was recorded.
fn read_values(value: &ArgValue, errors: &mut Errors) -> Option<Vec<CfnValue>> {
    let plain = without_unchecked(value, errors)?;
    let items = read_list(&plain);
    if items.is_empty() {
        errors.push(&value.span, messages::condition_without_content());
        return None;
    }
    let mut read = |item: &ArgValue| {
        let value = read_cfn_value(item, errors)?;
        with_references(value, item, errors)
    };
    let values: Vec<Option<CfnValue>> = items.iter().map(&mut read).collect();
    values.into_iter().collect()
}

/// Returns the value with the references in its text, if it is a literal text: `${Id.Attribute}` is replaced by
/// CloudFormation, and `${aws:username}` by IAM. Returns `None` after an error was recorded.
pub(super) fn with_references(
    read: CfnValue,
    value: &ArgValue,
    errors: &mut Errors,
) -> Option<CfnValue> {
    let Some(text) = read.literal().filter(|text| text.contains("${")) else { return Some(read) };
    match SubText::parse(text) {
        Ok(text) => Some(text.literal().map_or(CfnValue::Sub(text), CfnValue::Literal)),
        Err(error) => {
            errors.push(&value.span, error);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::value::CfnValue;

    use crate::function::testing::{accepted, rejected, rejected_all};

    fn attribute(conditions: &str) -> String {
        format!(r#"allow(actions = ["s3:GetObject"], resources = "*", conditions = {conditions})"#)
    }

    #[test]
    fn conditions_are_read_in_their_order() {
        let read = accepted(&attribute(
            r#"{
                "StringEquals": { "aws:PrincipalTag/team": ["a", param("Team")], "s3:signatureversion": 4 },
                "Bool": { "aws:SecureTransport": true },
                "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::${AWS::AccountId}:role/${aws:username}-*" },
                "ArnEquals": { "aws:SourceArn": Jobs },
                "QuantumEquals": unchecked({ "aws:Spin": "up" }),
                "IpAddress": { "aws:SourceIp": unchecked("here"), "aws:VpcSourceIp": ["10.0.0.0/8", "fe80::/10"] },
            }"#,
        ));
        let conditions = &read.settings.allow[0].conditions;
        let names: Vec<String> =
            conditions.iter().map(|it| format!("{} {}", it.operator, it.key)).collect();
        assert_eq!(
            names,
            [
                "StringEquals aws:PrincipalTag/team",
                "StringEquals s3:signatureversion",
                "Bool aws:SecureTransport",
                "ArnLike aws:PrincipalArn",
                "ArnEquals aws:SourceArn",
                "QuantumEquals aws:Spin",
                "IpAddress aws:SourceIp",
                "IpAddress aws:VpcSourceIp",
            ]
        );
        let literal = |index: usize| conditions[index].values[0].literal();
        assert_eq!((literal(0), literal(1), literal(2)), (Some("a"), Some("4"), Some("true")));
        assert_eq!(conditions[0].values[1].param().unwrap().as_str(), "Team");
        assert_eq!(
            conditions[3].values[0].sub().unwrap().as_str(),
            "arn:aws:iam::${AWS::AccountId}:role/${!aws:username}-*"
        );
        assert_eq!(conditions[4].values, [CfnValue::Resource("Jobs".to_owned())]);
    }

    #[test]
    fn a_condition_that_never_holds_is_rejected() {
        for (conditions, expected) in [
            ("{}", "a condition needs an operator, a key and a value"),
            (r#"{ "Bool": {} }"#, "a condition needs an operator, a key and a value"),
            (
                r#"{ "StringEquals": { "s3:prefix": [] } }"#,
                "a condition needs an operator, a key and a value",
            ),
            ("3", "expected conditions of IAM, such as"),
            (r#"{ "Bool": "aws:SecureTransport" }"#, "`Bool` takes a map"),
            (
                r#"{ "StringEqual": { "aws:a": "b" } }"#,
                "IAM has no condition operator `StringEqual`",
            ),
            (r#"{ "Bool": { "aws:SecureTransprt": true } }"#, "IAM has no condition key"),
            (
                r#"{ "StringEquals": { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } }"#,
                "`kms:ViaService` is a condition key of `kms`",
            ),
            (
                r#"{ "Bool": { "aws:SecureTransport": "yes" } }"#,
                "`Bool` compares with `true` or `false`, found",
            ),
            (
                r#"{ "NumericLessThanIfExists": { "s3:max-keys": "ten" } }"#,
                "`NumericLessThanIfExists` compares with a number, found",
            ),
            (
                r#"{ "ForAnyValue:ArnLike": { "aws:PrincipalArn": ["arn:aws:iam::1:role/a", "a"] } }"#,
                "`ForAnyValue:ArnLike` compares with an ARN, found",
            ),
            (
                r#"{ "IpAddress": { "aws:SourceIp": "10.0.0.0/33" } }"#,
                "`IpAddress` compares with an IP address",
            ),
            (
                r#"{ "StringLike": { "aws:userid": "${aws:usrname}" } }"#,
                "IAM has no policy variable",
            ),
            (r#"{ "StringLike": { "aws:userid": { "Ref": "A" } } }"#, "expected"),
        ] {
            let found = rejected(&attribute(conditions));
            assert!(found.starts_with(expected), "{conditions}: {found}");
        }
        let two = r#"{ "StringLke": { "aws:userid": 1 }, "Bool": { "aws:SecureTransport": 2 } }"#;
        assert_eq!(rejected_all(&attribute(two)).len(), 2);
    }
}
