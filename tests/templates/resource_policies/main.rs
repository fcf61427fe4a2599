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

#[function(trigger = sqs(queue = Jobs))]
async fn work(event: SqsEvent, _files: Reader<Files>, _open: Reader<Open>) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

skylift::main!();
