use std::sync::mpsc::Sender;

use skylift::{Error, function};

pub struct Parcel;

#[function]
async fn imported(parcels: Sender<Parcel>) -> Result<(), Error> {
    drop(parcels);
    Ok(())
}

#[function]
async fn by_path(parcels: std::sync::mpsc::Sender<String>) -> Result<(), Error> {
    drop(parcels);
    Ok(())
}

fn main() {}
