use skylift::prelude::*;

#[resource(queue)]
pub struct Jobs;

#[function(properties = { "Layers": [{ "Fn::GetAtt": ["Jobs", "Arm"] }] })]
async fn attribute() -> Result<(), Error> {
    Ok(())
}

#[function(properties = { "Layers": [{ "Fn::Getatt": ["Jobs", "Arn"] }] })]
async fn function() -> Result<(), Error> {
    Ok(())
}

#[function(properties = { "Layers": ["arn:aws:lambda:${AWS::Region}:123456789012:layer:tools:1"] })]
async fn plain_text() -> Result<(), Error> {
    Ok(())
}

fn main() {}
