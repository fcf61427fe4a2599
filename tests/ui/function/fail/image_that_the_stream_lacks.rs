use serde::Deserialize;
use skylift::prelude::*;

#[derive(Deserialize)]
pub struct Invoice {
    id: String,
}

#[resource(table(key = "id", item = Invoice, stream = new))]
pub struct Invoices;

#[function(trigger = dynamodb(table = Invoices))]
async fn takes_old_images_of_new_ones(change: Change<Invoice>) -> Result<(), Error> {
    println!("{:?}", change.before().map(|invoice| &invoice.id));
    Ok(())
}

fn main() {}
