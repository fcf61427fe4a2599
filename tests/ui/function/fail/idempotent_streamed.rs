use skylift::Streaming;
use skylift::prelude::*;

#[function(trigger = sqs, idempotent(key = "$.id"))]
async fn streamed_once(message: SqsMessage) -> Result<Streaming, Error> {
    Ok(Streaming::new("text/plain", async move |mut out: skylift::StreamWriter| {
        out.write(format!("{:?}", message.body)).await
    }))
}

fn main() {}
