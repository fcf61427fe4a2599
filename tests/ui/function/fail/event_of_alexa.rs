use skylift::prelude::*;

#[derive(serde::Deserialize)]
pub struct Speech {
    text: String,
}

#[function(
    trigger = alexa(skill = param("Skill")),
    timeout = "8s"
)]
async fn takes_a_plain_type(speech: Speech) -> Result<AlexaResponse, Error> {
    Ok(AlexaResponse::say(speech.text))
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
