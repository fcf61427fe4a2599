use serde::Deserialize;
use skylift::prelude::*;

#[derive(Deserialize)]
pub struct PageView {
    page: String,
}

#[derive(Deserialize)]
pub struct Purchase {
    price: u32,
}

#[resource(stream(message = PageView))]
pub struct PageViews;

#[function(trigger = kinesis(stream = PageViews))]
async fn takes_purchases_of_views(purchase: Data<Purchase>) -> Result<(), Error> {
    println!("{}", purchase.price);
    Ok(())
}

#[function(trigger = kinesis(stream = PageViews))]
async fn takes_views(view: Data<PageView>) -> Result<(), Error> {
    println!("{}", view.page);
    Ok(())
}

fn main() {}
