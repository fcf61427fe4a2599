use skylift::prelude::*;

#[function(
    memory = 256,
    env(LOG = "info"),
    properties = {
        "KmsKeyArn": { "Fn::Sub": "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/logs" },
        "VpcConfig": { "SubnetIds": ["subnet-1", "subnet-2"], "SecurityGroupIds": [{ "Fn::ImportValue": "network-Group" }] },
        "Layers": [],
        "RecursiveLoop": "Allow",
    },
)]
async fn extend() -> Result<(), Error> {
    Ok(())
}

skylift::main!();
