//! Policy documents in an overlay.

use super::*;

/// Returns an overlay with a resource of this type with these properties.
fn resource(kind: &str, properties: &str) -> String {
    format!("Resources:\n  R:\n    Type: {kind}\n    Properties: {properties}\n")
}

#[test]
fn a_mistake_in_a_policy_is_an_error_at_its_place() {
    let role = "{AssumeRolePolicyDocument: {Statement: {Effect: Allow, Principal: {Service: SERVICE}, Action: sts:AssumeRole}}, Policies: [{PolicyName: a, PolicyDocument: {Version: 2012-10-17, Statement: [STATEMENT]}}]}";
    let right = "{Effect: Allow, Action: s3:GetObject, Resource: '*'}";
    let role = |service: &str, statement: &str| {
        let text = role.replace("SERVICE", service).replace("STATEMENT", statement);
        resource("AWS::IAM::Role", &text)
    };
    let queue = |statement: &str| {
        let properties = format!("{{Queues: [a], PolicyDocument: {{Statement: {statement}}}}}");
        resource("AWS::SQS::QueuePolicy", &properties)
    };
    for (yaml, message) in [
        (
            role("lamda.amazonaws.com", right),
            "4:93: AWS has no service `lamda.amazonaws.com`\n\nhelp: did you mean `lambda.amazonaws.com`?",
        ),
        (
            role("lambda.amazonaws.com", "{Effect: Allow, Action: s3:GetObjct, Resource: '*'}"),
            "4:243: IAM has no action `s3:GetObjct`\n\nhelp: did you mean `s3:GetObject`?",
        ),
        (role("lambda.amazonaws.com", "!If [A, {Effect: Allow}, {Effect: Allow}]"), ""),
        (
            queue("[{Effect: Allow, Principal: {AWS: 123}, Action: 'sqs:*'}]"),
            "4:93: `123` is not the id of an account\n\nhelp: an id has 12 digits: write it in quotes, with the zeros at its beginning",
        ),
        (
            queue("{Effect: Allow, Principal: '*', Action: 'sqs:*', Resourse: '*'}"),
            "4:108: a statement of a policy has no key `Resourse`\n\nhelp: did you mean `Resource`?",
        ),
        (
            resource(
                "AWS::Serverless::Function",
                "{Policies: [AmazonS3ReadOnlyAccess, {S3ReadPolicy: {BucketName: a}}, {Statement: {Effect: Alow, Action: '*', Resource: '*'}}]}",
            ),
            "4:107: `Effect` is `\"Allow\"` or `\"Deny\"`",
        ),
        (
            resource(
                "AWS::Events::EventBusPolicy",
                "{StatementId: a, Statement: {Effect: Allow, Principal: events, Action: 'events:*'}}",
            ),
            "4:72: `events` lacks the kind of the principal\n\nhelp: write `\"Principal\": { \"AWS\": \"events\" }`",
        ),
        (
            resource("AWS::IoT::Policy", "{PolicyDocument: {Statements: []}}"),
            "4:35: a policy document has no key `Statements`\n\nhelp: did you mean `Statement`?",
        ),
        (
            resource(
                "AWS::S3::BucketPolicy",
                "{Bucket: a, PolicyDocument: {Fn::If: [A, {Statement: []}, !Ref AWS::NoValue]}}",
            ),
            "",
        ),
        (resource("AWS::WAFv2::RuleGroup", "{Policy: {Statement: {Effect: 3}}}"), ""),
        (resource("Acme::A::B", "{PolicyDocument: {}}"), ""),
    ] {
        let errors = read_one(&yaml).map(|_| ()).err().unwrap_or_default();
        let expected: &[&str] = if message.is_empty() { &[] } else { &[message] };
        assert_eq!(errors, expected, "{yaml}");
    }
}
