use skylift::prelude::*;

#[resource(topic)]
pub struct Announcements;

#[resource(queue(policy = [{
    "Effect": "Allow",
    "Principal": { "Service": "sns.amazonaws.com" },
    "Action": "sqs:SendMessage",
    "Condition": { "ArnEquals": { "aws:SourceArn": { "Ref": "Anouncements" } } },
}]))]
pub struct RefersToNothing;

fn main() {}
