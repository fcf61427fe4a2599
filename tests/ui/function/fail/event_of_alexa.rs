use skylift::prelude::*;

#[function(
    trigger = alexa(skill = param("Skill")),
    timeout = "8s"
)]
async fn takes_a_plain_type(request: serde_json::Value) -> Result<AlexaResponse, Error> {
    Ok(AlexaResponse::say(request.to_string()))
}

#[function(
    trigger = alexa(skill = param("Skill")),
    timeout = "8s"
)]
async fn does_not_answer(request: AlexaRequest) -> Result<(), Error> {
    println!("{}", request.id);
    Ok(())
}

#[function(trigger = alexa, timeout = "8s")]
async fn is_open_to_every_skill(_request: AlexaRequest) -> Result<AlexaResponse, Error> {
    Ok(AlexaResponse::new())
}

#[function(
    trigger = alexa(skill = "amzn1.ask.skill.1234"),
    timeout = "8s"
)]
async fn has_half_an_id(_request: AlexaRequest) -> Result<AlexaResponse, Error> {
    Ok(AlexaResponse::new())
}

#[function(
    trigger = alexa(skill = param("Skill")),
    timeout = "30s"
)]
async fn takes_longer_than_alexa_waits(_request: AlexaRequest) -> Result<AlexaResponse, Error> {
    Ok(AlexaResponse::new())
}

fn main() {}
