use serde_json::{Value, json};

use super::*;

/// Returns the mistakes in a statement, each as its place and its full message.
fn problems(owner: PolicyOwner, statement: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check_statements(statement, owner, &mut |at, problem| {
        found.push(format!("{at}: {}", problem.message.full()));
    });
    found
}

#[test]
fn a_right_statement_is_accepted() {
    let condition = json!({
        "ForAnyValue:StringEqualsIfExists": { "aws:TagKeys": "a", "s3:prefix": "b" },
        "StringNotEqualsIgnoreCase": { "aws:PrincipalTag/team": "a" },
        "ArnLike": { "Fn::If": ["A", {}, {}] },
        "Null": { "aws:a": ["True", false] },
        "NumericLessThanEqualsIfExists": { "aws:a": [1, 1.5, "2", "{{resolve:ssm:a}}"] },
        "NotIpAddress": { "aws:SourceIp": ["10.0.0.0/32", "fe80::/128", "10.1.2.3", "${Ip}", { "Ref": "A" }] },
        "ForAllValues:ArnLike": { "aws:a": ["*", "arn:aws:s3:::a"] },
    });
    for (owner, statement) in [
        (
            PolicyOwner::Resource,
            json!({ "Sid": "A", "Effect": "Allow", "Principal": "*", "Action": "*", "Condition": condition }),
        ),
        (
            PolicyOwner::Resource,
            json!({ "Effect": "Deny", "NotPrincipal": { "AWS": ["123456789012", 123_456_789_012_u64,
                "arn:aws:iam::123456789012:root", "arn:aws:iam::cloudfront:user/a", "${Role}", "AROAEXAMPLEEXAMPLE12",
                { "Ref": "AWS::AccountId" }] }, "NotAction": ["s3:Get*"] }),
        ),
        (
            PolicyOwner::Trust,
            json!([{ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "Service": [
                "lambda.amazonaws.com", "logs.eu-west-1.amazonaws.com", "vpc-flow-logs.amazonaws.com",
                "ec2.amazonaws.com.cn", "es.amazonaws.com", "lambda.${AWS::URLSuffix}"] } }]),
        ),
        (
            PolicyOwner::Identity,
            json!({ "Effect": "Allow", "Action": "quantum:Entangle", "Resource": ["*", "arn:aws:s3:::a", { "Ref": "A" }] }),
        ),
        (PolicyOwner::Identity, json!({ "Fn::If": ["A", {}, {}] })),
        (PolicyOwner::Unknown, json!({ "Effect": { "Ref": "A" }, "Action": "iot:Connect" })),
    ] {
        assert_eq!(problems(owner, &statement), [""; 0], "{statement}");
    }
}

