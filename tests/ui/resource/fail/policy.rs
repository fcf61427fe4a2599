use skylift::prelude::*;

#[resource(queue(policy = { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject" }))]
pub struct ForeignAction;

#[resource(queue(policy = [{
    "Effect": "Allow",
    "Principal": { "Service": "sns.amazonaws.com" },
    "Action": "sqs:SendMessage",
    "Condition": { "ArnEquals": { "aws:SourceArn": { "Ref": "ForeignActoin" } } },
}]))]
pub struct RefersToNothing;

#[resource(bucket(policy = { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject" }))]
pub struct ForEveryone;

#[resource(topic(policy = { "Effect": "Allow", "Action": "sns:Publish" }))]
pub struct WithoutPrincipal;

fn main() {}
