use skylift::prelude::*;

#[function(trigger = sqs, idempotent(key = "$.order.id"))]
async fn pack(message: SqsMessage) -> Result<(), Error> {
    println!("{:?}", message.body);
    Ok(())
}

mod api {
    use skylift::prelude::*;

    #[function(trigger = http("PUT /carts/{id}"), idempotent(key = "$.pathParameters.id", ttl = "5m"))]
    async fn save(body: String) -> String {
        body
    }
}

skylift::main!();
