use skylift::prelude::*;

#[resource(table(key = "id"))]
struct Invoices;

#[resource(queue)]
struct Reminders;

#[resource(bus)]
struct Ledger;

#[function]
async fn bill(
    id: String,
    invoices: ReadWriter<Invoices>,
    reminders: Sender<Reminders>,
    ledger: Publisher<Ledger>,
    remind: Invoker<remind>,
) -> Result<(), Error> {
    let found = invoices.get(&id).await?;
    reminders.send(&found).await?;
    ledger.publish("billed", &found).await?;
    remind.invoke(&id).await
}

#[function]
async fn remind(id: String) -> Result<(), Error> {
    println!("{id}");
    Ok(())
}

fn main() {}
