use skylift::prelude::*;

#[function(
    memory = 256,
    recursive_loop = allow,
    env(LOG = "info"),
    properties = {
        "KmsKeyArn": { "Fn::Sub": "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/logs" },
        "VpcConfig": { "SubnetIds": ["subnet-1", "subnet-2"], "SecurityGroupIds": [{ "Fn::ImportValue": "network-Group" }] },
        "Layers": [],
    },
)]
async fn extend() -> Result<(), Error> {
    Ok(())
}

skylift::main!();
