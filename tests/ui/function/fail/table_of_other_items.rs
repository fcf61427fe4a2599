use serde::Deserialize;
use skylift::prelude::*;

#[derive(Deserialize)]
pub struct Account {
    id: String,
}

#[derive(Deserialize)]
pub struct Address {
    city: String,
}

#[resource(table(key = "id", item = Account, stream = new_and_old))]
pub struct Accounts;

#[function(trigger = dynamodb(table = Accounts))]
async fn takes_addresses_of_accounts(change: Change<Address>) -> Result<(), Error> {
    println!("{:?}", change.after().map(|address| &address.city));
    Ok(())
}

#[function(trigger = dynamodb(table = Accounts))]
async fn takes_accounts(change: Change<Account>) -> Result<(), Error> {
    println!("{:?}", change.after().map(|account| &account.id));
    Ok(())
}

fn main() {}
