//% [package.metadata.skylift]
//% memory = 256
//% timeout = "20s"
//% architecture = "x86_64"
//% ephemeral_storage = 1024
//% retries = 1
//% max_event_age = "1h"
//% log_retention = 90
//% env = { LOG = "info", TABLE = { param = "TableName" }, STAGE = { param = "Stage" }, KEY = { param = "ApiKey" } }
//% tags = { team = "media" }
//% properties = { RuntimeManagementConfig = { UpdateRuntimeOn = "FunctionUpdate" }, KmsKeyArn = { Ref = "Key" } }
//% outputs = { JobsUrl = { name = "Queue", export = { sub = "${AWS::StackName}-jobs" } }, JobsDeadLettersUrl = false }
//% [package.metadata.skylift.parameters.TableName]
//% description = "Table of the orders"
//% default = "orders"
//% [package.metadata.skylift.parameters.Key]
//% default = "arn:aws:kms:eu-west-1:123456789012:key/shop"
//% [package.metadata.skylift.parameters.Stage]
//% default = "test"
//% allowed = ["test", "live"]
//% [package.metadata.skylift.parameters.ApiKey]
//% no_echo = true

use skylift::prelude::*;

#[resource(queue)]
pub struct Jobs;

#[function(trigger = sqs(queue = Jobs))]
async fn as_the_package_says(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(memory = 1_024, timeout = "2m", env(LOG = "debug"), log_retention = 1, tags(stage = "test"), kms_key = "arn:aws:kms:eu-west-1:123456789012:key/own")]
async fn as_it_says_itself() -> Result<(), Error> {
    Ok(())
}

skylift::main!();
