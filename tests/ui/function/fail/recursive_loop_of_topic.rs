use skylift::prelude::*;

#[resource(topic)]
pub struct Echoes;

#[resource(queue(from = topic(Echoes)))]
pub struct EchoQueue;

#[function(trigger = sqs(queue = EchoQueue))]
async fn echoes_again(echo: SqsMessage, echoes: Publisher<Echoes>) -> Result<(), Error> {
    echoes.publish(&echo.body.into()).await?;
    Ok(())
}

fn main() {}
