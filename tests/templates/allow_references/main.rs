use skylift::prelude::*;

#[resource(queue)]
pub struct Jobs;

#[function(
    allow(
        actions = ["execute-api:ManageConnections"],
        resources = [
            "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${ApiId}/prod/${aws:PrincipalTag/team}/*",
        ],
    ),
    allow(
        actions = ["s3:GetObject"],
        resources = ["arn:aws:s3:::reports/${aws:username}/*", "arn:aws:s3:::${ReportsName}/*"],
    ),
    allow(actions = ["sqs:GetQueueAttributes"], resources = ["${Jobs.Arn}", "${JobsDeadLetters.Arn}"]),
    allow(actions = ["lambda:InvokeFunction"], resources = ["${Page.Alias}"]),
    allow(
        actions = ["ses:SendEmail"],
        resources = "arn:aws:ses:${AWS::Region}:${AWS::AccountId}:identity/acme.example",
        conditions = {
            "StringEquals": { "ses:FromAddress": param("Sender"), "aws:RequestedRegion": ["eu-west-1", "eu-central-1"] },
            "StringLike": { "aws:PrincipalTag/team": "${aws:username}-*" },
            "Bool": { "aws:SecureTransport": true },
        },
    ),
    allow(
        actions = "kms:Decrypt",
        resources = "arn:aws:kms:${AWS::Region}:${AWS::AccountId}:key/0a1b2c3d",
        conditions = {
            "StringEquals": { "kms:ViaService": "sqs.${AWS::Region}.amazonaws.com" },
            "ArnEquals": { "kms:EncryptionContext:aws:sqs:arn": [Jobs, "${JobsDeadLetters.Arn}"] },
        },
    ),
    policy = "arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/Shared",
    env(API = param("ApiId"), REPORTS = param("ReportsName")),
)]
async fn push() -> Result<(), Error> {
    Ok(())
}

#[function(trigger = http("GET /"), provisioned_concurrency = 1)]
async fn page() -> &'static str {
    "hello"
}

skylift::main!();
