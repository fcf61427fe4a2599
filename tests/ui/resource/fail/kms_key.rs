use skylift::prelude::*;

#[resource(bucket(kms_key = "alias/app"))]
pub struct ByAlias;

#[resource(queue(kms_key = "arn:aws:kms:eu-west-1:123456789012:alias/app"))]
pub struct ByArnOfAlias;

#[resource(topic(kms_key = "arn:aws:s3:::app"))]
pub struct ByOtherArn;

#[resource(parameter(value = "50", kms_key = "arn:aws:kms:eu-west-1:123456789012:key/0a1b"))]
pub struct PlainText;

#[resource(queue(kms_key = "arn:aws:kms:eu-west-1:123456789012:key/0a1b", properties = { "KmsMasterKeyId": "alias/app" }))]
pub struct KeyTwice;

#[resource(bucket(kms_key_id = "arn:aws:kms:eu-west-1:123456789012:key/0a1b"))]
pub struct WordOfAnother;

fn main() {}
