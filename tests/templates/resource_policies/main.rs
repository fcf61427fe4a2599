use skylift::prelude::*;

#[resource(topic(policy = {
    "Sid": "Alarms",
    "Effect": "Allow",
    "Principal": { "Service": "cloudwatch.amazonaws.com" },
    "Action": "sns:Publish",
    "Condition": { "StringEquals": { "aws:SourceAccount": { "Ref": "AWS::AccountId" } } },
}))]
pub struct Alarms;

#[resource(queue(policy = [
    {
        "Sid": "Alarms",
        "Effect": "Allow",
        "Principal": { "Service": "sns.amazonaws.com" },
        "Action": "sqs:SendMessage",
        "Condition": { "ArnEquals": { "aws:SourceArn": { "Ref": "Alarms" } } },
    },
]))]
pub struct Jobs;

#[resource(bucket(policy = [
    {
        "Effect": "Deny",
        "Principal": "*",
        "Action": ["s3:DeleteObject", "s3:DeleteObjectVersion"],
        "Resource": { "Fn::Sub": "${Files.Arn}/kept/*" },
    },
]))]
pub struct Files;

#[resource(bucket(
    tls_only = false,
    policy = { "Effect": "Deny", "Principal": "*", "Action": "s3:PutBucketAcl" },
))]
pub struct Open;

#[resource(table(
    key = "id",
    stream = keys,
    policy = {
        "Sid": "Reports",
        "Effect": "Allow",
        "Principal": { "AWS": "arn:aws:iam::123456789012:role/reports" },
        "Action": ["dynamodb:GetItem", "dynamodb:Query"],
    },
    stream_policy = [{
        "Effect": "Allow",
        "Principal": { "AWS": { "Fn::Sub": "arn:${AWS::Partition}:iam::123456789012:root" } },
        "Action": ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
    }],
))]
pub struct Orders;

#[resource(stream(policy = {
    "Effect": "Allow",
    "Principal": { "AWS": "123456789012" },
    "Action": ["kinesis:PutRecord", "kinesis:PutRecords"],
}))]
pub struct Clicks;

#[resource(secret(policy = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "secretsmanager:GetSecretValue",
    "Condition": { "StringNotEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
}))]
pub struct Token;

#[function(trigger = sqs(queue = Jobs))]
async fn work(event: SqsEvent, _files: Reader<Files>, _open: Reader<Open>) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

skylift::main!();
