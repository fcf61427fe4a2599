use skylift::prelude::*;

/// Has properties for which SAM would extend the role that it creates.
#[function(
    properties = {
        "DeadLetterQueue": { "Type": "SQS", "TargetArn": "arn:aws:sqs:eu-west-1:123456789012:failed" },
        "PermissionsBoundary": "arn:aws:iam::123456789012:policy/boundary",
        "RolePath": "/app/",
    },
)]
async fn bounded() -> Result<(), Error> {
    Ok(())
}

/// Mounts a file system.
#[function(
    properties = {
        "VpcConfig": { "SubnetIds": ["subnet-0123456789abcdef0"], "SecurityGroupIds": ["sg-0123456789abcdef0"] },
        "FileSystemConfigs": [{
            "Arn": "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0123456789abcdef0",
            "LocalMountPath": "/mnt/photos",
        }],
    },
)]
async fn mounted() -> Result<(), Error> {
    Ok(())
}

/// Has the user's own role.
#[function(properties = { "Role": "arn:aws:iam::123456789012:role/app" })]
async fn own() -> Result<(), Error> {
    Ok(())
}

skylift::main!();
