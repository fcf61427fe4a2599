use skylift::prelude::*;

#[function(trigger = alexa(skill = param("Skill")), timeout = "8s")]
async fn weather(request: AlexaRequest) -> Result<AlexaResponse, Error> {
    let city = request.attribute("city").and_then(|city| city.as_str()).unwrap_or("your city");
    Ok(AlexaResponse::say(format!("It is sunny in {city}.")).end_session())
}

fn main() {}
