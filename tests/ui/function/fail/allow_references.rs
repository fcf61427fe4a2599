use skylift::prelude::*;

#[function(allow(actions = ["s3:GetObject"], resources = ["arn:aws:s3:::a-${AWS::Regoin}/*"]))]
async fn misspelt_pseudo_parameter() -> Result<(), Error> {
    Ok(())
}

#[function(allow(actions = ["s3:GetObject"], resources = ["arn:aws:s3:::${my-bucket}/*"]))]
async fn not_a_reference() -> Result<(), Error> {
    Ok(())
}

#[function(allow(actions = ["s3:GetObject"], resources = ["arn:aws:s3:::${Bucket/*"]))]
async fn not_closed() -> Result<(), Error> {
    Ok(())
}

#[function(allow(actions = ["lambda:InvokeFunction"], resources = ["${InItself.Arn}"]))]
async fn in_itself() -> Result<(), Error> {
    Ok(())
}

#[function(env(REGION = "${AWS::Region}", ACCOUNT = "a-${AWS::AccountId}"))]
async fn in_the_environment() -> Result<(), Error> {
    Ok(())
}

#[resource(queue(existing = "arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:orders"))]
pub struct Orders;

fn main() {}
