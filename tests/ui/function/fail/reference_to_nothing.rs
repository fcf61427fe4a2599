use skylift::prelude::*;

#[resource(queue(properties = { "RedriveAllowPolicy": { "sourceQueueArns": [{ "Fn::GetAtt": ["Jobz", "Arn"] }] } }))]
struct Jobs;

#[function(properties = {
    "Layers": [{ "Ref": "NoSuchLayer" }],
    "KmsKeyArn": { "Fn::Sub": "arn:aws:kms:${AWS::Regoin}:123456789012:key/1" },
    "DeadLetterQueue": { "Type": "SQS", "TargetArn": { "Fn::GetAtt": ["Jobs", "Arm"] } },
    "VpcConfig": { "Fn::If": ["InVpc", { "SubnetIds": [] }, { "Ref": "AWS::NoValue" }] },
})]
async fn work(_event: u32) -> Result<(), Error> {
    Ok(())
}

skylift::main!();
