use skylift::event::alexa::RequestKind;
use skylift::prelude::*;

/// Is the endpoint of two skills: one by its id, and one by a parameter.
#[function(
    trigger = alexa(skill = "amzn1.ask.skill.5bd3d8b1-0f7e-4e6a-9d3c-1a2b3c4d5e6f"),
    trigger = alexa(skill = param("TestSkill")),
    timeout = "8s"
)]
async fn weather(request: AlexaRequest) -> Result<AlexaResponse, Error> {
    match request.kind {
        RequestKind::Intent(intent) => {
            let city = intent.slot("City").unwrap_or("your city");
            Ok(AlexaResponse::say(format!("It is sunny in {city}.")).end_session())
        }
        _ => Ok(AlexaResponse::say("Which city?").with_reprompt("Say the name of a city.")),
    }
}

/// Answers by an alias.
#[function(
    trigger = alexa(skill = param("TestSkill")),
    provisioned_concurrency = 1,
    timeout = "5s"
)]
async fn echo(request: AlexaRequest) -> Result<AlexaResponse, Error> {
    Ok(AlexaResponse::new().with_attribute("id", request.id))
}

skylift::main!();