#[test]
fn a_wrong_statement_has_one_message_at_its_place() {
    let resource = |key: &str, value: Value| {
        let mut statement =
            json!({ "Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage" });
        statement[key] = value;
        (PolicyOwner::Resource, statement)
    };
    let identity = |key: &str, value: Value| {
        let mut statement = json!({ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" });
        statement[key] = value;
        (PolicyOwner::Identity, statement)
    };
    for ((owner, statement), message) in [
        (resource("Effect", json!("allow")), r#""allow": `Effect` is `"Allow"` or `"Deny"`"#),
        (
            resource("Resourse", json!("*")),
            "Resourse: a statement of a policy has no key `Resourse`\n\nhelp: did you mean `Resource`?",
        ),
        (
            resource("Action", json!(["sqs:SendMesage"])),
            "\"sqs:SendMesage\": IAM has no action `sqs:SendMesage`\n\nhelp: did you mean `sqs:SendMessage`?",
        ),
        (
            resource("Action", json!("SendMessage")),
            "\"SendMessage\": `SendMessage` is not an IAM action\n\nhelp: write `service:Action`, such as `ses:SendEmail`",
        ),
        (
            resource("Principal", json!("lambda.amazonaws.com")),
            "\"lambda.amazonaws.com\": `lambda.amazonaws.com` lacks the kind of the principal\n\nhelp: write `\"Principal\": { \"Service\": \"lambda.amazonaws.com\" }`",
        ),
        (
            resource("Principal", json!({ "Services": "lambda.amazonaws.com" })),
            "Services: IAM has no principals of the kind `Services`\n\nhelp: did you mean `Service`?",
        ),
        (
            resource("Principal", json!({ "Service": "s3.amazonaw.com" })),
            "\"s3.amazonaw.com\": AWS has no service `s3.amazonaw.com`\n\nhelp: did you mean `s3.amazonaws.com`?",
        ),
        (
            resource("Principal", json!({ "Service": ["delivery.logs.amazonaws"] })),
            "\"delivery.logs.amazonaws\": AWS has no service `delivery.logs.amazonaws`\n\nhelp: did you mean `delivery.logs.amazonaws.com`?",
        ),
        (
            resource("Principal", json!({ "Service": "lambda" })),
            "\"lambda\": AWS has no service `lambda`\n\nhelp: did you mean `lambda.amazonaws.com`?",
        ),
        (
            resource("Principal", json!({ "Service": "lamda.amazonaws.com" })),
            "\"lamda.amazonaws.com\": AWS has no service `lamda.amazonaws.com`\n\nhelp: did you mean `lambda.amazonaws.com`?",
        ),
        (
            resource("Principal", json!({ "AWS": 123 })),
            "123: `123` is not the id of an account\n\nhelp: an id has 12 digits: write it in quotes, with the zeros at its beginning",
        ),
        (
            resource("Principal", json!({ "AWS": "arn:aws:iam::123:root" })),
            "\"arn:aws:iam::123:root\": `123` is not the id of an account\n\nhelp: an id has 12 digits: write it in quotes, with the zeros at its beginning",
        ),
        (
            resource("Principal", json!({ "AWS": ["my-role"] })),
            "\"my-role\": `my-role` is neither the id of an account nor an ARN\n\nhelp: write `\"123456789012\"`, or an ARN such as `arn:aws:iam::123456789012:role/NAME`",
        ),
        (
            resource("Condition", json!({ "StringEqual": { "a:b": "c" } })),
            "StringEqual: IAM has no condition operator `StringEqual`\n\nhelp: did you mean `StringEquals`?",
        ),
        (
            resource("Condition", json!({ "ForAnyValue:StringLikIfExists": { "a:b": "c" } })),
            "ForAnyValue:StringLikIfExists: IAM has no condition operator `ForAnyValue:StringLikIfExists`\n\nhelp: did you mean `ForAnyValue:StringLikeIfExists`?",
        ),
        (
            resource("Condition", json!({ "Bool": "true" })),
            "\"true\": `Bool` takes a map from condition keys to values, found this\n\nhelp: write `\"Bool\": { \"aws:SourceArn\": \"…\" }`",
        ),
        (
            resource("Condition", json!({ "ArnEquals": { "aws:SourceAr": "c" } })),
            "aws:SourceAr: IAM has no condition key `aws:SourceAr`\n\nhelp: did you mean `aws:SourceArn`?",
        ),
        (
            resource("Condition", json!({ "Null": { "aws:userid": 1 } })),
            "1: `Null` compares with `true` or `false`, found this",
        ),
        (
            resource("Condition", json!({ "NumericEqualsIfExists": { "aws:userid": [1, true] } })),
            "true: `NumericEqualsIfExists` compares with a number, found this",
        ),
        (
            resource("Condition", json!({ "notipaddress": { "aws:SourceIp": "fe80::/129" } })),
            "\"fe80::/129\": `notipaddress` compares with an IP address, or a range of them such as `203.0.113.0/24`, found this",
        ),
        (
            resource("Condition", json!({ "ForAnyValue:ArnLike": { "aws:a": "role/a" } })),
            "\"role/a\": `ForAnyValue:ArnLike` compares with an ARN, found this",
        ),
        (
            identity("Principal", json!("*")),
            "Principal: a policy of a role, a user or a group has no `Principal`\n\nhelp: leave it out: the policy is about the role, the user or the group that has it",
        ),
        (
            identity("Resource", json!("my-bucket")),
            "\"my-bucket\": `my-bucket` is not an ARN\n\nhelp: write an ARN, or `*` for all resources",
        ),
        (
            (PolicyOwner::Identity, json!({ "Effect": "Allow", "Action": "s3:GetObject" })),
            "{\"Action\":\"s3:GetObject\",\"Effect\":\"Allow\"}: a statement of a policy needs `Resource`\n\nhelp: write `{ \"Effect\": \"Allow\", \"Action\": \"…\", \"Resource\": \"…\" }`",
        ),
    ] {
        assert_eq!(problems(owner, &statement), [message], "{statement}");
    }
}

#[test]
fn a_document_has_statements_and_a_version() {
    let found = |document: &Value| {
        let mut found = Vec::new();
        check_document(document, PolicyOwner::Unknown, &mut |at, problem| {
            found.push(format!("{at}: {}", problem.message.full()));
        });
        found
    };
    for right in [
        json!({ "Version": "2012-10-17", "Id": "a", "Statement": [] }),
        json!({ "Fn::If": ["A", {}, {}] }),
        json!("{}"),
    ] {
        assert_eq!(found(&right), [""; 0], "{right}");
    }
    for (wrong, message) in [
        (
            json!({ "Version": "2012-10-18", "Statement": [] }),
            "\"2012-10-18\": IAM has no version `2012-10-18` of its language\n\nhelp: write `2012-10-17`",
        ),
        (
            json!({ "Statements": [] }),
            "Statements: a policy document has no key `Statements`\n\nhelp: did you mean `Statement`?",
        ),
        (json!({ "Id": "a" }), "{\"Id\":\"a\"}: a policy document needs `Statement`"),
    ] {
        assert_eq!(found(&wrong), [message], "{wrong}");
    }
}
