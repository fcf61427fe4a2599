use skylift::prelude::*;

#[resource(table(key = "id", policy = [
    { "Effect": "Allow", "Principal": "*", "Action": "dynamodb:GetItem" },
]))]
pub struct Public;

#[resource(table(key = "id", stream_policy = [
    { "Effect": "Allow", "Principal": { "AWS": "123456789012" }, "Action": "dynamodb:GetRecords" },
]))]
pub struct WithoutStream;

#[resource(table(key = "id", policy = [
    {
        "Effect": "Allow",
        "Principal": { "AWS": "123456789012" },
        "Action": "dynamodb:GetItem",
        "Resource": { "Fn::GetAtt": ["OfItself", "Arn"] },
    },
]))]
pub struct OfItself;

#[resource(stream(policy = [
    { "Effect": "Allow", "Principal": { "AWS": "123456789012" }, "Action": "dynamodb:GetRecords" },
]))]
pub struct OfAnotherService;

fn main() {}
