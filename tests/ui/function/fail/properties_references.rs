use skylift::prelude::*;

#[resource(queue)]
pub struct NamedInProperties;

#[function(properties = { "Layers": [{ "Fn::GetAtt": ["NamedInProperties", "Arm"] }] })]
async fn has_a_wrong_attribute() -> Result<(), Error> {
    Ok(())
}

#[function(properties = { "Layers": [{ "Fn::Getatt": ["NamedInProperties", "Arn"] }] })]
async fn has_a_wrong_function() -> Result<(), Error> {
    Ok(())
}

#[function(properties = { "Layers": ["arn:aws:lambda:${AWS::Region}:123456789012:layer:tools:1"] })]
async fn has_a_reference_in_plain_text() -> Result<(), Error> {
    Ok(())
}

fn main() {}
