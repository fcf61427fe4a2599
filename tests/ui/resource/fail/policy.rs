use skylift::prelude::*;

#[resource(queue(policy = { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject" }))]
pub struct ForeignAction;

#[resource(bucket(policy = { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject" }))]
pub struct ForEveryone;

#[resource(topic(policy = { "Effect": "Allow", "Action": "sns:Publish" }))]
pub struct WithoutPrincipal;

fn main() {}
